// Steps that several commands share: install when the lock changed, build what is out of date, run a child.
// Plain JavaScript on Node alone, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...path) => join(root, ...path);
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

export const say = (text) => process.stderr.write(`${text}\n`);

export function stop(text) {
  say(text);
  process.exit(1);
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`需要 Node.js 20.19 或更新版本，现在是 ${process.versions.node}。Node.js ≥ 20.19 is needed.`);
}

/** The hash of every file below the given paths, names and contents. */
function hashOf(paths) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const add = (path) => {
    const full = at(path);
    if (!existsSync(full)) return;
    const entries = readdirSyncOrNull(full);
    if (entries === null) hash.update(path).update('\0').update(readFileSync(full)).update('\0');
    else for (const name of entries.sort()) if (!/\.test\.tsx?$/.test(name)) add(`${path}/${name}`);
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}

function readdirSyncOrNull(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

/** `npm ci` when node_modules is missing or was installed from another lock. */
export function install() {
  const lock = createHash('sha256')
    .update(read(at('package-lock.json')))
    .digest('hex');
  const mark = at('node_modules/.guanjia-lock');
  if (existsSync(at('node_modules/.package-lock.json')) && (read(mark) === lock || isInstalledFrom(lock, mark))) return;
  say('正在安装依赖… Installing dependencies…');
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0)
    stop('安装没有成功，请检查网络或 npm 镜像设置后再试。Installing failed: check the network or npm registry.');
  writeFileSync(mark, lock);
}

/** Installed by hand with `npm install`: npm's own record names the same packages as the lock. */
function isInstalledFrom(lock, mark) {
  try {
    const wanted = JSON.parse(read(at('package-lock.json'))).packages;
    const have = JSON.parse(read(at('node_modules/.package-lock.json'))).packages;
    for (const [path, one] of Object.entries(wanted))
      if (path !== '' && !one.optional && have[path]?.version !== one.version) return false;
    writeFileSync(mark, lock);
    return true;
  } catch {
    return false;
  }
}

const common = ['package-lock.json', 'tsconfig.base.json', 'src/kernel', 'src/domain', 'scripts/steps.mjs'];
const parts = {
  web: {
    inputs: [
      ...common,
      'vite.config.ts',
      'tsconfig.web.json',
      'src/ui',
      'src/apps/staff',
      'src/apps/phone',
      'src/apps/public',
    ],
    output: 'dist/web/index.html',
    make: async () => {
      const { build: buildWeb } = await import('vite');
      await buildWeb({ configFile: at('vite.config.ts'), logLevel: 'warn' });
    },
  },
  server: {
    inputs: [...common, 'tsconfig.server.json', 'src/platform', 'src/apps/server'],
    output: 'dist/server/main.js',
    make: async () => {
      const { build: buildServer } = await import('esbuild');
      await buildServer({
        entryPoints: [at('src/apps/server/main.ts')],
        outfile: at('dist/server/main.js'),
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        packages: 'external',
        sourcemap: 'linked',
        logLevel: 'warning',
      });
    },
  },
};

/** Builds what is out of date. `only` names parts; `force` builds whatever the marks say. */
export async function build({ only = Object.keys(parts), force = false } = {}) {
  for (const name of only) {
    const part = parts[name];
    const mark = at(`dist/.${name}`);
    const hash = hashOf(part.inputs);
    if (!force && read(mark) === hash && existsSync(at(part.output))) continue;
    say(name === 'web' ? '正在构建网页… Building the web apps…' : '正在构建服务端… Building the server…');
    await part.make();
    mkdirSync(dirname(mark), { recursive: true });
    writeFileSync(mark, hash);
  }
}

/** Runs a program to its end with our signals passed on; resolves with the exit code as a shell would give it. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    // The terminal's Ctrl+C reaches the child by itself; a service manager's signal reaches only us.
    const pass = (signal) => child.exitCode === null && child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const one of signals) process.off(one, pass);
      const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
      resolve(code ?? 128 + (numbers[signal] ?? 0));
    });
  });
}

/** The path of a package's own command, run with this Node. */
export const tool = (path) => at('node_modules', path);
