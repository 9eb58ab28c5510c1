// What the terminal says, Chinese first; every refusal with its mend.
import type { Refusal } from '../../kernel/refusal.ts';

export const commandWords = {
  unknown: (name: string, known: readonly string[]) =>
    `没有“${name}”这个命令。可用：${known.join('、')} · Unknown command`,
  serving: (address: string) => `管家已启动：${address} · Guanjia is serving`,
  setup: (address: string) => `首次启动：请在浏览器打开下面的地址完成设置（只能用一次）\n${address}`,
  keyMade: (file: string) => `已生成密钥文件 ${file}。请另存一份到安全的地方，并考虑移出数据目录（SECRET_KEY_FILE）`,
  demoPassword: (password: string) => `演示账号密码（只显示这一次）：${password}`,
  demoReady: '演示数据已就绪',
  stopping: '正在停止…',
};

const mends: Record<string, (facts: Record<string, unknown>) => string> = {
  'cluster.in_use': (facts) => `数据目录正被另一个管家程序使用（进程 ${facts.pid}）。请先停止它，或换一个 DATA_DIR`,
  'cluster.version_changed': (facts) =>
    `数据目录由 PostgreSQL ${facts.found} 建立，本程序自带 ${facts.expected}。请先用旧版程序备份，再用新版恢复`,
  'database.unreachable': (facts) => `连接不上数据库（${facts.reason}）。请检查 DATABASE_URL 和数据库是否已启动`,
  'database.may_not_create_roles': () =>
    '数据库账号没有建立角色的权限。请授予 CREATEROLE，或由管理员建立 guanjia_app 并设置 DATABASE_APP_URL',
  'migrations.database_is_newer': (facts) =>
    `数据库版本（${facts.database}）比程序（${facts.program}）新。请使用新版程序`,
  'migrations.changed_after_release': (facts) => `迁移文件 ${facts.name} 在发布后被改动过。请恢复原文件`,
  'secrets.bad_key_file': (facts) => `密钥文件 ${facts.file} 不是有效的密钥`,
  'config.bad_port': (facts) => `PORT 应为 0–65535 的整数，读到“${facts.read}”`,
  'config.tls_needs_both_files': () => 'TLS_CERT_FILE 和 TLS_KEY_FILE 要同时设置',
  'clock.not_an_instant': (facts) => `--clock 应为带时区的时间，例如 2026-11-23T07:45:00+08:00，读到“${facts.read}”`,
};

export function refusalInWords(refusal: Refusal): string {
  const facts = Object.entries(refusal.facts).map(([name, value]) => `${name}=${String(value)}`);
  return mends[refusal.code]?.(refusal.facts) ?? [refusal.code, ...facts].join(' ');
}
