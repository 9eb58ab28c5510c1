// Words of letters 收文与复函: register, reply, its templates and its paper.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { DocumentKind, ReplyMove, ReplyState, ReplyWay } from './letter.contract.ts';

export const documentKindWords: Record<DocumentKind, string> = {
  complaint: '投诉信',
  enquiry: '咨询函',
  suggestion: '建议信',
  official: '公函',
  other: '其他来函',
};
export const replyStateWords: Record<ReplyState, string> = {
  draft: '草稿待批',
  approved: '已批准',
  out: '已送出',
  delivered: '已送达',
  failed: '未送达',
  void: '已作废',
};
export const replyMoveWords: Record<ReplyMove | 'draft', string> = {
  draft: '起草',
  amend: '修改草稿',
  approve: '批准并编号',
  send: '送出',
  deliver: '登记送达',
  fail: '登记未送达',
  void: '作废',
};
export const replyWayWords: Record<ReplyWay, string> = {
  'handed-over': '当面送交',
  'letter-box': '投入信箱',
  'registered-mail': '挂号信',
  courier: '快递',
  posted: '张贴',
};

export const letterProblems: { titles: ProblemWords; faults: ProblemWords } = {
  titles: {
    'letter.entered_already': (facts) => ({
      zh: `这封信已经登记过，收文编号 ${String(facts.code ?? '')}`,
      en: `this letter stands in the register as ${String(facts.code ?? '')}`,
    }),
    'letter.case_is_anonymous': plain(
      '匿名投诉不能与署名来函关联，以免暴露投诉人',
      'an anonymous complaint is not linked to a signed letter',
    ),
    'letter.move_not_allowed': plain('复函现在的状态不能这样操作，请刷新后再看', 'not allowed in this state'),
    'letter.own_request': plain('自己起草的复函不能自己批准', 'nobody approves what they wrote'),
    'letter.not_a_complaint': plain('所属事项不是投诉，不必登记告知客户', 'the case is no complaint'),
    'letter.same_way': plain('这种方式刚才没有送到，请换一种方式', 'this way failed: take the next'),
  },
  faults: {
    dated_after_received: plain('来信日期不能晚于收到日期', 'dated after it was received'),
    unknown_case: plain('没有这个编号的事项', 'no case with this number'),
  },
};

export const letterFieldWords: Record<string, string> = {
  sender: '来信人',
  datedOn: '来信日期',
  receivedOn: '收到日期',
  subject: '标题',
  summary: '内容摘要',
  caseCode: '关联事项编号',
  addressee: '收信人',
  body: '正文',
  way: '送达方式',
  note: '说明',
};

/** What stands in the complaint's own record once a letter told its end. */
export const writtenAnswerWords = {
  letter: (code: string) => `书面答复 ${code}`,
  noOpinion: '书面答复，来信人未另提意见',
};

/** What a reply begins with; who writes it fills in what stands in brackets. */
export const replyTemplates: readonly {
  name: string;
  write(facts: { datedOn: string; subject: string; caseCode: string }): string;
}[] = [
  {
    name: '已处理答复',
    write: ({ datedOn, subject, caseCode }) =>
      `您于 ${datedOn} 来信反映“${subject}”一事（登记编号 ${caseCode}）已收悉。给您带来不便，我们深表歉意。\n\n经核实，【查明的情况】。我们已采取以下措施：【措施与完成日期】。\n\n如您对处理结果仍有意见，请随时与客户服务中心联系。感谢您对我们工作的监督与支持。`,
  },
  {
    name: '说明与解释',
    write: ({ datedOn, subject, caseCode }) =>
      `您于 ${datedOn} 来信反映“${subject}”一事（登记编号 ${caseCode}）已收悉，感谢您的来信。\n\n经核实，【查明的情况】。按照【依据】，【说明】。\n\n如需进一步了解，请随时与客户服务中心联系。`,
  },
];

export const letterPageWords = {
  title: '收文与复函',
  register: '公司收文登记簿',
  enter: '登记收文',
  search: '找编号、来信人、标题',
  kind: '种类',
  allKinds: '全部种类',
  replyState: '复函',
  everyReply: '复函：全部',
  noReply: '未复函',
  columns: ['收文编号', '收到', '来信人', '标题', '种类', '事项', '复函'],
  empty: '没有符合条件的收文',
  none: '还没有收文',
  noneText: '收到的来信、意见箱信件和公文在这里登记；登记后自动编号，并转为要办的事项。',
  more: '再看更早的',
  sender: '来信人（单位）',
  datedOn: '来信日期',
  receivedOn: '收到日期',
  subject: '标题',
  summary: '内容摘要',
  phone: '联系电话',
  caseCode: '关联已有事项',
  caseCodeHint: '填编号，如 TS-2026-000012；不填则新登记一件投诉，渠道为来信',
  scans: '原件照片或扫描',
  enteredBy: (name: string, at: string) => `${name} 登记于 ${at}`,
  caseLine: '所属事项',
  unit: '来信人房号',
  unitPlaceholder: '3-1-502、张三、手机尾号',
  unitHint: '不知道可以不填',
  cameOn: (day: string) => `${day} 收到`,
  replyCode: (code: string) => `复函 ${code}`,
  tell: '同时登记为已告知投诉人处理结果',
  tellHint: (code: string) => `以本复函作为 ${code} 的书面答复`,
  opinion: '投诉人意见（没有则不填）',
  satisfied: '是否满意',
  satisfiedWords: { '': '未表示', yes: '满意', no: '不满意' },
  slip: '签收凭证照片',
  reply: '复函',
  newReply: '起草复函',
  template: '模板',
  addressee: '收信人',
  body: '正文',
  saveDraft: '保存草稿',
  draftHint: '【】中的内容请填写；草稿由经理批准后编号，起草人不能自己批准。',
  writtenBy: (name: string) => `起草 ${name}`,
  approvedBy: (name: string) => `批准 ${name}`,
  way: '送达方式',
  note: '说明（签收人、单号或原因）',
  print: '打印（A4）',
  word: '下载 Word',
  back: '返回',
  loading: '正在加载',
  unnumbered: '未编号',
  dear: (name: string) => `尊敬的${name}：`,
  regards: '此致\n敬礼',
  draftMark: '草稿，未经批准，不得寄出',
  voidMark: '已作废',
  paperTitle: '复函',
  number: (code: string) => `编号：${code}`,
  about: (subject: string) => `事由：${subject}`,
  house: (community: string) => `${community}客户服务中心`,
};

/** `2026年11月26日`, as a letter is dated. */
export const dayInChinese = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};

/** The letter line by line, the same on the screen's paper and in the file. */
export function replyLines(
  reply: { code: string | null; state: ReplyState; addressee: string; subject: string; body: string },
  house: { community: string; day: string },
): string[] {
  const mark = reply.state === 'void' ? letterPageWords.voidMark : reply.code === null ? letterPageWords.draftMark : '';
  return [
    ...(mark === '' ? [] : [mark]),
    letterPageWords.number(reply.code ?? letterPageWords.unnumbered),
    letterPageWords.about(reply.subject),
    '',
    letterPageWords.dear(reply.addressee),
    ...reply.body.split('\n'),
    '',
    ...letterPageWords.regards.split('\n'),
    '',
    letterPageWords.house(house.community),
    dayInChinese(house.day),
  ];
}
