// Words 词 of the warranty register: contractors 维保单位, terms 保修约定, and why a fault is or is not under warranty.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Warranty, WarrantyTerm } from './warranty.contract.ts';
import type { WarrantyReason } from './warranty.rules.ts';

export const coversWords: Record<WarrantyTerm['covers'], string> = { units: '户内', common: '公共部位' };

/** 24 个月 as people say it: 2 年, 1 年 6 个月. */
export function termInWords(months: number): string {
  const [years, rest] = [Math.floor(months / 12), months % 12];
  return [years > 0 ? `${years} 年` : '', rest > 0 ? `${rest} 个月` : ''].filter((part) => part !== '').join(' ');
}

export const reasonWords: Record<WarrantyReason, string> = {
  under: '在维保期内',
  expired: '已过维保期',
  'not-begun': '尚未交付',
  'no-delivery-day': '没有交付日，无法判断',
  'no-term': '没有这类维保约定',
};

type Why = Pick<
  Warranty,
  | 'isUnder'
  | 'reason'
  | 'part'
  | 'months'
  | 'countsFrom'
  | 'lastDay'
  | 'contractor'
  | 'contractorFrom'
  | 'contractorBefore'
  | 'contractorEnded'
  | 'isPartOpen'
>;

/** 屋面防水，2024-03-15 起 5 年，至 2029-03-15（当日仍在期内），固盾防水（2025-06-01 起，此前为宏业建设） */
export function whyInWords(one: Why): string {
  if (one.reason === 'no-term') return reasonWords['no-term'];
  const firm =
    one.contractor === null
      ? one.contractorEnded
        ? '登记的维保单位合同已到期，请与主管商定由谁维修'
        : ''
      : `${one.contractor.name}负责${
          one.contractorFrom === null
            ? ''
            : `（${one.contractorFrom} 起${one.contractorBefore ? `，此前为${one.contractorBefore.name}` : ''}）`
        }`;
  const span =
    one.months === null
      ? ''
      : one.countsFrom === null
        ? `保修 ${termInWords(one.months)}`
        : `${one.countsFrom} 起 ${termInWords(one.months)}`;
  return [
    one.part ?? '',
    span,
    one.lastDay === null ? '没有交付日' : `至 ${one.lastDay}（当日仍在期内）`,
    firm,
    one.isPartOpen ? '部位未定，暂按最长的一项判断' : '',
  ]
    .filter((part) => part !== '')
    .join('，');
}

/** One line for the read-back: 维保期内：…, 不在维保期内（已过维保期）：… */
export function verdictInWords(one: Why, isMajor = false): string {
  const { under, not, major } = warrantyPageWords.card;
  if (one.isUnder) return `${under}：${whyInWords(one)}`;
  if (isMajor) return `${under}：${major}`;
  if (one.reason === 'no-term') return `${not}：${reasonWords['no-term']}`;
  return `${not}：${reasonWords[one.reason]}，${whyInWords(one)}`;
}

export const warrantyProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: { 'warranty.no_phone': plain('没有登记电话', 'no phone stored') },
  faults: {
    name_taken: plain('已有同名的维保单位', 'name taken'),
    end_before_start: plain('结束日早于开始日', 'ends before it starts'),
    not_a_contractor_account: plain('这个账号在本小区没有“维保单位”职位', 'not a contractor’s account'),
    account_of_another_firm: plain('这个账号已属于另一家维保单位或另一位联系人', 'account of another firm'),
    months_or_last_day: plain('期限（月）和到期日填且只填一个', 'months or last day'),
    building_or_unit: plain('楼栋和房号只填一个', 'building or unit'),
    common_has_no_unit: plain('公共部位不能只对一户', 'common areas have no unit'),
    term_exists: plain('同一范围、类别和部位已有约定；换单位请用“换维保单位”', 'such a term exists'),
    unknown_building: plain('本小区没有这栋楼', 'unknown building'),
    unknown_contractor: plain('没有这家维保单位', 'unknown contractor'),
    not_after_last_change: plain('须晚于上一次换单位的日期', 'not after the last change'),
    same_contractor: plain('现在就是这一家', 'the same contractor'),
    contractor_not_active: plain('这一天不在该单位的合同期内', 'contract does not run on that day'),
    unit_or_place: plain('房号和地点填且只填一个', 'unit or place'),
  },
};

export const warrantyFieldWords: Record<string, string> = {
  trades: '承接类别',
  activeFrom: '合同起',
  activeUntil: '合同止',
  people: '联系人',
  duty: '职务',
  phone: '电话',
  accountId: '账号',
  covers: '范围',
  buildingId: '楼栋',
  part: '部位',
  months: '期限（月）',
  untilOn: '到期日',
  startsOn: '起算日',
  fromOn: '自哪天起',
  purpose: '用途',
  deliveredOn: '交付日',
};

