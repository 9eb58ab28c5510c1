// The Chinese of emergencies 突发事件: states, moves, levels and why, bodies outside, causes, refusals, its time line.
import { fromChinese, type ProblemWords } from '../../kernel/words.ts';
import type { TimelineEntry } from '../cases/case.contract.ts';
import { nameOf, sharedEntryInWords } from '../cases/case.words.ts';
import { severityWords } from '../complaints/complaint-case.words.ts';
import { emergencyCategoryWords } from '../standards/standard.words.ts';
import type {
  EmergencyCause,
  EmergencyFlag,
  EmergencyLevelFact,
  EmergencyMove,
  EmergencyRefusal,
  EmergencyState,
  OutsideBody,
  Severity,
} from './emergency.contract.ts';

export const emergencyStateWords: Record<EmergencyState, string> = {
  reported: '已报告',
  handling: '处置中',
  resolved: '处置完毕',
  closed: '归档',
};

/** As buttons say them. */
export const emergencyMoveWords: Record<EmergencyMove, string> = {
  amend: '补充更改',
  'take-over': '接手指挥',
  deploy: '派人到场',
  measure: '记处置措施',
  raise: '升级',
  lower: '降级',
  resolve: '处置完毕',
  review: '复盘',
  reopen: '重新处置',
  dismiss: '误报',
  close: '归档',
};

export const levelFactWords: Record<EmergencyLevelFact, string> = {
  category: '此类事件的最低级别',
  loss: '按损失金额',
  death: '有人死亡',
  injury: '有人受伤',
  media: '媒体报道',
  raised: '由人确定',
  none: '没有造成损失和伤亡',
};

export const outsideBodyWords: Record<OutsideBody, string> = {
  'fire-brigade': '消防 119',
  police: '公安 110',
  ambulance: '急救 120',
  'lift-firm': '电梯维保单位',
  'gas-firm': '燃气公司',
  'power-firm': '供电公司',
  'water-firm': '自来水公司',
  'street-office': '街道、居委会',
  other: '其他外部单位',
};

export const emergencyCauseWords: Record<EmergencyCause, string> = {
  equipment: '设备设施故障',
  'human-error': '人为疏忽',
  construction: '施工、装修引起',
  nature: '自然灾害',
  crime: '违法行为',
  health: '个人健康原因',
  neighbours: '邻里引起',
  'false-alarm': '误报',
  unknown: '原因未查明',
};

export const emergencyFlagWords: Record<EmergencyFlag, string> = {
  'taken-over': '已接手',
  'false-alarm': '误报',
  reopened: '重新处置',
};

const refusalWords: Record<EmergencyRefusal, string> = {
  'emergency.move_not_allowed': '现在的状态不能这样操作，请刷新后再看',
  'emergency.taken_over': '已经有人接手指挥',
  'emergency.not_higher': '已经是最高级别',
  'emergency.not_lower': '级别没有更低',
  'emergency.below_facts': '已是事实所定的级别，不能再低；事实有误请先补充更改',
  'emergency.reviewed': '已经复盘',
  'emergency.reopen_too_late': '归档时间过久，请重新登记一起',
};
const faultWords: Record<string, string> = {
  below_facts: '不能低于事实所定的级别',
  not_higher: '请选更高的级别',
  not_lower: '请选更低的级别',
  unknown_case: '本小区没有这件投诉',
  too_old: '时间过早',
};
export const emergencyProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: fromChinese(refusalWords),
  faults: fromChinese(faultWords),
};

export const emergencyFieldWords: Record<string, string> = {
  category: '事件类别',
  unitId: '房号',
  place: '地点',
  contact: '报告人',
  'contact.name': '报告人',
  'contact.phone': '电话',
  description: '经过',
  channel: '来源',
  occurredAt: '发生时间',
  harm: '伤亡和损失',
  'harm.injury': '受伤情况',
  'harm.mediaReports': '媒体报道',
  severity: '级别',
  complaintId: '关联的投诉',
  measures: '处置措施',
  inChargeId: '现场指挥',
  staffIds: '派去的人',
  task: '到哪里、做什么',
  text: '内容',
  called: '外部单位',
  at: '时间',
  reason: '原因',
  cause: '原因类别',
  result: '处置结果',
};

const wordIn = (words: Readonly<Record<string, string>>, code: unknown): string => words[String(code)] ?? String(code);
const isSeverity = (code: unknown): code is Severity => String(code) in severityWords;
const rise = (facts: TimelineEntry['facts']): string => {
  const [was, is] = Array.isArray(facts.severity) ? facts.severity : [];
  return isSeverity(was) && isSeverity(is) ? `，${severityWords[was]} → ${severityWords[is]}` : '';
};

export function emergencyStepInWords(entry: TimelineEntry): string {
  const who = nameOf(entry);
  const { facts } = entry;
  switch (entry.action) {
    case 'create':
      return `${who} 报告${wordIn(emergencyCategoryWords, facts.category)}${isSeverity(facts.severity) ? `，${severityWords[facts.severity]}` : ''}`;
    case 'amend': {
      const fields = Array.isArray(facts.fields) ? facts.fields.map((one) => wordIn(emergencyFieldWords, one)) : [];
      return `${who} 补充更改${fields.length > 0 ? `：${fields.join('、')}` : ''}${rise(facts)}`;
    }
    case 'take-over':
      return entry.for && entry.for.id !== entry.by?.id
        ? `${who} 接手，由 ${entry.for.name} 现场指挥`
        : `${who} 接手指挥`;
    case 'deploy':
      return `${who} 派 ${entry.for?.name ?? ''} 到场`;
    case 'measure':
      return facts.called === undefined ? `${who} 处置措施` : `${who} 联系${wordIn(outsideBodyWords, facts.called)}`;
    case 'raise':
      return `${who} 升级${rise(facts)}`;
    case 'lower':
      return `${who} 降级${rise(facts)}`;
    case 'resolve':
      return `${who} 处置完毕，原因：${wordIn(emergencyCauseWords, facts.cause)}${rise(facts)}`;
    case 'review':
      return `${who} 复盘`;
    case 'reopen':
      return `${who} 重新处置`;
    case 'dismiss':
      return `${who} 认定为误报`;
    case 'close':
      return '归档';
    default:
      return sharedEntryInWords(entry) ?? `${who} ${entry.action}`;
  }
}
