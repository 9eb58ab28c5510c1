import { describe, expect, it } from 'vitest';
import { type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';

describe('a list of old messages becomes filed cases', () => {
  const house = useHouse();

  const list = (rows: (string | null)[][]) =>
    workbookBytes([
      {
        name: '留言',
        columns: ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情'].map((header) => ({ header })),
        rows,
      },
    ]);

  async function send(person: Person, path: string, bytes: Buffer, dryRun = false) {
    const form = new FormData();
    form.set('kind', 'cases');
    form.set('dryRun', String(dryRun));
    form.set('file', new Blob([new Uint8Array(bytes)]), 'messages.xlsx');
    const made = await person.post(`${path}/imports`, form, { 'idempotency-key': newId() });
    let answer = made;
    for (let tries = 0; tries < 100 && ['received', 'running'].includes(answer.body.state); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answer = await person.get(`${path}/imports/${made.body.id}`);
    }
    return answer;
  }

  const rows = [
    ['A1', '李**', '电梯坏了', '2019/3/5 10:22', '三栋电梯坏了两天\n没人修 <script>alert(1)</script> 😀'],
    ['A2', null, '漏水', '2018年3月5日', `水管漏水${'很长'.repeat(900)}`],
  ];

  it('keeps text and time, is found by its words, and writes nothing the second time', async () => {
    const community = await house.community();
    const manager = await house.person(['manager'], community);
    const first = await send(manager, community.path, await list(rows));
    expect(first.body).toMatchObject({ state: 'done', rows: 2 });
    const board = await manager.get(`${community.path}/cases?count=true&sort=oldest`);
    expect(board.body.total).toBe(2);
    expect(board.body.items.map((item: { receivedAt: string }) => item.receivedAt)).toEqual([
      '2018-03-04T16:00:00.000Z',
      '2019-03-05T02:22:00.000Z',
    ]);
    const found = await manager.get(`${community.path}/cases?q=${encodeURIComponent('电梯坏了')}`);
    expect(found.body.items).toHaveLength(1);
    const seen = await manager.get(`${community.path}/repairs/${found.body.items[0].id}`);
    expect(seen.body).toMatchObject({ category: 'other', state: 'closed', clocks: [], flags: ['imported'] });
    expect(seen.body.description).toContain('<script>alert(1)</script> 😀');
    const second = await send(manager, community.path, await list(rows));
    expect(second.body).toMatchObject({ state: 'done', accepted: expect.any(Number) });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(2);
  });

  it('names row and column of a time that is none, and goes as a whole when taken back', async () => {
    const community = await house.community();
    const manager = await house.person(['manager'], community);
    const wrong = await send(manager, community.path, await list([...rows, ['A3', null, '坏', '下周二', '坏了']]));
    expect(wrong.body).toMatchObject({ state: 'rejected', rejected: [{ row: 4, column: '留言时间', read: '下周二' }] });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(0);
    const done = await send(manager, community.path, await list(rows));
    const undone = await manager.post(`${community.path}/imports/${done.body.id}/undo`);
    expect(undone.body, JSON.stringify(undone.body)).toMatchObject({ state: 'undone' });
    expect((await manager.get(`${community.path}/cases?count=true`)).body.total).toBe(0);
    expect((await manager.get(`${community.path}/cases/counts`)).body.items).toEqual([]);
  });
});
