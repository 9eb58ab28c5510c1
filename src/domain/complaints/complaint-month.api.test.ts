// The papers of a month over HTTP (CP11): to the 30th and whole, as workbook and document, with visits chosen from them.
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { useHouse } from '../../../tests/house.ts';
import { later, makeCentre, recorded, story, toTold } from './complaint-centre.fixture.ts';

/** The text of one part of a packed file. */
const partOf = (bytes: Buffer, name: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (fault, zip) => {
      if (fault) return reject(fault);
      const parts: string[] = [];
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!name.test(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, async (broken, stream) => {
          if (broken) return reject(broken);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          parts.push(Buffer.concat(chunks).toString('utf8'));
          zip.readEntry();
        });
      });
      zip.on('end', () => resolve(parts.join('\n')));
      zip.readEntry();
    });
  });

describe('papers of a month', { timeout: 180_000 }, () => {
  // Thursday 29 October 2026, 10:00 in Shanghai: a month with a 31st.
  const house = useHouse({ startAt: '2026-10-29T02:00:00.000Z' });

  it('go to the 30th, the figure to the 31st; anonymous ones tell the hour only; visits are chosen and printed', async () => {
    const centre = await makeCentre(house, 'standard');
    const { community, desk, supervisor, manager, engineer } = centre;
    const told = await recorded(desk, community, {
      ...story,
      unitId: centre.unitId,
      contact: { name: '张', phone: '13800001234' },
      account: '请回电 13800001234',
    });
    const hidden = await recorded(desk, community, { ...story, anonymous: true });
    later(house, 30);
    await toTold(centre, told.id, { satisfied: false });
    house.house.time.moveTo('2026-10-31T02:00:00.000Z');
    await recorded(desk, community, { ...story, unitId: centre.otherUnitId });
    const path = `${community.path}/complaint-months/2026-10`;
    const read = async (rest = '') => (await supervisor.get(`${path}${rest}`)).body;
    const cutoff = await read();
    expect([cutoff.extent, cutoff.until, cutoff.cutoffDay, cutoff.total.received]).toEqual([
      'cutoff',
      '2026-10-30',
      30,
      2,
    ]);
    const whole = await read('?extent=month');
    expect([whole.until, whole.total.received, whole.total.handled]).toEqual(['2026-10-31', 3, 1]);
    const figure = (await supervisor.get(`${community.path}/indicators?month=2026-10`)).body.items.find(
      (one: { name: string }) => one.name === 'complaints-handled',
    );
    expect([figure.numerator, figure.denominator]).toEqual([whole.total.handled, whole.total.received]);
    const unnamed = whole.items.find((one: { id: string }) => one.id === hidden.id);
    expect([unnamed.taker, unnamed.customer, unnamed.receivedAt.slice(13)]).toEqual([null, null, ':00:00.000Z']);
    const named = whole.items.find((one: { id: string }) => one.id === told.id);
    expect([named.account.includes('13800001234'), named.reasons]).toEqual([false, ['not-satisfied']]);

    const chosen = await manager.post(`${path}/visits`, { choose: [told.id] });
    expect([
      chosen.status,
      chosen.body.items.filter((one: { isChosen: boolean }) => one.isChosen).map((one: { id: string }) => one.id),
    ]).toEqual([200, [told.id]]);
    const unknown = await manager.post(`${path}/visits`, { choose: [centre.unitId] });
    expect(unknown.body.errors.map((one: { path: string; code: string }) => [one.path, one.code])).toEqual([
      ['choose', 'unknown_complaint'],
    ]);

    const nobody = await manager.post(`${path}/visits`, { choose: [hidden.id] });
    expect(nobody.body.errors.map((one: { path: string; code: string }) => [one.path, one.code])).toEqual([
      ['choose', 'anonymous_has_none'],
    ]);

    for (const paper of ['statistics', 'register'])
      for (const [format, part] of [
        ['docx', /word\/document\.xml$/],
        ['xlsx', /sheet\d+\.xml$/],
      ] as const) {
        const file = await supervisor.open(`${path}/${paper}?format=${format}`);
        expect(file.status).toBe(200);
        expect(file.headers.get('content-disposition')).toContain(`2026-10.${format}`);
        const text = await partOf(Buffer.from(await file.arrayBuffer()), part);
        expect(text, `${paper} ${format}`).toContain('统计至 30 日');
        expect(text).toContain(told.code);
        expect(text).not.toContain('13800001234');
        if (format === 'docx') expect(text).toContain('w:orient="landscape"');
      }
    for (const who of [desk, engineer]) expect((await who.get(path)).status).toBe(403);
    const auditor = await house.person('auditor', community);
    expect([
      (await auditor.get(path)).status,
      (await auditor.post(`${path}/visits`, { choose: [told.id] })).status,
    ]).toEqual([200, 403]);
    const future = await supervisor.get(`${community.path}/complaint-months/2026-12`);
    expect(future.body.errors.map((one: { path: string; code: string }) => [one.path, one.code])).toEqual([
      ['month', 'in_the_future'],
    ]);
    const dropped = await supervisor.post(`${path}/visits`, { drop: [told.id] });
    expect(dropped.body.items.some((one: { isChosen: boolean }) => one.isChosen)).toBe(false);
    const exported = await supervisor.open(`${community.path}/indicators/export?month=2026-10`);
    expect(await partOf(Buffer.from(await exported.arrayBuffer()), /sheet\d+\.xml$/)).toContain('投诉处理率');
  });
});
