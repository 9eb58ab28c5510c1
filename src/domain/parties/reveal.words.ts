// Words 词 of looking at a sealed field 查看敏感信息: what for, for how long.
export const revealWords = {
  show: '显示',
  hide: '遮上',
  call: '拨打',
  purpose: '用途',
  purposeHint: '用途会写入查看记录，业主可以查询',
  usual: ['联系住户处理事项', '核对住户身份', '通知停水停电', '送达通知或邮件'],
  callPurpose: '致电联系住户',
  missingPurpose: '请写明用途，至少两个字',
  none: '未登记',
  left: (time: string) => `${time} 后自动遮上`,
  showOf: (field: string, name: string) => `显示${name}的${field}`,
  callOf: (name: string) => `拨打${name}的电话`,
};
