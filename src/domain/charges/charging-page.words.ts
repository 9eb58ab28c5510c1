// Words 词 of the pages 收费项目, 抄表 and 出账.
import { yuanOfFen } from '../../kernel/money.ts';
import type { ChargeKind, PriceRule, PriceRuleKind } from './charge.contract.ts';
import type { ChargeItemView } from './charge-item.contract.ts';
import { priceText } from './price.rules.ts';
import { scaledText } from './rule-draft.rules.ts';

export const ruleKindWords: Record<PriceRuleKind, string> = {
  area: '按面积',
  fixed: '固定金额',
  metered: '按表计量',
  vehicle: '按车辆',
  day: '按天',
  formula: '按公式',
};
export const usageWords: Record<ChargeItemView['usages'][number], string> = {
  residential: '住宅',
  shop: '商铺',
  office: '办公',
  dormitory: '宿舍',
  garage: '车库',
  storage: '储藏室',
  other: '其他',
};
const shareWords = { area: '按面积', household: '按户', usage: '按用量' };

/** One line of a price: `建筑面积 × 2.80 元/㎡·月` */
export function ruleInWords(rule: PriceRule): string {
  switch (rule.kind) {
    case 'area':
      return `${rule.areaOf === 'built' ? '建筑面积' : '套内面积'} × ${priceText(rule.priceTenThousandths)} 元/㎡·月`;
    case 'fixed':
      return `每月 ${yuanOfFen(rule.amountFen)} 元`;
    case 'day':
      return `每天 ${priceText(rule.priceTenThousandths)} 元`;
    case 'metered': {
      const tiers = rule.tiers.map(({ upToThousandths, priceTenThousandths }) =>
        upToThousandths === null
          ? `${rule.tiers.length > 1 ? '以上 ' : ''}${priceText(priceTenThousandths)} 元`
          : `至 ${scaledText(upToThousandths, 3)} 为 ${priceText(priceTenThousandths)} 元`,
      );
      const share = rule.publicShare
        ? `；公摊${shareWords[rule.publicShare.by]} ${priceText(rule.publicShare.priceTenThousandths)} 元`
        : '';
      return `${tiers.join('，')}${rule.tiers.length > 1 ? `（按${rule.tiersOf === 'year' ? '年' : '月'}累计）` : ''}${share}`;
    }
    case 'vehicle':
      return rule.classes.map(({ name, amountFen }) => `${name} ${yuanOfFen(amountFen)} 元/月`).join('，');
    case 'formula':
      return `${rule.text}${rule.priceTenThousandths > 0 ? `（单价 ${priceText(rule.priceTenThousandths)} 元）` : ''}`;
  }
}

