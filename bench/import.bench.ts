// A whole town in one file: 100,000 homes and 133,334 people from .xlsx, tried, taken in, taken in again, taken back, by
// the built program as its own process. The floor is what no import can do without: the sheets inflated, the rows copied.
import { createWriteStream, openAsBlob, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../src/kernel/id.ts';
import { copyIn } from '../src/platform/database/copy-rows.ts';
import { readWorkbook } from '../src/platform/spreadsheet/read-workbook.ts';
import { writeWorkbook } from '../src/platform/spreadsheet/write-workbook.ts';
import { atMost, type Context } from './bench.contract.ts';
import { type BenchDatabase, makeAccount, makeBenchCommunity, type Program, Visitor } from './ground.ts';
import { elapsedMs, roundTo } from './measure.ts';

const budgets = { overFloor: 4, rssMb: 250 };
const askEveryMs = 250;

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华'];

type Shown = { id: string; state: string; written: number; errorCode: string | null };

export async function run({ ground, report, options, say }: Context): Promise<void> {
  const homes = Number(options.get('homes') ?? 100_000);
  const base = await ground.database('bench_import');
  const file = join(ground.folder, 'town.xlsx');
  await writeTown(file, homes);
  const profile = options.get('profile');
  const program = await base.serve(
    profile ? { nodeArgs: ['--enable-source-maps', '--cpu-prof', `--cpu-prof-dir=${profile}`] } : {},
  );
  try {
    const community = await makeBenchCommunity(base, 'IM', 0);
    await makeAccount(base, 'importer', community.id, ['manager']);
    const visitor = await new Visitor(program.address).signIn('importer');
    const floor = await floorMs(base, file);
    say(`floor: inflate and COPY ${Math.round(floor)} ms`);
    const path = `${community.path}/imports`;
    const steps: [string, () => Promise<Shown>][] = [
      ['dry run', () => send(program, visitor, path, file, true)],
      ['taken in', () => send(program, visitor, path, file, false)],
      ['same file again', () => send(program, visitor, path, file, false)],
    ];
    let taken = '';
    for (const [what, work] of steps) {
      const { ms, rssMb, shown } = await watched(program, visitor, path, work);
      if (what === 'taken in') taken = shown.id;
      const detail = { seconds: roundTo(ms / 1000, 1), rssMb, written: shown.written, state: shown.state };
      if (what === 'same file again') report({ what, measure: 'rows written', ...atMost(shown.written, 0), detail });
      report({ what, measure: 'time over floor', ...atMost(roundTo(ms / floor), budgets.overFloor), detail });
      report({ what, measure: 'peak RSS, MB', ...atMost(rssMb, budgets.rssMb), detail });
    }
    const undone = await watched(program, visitor, path, async () =>
      JSON.parse((await visitor.post(`${path}/${taken}/undo`, {})).body),
    );
    const { ms, rssMb, shown } = undone;
    report({
      what: 'taken back',
      measure: 'seconds',
      value: roundTo(ms / 1000, 1),
      detail: { rssMb, state: shown.state, error: shown.errorCode ?? '' },
    });
    visitor.leave();
  } finally {
    await program.stop();
    await base.close();
  }
}

async function writeTown(file: string, homes: number): Promise<void> {
  const place = (home: number) => [
    String(Math.floor(home / 200) + 1),
    String((Math.floor(home / 100) % 2) + 1),
    `${(Math.floor(home / 4) % 25) + 1}0${(home % 4) + 1}`,
  ];
  const text = (header: string) => ({ header, isText: true });
  function* units() {
    for (let home = 0; home < homes; home++) yield [...place(home), 60 + (home % 90), '住宅', '已入住', '2023-06-30'];
  }
  function* people() {
    for (let person = 0; person < Math.ceil((homes * 4) / 3); person++) {
      const home = person < homes ? person : (person - homes) * 3;
      const pick = (list: readonly string[], by: number) => list[Math.floor(person / by) % list.length] ?? '';
      const name = pick(surnames, 1) + pick(givenNames, 20) + pick(givenNames, 480);
      yield [
        ...place(home),
        name,
        person < homes ? '业主' : '家庭成员',
        '个人',
        String(19_900_000_000 + person),
        '',
        null,
      ];
    }
  }
  const where = [text('楼栋*'), text('单元'), text('房号*')];
  await writeWorkbook(createWriteStream(file), [
    {
      name: '房屋',
      columns: [...where, { header: '建筑面积(㎡)*' }, text('用途'), text('状态'), text('交付日期')],
      rows: units(),
    },
    {
      name: '住户',
      columns: [
        ...where,
        ...['姓名或单位名称*', '关系*', '个人或单位', '手机号', '证件号码'].map(text),
        { header: '产权份额(%)' },
      ],
      rows: people(),
    },
  ]);
}

/** Every cell read, every row by COPY into a plain table of the same server with one index. */
async function floorMs(base: BenchDatabase, file: string): Promise<number> {
  await base.owner.query('create table import_floor (id uuid primary key, cells text)');
  const escaped = (text: string) => text.replaceAll(/[\\\t\n\r]/g, ' ');
  async function* lines(): AsyncGenerator<Buffer> {
    let lot: string[] = [];
    for await (const row of readWorkbook(file)) {
      lot.push(
        `${newId()}\t${row.cells.map((cell) => (cell && 'text' in cell ? escaped(cell.text) : '')).join(' ')}\n`,
      );
      if (lot.length === 2_000) {
        yield Buffer.from(lot.join(''));
        lot = [];
      }
    }
    yield Buffer.from(lot.join(''));
  }
  const ms = await elapsedMs(() => copyIn(base.owner, 'copy import_floor from stdin', lines()));
  await base.owner.query('drop table import_floor');
  return ms;
}

async function send(program: Program, visitor: Visitor, path: string, file: string, dryRun: boolean): Promise<Shown> {
  const form = new FormData();
  form.set('kind', 'households');
  form.set('dryRun', String(dryRun));
  form.set('file', await openAsBlob(file), 'town.xlsx');
  const answer = await fetch(`${program.address}/api/v1${path}`, {
    method: 'POST',
    headers: { ...visitor.signedHeaders, 'idempotency-key': newId() },
    body: form,
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`the import answered ${answer.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as Shown;
}

/** Until it is neither running nor being taken back; the highest memory of the program's own process meanwhile. */
async function watched(program: Program, visitor: Visitor, path: string, work: () => Promise<Shown>) {
  let peak = 0;
  const look = () => {
    const status = readFileSync(`/proc/${program.process.pid}/status`, 'utf8');
    peak = Math.max(peak, Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  };
  const timer = setInterval(look, 100);
  const startedAt = performance.now();
  try {
    let shown = await work();
    while (shown.state === 'running' || shown.state === 'undoing') {
      await wait(askEveryMs);
      shown = JSON.parse((await visitor.get(`${path}/${shown.id}`)).body) as Shown;
    }
    return { ms: performance.now() - startedAt, rssMb: Math.round(peak), shown };
  } finally {
    clearInterval(timer);
  }
}
