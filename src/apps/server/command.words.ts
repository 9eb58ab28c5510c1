// What the terminal says, Chinese first; every refusal with its mend.
import { importStateWords } from '../../domain/places/import-page.words.ts';
import type { ImportAnswer } from '../../domain/places/import-run.contract.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { CheckName, FoundBreach } from './checks.ts';

export const commandWords = {
  unknown: (name: string, known: readonly string[]) =>
    `没有“${name}”这个命令。可用：${known.join('、')} · Unknown command`,
  serving: (address: string) => `管家已启动：${address} · Guanjia is serving`,
  setup: (address: string) => `首次启动：请在浏览器打开下面的地址完成设置（只能用一次）\n${address}`,
  keyMade: (file: string) => `已生成密钥文件 ${file}。请另存一份到安全的地方，并考虑移出数据目录（SECRET_KEY_FILE）`,
  demoPassword: (password: string) => `演示账号密码（只显示这一次）：${password}`,
  demoReady: '演示数据已就绪 · Demo data are in',
  demoFilling: (percent: number) => `正在生成演示数据… ${percent}% · Filling demo data`,
  demoFilled: (seconds: number) => `演示数据已生成（${seconds} 秒）· Demo data filled`,
  demoMeanwhile: (address: string) =>
    `生成期间 ${address}readyz 回答 503，就绪后即可打开 · Not ready until it is filled`,
  demoAnew: '上次生成演示数据时中断，现清除后重新生成 · The last fill was cut short: beginning anew',
  clockMoved: (at: string) =>
    `演示时钟从 ${at} 起走：数据已记到这一刻，时钟不能倒退 · The demo's clock runs on from its last entry`,
  stopping: '正在停止…',
  backupTaken: (file: string, bytes: number, verified: boolean) =>
    `备份完成：${file}（${(bytes / 1024 / 1024).toFixed(1)} MB${verified ? '，已读回核对' : ''}） · Backup taken`,
  keyNotInBackup: (file: string) =>
    `备份里没有密钥：请另外保存 ${file}，没有它无法恢复（或用 --passphrase-file 把密钥加密放进备份）`,
  filesMissing: (count: number) => `注意：有 ${count} 个附件在存储中找不到，没有进入备份。请运行 verify 查看`,
  backupRead: (takenAt: string, program: string) => `备份文件完好：${takenAt}，程序版本 ${program}。开始恢复…`,
  restored: '恢复完成，全部核对通过。所有人需要重新登录 · Restored and verified',
  allWell: '全部核对通过 · All invariants hold',
  breaches: (count: number) => `发现 ${count} 处不一致 · Breaches found`,
  breach: ({ check, what, communityId, facts }: FoundBreach) =>
    [
      `${checkNames[check]} [${check}] ${breachNames[what] ?? what}`,
      ...factWords({ ...(communityId ? { communityId } : {}), ...facts }),
    ].join(' '),
  userAdded: (username: string) => `已建立账号 ${username} · Account added`,
  passwordMade: (password: string) => `初始密码（只显示这一次，首次登录后请修改）：${password}`,
  importRunning: (rows: number) => `已读 ${rows} 行… · Importing`,
  importEnded: (one: ImportAnswer) =>
    `${importStateWords[one.state]}：${one.rows} 行，可用 ${one.accepted} 行，写入 ${one.written} 条，未通过 ${one.rejectedCount} 处${one.errorCode === null ? '' : `（${one.errorCode}）`} · Import ${one.state}`,
  importRejected: (one: ImportAnswer['rejected'][number]) =>
    `  工作表“${one.sheet}”第 ${one.row} 行“${one.column}”：${one.expected}`,
  tokenMade: (token: string) => `令牌（只显示这一次）：\n${token}`,
};

