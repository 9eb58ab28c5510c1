// Words of the price list 维修项目收费标准.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { PriceListMove, PriceListPhase } from './price-list.contract.ts';

export const priceListPhaseWords: Record<PriceListPhase, string> = {
  draft: '草稿',
  submitted: '待批准',
  waiting: '已批准，未到执行日',
  'in-force': '现行',
  replaced: '已被替换',
  dropped: '已放弃',
};

export const priceListMoveWords: Record<PriceListMove, string> = {
  amend: '保存草稿',
  submit: '提交批准',
  withdraw: '撤回修改',
  approve: '批准执行',
  return: '退回修改',
  drop: '放弃草稿',
};

export const priceListProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'price-list.move_not_allowed': plain('这一版现在不能这样操作，请刷新后再看', 'not allowed in this state'),
    'price-list.open_version': plain(
      '已有一版在起草或等待批准，请先处理那一版',
      'another version is being written or waits for approval',
    ),
    'price-list.own_request': plain('自己起草的收费标准不能自己批准', 'nobody approves their own request'),
    'price-list.nothing_changed': plain(
      '与现行标准相比没有任何变化，不需要提交',
      'nothing differs from the list in force',
    ),
  },
  faults: {
    code_twice: (facts) => ({ zh: `第 ${String(facts.line ?? '')} 行的编号与前面重复`, en: 'the code stands twice' }),
    free_has_price: (facts) => ({
      zh: `第 ${String(facts.line ?? '')} 行是免费项目，单价应为 0`,
      en: 'a free item has a price',
    }),
    paid_needs_price: (facts) => ({
      zh: `第 ${String(facts.line ?? '')} 行是收费项目，请填单价`,
      en: 'a paid item needs a price',
    }),
    unknown_price_item: plain('收费标准里没有这个项目，请重新选择', 'no such item on the price list'),
  },
};

export const priceListFieldWords: Record<string, string> = {
  items: '项目',
  unitPriceFen: '单价',
  inForceOn: '执行日期',
  remark: '退回意见',
  priceItemId: '收费项目',
};

export const priceListPageWords = {
  title: '维修收费标准',
  notice: '维修项目收费标准（公示）',
  version: (number: number) => `第 ${number} 版`,
  inForce: (day: string) => `${day} 起执行`,
  none: '还没有收费标准',
  noneNote: '由工程主管起草，总经理批准后公示。',
  search: '找项目：编号、名称、材料',
  category: '类别',
  allCategories: '全部类别',
  versions: '版本',
  current: '现行',
  draftNew: '起草新版',
  print: '打印公示',
  counted: (count: number) => `${count} 项`,
  free: '免费',
  paid: '收费',
  columns: {
    code: '编号',
    name: '项目',
    category: '类别',
    unit: '单位',
    price: '单价（元）',
    materials: '说明（材料、范围）',
    remove: '删除',
  },
  change: '变化',
  edit: '修改草稿',
  unitOfNew: '次',
  nothingFound: '没有符合条件的项目',
  add: '加一行',
  remove: (name: string) => `删除“${name}”`,
  note: '修改说明',
  notePlaceholder: '为什么改：人工、材料、合同',
  changes: (count: number) => `与现行标准相比，${count} 处变化`,
  changeKinds: { added: '新增', removed: '取消', changed: '调整' } as const,
  from: '原价',
  to: '现价',
  noChanges: '与现行标准没有差别。',
  approveTitle: '批准收费标准',
  approveOn: '从哪天起执行',
  approveHint: '执行日之前报的价不变，之后按新标准报价。',
  returnTitle: '退回修改',
  returnRemark: '退回意见',
  returned: (remark: string) => `上次退回意见：${remark}`,
  by: (name: string, at: string) => `${name} 起草于 ${at}`,
  decidedBy: (name: string, at: string) => `${name} 批准于 ${at}`,
  posted:
    '本标准未列的项目，由相关部门主管现场估价，经业主同意后施工。维修费用由前台收取并开具收据，维修人员不得私自收费。',
  yuanBad: '单价写成元，最多两位小数，例如 35.50',
  pick: '收费项目',
  pickNone: '未选（标准内，到场再定）',
  perUnit: (yuan: string, unit: string) => `${yuan} 元/${unit}`,
  ofCategory: '这一类的项目',
  ofOthers: '其他类别',
  pickFromList: '从收费标准加一行…',
  hurry: '客户着急，请尽快上门',
  fee: '费用',
  feeUnlisted: '不在收费标准内，先估价、您同意后再施工',
  pickUnlisted: '不在收费标准内（先估价，业主同意后施工）',
  told: (price: string) => `请告知业主：${price}`,
};

/** What an approver reads: which version, how much of it differs. */
export const askedInWords = (facts: Record<string, unknown>): { title: string; lines: string[] } => ({
  title: `维修收费标准第 ${String(facts.number ?? '')} 版`,
  lines: [`与现行标准相比，${String(facts.changes ?? '')} 处变化`],
});
