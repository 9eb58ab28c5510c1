// The Chinese of repairs 报修: states, moves, urgencies, categories, refusals, fields, and the time line in words.
import { yuanOfFen } from '../../kernel/money.ts';
import type { ProblemWords } from '../../kernel/words.ts';
import type { CaseEventKind, TimelineEntry } from '../cases/case.contract.ts';
import { caseFieldFaultWords, channelWords, consentHowWords, nameOf, sharedEntryInWords } from '../cases/case.words.ts';
import type { ClockKind } from '../clocks/clock.contract.ts';
import { momentInWords } from '../rosters/roster.words.ts';
import type { PauseReason } from '../standards/standard.contract.ts';
import type {
  doorChecks,
  partChecks,
  RepairFlag,
  RepairMove,
  RepairRefusal,
  RepairState,
  repairCategories,
  Settlement,
  siteChecks,
  Urgency,
} from './repair.contract.ts';

export const repairStateWords: Record<RepairState, string> = {
  draft: '草稿',
  logged: '已登记',
  dispatched: '已派工',
  accepted: '已接单',
  'en-route': '在途',
  'on-site': '到场',
  quoted: '待确认报价',
  working: '施工',
  paused: '暂停',
  done: '完工',
  signed: '已签字',
  returned: '已回单',
  declined: '谢绝',
  closed: '归档',
  cancelled: '取消',
};

/** As buttons say them. */
export const repairMoveWords: Record<RepairMove, string> = {
  amend: '更改',
  log: '登记',
  dispatch: '派工',
  accept: '接单',
  'hand-back': '退单',
  depart: '出发',
  arrive: '到场',
  quote: '报价',
  agree: '客户同意',
  decline: '客户谢绝',
  pause: '暂停',
  resume: '恢复',
  finish: '完工',
  sign: '签字',
  'return-voucher': '回单',
  confirm: '主管确认',
  rework: '返修',
  transfer: '转派',
  cancel: '取消',
  close: '归档',
};

/** As the technician's phone says them, in the first person. */
export const phoneMoveWords: Partial<Record<RepairMove, string>> = {
  accept: '接单',
  depart: '我出发了',
  arrive: '我到了',
  finish: '做完了',
  sign: '客户签字',
  'return-voucher': '交回单',
  'hand-back': '退回',
};

export const urgencyWords: Record<Urgency, string> = {
  emergency: '水电气紧急',
  major: '重大（整改遗留）',
  ordinary: '一般',
};

/** The shipped categories; a community's own are named by its standard. */
export const repairCategoryWords: Record<(typeof repairCategories)[number], string> = {
  water: '给水',
  electricity: '电气',
  gas: '燃气',
  heating: '供暖',
  drainage: '排水',
  'doors-windows': '门窗',
  'walls-roof': '墙面屋面',
  appliance: '家电设备',
  lift: '电梯',
  'public-area': '公共区域',
  other: '其他',
};

export const pauseReasonWords: Record<PauseReason, string> = {
  parts: '等配件',
  customer: '等客户',
  contractor: '等维保单位',
  access: '无法进入',
};

export const settlementWords: Record<Settlement, string> = {
  none: '免费',
  open: '待收款',
  paid: '已付',
  'on-bill': '计入月账单',
};

export const repairFlagWords: Record<RepairFlag, string> = {
  'repeated-fault': '重复故障',
  'under-warranty': '维保期内',
  'not-read-back': '未复述',
  unlisted: '价目表外',
  rework: '返修',
  hurry: '客户急',
  'agreed-without-consent': '约定日期未经客户同意',
  imported: '导入',
  're-classed': '改过级别',
  'door-breach': '违反入户规范',
};

export const doorCheckWords: Record<(typeof doorChecks)[number], string> = {
  knocked: '敲门或按铃',
  named: '自报姓名',
  'card-shown': '出示工牌',
  'order-shown': '出示派工单',
  'customer-confirmed': '客户确认后入户',
  'shoe-covers': '穿鞋套',
};

