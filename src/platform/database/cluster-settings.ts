// The settings of the bundled PostgreSQL, for an office machine of 2 to 8 cores that also runs the
// program itself. Written anew at every start; an operator's own lines go to `local.conf` beside it.

export type SettingsFacts = {
  socketFolder: string;
  logFolder: string;
  memoryBytes: number;
  /** False only for tests: a crash of the machine may then lose the whole cluster. */
  fsync: boolean;
};

export const clusterPort = 5432;

const mebibyte = 1024 * 1024;
const clampMiB = (bytes: number, least: number, most: number) =>
  `${Math.max(least, Math.min(most, Math.floor(bytes / mebibyte)))}MB`;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

export function serverSettings(facts: SettingsFacts): string {
  const { memoryBytes } = facts;
  const lines: [string, string][] = [
    ['listen_addresses', "''"],
    ['unix_socket_directories', quoted(facts.socketFolder)],
    ['unix_socket_permissions', '0700'],
    ['port', String(clusterPort)],
    ['password_encryption', "'scram-sha-256'"],
    ['max_connections', '100'],

    ['shared_buffers', facts.fsync ? clampMiB(memoryBytes / 8, 128, 1024) : '64MB'],
    ['effective_cache_size', clampMiB(memoryBytes / 2, 512, 8192)],
    ['work_mem', '8MB'],
    ['maintenance_work_mem', clampMiB(memoryBytes / 32, 64, 256)],
    ['random_page_cost', '1.1'],
    // Short statements only: compiling a plan costs more than running it.
    ['jit', 'off'],

    ['wal_compression', 'on'],
    ['min_wal_size', '128MB'],
    ['max_wal_size', '2GB'],
    ['checkpoint_timeout', '15min'],
    ['idle_in_transaction_session_timeout', '10min'],
    // A statement of a program that was killed ends soon after it, and with it what it holds.
    ['client_connection_check_interval', '2s'],

    ['datestyle', "'iso, ymd'"],
    ['timezone', "'UTC'"],
    ['log_timezone', "'UTC'"],
    ['lc_messages', "'C'"],
    ['default_text_search_config', "'pg_catalog.simple'"],

    ['logging_collector', 'on'],
    ['log_directory', quoted(facts.logFolder)],
    // One file for each day of the week, written over after seven days.
    ['log_filename', "'database-%a.log'"],
    ['log_truncate_on_rotation', 'on'],
    ['log_rotation_age', '1d'],
    ['log_rotation_size', '0'],
    ['log_file_mode', '0600'],
    ['log_line_prefix', "'%m [%p] '"],
    // No personal data in logs: the text of an error quotes values ("Key (phone)=(138…) already exists"), so
    // errors of statements go to the program only, which keeps their code and drops their text.
    ['log_min_messages', 'log'],
    ['log_error_verbosity', 'terse'],
    ['log_min_error_statement', 'panic'],
    ['log_statement', "'none'"],
    ['log_min_duration_statement', '-1'],
    ['log_lock_waits', 'off'],
    ['log_parameter_max_length', '0'],
    ['log_parameter_max_length_on_error', '0'],
  ];
  if (!facts.fsync) {
    // Commits still reach the system at once, so that killing the server loses nothing.
    lines.push(['fsync', 'off'], ['full_page_writes', 'off'], ['wal_level', 'minimal'], ['max_wal_senders', '0']);
  }
  return [
    '# Written by the program at every start. Your own settings belong into local.conf in this folder.',
    ...lines.map(([name, value]) => `${name} = ${value}`),
    "include = 'local.conf'",
    '',
  ].join('\n');
}

/** Only the socket, only with a password: the folder of the socket is the first wall, this the second. */
export const accessRules = '# Written by the program at every start.\nlocal all all scram-sha-256\n';
