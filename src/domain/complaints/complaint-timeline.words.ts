// The time line of a complaint 投诉 in Chinese: each step with what it decided.
import { departmentSchema } from '../access/role.contract.ts';
import type { TimelineEntry } from '../cases/case.contract.ts';
import { nameOf, postWords, sharedEntryInWords } from '../cases/case.words.ts';
import { momentInWords } from '../clocks/clock.words.ts';
import {
  againstWords,
  answerHowWords,
  complaintCaseFieldWords,
  complaintCaseMoveWords,
  complaintCauseWords,
  liabilityWords,
  severityRuleInWords,
  severityWords,
  validityWords,
} from './complaint-case.words.ts';
import {
  type ComplaintMove,
  complaintMoves,
  type Severity,
  severities,
  severityRuleSchema,
} from './complaint-shapes.contract.ts';

const wordIn = (words: Readonly<Record<string, string>>, code: unknown): string => words[String(code)] ?? String(code);

const isSeverity = (code: unknown): code is Severity => severities.includes(code as Severity);
/** `，较大 → 重大（损失金额）`; empty where the level stays. */
function rise(facts: TimelineEntry['facts']): string {
  const [from, to] = Array.isArray(facts.severity) ? facts.severity : [];
  if (!isSeverity(from) || !isSeverity(to) || from === to) return '';
  const rule = severityRuleSchema.safeParse(facts.rule);
  const why = rule.success ? `（${severityRuleInWords(rule.data).split('：')[1]}）` : '';
  return `，${severityWords[from]} → ${severityWords[to]}${why}`;
}
const departmentOf = (facts: TimelineEntry['facts']): string => {
  const to = Array.isArray(facts.department) ? facts.department.at(-1) : facts.department;
  const known = departmentSchema.safeParse(to);
  return known.success ? againstWords[known.data] : '';
};
const howOf = (how: unknown): string => (how === undefined ? '' : `（${wordIn(answerHowWords, how)}）`);

export function complaintStepInWords(entry: TimelineEntry): string {
  const who = nameOf(entry);
  const { facts } = entry;
  switch (entry.action) {
    case 'create': {
      if (facts.source === 'follow-up')
        return `${who} 登记：${String(facts.about ?? '')} 回访不认可（${String(facts.followUp ?? '')}）`;
      const rule = severityRuleSchema.safeParse(facts.rule);
      const level = isSeverity(facts.severity) ? `，${severityWords[facts.severity]}` : '';
      return `${who} 登记${level}${rule.success && facts.severity === facts.proposed ? `（${severityRuleInWords(rule.data).split('：')[1]}）` : ''}`;
    }
    case 'amend': {
      const fields = Array.isArray(facts.fields) ? facts.fields.map((one) => wordIn(fieldWords, one)) : [];
      const liability = Array.isArray(facts.liability)
        ? `，责任方改为${wordIn(liabilityWords, facts.liability[1])}`
        : '';
      return `${who} 补充更改${fields.length > 0 ? `：${fields.join('、')}` : ''}${liability}${rise(facts)}`;
    }
    case 'forward':
      return `${who} 转呈${wordIn(postWords, facts.to)}`;
    case 'take-over':
      return entry.for ? `${who} 接手，由 ${entry.for.name} 负责` : `${who} 接手`;
    case 'classify': {
      const [from, to] = Array.isArray(facts.severity) ? facts.severity : [];
      const validity = facts.validity === undefined ? '' : `，${wordIn(validityWords, facts.validity)}`;
      return `${who} 定级${isSeverity(to) ? `：${severityWords[to]}${from === to ? '' : `（原${wordIn(severityWords, from)}）`}` : ''}${validity}`;
    }
    case 'raise':
      return `${who} 升级${rise(facts)}`;
    case 'mishandled':
      return `${who} 认定处理不当${rise(facts)}`;
    case 'lower':
      return `${who} 申请降级${rise(facts)}`;
    case 'lowered':
      return `${who} 批准降级${rise(facts)}`;
    case 'not-lowered':
      return `${who} 不批准降级`;
    case 'lowering-returned':
      return `${who} 退回降级申请`;
    case 'lowering-withdrawn':
      return `${who} 撤回降级申请`;
    case 'lowering-lapsed':
      return '降级申请到期没有结果，级别不变';
    case 'respond':
      return `${who} 答复客户${howOf(facts.how)}`;
    case 'send':
      return `${who} 送达${departmentOf(facts)}${entry.for ? `，经办人 ${entry.for.name}` : ''}`;
    case 'accept':
      return `${who} 签收`;
    case 'transfer':
      return `${who} 转${departmentOf(facts)}${entry.for ? `，经办人 ${entry.for.name}` : ''}`;
    case 'wait':
      return `${who} 约定${typeof facts.until === 'string' ? ` ${momentInWords(facts.until)} ` : '下次'}答复${facts.consent === true ? '，客户同意' : ''}`;
    case 'resume':
      return `${who} 继续处理`;
    case 'resolve':
      return `${who} 处理完毕${facts.cause === undefined ? '' : `，原因：${wordIn(complaintCauseWords, facts.cause)}`}`;
    case 'tell-customer':
      return `${who} 告知客户结果${howOf(facts.how)}${facts.signed === true ? '，客户已签字' : ''}`;
    case 'close':
      return `${who} 归档`;
    case 'reopen':
      return `${who} 重新打开${rise(facts)}`;
    case 'invalidate':
      return `${who} 认定无效${howOf(facts.explained)}`;
    case 'validate':
      return `${who} 认定有效${howOf(facts.explained)}`;
    case 'link':
      return `${who} 并入同一事件${counters(facts)}${rise(facts)}`;
    case 'unlink':
      return `${who} 移出同一事件`;
    case 'merge':
      return `${who} 合并重复登记`;
    case 'linked':
      return `${who} 并入同一事件${counters(facts)}${rise(facts)}`;
    case 'same-event':
      return `同一事件有变化${counters(facts)}${rise(facts)}`;
    case 'called-back':
      return `${who} 回复同一事件的客户${howOf(facts.how)}`;
    default: {
      const shared = sharedEntryInWords(entry);
      if (shared !== null) return shared;
      const move = complaintMoves.find((one): one is ComplaintMove => one === entry.action);
      return `${who} ${move === undefined ? entry.action : complaintCaseMoveWords[move]}`;
    }
  }
}

const counters = ({ raisings, people }: TimelineEntry['facts']): string =>
  typeof raisings === 'number' && typeof people === 'number' ? `，共提出 ${raisings} 次、${people} 人` : '';

const fieldWords: Readonly<Record<string, string>> = {
  ...complaintCaseFieldWords,
  unitId: '房号',
  place: '发生地点',
  contact: '联系方式',
  agreedAt: '约定完成日期',
};
