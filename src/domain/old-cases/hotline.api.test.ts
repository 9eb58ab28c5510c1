import { describe, expect, it } from 'vitest';
import { type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { systemCall } from '../access/call.ts';
import { readHotlineLine } from './hotline.rules.ts';
import { hotlineFaultWords } from './hotline.words.ts';
import { importHotline } from './old-case.service.ts';

const line = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    id: 1,
    kind: '投诉',
    channel: '电话',
    title: '河道发臭',
    date: '2019-03-05',
    identity: 'anonymous',
    text: '小区旁边的河道一直发臭，请派人看看。',
    reply: '已清淤。',
    transfers: 2,
    ...change,
  });

describe('a line of a hotline list', () => {
  const rows: [string, Record<string, unknown>, string[]][] = [
    ['a kind nobody knows', { kind: '表扬' }, ['kind']],
    ['a name every object has', { kind: 'constructor', channel: 'toString' }, ['kind', 'channel']],
    ['a channel nobody knows', { channel: '飞鸽' }, ['channel']],
    ['no date', { date: '前天' }, ['date']],
    ['a date that is none', { date: '2019-02-30' }, ['date']],
    ['no identity', { identity: null }, ['identity']],
    ['half a hand-over', { transfers: 1.5 }, ['transfers']],
    ['no words', { title: ' ', text: '' }, ['text']],
    ['no number', { id: '7' }, ['id']],
    ['a number for the second time', { id: 9 }, ['duplicate']],
    ['all at once', { kind: 1, date: 2, text: 3, title: 4 }, ['kind', 'date', 'text']],
  ];
  it.each(rows)('is refused for %s', (_what, change, codes) => {
    const read = readHotlineLine(3, line(change), new Set([9]));
    expect('faults' in read ? read.faults.map((one) => one.code) : []).toEqual(codes);
  });
  it.each(['{', '[]', 'null', '"a"'])('is refused where it is no object: %s', (written) => {
    expect(readHotlineLine(3, written, new Set())).toEqual({ faults: [{ line: 3, code: 'not_json' }] });
  });
  it('says its number and the reason', () => {
    expect(hotlineFaultWords({ line: 3, code: 'date' })).toBe('第 3 行：date 应为日期，例如 2020-09-03');
  });
});

