// Words 词 of the weekly receipt detail 收款明细周报.
export const detailSheet = '收款明细';
export const detailFile = (from: string, until: string): string => `收款明细-${from}-${until}.xlsx`;
export const detailColumns = [
  { header: '收据号', width: 12, isText: true },
  { header: '日期', width: 12 },
  { header: '时间', width: 8 },
  { header: '房号', width: 18, isText: true },
  { header: '项目', width: 26 },
  { header: '交款人', width: 18 },
  { header: '付款方式', width: 12 },
  { header: '收款人', width: 12 },
  { header: '金额（元）', width: 12 },
  { header: '状态', width: 10 },
  { header: '作废、冲正原因', width: 26 },
] as const;

export const detailWords = {
  title: '收款明细周报',
  lead: '每周六把一周的收款明细交客服主管；按收据号排列，作废和冲正的单独计数。',
  from: '起',
  until: '止',
  before: '上一周',
  after: '下一周',
  xlsx: '导出 Excel',
  print: '打印',
  printPage: '打印周报',
  back: '返回收款明细',
  none: '这些天没有收款',
  columns: ['收据号', '时间', '房号', '项目', '交款人', '付款方式', '收款人', '金额（元）', '状态'],
  standing: '有效收据',
  voided: '作废',
  reversed: '冲正',
  sheets: (count: number) => `${count} 张`,
  byItem: '按项目',
  byMethod: '按付款方式',
  byCashier: '按收款人',
  total: '合计',
  cut: '收据太多，只列出前 2000 张；导出的文件里是全部。',
  asOf: (at: string) => `统计到 ${at}`,
  signs: ['填表人', '客服主管'],
  span: (from: string, until: string) => `${from} 至 ${until}`,
  loading: '正在读取',
} as const;