export const chargeItemPageWords = {
  title: '收费项目',
  lead: '价格按日期分版本：改价就是从某一天起另立一个版本，已经出过账的月份不受影响。',
  add: '新增收费项目',
  none: '还没有收费项目',
  noneText: '先设物业管理费等项目和价格，才能出账。',
  columns: { code: '编号', name: '项目', kind: '种类', price: '现行价格', from: '自', due: '截止日', applies: '适用' },
  noPrice: '还没有执行的价格',
  noCode: '—',
  byProgram: '系统建立',
  byProgramTitle: '第一次用到时由系统建立，不在这里定价',
  priceElsewhere: (kind: ChargeKind) =>
    kind === 'repair' ? '按维修单报价和结算' : kind === 'late-fee' ? '按服务标准里的滞纳金规则' : '收取时定金额',
  onItsOwn: '发生时单独记账',
  next: (from: string) => `${from} 起有新价格`,
  retired: (day: string) => `${day} 起停用`,
  everyMonth: '每月',
  months: (months: readonly number[]) => (months.length === 0 ? '每月' : `${months.join('、')} 月`),
  all: '全部房屋',
  listed: '只对登记适用的房屋',
  dueDay: (day: number) => `每月 ${day} 日`,
  versions: '价格版本',
  inForce: '现行',
  future: '未执行',
  past: '已过',
  newVersion: '从某日起改价',
  unsoldPays: (percent: number) => `未售按 ${percent}% 计`,
  vacantPays: (percent: number) => `空置按 ${percent}% 计`,
  takeBack: '撤回',
  takeBackAsk: (from: string) => `撤回 ${from} 起的价格？`,
  edit: '修改项目',
  terms: '各户约定',
  addTerm: '登记约定',
  noTerms: '没有单独约定，全部按项目价格计费',
  endTerm: '到期',
  removeTerm: '撤销',
  removeTermAsk: '撤销这条约定？登记错了才撤销；到期请用“到期”。',
  termColumns: { unit: '房屋', what: '约定', from: '自', until: '至', reason: '原因' },
  termWhat: (one: {
    kind: string;
    percent: number | null;
    classCode: string | null;
    plate: string | null;
    rule: PriceRule | null;
  }) =>
    one.kind === 'price'
      ? [
          one.rule ? ruleInWords(one.rule) : '',
          one.percent !== null && one.percent !== 100 ? `按 ${one.percent}% 计` : '',
        ]
          .filter((part) => part !== '')
          .join('，')
      : one.kind === 'free'
        ? `减免 ${one.percent ?? 100}%`
        : one.kind === 'vehicle'
          ? [one.classCode, one.plate].filter((part) => part !== null).join(' ')
          : '',
  open: '—',
  notice: '缴费须知',
  noticeHint: '印在每张收费通知单上：何时、在哪里、怎样缴费。',
  developer: '开发商（未售房屋由其付费）',
  lateFees: '计收滞纳金，自（留空为不计收）',
  lateFeesHint: (rule: string) =>
    `${rule}（见“服务标准”）。这一天以后应缴而未缴的才算；随下月出账一并预览、审批，单列一行。有争议的，在“各户约定”里登记暂停计收。`,
  saveSettings: '保存设置',
  saved: '已保存',
  form: {
    code: '编号',
    name: '名称',
    kind: '种类',
    months: '收费月份（不选就是每月）',
    usages: '适用的房屋用途（不选就是全部）',
    appliesTo: '适用范围',
    dueDay: '缴费截止日（每月几日）',
    retiredOn: '停用日（留空为不停用）',
    from: '自哪一天起执行',
    ruleKind: '计费办法',
    price: '单价（元）',
    priceOptional: '单价（元，公式里可写“单价”）',
    amount: '每月金额（元）',
    areaOf: '哪种面积',
    built: '建筑面积',
    inner: '套内面积',
    tiers: '阶梯',
    tier: (place: number) => `第 ${place} 档`,
    upTo: '用量至（最后一档留空）',
    tiersOf: '阶梯按',
    month: '月',
    year: '年',
    addTier: '加一档',
    removeTier: '去掉这一档',
    share: '公摊',
    noShare: '没有公摊',
    shareBy: { area: '按面积分摊', household: '按户分摊', usage: '按用量分摊' },
    sharePrice: '公摊单价（元）',
    classes: '车辆类别',
    className: '类别名称',
    classAmount: '每月（元）',
    addClass: '加一类',
    formula: '公式',
    formulaHint: '可以写：+ - × ÷ 括号、最小、最大、四舍五入、舍去、进一、如果（条件，是，否）。',
    formulaOk: '公式可以用',
    gives: '公式算出来的是',
    givesAmount: '金额（元）',
    givesQuantity: '数量（再乘单价、加附加费）',
    surcharge: '附加费（元）',
    rounding: '取整',
    payer: '付款人',
    payers: { owner: '业主', lessee: '有租户时租户付，没有时业主付' },
    unsold: '未售房屋按 %',
    vacant: '空置（已报备）按 %',
    note: '依据（例如业主大会决议、合同条款）',
    badNumber: '请写成数字，例如 2.85',
    save: '保存',
    termKind: '约定什么',
    unit: '房屋',
    item: '收费项目',
    allItems: '全部项目',
    until: '至（留空为长期）',
    percentPay: '按原价的百分之几计',
    percentFree: '减免百分之几（100 为全免）',
    classCode: '车辆类别代码（与价格里的类别一致）',
    reason: '原因',
    untilDay: '到哪一天为止',
  },
};

