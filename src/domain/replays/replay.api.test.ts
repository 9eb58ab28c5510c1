// A replay equals the truth: the same cases with the same happenings, once under the version in force and replayed under a
// draft, once opened under that draft from the start; clock by clock the same outcome and the same promised time.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { plusMinutes } from '../../kernel/time.ts';

const changes = [
  { path: 'clocks/on-site+ordinary/limit', value: { minutes: 10, calendar: 'R' } },
  { path: 'clocks/on-site+emergency/limit', value: { minutes: 8, calendar: 'R' } },
  { path: 'clocks/on-site+appointment/appointmentLeadMinutes', value: 20 },
  { path: 'clocks/complete+ordinary/limit', value: { hours: 1, calendar: 'O' } },
  { path: 'clocks/complete+emergency/limit', value: { hours: 4, calendar: 'R' } },
  { path: 'clocks/notify/limit', value: { minutes: 1, calendar: 'R' } },
  { path: 'clocks/voucher/limit', value: { minutes: 30, calendar: 'R' } },
  { path: 'clocks/follow-up+repair/limit', value: { workingDays: 1 } },
  { path: 'clocks/answer+enquiry/limit', value: { minutes: 30, calendar: 'O' } },
  {
    path: 'hours/desk',
    value: [
      ['09:00', '12:00'],
      ['13:00', '17:00'],
    ],
  },
];