describe('a hotline list becomes filed cases', () => {
  const house = useHouse();

  async function place() {
    const community = await house.community();
    const manager = await house.person(['manager'], community);
    const call = systemCall(house.house, community.id, { id: manager.id, organizationId: house.organizationId });
    return { community, manager, call };
  }
  const list = [
    line(),
    line({ id: 2, kind: '举报', channel: 'QQ', identity: 'named', transfers: 0 }),
    line({ id: 3, kind: '咨询', channel: 'qq', reply: '' }),
    line({ id: 4, kind: '求助', channel: '微信', transfers: 1 }),
    line({ id: 5, kind: '建议', channel: '12345app' }),
  ].join('\n');

  it('files 投诉 and 举报 as complaints, 咨询 and 求助 as enquiries, 建议 as suggestions, without clocks', async () => {
    const { community, manager, call } = await place();
    const done = await importHotline(call, `${list}\n\n`, false);
    expect(done).toMatchObject({ lines: 5, written: 5, unchanged: 0, faults: [] });
    const sum = (of: 'kind' | 'channel', name: string) =>
      done.kept.filter((row) => row[of] === name).reduce((total, row) => total + row.cases, 0);
    expect(['投诉', '举报', '咨询', '求助', '建议'].map((kind) => sum('kind', kind))).toEqual([1, 1, 1, 1, 1]);
    expect(sum('channel', 'qq')).toBe(2);
    expect(done.kept.reduce((total, row) => total + row.transfers, 0)).toBe(7);

    const board = await manager.get(`${community.path}/cases?count=true`);
    expect(board.body.items.map((item: { code: string }) => item.code.slice(0, 2)).sort()).toEqual([
      'JY',
      'TS',
      'TS',
      'ZX',
      'ZX',
    ]);
    const anonymous = board.body.items.filter((item: { flags: string[] }) => item.flags.includes('anonymous'));
    expect(anonymous).toHaveLength(4);
    for (const item of board.body.items) {
      expect(item).toMatchObject({ state: 'closed' });
      const folder = item.kind === 'complaint' ? 'complaints' : 'enquiries';
      const seen = await manager.get(`${community.path}/${folder}/${item.id}`);
      expect(seen.status, JSON.stringify(seen.body)).toBe(200);
      expect(seen.body).toMatchObject({ clocks: [], kind: item.kind });
      expect(seen.body.flags).toContain('imported');
    }
    const complaint = board.body.items.find((item: { kind: string }) => item.kind === 'complaint');
    const seen = await manager.get(`${community.path}/complaints/${complaint.id}`);
    expect(seen.body).toMatchObject({ answer: '已清淤。', account: expect.stringContaining('河道发臭') });
    expect((await manager.get(`${community.path}/cases?q=${encodeURIComponent('河道发臭')}`)).body.items).toHaveLength(
      5,
    );
  });

  it('writes nothing the second time, and nothing at all while a line is wrong', async () => {
    const { community, manager, call } = await place();
    const wrong = await importHotline(call, `${list}\nnot a line`, false);
    expect(wrong).toMatchObject({ written: 0, unchanged: 0, faults: [{ line: 6, code: 'not_json' }], kept: [] });
    const partial = await importHotline(call, `${list}\nnot a line`, true);
    expect(partial).toMatchObject({ written: 5, faults: [{ line: 6, code: 'not_json' }] });
    expect(await importHotline(call, list, false)).toMatchObject({ lines: 5, written: 0, unchanged: 5 });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(5);
    expect(await house.breaches()).toEqual([]);
  });

  it('is found on the board by where it came from and what it was called there, page by page in each order', async () => {
    const { community, manager, call } = await place();
    const butler = await house.person('butler', community);
    const names = async (person: Person) => (await person.get(`${community.path}/cases/origins`)).body.items;
    expect(await names(manager)).toEqual([]);
    await importHotline(call, list, false);
    const own = await manager.post(`${community.path}/complaints`, {
      channel: 'phone',
      place: '大堂',
      account: '灯不亮',
    });
    expect(own.status).toBe(201);
    expect((await names(manager)).map((one: { source: string; kind: string }) => `${one.source} ${one.kind}`)).toEqual(
      ['举报', '咨询', '建议', '投诉', '求助'].sort().map((kind) => `hotline ${kind}`),
    );
    // A butler sees her area: of the others' old cases not even the names.
    expect(await names(butler)).toEqual([]);
    const found = async (query: string, person = manager) => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const path = `${community.path}/cases?${query}&limit=2${cursor === null ? '' : `&cursor=${cursor}`}`;
        const { body } = await person.get(path);
        seen.push(...body.items.map((one: { code: string }) => one.code.slice(0, 2)));
        cursor = body.nextCursor;
      } while (cursor !== null);
      return seen.sort().join(' ');
    };
    for (const sort of ['due', 'newest', 'oldest']) {
      expect(await found(`origin=hotline&sort=${sort}`)).toBe('JY TS TS ZX ZX');
      expect(await found(`origin=hotline:${encodeURIComponent('举报')}&sort=${sort}`)).toBe('TS');
      expect(await found(`origin=list&sort=${sort}`)).toBe('');
    }
    expect(await found('origin=hotline&kind=complaint')).toBe('TS TS');
    expect(await found('origin=hotline&state=open')).toBe('');
    expect(await found('origin=hotline', butler)).toBe('');
    const counted = await manager.get(
      `${community.path}/cases?origin=hotline:${encodeURIComponent('投诉')}&count=true`,
    );
    expect(counted.body.total).toBe(1);
    for (const wrong of ['letter', 'hotline:', ''])
      expect((await manager.get(`${community.path}/cases?origin=${wrong}`)).body.errors?.[0]?.path).toBe('origin');
  });

  it('says where it came from, the number of an anonymous one to few, and goes back while nobody worked on it', async () => {
    const { community, manager, call } = await place();
    const [auditor, butler] = [await house.person('auditor', community), await house.person('butler', community)];
    await importHotline(call, list, false, 'cases.jsonl.gz');
    const board = (await manager.get(`${community.path}/cases?sort=oldest`)).body.items;
    const originOf = async (person: Person, id: string) =>
      (await person.get(`${community.path}/cases/${id}/origin`)).body.origin;
    const origins = await Promise.all(board.map((one: { id: string }) => originOf(manager, one.id)));
    expect(origins).toContainEqual({
      source: 'hotline',
      number: '1',
      kind: '投诉',
      channel: '电话',
      anonymous: true,
      transfers: 2,
    });
    expect(origins).toContainEqual(
      expect.objectContaining({ number: '2', kind: '举报', channel: 'qq', anonymous: false }),
    );
    const anonymous = board[origins.findIndex((one) => one.number === '1')].id;
    expect(await originOf(auditor, anonymous)).toMatchObject({ number: '1' });
    const outside = await butler.get(`${community.path}/cases/${anonymous}/origin`);
    expect([outside.status, outside.body.origin?.number ?? null]).not.toEqual([200, '1']);

    const imports = `${community.path}/imports`;
    const [row] = (await manager.get(imports)).body.items;
    expect(row).toMatchObject({ kind: 'hotline', state: 'done', fileName: 'cases.jsonl.gz', rows: 5, written: 5 });
    await manager.post(`${community.path}/cases/${anonymous}/notes`, { kind: 'note', text: '又来电话询问' });
    const used = await manager.post(`${imports}/${row.id}/undo`);
    expect([used.status, used.body.code]).toEqual([409, 'import.in_use']);
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(5);
  });

  it('can be taken back whole, and in again', async () => {
    const { community, manager, call } = await place();
    await importHotline(call, list, false);
    const imports = `${community.path}/imports`;
    const [row] = (await manager.get(imports)).body.items;
    const undone = await manager.post(`${imports}/${row.id}/undo`);
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ state: 'undone' });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(0);
    expect(await house.breaches()).toEqual([]);
    expect(await importHotline(call, list, false)).toMatchObject({ written: 5, unchanged: 0 });
  });

  it('takes a spreadsheet of old complaints in, and back', async () => {
    const { community, manager } = await place();
    const bytes = await workbookBytes([
      {
        name: '投诉',
        columns: ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情'].map((header) => ({ header })),
        rows: [
          ['A1', '李**', '电梯坏了', '2019/3/5 10:22', '三栋电梯坏了两天没人修'],
          ['A2', null, '噪音', '2018年3月5日', '夜里施工吵人'],
        ],
      },
    ]);
    const send = async (person: Person) => {
      const form = new FormData();
      form.set('kind', 'complaints');
      form.set('dryRun', 'false');
      form.set('file', new Blob([new Uint8Array(bytes)]), 'complaints.xlsx');
      return person.post(`${community.path}/imports`, form, { 'idempotency-key': newId() });
    };
    const first = await send(manager);
    expect(first.body, JSON.stringify(first.body)).toMatchObject({ state: 'done', rows: 2, written: 2 });
    expect((await send(manager)).body).toMatchObject({ state: 'done', written: 0 });
    expect(await house.breaches()).toEqual([]);
    const board = await manager.get(`${community.path}/cases?kind=complaint&sort=oldest`);
    expect(board.body.items).toHaveLength(2);
    const seen = await manager.get(`${community.path}/complaints/${board.body.items[1].id}`);
    expect(seen.body).toMatchObject({ state: 'closed', clocks: [], receivedAt: '2019-03-05T02:22:00.000Z' });
    const undone = await manager.post(`${community.path}/imports/${first.body.id}/undo`);
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ state: 'undone' });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(0);
    expect(await house.breaches()).toEqual([]);
  });
});
