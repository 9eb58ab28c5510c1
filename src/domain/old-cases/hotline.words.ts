// How a hotline's list names kinds and channels, and what is said of a line that can't be taken.
import type { Channel } from '../cases/case.contract.ts';
import type { HotlineFault, OldKind } from './hotline.contract.ts';

/** 投诉 and 举报 are complaints; who asks or seeks help is answered (spec/10). */
export const hotlineKinds: Readonly<Record<string, OldKind>> = {
  投诉: 'complaint',
  举报: 'complaint',
  咨询: 'enquiry',
  求助: 'enquiry',
  建议: 'suggestion',
};

/** By the spelling in small letters: `qq` and `QQ` are one. */
export const hotlineChannels: Readonly<Record<string, Channel>> = {
  网站: 'online',
  电话: 'hotline',
  e福州app: 'online',
  '12345app': 'online',
  微信: 'wechat',
  微博: 'online',
  qq: 'online',
  短信: 'sms',
  邮件: 'email',
};

/** Where a list came without a file's name. */
export const hotlineListName = '热线清单';

const faultWords: Record<HotlineFault['code'], string> = {
  not_json: '不是一行 JSON',
  id: 'id 应为大于 0 的整数',
  duplicate: 'id 与前面的行相同',
  kind: `kind 应为 ${Object.keys(hotlineKinds).join('、')} 之一`,
  channel: `channel 应为 ${Object.keys(hotlineChannels).join('、')} 之一`,
  date: 'date 应为日期，例如 2020-09-03',
  identity: 'identity 应为 anonymous 或 named',
  transfers: 'transfers 应为 0 以上的整数',
  text: 'title 和 text 都是空的',
};

export const hotlineFaultWords = ({ line, code }: HotlineFault): string => `第 ${line} 行：${faultWords[code]}`;

export const hotlineReportWords = {
  total: (lines: number, written: number, unchanged: number) =>
    `共 ${lines} 行，新写入 ${written} 件，原已写入 ${unchanged} 件`,
  nothing: (faults: number) => `有 ${faults} 行不能读，全部没有写入（加 --partial 则跳过这些行）`,
  counts: (of: 'kinds' | 'channels' | 'identities', counts: readonly (readonly [string, number])[]) =>
    `${{ kinds: '原类别', channels: '原渠道', identities: '身份' }[of]}：${counts.map(([name, count]) => `${name} ${count}`).join('，')}`,
  transfers: (cases: number, sum: number) => `转办：${cases} 件转办过，共 ${sum} 次`,
};