describe('a replay', () => {
  const house = useHouse({ startAt: '2026-11-26T00:50:00.000Z' });
  type Centre = { community: Community; desk: Person; tech: Person; eng: Person; mgr: Person };
  const centre = async (): Promise<Centre> => {
    const community = await house.community();
    const [desk, tech, eng, mgr] = (await Promise.all([
      house.person('front_desk', community),
      house.person('technician', community),
      house.person('engineering_supervisor', community),
      house.person('manager', community),
    ])) as [Person, Person, Person, Person];
    return { community, desk, tech, eng, mgr };
  };

  it('equals the real clocks of the same cases opened under the draft', { timeout: 120_000 }, async () => {
    const [here, there] = [await centre(), await centre()];
    const made = await here.mgr.post(`${here.community.path}/standards`, {});
    const draft = `${here.community.path}/standards/${made.body.id}`;
    const written = await here.mgr.post(`${draft}/amend`, { revision: 1, changes });
    expect(written.body.changes, JSON.stringify(written.body)).toHaveLength(changes.length);
    const document = JSON.stringify(written.body.document).replaceAll("'", "''");
    await house.asOwner(
      `update service_standards set document = '${document}' where community_id = '${there.community.id}'`,
    );

    const ids = new Map<Centre, string[]>([
      [here, []],
      [there, []],
    ]);
    const versions = new Map<string, number>();
    const both = async (work: (at: Centre, own: string[]) => Promise<void>) => {
      for (const at of [here, there]) await work(at, ids.get(at) as string[]);
    };
    const wait = (minutes: number) => house.house.time.moveTo(plusMinutes(house.house.time.now(), minutes));
    const move = (name: string, index: number, who: 'desk' | 'tech' | 'eng', body: object = {}, kind = 'repairs') =>
      both(async (at, own) => {
        const path = `${at.community.path}/${kind}/${own[index]}`;
        const answer = await at[who].post(`${path}/${name}`, { version: versions.get(own[index] as string), ...body });
        expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBe(200);
        versions.set(own[index] as string, answer.body.version);
      });
    const report = (urgency: string, more: object = {}) =>
      both(async (at, own) => {
        const body = {
          place: '1 栋大堂',
          category: 'water',
          urgency,
          description: '龙头滴水',
          channel: 'phone',
          ...more,
        };
        const answer = await at.desk.post(`${at.community.path}/repairs`, body);
        expect(answer.status, JSON.stringify(answer.body)).toBe(201);
        own.push(answer.body.id);
        versions.set(answer.body.id, answer.body.version);
      });
    const dispatch = (index: number) =>
      both(async (at, own) => {
        const path = `${at.community.path}/repairs/${own[index]}`;
        const answer = await at.desk.post(`${path}/dispatch`, {
          version: versions.get(own[index] as string),
          technicianId: at.tech.id,
        });
        versions.set(own[index] as string, answer.body.version);
      });

    // One that is on time at 15 minutes and late at 10; its work takes 90 minutes with a pause for the customer.
    await report('ordinary');
    wait(2);
    await dispatch(0);
    await move('accept', 0, 'tech');
    wait(10);
    await move('arrive', 0, 'tech');
    await move('pause', 0, 'tech', { reason: 'contractor', until: plusMinutes(house.house.time.now(), 600) });
    wait(60);
    await move('resume', 0, 'tech');
    wait(30);
    await move('finish', 0, 'tech', { result: '换芯' });
    wait(40);
    // One that is re-classed, with two urgencies that had the same limit; and one by appointment.
    await report('ordinary');
    wait(5);
    await move('amend', 1, 'desk', { urgency: 'emergency', reason: '漏水加大' });
    await report('ordinary', { appointmentAt: plusMinutes(house.house.time.now(), 120) });
    wait(110);
    await dispatch(2);
    await move('accept', 2, 'tech');
    await move('arrive', 2, 'tech');
    await both(async (at, own) => {
      const answer = await at.desk.post(`${at.community.path}/enquiries`, {
        kind: 'enquiry',
        channel: 'phone',
        description: '装修押金怎么退',
      });
      own.push(answer.body.id);
    });
    wait(300);

    const started = await here.mgr.post(`${draft}/replays`);
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    await expect
      .poll(async () => (await here.mgr.get(`${draft}/replay`)).body.replay.state, { timeout: 10_000 })
      .toBe('done');
    const { replay } = (await here.mgr.get(`${draft}/replay`)).body;
    expect(replay).toMatchObject({ cases: 4, casesDone: 4, isOld: false });
    const rows = (await here.mgr.get(`${draft}/replay/rows?limit=200`)).body.items;
    const hours = (from: string, to: string | null) =>
      to === null ? null : Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
    const now = house.house.time.now();
    // A follow-up's clock is named by its own id.
    const nameOf = (key: string) => (key.length === 36 ? 'id' : key);
    const real = async (at: Centre) => {
      const found: string[] = [];
      for (const [index, id] of (ids.get(at) as string[]).entries()) {
        const { items } = (await at.mgr.get(`${at.community.path}/clocks?caseId=${id}&limit=200`)).body;
        for (const one of items) {
          const late = one.state === 'missed' || (one.overdueFrom !== null && one.overdueFrom < now);
          const state = late ? 'late' : one.state === 'met' ? 'on-time' : one.state === 'void' ? 'void' : 'open';
          found.push([index, one.kind, nameOf(one.key), hours(one.startedAt, one.dueAt), state].join(' '));
        }
      }
      return found.sort();
    };
    const clocks = new Map<string, any>();
    for (const id of ids.get(here) as string[])
      for (const one of (await here.mgr.get(`${here.community.path}/clocks?caseId=${id}&limit=200`)).body.items)
        clocks.set(one.id, one);
    const replayed = rows
      .map((row: any) => {
        const clock = clocks.get(row.clockId);
        const index = (ids.get(here) as string[]).indexOf(row.caseId);
        return [index, row.kind, nameOf(clock.key), hours(clock.startedAt, row.wouldBeDueAt), row.wouldBe].join(' ');
      })
      .sort();
    expect(replayed).toEqual(await real(there));
    // And it is no empty truth: what was in time is late, and the counts say so.
    expect(replayed).not.toEqual(await real(here));
    const onSite = replay.counts.find((one: any) => one.kind === 'on-site');
    expect(onSite.was['on-time']).toBeGreaterThan(onSite.wouldBe['on-time']);
    const changed = (await here.mgr.get(`${draft}/replay/rows?kind=on-site&changed=true`)).body.items;
    expect(changed).toHaveLength(onSite.changed);
    expect(changed[0]).toMatchObject({ was: 'on-time', wouldBe: 'late', caseCode: expect.stringMatching(/^BX-/) });
    const page = (await here.mgr.get(`${draft}/replay/rows?limit=3`)).body;
    expect(
      (await here.mgr.get(`${draft}/replay/rows?limit=3&cursor=${page.nextCursor}`)).body.items[0].clockId >
        page.items[2].clockId,
    ).toBe(true);

    await here.mgr.post(`${draft}/amend`, { revision: 2, changes: [changes[0]] });
    expect((await here.mgr.get(`${draft}/replay`)).body.replay.isOld).toBe(true);
    expect((await here.desk.post(`${draft}/replays`)).status).toBe(403);
    expect((await here.desk.get(`${draft}/replay/rows`)).status).toBe(403);
  });
});