export const siteCheckWords: Record<(typeof siteChecks)[number], string> = {
  cleaned: '现场已清理',
  'old-parts-returned': '旧件已交客户',
  'trial-run': '已试运行',
  explained: '已向客户说明',
};

export const partCheckWords: Record<(typeof partChecks)[number], string> = {
  passed: '合格',
  failed: '不合格',
  poor: '质量不佳',
};

export const signerWords = { customer: '客户', reporter: '报修人', engineering: '工程主管' } as const;
export const cancelByWords = { customer: '客户要求', centre: '服务中心', 'not-feasible': '无法实施' } as const;

/** The clocks of a repair, as its page and the escalations name them. */
export const repairClockWords: Partial<Record<ClockKind, string>> = {
  'fill-in': '填单',
  notify: '接单',
  'contractor-told': '通知维保单位',
  assess: '可行性与费用判断',
  'on-site': '到场',
  complete: '完成',
  waiting: '等待',
  voucher: '回单',
  'call-back': '回电',
  'follow-up': '回访',
};

export const repairRefusalWords: Record<RepairRefusal, string> = {
  'repair.move_not_allowed': '当前状态不能做这一步',
  'repair.agreed_date_missing': '还没有与客户约定完成日期，不能派工',
  'repair.appointment_missing': '还没有预约上门时间，不能派工',
  'repair.reason_missing': '请写明理由',
  'repair.consent_missing': '改约定日期须有客户同意的记录',
  'repair.quote_missing': '收费项目不在客户同意的报价之内，请先报价并征得同意',
  'repair.not_list_price': '价目表内的项目须按公示单价',
  'repair.photo_missing': '这类报修完工须附照片',
  'repair.evidence_missing': '缺少凭据：请记录通话、附照片或签字',
  'repair.assignee_not_active': '此人账号已停用，不能派工',
  'repair.not_on_shift': '不在值班时间，不能给自己派工',
  'repair.own_work': '不能确认自己做的单',
  'repair.already_confirmed': '已经确认过了',
  'repair.nothing_to_transfer': '部门和人员都没有变，无须转派',
  'repair.rework_too_late': '归档已久，请新登记一张报修单',
  'repair.not_confirmed': '主管尚未确认，不能归档',
  'repair.follow_up_open': '回访尚未完成，不能归档',
  'repair.money_open': '款项尚未收清，不能归档',
  'repair.no_contractor_on_site': '维保单位还没有到场，没有派工单可签收',
};

/** Refusals that say more by their facts than by their code. */
export const repairProblems: ProblemWords = {
  'repair.assignee_not_active': ({ why, until }) =>
    why === 'away'
      ? {
          zh: `此人正在请假${typeof until === 'string' ? `，${momentInWords(until)} 回来` : ''}，不能派工；请派给别人，或由主管先结束请假`,
          en: 'absent by the roster',
        }
      : { zh: repairRefusalWords['repair.assignee_not_active'], en: 'assignee not active' },
};

export const repairFieldWords: Record<string, string> = {
  unitId: '房号',
  place: '地点',
  contact: '联系人',
  'contact.name': '联系人姓名',
  'contact.phone': '联系电话',
  category: '类别',
  part: '部位',
  customerTold: '已告知客户上门时间',
  urgency: '级别',
  description: '内容',
  appointmentAt: '预约上门时间',
  agreedAt: '约定完成时间',
  consent: '客户同意',
  channel: '来源',
  receivedAt: '来报时间',
  readBack: '复述确认',
  priceItemId: '价目表项目',
  unlisted: '价目表外',
  hurry: '客户急',
  attachmentIds: '照片',
  technicianId: '维修人员',
  contractorId: '维保单位',
  contractorTold: '已电话告知维保单位',
  reason: '理由',
  until: '等到',
  call: '通话记录',
  amountFen: '金额',
  lines: '明细',
  materials: '材料',
  quantity: '数量',
  unitPriceFen: '单价',
  name: '名称',
  result: '处理结果',
  customerParts: '客户自备件',
  siteChecks: '离场检查',
  doorChecks: '入户规范',
  signature: '签字',
  absent: '客户不在场',
  signer: '签字人',
  satisfied: '是否满意',
  department: '部门',
  by: '谁的意思',
  how: '方式',
  note: '备注',
  happenedAt: '发生时间',
  version: '版本',
};