const factWords = (facts: Record<string, unknown>): string[] =>
  Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`);

const checkNames: Record<CheckName, string> = {
  references: '引用',
  clocks: '时限',
  'next-due': '最近到期',
  'time-lines': '时间线',
  counts: '计数',
  numbers: '编号',
  'audit-chain': '审计链',
  'audit-seals': '审计封存',
  files: '附件',
  search: '检索',
  'search-people': '检索（不属于任何一户的人）',
  samples: '回访抽样',
  'frozen-months': '已定月份的指标',
  approvals: '审批',
  'approval-subjects': '审批的事项',
  books: '账',
  charges: '应收',
  'closed-days': '日结',
  'receipt-numbers': '收据号连续',
  'money-receipts': '每笔收款都有收据',
  'refund-vouchers': '每笔退预存款都有批准和凭单',
};

const breachNames: Record<string, string> = {
  seal_broken: '日结封印链断开',
  seal_gap: '日结封印序号不连续',
  close_differs: '日结与封存内容不符',
  closed_day_changed: '已日结的日子账面有变动',
  out_of_balance: '分录借贷不平',
  open_below_nothing: '应收收过了头',
  prepaid_below_nothing: '预收用过了头',
  held_below_nothing: '押金退过了头',
  reversed_twice: '同一笔冲正了两次',
  reversal_differs: '冲正与原分录不符',
  charge_not_posted: '应收与账上不符',
  charge_not_derivable: '应收按所存依据重算不出原数',
  charge_differs: '应收与所存依据不符',
  frozen_month_differs: '已定月份的指标与事项不符',
  draw_differs: '抽样结果与种子不符',
  draw_not_kept: '抽中与否与回访状态不符',
  draws_missing: '有抽样没有对应的回访',
  rows_point_nowhere: '有记录指向不存在的记录',
  key_not_validated: '外键未经核对',
  clock_without_start: '时限没有开始事件',
  number_missing: '收据本缺号',
  number_twice: '收据号重复',
  number_outside: '收据号在号段之外',
  order_of_time: '收据时间早于上一张',
  money_without_receipt: '收款与收据不符',
  refund_without_voucher: '退款没有凭单',
  voucher_without_refund: '凭单没有对应的退款',
  events_have_gaps: '事件序号不连续',
  column_differs: '重算结果与记录不符',
  decided_by_asker: '审批由提交人或当事人自己作出',
  decided_twice: '同一人审批了两步',
  step_out_of_order: '审批步骤次序不对',
  waits_without_approval: '等待审批的事项没有审批',
  approval_without_subject: '审批的事项已不在等待',
  moved_without_approval: '没有审批就生效',
  next_due_differs: '最近到期与时限不符',
  count_differs: '计数与实际不符',
  number_behind: '编号计数落后于已用编号',
  chain_hash: '审计记录被改动过',
  chain_gap: '审计序号不连续',
  chain_head: '审计链末端不符',
  entry_forgotten: '审计记录未排队封存',
  entry_unsealed: '审计记录久未封存',
  file_missing: '附件文件缺失',
  file_changed: '附件文件被改动过',
  tokens_missing: '缺少检索词',
  sealed_value_unreadable: '加密内容无法用当前密钥打开',
};

const runThis = (facts: Record<string, unknown>) => (facts.mend ? `可执行：${String(facts.mend)}` : '');

const mends: Record<string, (facts: Record<string, unknown>) => string> = {
  'cluster.in_use': (facts) =>
    `数据目录正被另一个管家程序使用（进程 ${facts.pid}）。请先停止它，或换一个 DATA_DIR · DATA_DIR is in use by process ${facts.pid}: stop it, or choose another folder`,
  'cluster.version_changed': (facts) =>
    `数据目录由 PostgreSQL ${facts.found} 建立，本程序自带 ${facts.expected}。请先用旧版程序备份，再用新版恢复`,
  'cluster.busy': (facts) =>
    `另一个管家程序（进程 ${facts.pid}）正在启动或停止数据库，等了很久没有结束。请稍后再试，或查看 ${facts.dataDir} 下的日志`,
  'cluster.not_reachable': (facts) =>
    `自带数据库的进程 ${facts.pid} 在运行，但没有应答（${facts.answer}）。请停止其他管家程序后重试`,
  'cluster.used_from_elsewhere': (facts) =>
    `数据目录 ${facts.dataDir} 正被另一台机器或另一个容器使用。请先停止那边的程序`,
  'cluster.belongs_elsewhere': (facts) =>
    `数据库文件夹 ${facts.folder} 属于数据目录 ${facts.dataDir}。当前目录像是它的副本：请使用原目录，或用 backup / restore 搬迁`,
  'cluster.folder_taken': (facts) =>
    `文件夹 ${facts.folder} 不是空的，也不是数据库。请移走里面的文件，或换一个 DATA_DIR`,
  'cluster.folder_closed': (facts) =>
    `数据库账号进不了文件夹 ${facts.folder}。请放行上级目录，可执行：chmod o+x ${facts.folder}`,
  'cluster.other_owner': (facts) =>
    `数据库文件属于系统用户 ${facts.owner}，当前用户是 ${facts.uid}。请用原来的用户运行，或由管理员执行 chown`,
  'cluster.no_account': (facts) =>
    `以 root 运行时需要一个普通系统账号来运行数据库（${String(facts.names)} 都不存在）。可执行：useradd --system postgres`,
  'cluster.data_dir_closed': (facts) =>
    `无法写入数据目录 ${facts.dataDir}（${facts.code}，用户 ${facts.uid}）。请改正目录权限，或换一个 DATA_DIR`,
  'cluster.system_not_supported': (facts) =>
    `自带数据库不支持这个系统（${facts.system}）。请另装 PostgreSQL 15 或更新版本，并设置 DATABASE_URL`,
  'cluster.binaries_missing': (facts) =>
    `没有找到自带数据库的程序包 ${facts.package}。请重新执行 npm ci（不要跳过可选依赖），或设置 DATABASE_URL`,
  'cluster.binaries_unusable': (facts) =>
    `自带数据库的程序在这台机器上无法运行：${String(facts.attempts)}。请设置 DATABASE_URL 使用另装的 PostgreSQL`,
  'database.version_too_old': (facts) =>
    `数据库版本是 PostgreSQL ${facts.found}，至少需要 ${facts.needed}。请升级数据库服务器 · The server is PostgreSQL ${facts.found}; ${facts.needed} or later is needed: upgrade it`,
  'database.encoding_not_utf8': (facts) =>
    `数据库编码是 ${facts.found}，需要 UTF8。请新建数据库。${runThis(facts)}\nThe database is encoded in ${facts.found}, not UTF8. Create a new one by the command above.`,
  'database.locale_without_chinese': (facts) =>
    `数据库的区域设置（${facts.lcCtype}）不认识汉字，无法检索中文。请新建数据库。${runThis(facts)}\nThe locale of the database (${facts.lcCtype}) knows no Chinese: nothing would be found. Create a new database by the command above.`,
  'database.app_role_too_strong': (facts) =>
    `数据库角色 ${facts.role} 权限过大，会绕过小区之间的隔离。可执行：alter role ${facts.role} nosuperuser nobypassrls nocreatedb nocreaterole noreplication · The role could pass the walls between communities: run that command`,
  'backup.file_exists': (facts) => `文件 ${facts.file} 已存在，备份不会覆盖它。请换一个文件名`,
  'backup.file_missing': (facts) => `找不到或读不了备份文件 ${facts.file}`,
  'backup.damaged': (facts) => `备份文件 ${facts.file} 已损坏（${facts.what}），没有改动任何数据。请换一份备份`,
  'backup.format_unknown': (facts) =>
    `备份文件的格式（${facts.found}）比程序认识的（${facts.known}）新。请使用新版程序`,
  'restore.program_too_old': (facts) =>
    `备份来自更新的程序（${facts.made}，数据版本 ${facts.backup}），本程序只到 ${facts.program}。请使用新版程序`,
  'restore.database_not_empty': (facts) =>
    `目标数据库不是空的（表 ${facts.table} 里有数据），恢复不会覆盖它。请换一个空的 DATA_DIR 或新建数据库`,
  'restore.program_running': () => '有管家程序正连接着目标数据库。请先停止它再恢复',
  'restore.wrong_key': (facts) =>
    `密钥文件 ${facts.file} 不是这份备份的密钥（备份 ${facts.expected}，文件 ${facts.found ?? '—'}）。请放回原来的密钥${facts.isWrapped ? '；或移走这个文件，用 --passphrase-file 从备份取出密钥' : ''}`,
  'restore.key_missing': (facts) =>
    facts.isWrapped
      ? `没有密钥文件 ${facts.file}。请放回原来的密钥，或用 --passphrase-file 从备份取出`
      : `没有密钥文件 ${facts.file}，备份里也没有。请放回原来的密钥`,
  'restore.wrong_passphrase': () => '口令不对，无法从备份取出密钥，没有改动任何数据',
  'house.not_set_up': () => '还没有完成首次设置。请先启动程序，在浏览器里完成设置',
  'community.unknown': (facts) => `没有代码为“${facts.code}”的小区。现有：${String(facts.known)}`,
  'account.username_taken': (facts) => `用户名 ${facts.username} 已被使用`,
  'account.unknown': (facts) => `没有用户名为 ${facts.username} 的在用账号`,
  'command.option_missing': (facts) => `缺少 --${facts.option}`,
  'command.option_unknown': (facts) => `--${facts.option} 不认识“${facts.read}”。可用：${String(facts.known)}`,
  'command.file_unreadable': (facts) => `读不了文件 ${facts.file}`,
  'command.secret_too_short': (facts) => `文件 ${facts.file} 第一行太短，至少 ${facts.least} 个字符`,
  'migrations.gap': (facts) => `迁移文件编号不连续：${facts.file}。程序安装不完整，请重新安装`,
  'database.unreachable': (facts) =>
    `连接不上数据库（${facts.reason}）。请检查 DATABASE_URL 和数据库是否已启动 · The database cannot be reached: check DATABASE_URL and the server`,
  'database.may_not_create_roles': () =>
    '数据库账号没有建立角色的权限。请由数据库管理员执行：alter role <DATABASE_URL 里的账号> createrole · The owner may not create roles: have a superuser run that command',
  'migrations.database_is_newer': (facts) =>
    `数据库版本（${facts.database}）比程序（${facts.program}）新。请使用新版程序`,
  'migrations.changed_after_release': (facts) => `迁移文件 ${facts.name} 在发布后被改动过。请恢复原文件`,
  'secrets.bad_key_file': (facts) => `密钥文件 ${facts.file} 不是有效的密钥`,
  'config.bad_port': (facts) => `PORT 应为 0–65535 的整数，读到“${facts.read}”`,
  'config.tls_needs_both_files': () => 'TLS_CERT_FILE 和 TLS_KEY_FILE 要同时设置',
  'demo.real_data': () =>
    '这个数据库里已有正式数据，不能装入演示数据。请另选一个空的 DATA_DIR（或 DATABASE_URL）再试，例如 DATA_DIR=./demo-data · Real data here: choose an empty DATA_DIR',
  'demo.half_filled': () => '演示数据没有生成完。请重新运行 npm run app -- demo',
  'clock.demo_only': () => '--clock 只能用于演示数据。请去掉 --clock，或加上 --demo 并另选一个空的 DATA_DIR',
  'clock.not_an_instant': (facts) => `--clock 应为带时区的时间，例如 2026-11-23T07:45:00+08:00，读到“${facts.read}”`,
};

export function refusalInWords(refusal: Refusal): string {
  return mends[refusal.code]?.(refusal.facts) ?? [refusal.code, ...factWords(refusal.facts)].join(' ');
}
