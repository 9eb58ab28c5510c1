// Finds a Chromium for the browser tests, or gets one: CHROMIUM_PATH, the machine's, apt-get, Playwright's own.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, tool } from './steps.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge-stable'];
const fixed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

function onThisMachine() {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...fixed].find(isProgram);
}

function byApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('正在安装 Chromium… Installing Chromium with apt-get…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env }).status === 0;
  apt('update', '-qq');
  return apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
    ? onThisMachine()
    : undefined;
}

async function byPlaywright() {
  const { chromium } = await import('playwright-core');
  if (!isProgram(chromium.executablePath())) {
    say('正在下载 Chromium… Downloading Chromium…');
    spawnSync(process.execPath, [tool('playwright-core/cli.js'), 'install', 'chromium'], { stdio: ['ignore', 2, 2] });
  }
  return isProgram(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

/** Whether the program starts at all: a browser without its libraries is none. */
function starts(path) {
  return path !== undefined && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/** The path of a working Chromium, or null. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return starts(named) ? named : null;
  for (const find of [onThisMachine, byApt, byPlaywright]) {
    const path = await find();
    if (starts(path)) return path;
  }
  return null;
}