export const repairFieldFaultWords: Record<string, string> = {
  ...caseFieldFaultWords,
  unit_or_place_required: '请选房号，公共区域请写地点',
  unit_or_place_only: '房号和地点只填一个',
  unknown_category: '服务标准里没有这个类别',
  listed_item_named: '已选价目表项目，不能同时标为价目表外',
  only_for_listed: '只适用于价目表内的项目',
  agreed_before_appointment: '约定完成时间早于预约上门时间',
  technician_or_contractor: '维修人员和维保单位选一个',
  wrong_post: '此人的岗位不能接这张单',
  unknown_price_item: '价目表里没有这一项',
  not_the_sum: '与明细合计不符',
  too_late: '超过服务标准允许的最长等待',
  too_fine: '最多三位小数',
  only_for_contractor: '只有派给维保单位的单到场要签收',
  contractor_without_account:
    '这家单位没有可登录的账号，不能派工；请先在“维保单位”里为联系人填上账号，或电话通知后派给自己人',
  reporter_or_engineering: '公共区域由报修人或工程主管签字',
};

export const repairWords = {
  noun: '报修',
  order: '派工单',
  workOrder: '维修任务单',
  reclassed: '级别更改',
  consentMissing: '客户未同意，时限不变',
  satisfied: '满意',
  notSatisfied: '不满意',
  copies: { stub: '存根', repair: '维修', customer: '客户' },
} as const;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const yuan = (fen: unknown): string => (typeof fen === 'number' ? `${yuanOfFen(fen)} 元` : '');
const joined = (...parts: (string | undefined | false)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join('，');

type Say = (entry: TimelineEntry, who: string) => string;

const moveSentences: Record<RepairMove | 'create', Say> = {
  create: (entry, who) => {
    const channel = text(entry.facts.channel);
    return joined(
      `${who} 登记${entry.toState === 'draft' ? '草稿' : ''}`,
      channel !== undefined && channel in channelWords && `${channelWords[channel as keyof typeof channelWords]}`,
      entry.facts.readBack === true ? '已复述确认' : '未复述',
    );
  },
  amend: (entry, who) => {
    const urgency = entry.facts.urgency;
    const fields = Array.isArray(entry.facts.fields) ? entry.facts.fields : [];
    const named = fields.map((field) => repairFieldWords[String(field)] ?? String(field)).join('、');
    return joined(
      `${who} 更改${named}`,
      Array.isArray(urgency) &&
        `${urgencyWords[urgency[0] as Urgency] ?? ''} → ${urgencyWords[urgency[1] as Urgency] ?? ''}`,
      'agreedAt' in entry.facts && entry.facts.consent === false && repairWords.consentMissing,
      'appointmentAt' in entry.facts && entry.facts.customerTold === true && '上门时间已告知客户',
      'appointmentAt' in entry.facts && entry.facts.customerTold === false && '上门时间尚未告知客户',
      entry.facts.underWarranty === true && '转为维保期内',
      entry.facts.underWarranty === false && '不在维保期内',
    );
  },
  log: (_entry, who) => `${who} 登记`,
  dispatch: (entry, who) =>
    joined(
      entry.for ? `${who} 派工给${entry.for.name}` : `${who} 派工`,
      entry.facts.contractorTold === true && '同时电话告知维保单位',
    ),
  accept: (_entry, who) => `${who} 接单`,
  'hand-back': (_entry, who) => `${who} 退单`,
  depart: (_entry, who) => `${who} 出发`,
  arrive: (entry, who) => {
    const breach = Array.isArray(entry.facts.breach) ? entry.facts.breach : [];
    const steps = breach.map((step) => doorCheckWords[step as keyof typeof doorCheckWords] ?? String(step));
    return joined(
      `${who} 到场`,
      entry.facts.contractorSigned === true && '已签收派工单',
      steps.length > 0 && `违反入户规范，没有做：${steps.join('、')}`,
    );
  },
  quote: (entry, who) => `${who} 报价 ${yuan(entry.facts.amountFen)}`,
  agree: (entry, who) => {
    const how = text(entry.facts.how);
    return joined(
      `${who} 记录客户同意报价`,
      how !== undefined && how in consentHowWords && consentHowWords[how as keyof typeof consentHowWords],
    );
  },
  decline: (_entry, who) => `${who} 记录客户谢绝`,
  pause: (entry, who) => {
    const reason = text(entry.facts.reason) as PauseReason | undefined;
    return joined(
      `${who} 暂停`,
      reason && pauseReasonWords[reason],
      entry.facts.pausesComplete === false && '完成时限照走',
    );
  },
  resume: (_entry, who) => `${who} 恢复`,
  finish: (entry, who) =>
    joined(
      `${who} 完工`,
      typeof entry.facts.chargedFen === 'number' &&
        entry.facts.chargedFen > 0 &&
        `收费 ${yuan(entry.facts.chargedFen)}`,
    ),
  sign: (entry, who) => {
    if (entry.facts.evidence === 'absent') return `${who} 记录客户不在场，未签字`;
    const signer = text(entry.facts.signer) as keyof typeof signerWords | undefined;
    return joined(
      `${signer === undefined ? who : signerWords[signer]}签字`,
      entry.facts.satisfied === true && repairWords.satisfied,
      entry.facts.satisfied === false && repairWords.notSatisfied,
    );
  },
  'return-voucher': (_entry, who) => `${who} 回单`,
  confirm: (_entry, who) => `${who} 确认`,
  rework: (entry, who) =>
    `${who} 转返修${typeof entry.facts.reworkCount === 'number' ? `（第 ${entry.facts.reworkCount} 次）` : ''}`,
  transfer: (_entry, who) => `${who} 转派`,
  cancel: (entry, who) => {
    const by = text(entry.facts.by) as keyof typeof cancelByWords | undefined;
    return joined(`${who} 取消`, by && cancelByWords[by]);
  },
  close: () => '已归档',
};

/** `周海涛 接单`, `林小满 派工给周海涛`; `到场超时，已提醒周海涛` for a step of a ladder. */
export function timelineInWords(entry: TimelineEntry): string {
  if (entry.action === 'escalated') {
    const kind = text(entry.facts.clock) as ClockKind | undefined;
    const clock = (kind && repairClockWords[kind]) ?? '时限';
    // A step before the due time only reminds; `early` is set by the sweep.
    const what = entry.facts.early === true ? `${clock}将到时限` : `${clock}超时`;
    const count = Array.isArray(entry.facts.told) ? entry.facts.told.length : 0;
    return joined(what, entry.for ? `已提醒${entry.for.name}` : count > 0 ? `已提醒 ${count} 人` : '仅记录');
  }
  if (entry.action === 'contractor-signed') return `${nameOf(entry)} 记录维保单位签收派工单`;
  const shared = sharedEntryInWords(entry);
  if (shared !== null) return shared;
  const say = entry.action in moveSentences ? moveSentences[entry.action as RepairMove] : undefined;
  return say ? say(entry, nameOf(entry)) : `${nameOf(entry)} ${entry.action}`;
}

/** Which entries of a time line a filter shows. */
export const timelineFilters: Record<'all' | 'moves' | 'talk', readonly CaseEventKind[] | null> = {
  all: null,
  moves: ['move', 'clock', 'approval'],
  talk: ['note', 'call', 'message', 'photo'],
};
