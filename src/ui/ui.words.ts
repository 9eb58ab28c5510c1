// Words 词 of the kit and the frame: whatever a screen of any subject needs to say about itself.

export const uiWords = {
  product: '管家',
  skipToPage: '跳到正文',
  openMenu: '打开菜单',
  closeMenu: '收起菜单',
  mainNav: '主导航',
  close: '关闭',
  cancel: '取消',
  save: '保存',
  retry: '重试',
  reload: '重新载入',
  loading: '正在载入…',
  saving: '正在保存…',
  more: '更多',
  optional: '可不填',
  why: '为什么是这个时间',
  theme: { word: '外观', system: '跟随系统', light: '浅色', dark: '深色' },
  offlineBanner: '没有信号：连不上管理处的系统，恢复后自动继续',
  problem: {
    offline: '连不上系统。请检查网络，您填写的内容还在。',
    timeout: '系统迟迟没有回答。请稍后再试，重复提交不会办两次。',
    badAnswer: '系统的回答看不懂，可能是网页版本过旧。请重新载入。',
    unknown: '出了差错，没有办成。',
    fields: '请改正：',
    requestId: (id: string) => `问题编号 ${id}`,
    retryAfter: (seconds: number) => `请在 ${seconds} 秒后再试`,
  },
  crash: {
    title: '这一页出了差错',
    text: '别的页面不受影响。您填写的内容留在这台设备上。',
  },
  notFound: { title: '没有这一页', text: '地址可能写错了，或者您没有查看它的权限。', home: '回到首页' },
  empty: { title: '没有内容', filtered: '没有符合条件的内容', clear: '清除条件' },
  table: {
    columns: '选列',
    density: '密度',
    dense: '紧凑',
    roomy: '宽松',
    chooseAll: '全选',
    chooseRow: (name: string) => `选择 ${name}`,
    sortBy: (name: string) => `按${name}排序`,
    rowKeys: 'J / K 上下移动，回车打开，空格选择',
    total: '合计',
    more: '再载入一些',
  },
  moves: { refused: (move: string, reason: string) => `${move}：${reason}` },
  draft: {
    restored: (when: string) => `已恢复 ${when} 没有保存的内容`,
    discard: '不要了，重新填写',
  },
  pages: { loading: '正在打开…' },
} as const;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** A length of time as people say it: the two largest parts. `withSeconds` only below an hour. */
export function lengthInWords(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return hours % 24 === 0 ? `${days} 天` : `${days} 天 ${hours % 24} 小时`;
  if (hours > 0) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`;
  if (minutes > 0) return seconds % 60 === 0 ? `${minutes} 分` : `${minutes} 分 ${seconds % 60} 秒`;
  return `${seconds} 秒`;
}

/** `02:14` below an hour, `1:02:14` above, in words from two days on: for the one large clock of a page. */
export function lengthInDigits(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  if (hours >= 48) return lengthInWords(ms);
  const rest = `${twoDigits(Math.floor((seconds % 3600) / 60))}:${twoDigits(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** The words of a clock; a slice may hand over others. */
export const clockWords = {
  remaining: (ms: number) => `剩 ${lengthInWords(ms)}`,
  over: (ms: number) => `超时 ${lengthInWords(ms)}`,
  paused: (reason: string | null) => (reason ? `暂停 · ${reason}` : '暂停'),
  met: (ms: number | null) => (ms === null ? '达成' : `达成 ${lengthInWords(ms)}`),
  missed: (ms: number | null) => (ms === null ? '未达成' : `未达成，超 ${lengthInWords(ms)}`),
  void: '作废',
  notSet: '时间待定',
};
export type ClockWords = typeof clockWords;
