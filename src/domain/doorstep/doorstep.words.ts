// Words 词 of collections at the door 上门收费.
import { yuanOfFen } from '../../kernel/money.ts';
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { CollectionState } from './doorstep.contract.ts';

const yuan = (fen: unknown) => (typeof fen === 'number' ? yuanOfFen(fen) : '');

export const collectionStateWords: Record<CollectionState, string> = {
  appointed: '已约定',
  collected: '已收',
  missed: '未收到',
  cancelled: '已取消',
};

export const doorstepProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'doorstep.move_not_allowed': ({ state }) => ({
      zh: `这次上门${collectionStateWords[state as CollectionState] ?? '已有结果'}，不能再改`,
      en: 'the appointment is over',
    }),
    'doorstep.already_appointed': plain('这户已经约定了上门收费', 'this household has an appointment already'),
    'doorstep.no_appointment': plain(
      '上门收费要先约定：这户没有与您约定的上门时间',
      'money is taken at a door by appointment only',
    ),
    'doorstep.own_cash': plain('自己收的现金要由另一人清点签收', 'collector and receiver are two persons'),
    'doorstep.handed_in_already': plain('这笔现金已经签收', 'handed in already'),
  },
  faults: {
    in_the_past: plain('约定时间已经过去', 'lies in the past'),
    no_doorstep_book: plain('此人名下没有上门收据本，请财务先发放', 'holds no book for collections at the door'),
    cash_differs: ({ cashFen }) => ({
      zh: `与收据合计 ${yuan(cashFen)} 元不符，请写明原因`,
      en: 'differs from what was taken; say why',
    }),
  },
};
export const doorstepFieldWords: Record<string, string> = {
  at: '约定时间',
  collectorId: '收费人',
  countedFen: '实点金额',
};

export const doorstepWords = {
  title: '上门收费',
  lead: '白天不在家的住户约定时间上门收费，用专门的上门收据本；收到的现金当天交回。',
  arrange: '约定上门',
  unit: '房户',
  unitPlaceholder: '如 3-1-502、陈、1234',
  at: '约定时间',
  collector: '收费人',
  self: '本人',
  note: '备注',
  notePlaceholder: '如：下班后在家，先电话联系',
  none: '这段时间没有约定上门',
  columns: ['约定时间', '房户', '收费人', '欠费（元）', '状态', ''],
  late: '已过约定时间',
  collect: '去收款',
  reschedule: '改约',
  miss: '未收到',
  missTitle: (unit: string) => `${unit} 上门未收到`,
  cancel: '取消',
  cancelTitle: (unit: string) => `取消 ${unit} 的上门收费`,
  reason: '原因',
  carried: '上门收取的现金',
  carriedNote: '从第一笔收款起计时，到有人清点签收为止',
  noCarried: '没有在途的现金',
  onItsWay: '在途',
  handedIn: (at: string, by: string) => `${at} ${by} 签收`,
  due: (at: string) => `应于 ${at} 前交回`,
  overdue: '超时未交',
  wasLate: '超时交回',
  sum: (yuan: string, payments: number) => `${yuan} 元 · ${payments} 笔`,
  differs: (yuan: string) => `实点 ${yuan} 元`,
  handIn: '清点签收',
  handInTitle: (name: string) => `签收 ${name} 上门收取的现金`,
  counted: '实点金额（元）',
  whyDiffers: '不符的原因',
  from: '起',
  until: '止',
  loading: '正在读取',
  moment: (at: Instant) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`,
} as const;
