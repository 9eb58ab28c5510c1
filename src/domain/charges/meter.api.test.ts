// Meters over HTTP (MN4): readings by hand, what is odd stops for confirmation, exchanges, and what all use together.
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { householdsIn, itemIn, metered } from './charging.fixture.ts';

const startAt = '2026-11-26T02:00:00.000Z';
const faultsOf = (answer: { body: { errors?: { path: string; code: string }[] } }) =>
  (answer.body.errors ?? []).map(({ path, code }) => `${path} ${code}`);

describe('meters', () => {
  const house = useHouse({ startAt });

  async function opened(units = 1) {
    const community = await house.community();
    const finance = await house.person('finance', community);
    const itemId = await itemIn(finance, community, metered());
    const households = await householdsIn(house, community, units);
    const meterIds: string[] = [];
    for (const { id, label } of households)
      meterIds.push(await meterIn(finance, community, { itemId, code: `S-${label}`, unitId: id }));
    return { community, finance, itemId, meterIds, households };
  }
  async function meterIn(who: Person, community: Community, body: object): Promise<string> {
    const made = await who.post(`${community.path}/meters`, { installedOn: '2026-01-01', ...body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  }
  const read = (
    who: Person,
    community: Community,
    meterId: string | undefined,
    on: string,
    reading: number,
    more: object = {},
  ) => who.post(`${community.path}/meter-readings`, { meterId, on, reading, ...more });

  it('stops a reading lower than the last, until it is said that the dial began again (MN4)', async () => {
    const { community, finance, meterIds, itemId } = await opened();
    const [meterId] = meterIds;
    expect((await read(finance, community, meterId, '2026-09-30', 99_990_000)).status).toBe(201);
    const low = await read(finance, community, meterId, '2026-10-31', 4_000);
    expect(faultsOf(low)).toEqual(['reading reading_lower_than_last']);
    expect(low.body.errors[0].message).toContain('99990');
    const confirmed = [{ finding: 'reading_lower_than_last', as: 'rolled-over', reason: '走满一圈，已看表' }];
    const rolled = await read(finance, community, meterId, '2026-10-31', 4_000, { confirmed });
    expect(rolled.body.errors?.[0]?.code ?? rolled.body.used).toBe('reading_far_below_usual');
    const both = [...confirmed, { finding: 'reading_far_below_usual', as: 'looked-again', reason: '出差' }];
    const taken = await read(finance, community, meterId, '2026-10-31', 4_000, { confirmed: both });
    expect(taken.body).toMatchObject({ used: 14_000, isConfirmed: true });
    expect(faultsOf(await read(finance, community, meterId, '2026-10-31', 5_000))).toEqual([
      'month month_already_read',
    ]);
    const [seen] = (await finance.get(`${community.path}/meters?itemId=${itemId}&month=2026-11`)).body.items;
    expect(seen).toMatchObject({
      unit: { label: '3-1-101' },
      last: { on: '2026-10-31', reading: 4_000 },
      reading: null,
    });
  });

  it('counts through an exchange; a wrong reading is taken back while it is the last', async () => {
    const { community, finance, meterIds } = await opened();
    const [meterId] = meterIds;
    const first = await read(finance, community, meterId, '2026-09-30', 10_000);
    const path = `${community.path}/meters/${meterId}/exchange`;
    expect(faultsOf(await finance.post(path, { on: '2026-10-10', final: 9_000 }))).toEqual([
      'final exchange_lower_than_last',
    ]);
    expect(
      (await finance.post(path, { on: '2026-10-10', final: 13_000, start: 500, newCode: 'S-NEW', reason: '旧表不走' }))
        .status,
    ).toBe(200);
    const taken = await read(finance, community, meterId, '2026-10-31', 2_500);
    expect(taken.body).toMatchObject({ used: 5_000, days: 31 });
    const remove = (id: string) => finance.post(`${community.path}/meter-readings/${id}/remove`, { reason: '抄错户' });
    expect((await remove(first.body.id)).body.code).toBe('meter-reading.not_last');
    expect((await remove(taken.body.id)).status).toBe(200);
    expect((await read(finance, community, meterId, '2026-10-31', 3_500)).body.used).toBe(6_000);
  });

  it('shares out what the main meter shows beyond the units, once all are read', async () => {
    const { community, finance, meterIds, itemId } = await opened(2);
    const main = await meterIn(finance, community, { itemId, code: 'S-MAIN' });
    await read(finance, community, main, '2026-11-25', 25_000);
    await read(finance, community, meterIds[0], '2026-11-25', 10_000);
    const shared = () => finance.get(`${community.path}/public-use?itemId=${itemId}&month=2026-11`);
    expect((await shared()).body.items[0]).toMatchObject({ fault: 'units_not_read', unread: 1, shared: null });
    await read(finance, community, meterIds[1], '2026-11-25', 12_000);
    expect((await shared()).body.items[0]).toMatchObject({
      fault: null,
      shared: 3_000,
      unitsUsed: 22_000,
      by: 'household',
    });
  });

  it('keeps the photo of a reading and shows it to nobody outside; a foreign file or no picture is refused (MN4)', async () => {
    const { community, finance, itemId, meterIds } = await opened();
    const [meterId] = meterIds;
    const send = async (who: Person, bytes: Buffer, name: string): Promise<string> => {
      const form = new FormData();
      form.set('file', new File([new Uint8Array(bytes)], name));
      const made = await who.post(`${community.path}/attachments`, form);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return made.body.id;
    };
    const dial = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#336699' } })
      .jpeg()
      .toBuffer();
    const technician = await house.person('technician', community);
    const theirs = await send(finance, dial, '表盘.jpg');
    const paper = await send(technician, Buffer.from('%PDF-1.4\n%%EOF\n'), '说明.pdf');
    const own = await send(technician, dial, '表盘.jpg');
    const take = (...attachmentIds: string[]) =>
      read(technician, community, meterId, '2026-11-20', 8_000, { attachmentIds });
    expect(faultsOf(await take(own, theirs))).toEqual(['attachmentIds.1 attachment_unknown']);
    const noPicture = await take(paper, own);
    expect(faultsOf(noPicture)).toEqual(['attachmentIds.0 attachment_not_picture']);
    expect(noPicture.body.errors[0].message).toContain('只能附照片');
    // A refusal used nothing up: the same photo hangs on the reading that is kept.
    expect((await take(own)).body).toMatchObject({ reading: 8_000, attachmentIds: [own] });
    const [seen] = (await finance.get(`${community.path}/meters?itemId=${itemId}&month=2026-11`)).body.items;
    expect(seen.reading.attachmentIds).toEqual([own]);
    const photo = await finance.open(`${community.path}/attachments/${own}?size=full`);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    await photo.arrayBuffer();
    const other = await house.community();
    const stranger = await house.person('finance', other);
    expect((await stranger.get(`${community.path}/attachments/${own}`)).status).toBe(404);
    expect((await stranger.get(`${other.path}/attachments/${own}`)).status).toBe(404);
  });

  it('lets technicians read and nobody else’s community in', async () => {
    const { community, meterIds } = await opened();
    const technician = await house.person('technician', community);
    const butler = await house.person('butler', community);
    expect((await read(technician, community, meterIds[0], '2026-11-20', 8_000)).status).toBe(201);
    expect((await read(butler, community, meterIds[0], '2026-11-21', 8_000)).status).toBe(403);
    const other = await house.community();
    const stranger = await house.person('finance', other);
    expect(faultsOf(await read(stranger, other, meterIds[0], '2026-11-21', 9_000))).toEqual(['meterId unknown_meter']);
  });
});
