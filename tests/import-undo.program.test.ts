// Taking back an import of thousands of homes goes on behind the answer; a program that is killed in the middle has either
// taken all of it back or nothing, says so, and can be asked again (PP4).
import { createWriteStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { newId } from '../src/kernel/id.ts';
import { writeWorkbook } from '../src/platform/spreadsheet/write-workbook.ts';
import { Person, testPassword } from './house.ts';
import { clerk, command, Program, pathOf, setUp } from './program.ts';

const ground = mkdtempSync(join(tmpdir(), 'guanjia-undo-'));
const running: Program[] = [];
const homes = 4_000;

async function serve(run: { env: Record<string, string> }): Promise<Program> {
  const program = await Program.start(run);
  running.push(program);
  return program;
}

afterEach(async () => {
  for (const program of running.splice(0)) await program.stop();
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

async function writeTown(file: string): Promise<void> {
  const text = (header: string) => ({ header, isText: true });
  const where = [text('楼栋*'), text('单元'), text('房号*')];
  const place = (home: number) => [
    String(Math.floor(home / 200) + 1),
    String((Math.floor(home / 100) % 2) + 1),
    `${(Math.floor(home / 4) % 25) + 1}0${(home % 4) + 1}`,
  ];
  function* units() {
    for (let home = 0; home < homes; home++) yield [...place(home), 60 + (home % 90), '住宅', '已入住', '2023-06-30'];
  }
  function* people() {
    for (let home = 0; home < homes; home++)
      yield [...place(home), `张${home}`, '业主', '个人', String(10_000_000_000 + home), '', null];
  }
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

it('is whole or not at all when the program is killed while it takes an import back', {
  timeout: 400_000,
}, async () => {
  const run = { env: { DATA_DIR: join(ground, 'data') } };
  const first = await serve(run);
  await setUp(first);
  const manager = await clerk(first, run, ground, 'shen', 'manager');
  const path = await pathOf(manager);
  const file = join(ground, 'town.xlsx');
  await writeTown(file);
  const form = new FormData();
  form.set('kind', 'households');
  form.set('file', await openAsBlob(file), 'town.xlsx');
  const sent = await manager.post(`${path}/imports`, form);
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  const stateOf = async (person: Person) => (await person.get(`${path}/imports/${sent.body.id}`)).body;
  const settled = async (person: Person) => {
    for (;;) {
      const one = await stateOf(person);
      if (one.state !== 'running' && one.state !== 'undoing') return one;
      await sleep(200);
    }
  };
  const countUnits = async (person: Person): Promise<number> =>
    (await person.get(`${path}/units?limit=1&count=true`)).body.total;
  expect(await settled(manager)).toMatchObject({ state: 'done', rows: 2 * homes });
  expect(await countUnits(manager)).toBe(homes);

  // The answer need not come: the kill comes first.
  void manager.post(`${path}/imports/${sent.body.id}/undo`).catch(() => undefined);
  while ((await stateOf(manager)).state === 'done') await sleep(5);
  expect((await stateOf(manager)).state).toBe('undoing');
  await sleep(300);
  await first.kill();

  const again = await serve(run);
  const back = await new Person(again, newId(), 'shen').signIn(testPassword);
  expect(await countUnits(back)).toBe(homes);
  // Whoever asks first sees how it stands: housekeeping says so within its minute, a new request at once. Until the server
  // has noticed that its client is gone, the old statement may run on, and the answer says that it does.
  const ask = () => back.post(`${path}/imports/${sent.body.id}/undo`);
  let undone = await ask();
  for (const until = Date.now() + 30_000; undone.status === 409 && Date.now() < until; undone = await ask()) {
    expect(undone.body.facts).toEqual({ state: 'undoing' });
    await sleep(200);
  }
  expect(undone.status, JSON.stringify(undone.body)).toBe(200);
  expect(await settled(back)).toMatchObject({ state: 'undone', errorCode: null });
  expect(await countUnits(back)).toBe(0);
  expect(await command(['verify'], run)).toMatchObject({ code: 0 });
});
