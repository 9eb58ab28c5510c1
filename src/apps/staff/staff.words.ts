// Words 词 of the staff app's own frame: the names of its pages in the order of a day.

export const pageWords = {
  desk: '工作台',
  ledger: '台账',
  board: '事项',
  households: '房户',
  followUps: '回访',
  approvals: '审批',
  cashier: '收费',
  arrears: '欠费',
  dailyClose: '日结',
  notices: '公告',
  registers: '登记',
  duty: '值班',
  roster: '值班与请假',
  orders: '我的派工单',
  contractors: '维保单位',
  scorecard: '维保单位考核',
  indicators: '指标',
  reports: '报表',
  standard: '服务标准',
  priceList: '收费标准',
  settings: '设置',
  newContact: '新来电 / 来访',
  repair: '报修',
  print: '打印派工单',
  permissions: '权限一览',
  imports: '导入',
  channels: '通知渠道',
  wall: '大屏',
  followUp: '回访',
  followUpMonth: '回访月度分析',
  followUpSlip: '打印回访单',
  complaint: '投诉',
  complaintMonth: '投诉月报',
} as const;
export type PageName = keyof typeof pageWords;

export const staffWords = {
  noPages: { title: '您的职位还没有可以打开的页面', text: '请管理员核对您的职位，或在手机上打开手机版。' },
  toPhone: '打开手机版',
  notLive: '没有连上实时更新，显示的可能不是最新；正在重新连接',
};
