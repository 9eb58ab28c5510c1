// Words 词 of a complaint's page.
export const complaintPageWords = {
  moves: '可以做的操作',
  firstContact: (name: string) => `首问 ${name}`,
  startedBy: '登记',
  contact: '客户',
  unit: '房号',
  place: '地点',
  phone: '电话',
  responsible: '负责人',
  about: '投诉的事项',
  source: '来源',
  description: '投诉内容',
  resolution: '处理情况',
  notYet: '还没有处理',
  resolveTitle: '处理完毕',
  resolveText: '做了什么，怎样答复客户',
  resolveHint: '写明处理结果，客户的意见也写在这里',
} as const;