export const readingPageWords = {
  title: '抄表',
  lead: '在读数格里输入，回车到下一户；低于上次或与平时相差很大时停下来请您确认。',
  month: '月份',
  item: '项目',
  building: '楼栋',
  allBuildings: '全部楼栋',
  on: '抄表日期',
  noItems: '没有按表计量的收费项目',
  noItemsText: '先在“收费项目”里设水费、电费等按表计量的项目。',
  noMeters: '这里还没有表具',
  noMetersText: '登记表具，或用“导入”把旧系统的表具和读数带进来。',
  addMeter: '登记表具',
  columns: {
    unit: '房屋',
    code: '表号',
    last: '上次读数',
    lastOn: '上次日期',
    reading: '本次读数',
    used: '用量',
    usual: '平时每月',
    photo: '照片',
  },
  main: (building: string | null) => (building === null ? '总表（全小区）' : `总表（${building}）`),
  read: (done: number, of: number) => `已抄 ${done} / ${of}`,
  confirmTitle: '请再看一眼',
  rolledOver: '走满一圈，表盘从头开始',
  lookedAgain: '已再看表，读数无误',
  exchangeInstead: '换过表了：登记换表',
  confirmReason: '原因',
  confirmSave: '确认并保存',
  takeBack: '撤销',
  takeBackReason: '为什么撤销',
  exchange: '换表',
  final: '旧表止数',
  start: '新表起数',
  newCode: '新表号（留空不变）',
  more: '下一页',
  publicUse: '公摊',
  publicLine: (main: string | null, units: string, shared: string | null) =>
    `总表 ${main ?? '未抄'} − 各户 ${units} = 公摊 ${shared ?? '—'}`,
  meter: { code: '表号', unit: '房屋（总表留空）', dial: '表盘整数位数', installedOn: '装表日期', start: '装表时读数' },
  badReading: '请写成数字，最多三位小数',
  photo: '拍照',
  photoSending: '正在上传…',
  photoRemove: '移除',
  photoOf: (label: string) => `${label} 表盘照片`,
};

export const unitChargesWords = {
  lateFeeOf: (what: string) => `因 ${what} 逾期`,
  title: '应收',
  open: (yuan: string) => `未缴 ${yuan} 元`,
  owed: (yuan: string, due: string) => `未缴 ${yuan}，${due} 前`,
  paid: '已清',
  none: '还没有应收',
  notice: '收费通知单',
  all: (count: number) => `全部 ${count} 笔`,
};

export const billingPageWords = {
  title: '出账',
  lead: '先预览、由另一人批准、再入账；同一户同一项同一月只入一次，重复出账不会重复收。',
  make: '预览一个月',
  month: '月份',
  items: '收费项目（不选就是全部）',
  makeRun: '生成预览',
  none: '还没有出过账',
  noneText: '选一个月份，系统逐户算好应收，先看差异再批准。',
  history: '出账记录',
  columns: {
    month: '月份',
    state: '状态',
    charges: '笔数',
    fen: '金额',
    difference: '比上期',
    odd: '需核对',
    by: '经办',
  },
  units: '户',
  charges: '应收笔数',
  total: '本期合计',
  last: '上期合计',
  difference: '比上期',
  odd: '需核对',
  notComputed: '算不出',
  alreadyPosted: (count: number) => `另有 ${count} 笔已入过账，不再重复`,
  computing: (done: number, of: number) => `正在计算：${done} / ${of} 户`,
  posting: (done: number, of: number) => `正在入账：${done} / ${of} 笔，可以离开这一页`,
  posted: (at: string) => `已入账 ${at}`,
  by: (what: string, name: string, at: string) => `${what}：${name} ${at}`,
  created: '预览',
  perItem: '按项目',
  perItemColumns: { item: '项目', units: '户数', fen: '本期', last: '上期', difference: '差异', odd: '需核对' },
  lines: '逐户',
  linesColumns: { unit: '房屋', item: '项目', fen: '本期', last: '上期', difference: '为什么不同', odd: '需核对' },
  onlyOdd: '只看需核对的',
  allLines: '全部',
  search: '房号',
  noLines: '没有符合的',
  more: '再看一些',
  explainTitle: '这笔怎么算的',
  payer: '付款人',
  noPayer: '没有登记付款人',
  fault: '算不出来的原因',
  abandonAsk: '放弃这次出账？预览作废，不影响已入账的。',
  reason: '原因',
  submitAsk: '提交后由经理批准。',
  postAsk: (count: number, yuan: string) => `把 ${count} 笔、合计 ${yuan} 元记入应收？`,
  same: '相同',
};
