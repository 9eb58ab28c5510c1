// Words of billing runs 出账, and of meter readings 抄表 that stop for confirmation.
import { type ProblemWords, plain } from '../../kernel/words.ts';
import type { BillingRunMove, BillingRunState, OddKind } from './billing-run.contract.ts';

export const billingRunStateWords: Record<BillingRunState, string> = {
  preview: '预览',
  submitted: '待批准',
  approved: '已批准',
  posting: '入账中',
  posted: '已入账',
  abandoned: '已放弃',
};
export const billingRunMoveWords: Record<BillingRunMove, string> = {
  submit: '提交批准',
  approve: '批准',
  post: '入账',
  finish: '入账完成',
  abandon: '放弃',
};
export const oddWords: Record<OddKind, string> = {
  'no-payer': '没有付款人',
  'not-computed': '算不出来，缺资料',
  zero: '金额为 0',
  new: '上月没有',
  gone: '上月有、本月没有',
  'far-from-last': '与上月相差很大',
};

export const billingRunProblems: ProblemWords = {
  'billing-run.move_not_allowed': plain('这次出账现在不能这样操作', 'not allowed in this state'),
  'billing-run.own_request': plain('自己提交的出账不能自己批准', 'nobody approves their own request'),
  'billing-run.preview_outdated': plain(
    '预览之后价格或房屋资料有变化，请重新预览',
    'something changed since the preview',
  ),
  'billing-run.not_computed': ({ count }) => ({
    zh: `还有 ${String(count ?? '')} 笔算不出来，请先补齐资料`,
    en: 'some charges were not computed',
  }),
  'billing-run.still_computing': plain('还在计算，请稍候', 'still being computed'),
  'billing-run.nothing_to_post': plain(
    '没有要入账的：这个月的应收都已入账',
    'nothing to post: all of it stands already',
  ),
};

const thousandths = (value: unknown) => (typeof value === 'number' ? String(value / 1000) : '');
export const readingFaults: ProblemWords = {
  reading_lower_than_last: ({ last }) => ({
    zh: `比上次读数 ${thousandths(last)} 低：换过表请登记换表，走满一圈请确认并写原因`,
    en: 'lower than the last reading',
  }),
  reading_far_above_usual: plain('比平时高很多，请再看一眼，确认无误并写原因', 'far above the usual'),
  reading_far_below_usual: plain('比平时低很多，请再看一眼，确认无误并写原因', 'far below the usual'),
  reading_day_not_after_last: ({ last }) => ({
    zh: `抄表日期应在上次（${String(last ?? '')}）之后`,
    en: 'not after the last reading',
  }),
  reading_below_nothing: plain('读数不能小于 0', 'below nothing'),
  reading_beyond_dial: ({ figures }) => ({
    zh: `这块表只有 ${String(figures ?? '')} 位，读数超出`,
    en: 'beyond the dial',
  }),
  exchange_lower_than_last: plain('旧表的最后读数低于上次抄表，请核对', 'the old meter ended below the last reading'),
  share_below_nothing: plain('总表用量小于各户之和，请核对抄表', 'the main meter shows less than the units'),
  share_among_nobody: plain('没有可以分摊的房屋', 'nobody to share it'),
};
