// Words of approvals 审批: states, moves, refusals, the time line, and the page.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { Role } from '../access/role.contract.ts';
import { roleWords } from '../access/role.words.ts';
import type { Approval, ApprovalAction, ApprovalState, PersonalMove } from './approval.contract.ts';

export const approvalStateWords: Record<ApprovalState, string> = {
  pending: '待审批',
  approved: '已同意',
  rejected: '未同意',
  returned: '已退回',
  withdrawn: '已撤回',
  lapsed: '逾期失效',
};

export const approvalMoveWords: Record<PersonalMove, string> = {
  approve: '同意',
  reject: '不同意',
  return: '退回',
  withdraw: '撤回',
};

const roleOf = (facts: Record<string, unknown>): string => roleWords[facts.role as Role] ?? '上级';

export const approvalProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'approval.move_not_allowed': plain(
      '这项审批已经有了结果，不能再这样操作，请刷新',
      'this approval is no longer open',
    ),
    'approval.not_your_step': plain('现在这一步不由您审批', 'this step is not yours to decide'),
    'approval.own_request': plain('自己提交、起草或事关自己的，不能自己审批', 'nobody decides their own request'),
    'approval.same_person': plain('您在前面一步已经同意过，同一人不能审批两次', 'the same person never decides twice'),
    'approval.lapsed': plain('这项审批已过期限，请重新提交', 'its term is over'),
    'approval.nobody_to_decide': (facts) => ({
      zh: `除您以外没有人能审批这件事（${roleOf(facts)}及以上无人），请先在“设置”里指定${roleOf(facts)}`,
      en: 'nobody but the asker could decide this',
    }),
    'approval.already_pending': plain('这件事已经提交审批，请等待结果', 'it already waits for approval'),
  },
  faults: {
    not_an_earlier_step: plain('只能退给提交人或退到前面的一步', 'only to the asker or an earlier step'),
  },
};

export const approvalFieldWords: Record<string, string> = {
  remark: '意见',
  toStep: '退到哪一步',
  inForceOn: '执行日期',
};

const actions: Record<ApprovalAction, string> = {
  ask: '提交审批',
  'open-step': '等待审批',
  approve: '同意',
  reject: '不同意',
  return: '退回',
  withdraw: '撤回',
  lapse: '过期失效',
  escalated: '催办上报',
  recalculated: '时限重算',
};

type Entry = Approval['timeline'][number];
/** `周敏（管理处经理，代沈经理）同意`, `等待总经理审批`. */
export function entryInWords(entry: Entry): string {
  if (entry.action === 'open-step') return `第 ${entry.step} 步：等待${entry.role ? roleWords[entry.role] : ''}审批`;
  if (entry.action === 'escalated')
    return entry.told.length === 0 ? '到时，已无人可再通知' : `到时提醒 ${entry.told.join('、')}`;
  const role = entry.role === null ? '' : `（${roleWords[entry.role]}${entry.for ? `，代${entry.for.name}` : ''}）`;
  const by = entry.by === null ? '' : `${entry.by.name}${role} `;
  const to = entry.action !== 'return' ? '' : entry.toStep ? `到第 ${entry.toStep} 步` : '给提交人';
  return `${by}${actions[entry.action]}${to}`;
}

export const approvalPageWords = {
  title: '审批',
  tabs: { 'to-decide': '待我审批', asked: '我提交的', decided: '我办过的', all: '全部' } as const,
  tabsLabel: '哪些审批',
  kind: '事项',
  allKinds: '全部事项',
  state: '状态',
  allStates: '全部状态',
  list: '审批列表',
  counted: (count: number) => `${count} 项`,
  empty: {
    'to-decide': { title: '没有等您审批的', text: '有人提交到您这一步时，会响铃提醒并出现在这里。' },
    asked: { title: '您还没有提交过', text: '在服务标准、收费标准等页面提交后，可以在这里看进度。' },
    decided: { title: '您还没有办过审批', text: '您同意、退回或不同意过的都会留在这里。' },
    all: { title: '没有审批', text: '还没有人提交过需要审批的事项。' },
  } as const,
  clear: '清除筛选',
  choose: '从左边选一项，在这里看内容和经过。',
  askedBy: (name: string | undefined, at: string) => `${name === undefined ? '' : `${name} `}提交于 ${at}`,
  decidedAt: (at: string) => `${at} 有结果`,
  openSubject: '查看全文',
  openCase: '查看事项',
  reason: '理由',
  lines: '内容',
  chain: '审批步骤',
  step: (step: number, role: string) => `${step}. ${role}`,
  moved: (own: string, duty: string) => `本应由${own}审批；除提交人外没有别的${own}，由上一级${duty}审批`,
  decidersNow: (names: string) => `可审批：${names}`,
  nobody: '现在没有可以审批的人，请管理员指定',
  via: { self: '', 'stand-in': '代班', 'next-up': '上级' } as const,
  clock: '审批时限',
  expires: (at: string) => `${at} 前没有结果自动失效`,
  timeline: '经过',
  moves: '审批操作',
  remark: '意见',
  remarkMust: '意见（必填）',
  remarkHint: '同意可以不写；退回和不同意请写明原因。Ctrl+Enter 同意。',
  toStep: '退给',
  toAsker: (name: string | undefined) => (name === undefined ? '提交人' : `提交人 ${name}`),
  toEarlier: (step: number, role: string) => `第 ${step} 步 ${role}`,
  inForceOn: '从哪天起执行',
  keys: 'J/K 上下，A 同意，T 退回，N 不同意',
  back: '返回列表',
  loadMore: '再看一些',
  policy: (version: string) => `服务标准第 ${version} 版`,
  asker: '提交',
  askerHidden: '匿名投诉，不显示提交人',
};