export const warrantyPageWords = {
  title: '维保单位',
  lead: '建设单位保修期内的故障由谁修、到哪一天为止。登记报修时按这里的约定判断，5 分钟内通知到维保单位。',
  tabs: { contractors: '维保单位', terms: '保修约定', deliveries: '楼栋交付日' },
  scorecard: '考核',
  addContractor: '登记维保单位',
  addTerm: '登记保修约定',
  amend: '更改',
  noContractors: '还没有登记维保单位',
  noContractorsText: '先登记单位和联系人，再登记保修约定：哪类、哪个部位、多长期限、由谁负责。',
  noTerms: '还没有保修约定',
  noTermsText: '没有约定时，报修一律按不在维保期内处理（整改遗留除外）。',
  columns: {
    name: '单位',
    trades: '承接类别',
    contract: '合同期',
    people: '联系人',
    scope: '范围',
    category: '类别',
    part: '部位',
    term: '期限',
    from: '起算',
    keeper: '现由谁负责',
  },
  contract: (from: string, until: string | null) => `${from} 至 ${until ?? '长期'}`,
  ended: '合同已到期',
  notBegun: '合同未开始',
  noPeople: '没有联系人',
  noPhone: '没有电话',
  signsIn: (username: string) => `可登录：${username}`,
  disabled: '账号已停用',
  call: '显示电话',
  callPurpose: '联系维保单位',
  wholeCategory: '整类',
  everywhere: '全小区',
  until: (day: string) => `到 ${day} 止`,
  fromDelivery: '自交付日',
  fromDay: (day: string) => `自 ${day}`,
  keeperSince: (day: string) => `${day} 起`,
  keeperBefore: (name: string, day: string) => `此前 ${name}（至 ${day}）`,
  keeperNext: (name: string, day: string) => `${day} 起改由 ${name}`,
  changeContractor: '换维保单位',
  remove: '撤销',
  removeAsk: (what: string) => `撤销“${what}”？已登记的报修不受影响，此后的报修不再按它判断。`,
  delivery: {
    lead: '公共部位的保修从楼栋交付日起算；户内从各户交付日起算（在房户资料里登记）。',
    building: '楼栋',
    day: '交付日',
    dayOf: (building: string) => `${building}交付日`,
    units: '户数',
    without: '未登记交付日的户',
    save: '保存',
  },
  dialog: {
    contractor: '登记维保单位',
    amend: (name: string) => `更改 ${name}`,
    name: '单位名称',
    trades: '承接类别',
    activeFrom: '合同起',
    activeUntil: '合同止',
    activeUntilHint: '留空表示长期。到期后仍挂在约定上的，登记报修时会提醒没有可通知的单位。',
    note: '备注',
    people: '联系人',
    addPerson: '添加联系人',
    personName: '姓名',
    duty: '职务',
    phone: '电话',
    account: '登录账号',
    noAccount: '不登录',
    accountHint: '已登记的电话不改就留空。账号须先在设置里开通并授予“维保单位”职位；有账号才能派工给这家单位。',
    removePerson: '移除',
    submit: '保存',
  },
  termDialog: {
    title: '登记保修约定',
    covers: '范围',
    building: '楼栋',
    allBuildings: '全部楼栋',
    unit: '只对一户',
    unitHint: '一般留空；个别户另有到期日时才填。',
    category: '类别',
    part: '部位',
    partHint: '留空表示整类。部位不同、期限不同的分开登记，例如墙面屋面：屋面防水 5 年、墙面抹灰 2 年。',
    months: '期限（月）',
    untilOn: '或到期日',
    startsOn: '起算日',
    startsOnHint: '留空从交付日起算；单独验收的（如电梯）填验收日。',
    contractor: '维保单位',
    choose: '请选择',
    submit: '登记',
  },
  changeDialog: {
    title: (what: string) => `${what}：换维保单位`,
    contractor: '改由哪家负责',
    fromOn: '自哪天起',
    hint: '这一天及以后来报的由新单位负责，此前来报的仍归原单位。',
    submit: '更换',
  },
  card: {
    title: '维保',
    under: '维保期内',
    not: '不在维保期内',
    part: '部位',
    partUnknown: '说不清部位',
    told: '已通知维保单位',
    notTold: '尚未通知维保单位',
    appointment: '上门时间',
    customerTold: '已告知客户',
    customerNotTold: '尚未告知客户',
    signed: '维保单位已签收派工单',
    notSigned: '维保单位尚未签收派工单',
    major: '整改遗留按维保处理',
  },
} as const;
