// Pages 页面 that the search leads to, by their names, in Chinese and pinyin.
export const pages: readonly { page: string; title: string; spellings: readonly string[] }[] = [
  { page: 'workbench', title: '工作台', spellings: ['gongzuotai', 'gzt', '首页'] },
  { page: 'cases', title: '事项看板', spellings: ['shixiang', 'kanban', 'sxkb', '看板'] },
  { page: 'contacts', title: '前台台账', spellings: ['taizhang', 'qiantai', 'qttz', '来电', '值班日志'] },
  { page: 'repairs', title: '报修', spellings: ['baoxiu', 'bx', '维修', '派工'] },
  { page: 'complaints', title: '投诉', spellings: ['tousu', 'ts'] },
  { page: 'households', title: '住户', spellings: ['zhuhu', 'zh', '房屋', '业主', '一户一档'] },
  { page: 'imports', title: '导入', spellings: ['daoru', 'dr', 'excel'] },
  { page: 'clocks', title: '时限', spellings: ['shixian', 'sx', '超时', '逾期'] },
  { page: 'follow-ups', title: '回访', spellings: ['huifang', 'hf'] },
  { page: 'approvals', title: '审批', spellings: ['shenpi', 'sp'] },
  { page: 'staff', title: '员工', spellings: ['yuangong', 'yg', '账号', '岗位'] },
  { page: 'roster', title: '值班与请假', spellings: ['paiban', 'qingjia', 'zhibanqingjia', 'zbqj', '排班', '代班'] },
  { page: 'holidays', title: '放假安排', spellings: ['fangjia', 'jiejiari', 'fjap', '节假日', '调休', '工作日'] },
  { page: 'indicators', title: '指标', spellings: ['zhibiao', 'zb', '及时率', '返修率', '回访率'] },
  { page: 'standard', title: '服务标准', spellings: ['fuwubiaozhun', 'biaozhun', 'fwbz'] },
];
