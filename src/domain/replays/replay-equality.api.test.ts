// A replay equals the truth for complaints, enquiries, messages, follow-ups and visits at the door, under both presets: the
// same happenings in two centres, one under the standard in force and replayed under a draft, the other under that draft
// from the start; clock by clock the same outcome, the same promised time, the same minutes over.
import { describe, expect, it } from 'vitest';
import { type Community, type Person, useHouse } from '../../../tests/house.ts';
import { atWallTime, plusMinutes } from '../../kernel/time.ts';

type Change = { path: string; value: unknown };
const R = (minutes: number) => ({ minutes, calendar: 'R' });

/** Every clock of these cases that a draft may set, each to something else (hours of the desk besides). */
const changes: Record<'luxury' | 'standard', Change[]> = {
  luxury: [
    { path: 'clocks/respond+ordinary/limit', value: R(4) },
    { path: 'clocks/respond+serious/limit', value: R(20) },
    { path: 'clocks/respond+major/limit', value: R(2) },
    { path: 'clocks/respond+critical/limit', value: R(3) },
    { path: 'clocks/form-forwarded/limit', value: R(90) },
    { path: 'clocks/sent/limit', value: R(3) },
    { path: 'clocks/complete+complaint-ordinary/limit', value: { hours: 3, calendar: 'O' } },
    { path: 'clocks/complete+complaint-serious/limit', value: { hours: 20, calendar: 'R' } },
    { path: 'clocks/complete+complaint-major/limit', value: { calendarDays: 2 } },
    { path: 'clocks/tell-customer/limit', value: R(20) },
    { path: 'clocks/message/limit', value: { minutes: 45, calendar: 'O' } },
    { path: 'clocks/call-back/limit', value: R(5) },
    { path: 'clocks/answer+enquiry/limit', value: { workingDays: 2 } },
    { path: 'clocks/follow-up+complaint/limit', value: { workingDays: 1 } },
    { path: 'clocks/follow-up+major-critical-event/limit', value: { workingDays: 3 } },
    { path: 'clocks/follow-up+repair/limit', value: { workingDays: 3 } },
    { path: 'clocks/visit/limit', value: { workingDays: 1 } },
    { path: 'clocks/review+repair/limit', value: { workingDays: 1 } },
    { path: 'clocks/review+other/limit', value: { minutes: 30, calendar: 'O' } },
  ],
  standard: [
    { path: 'clocks/answer+complaint/limit', value: { hours: 2, calendar: 'O' } },
    { path: 'clocks/complete+complaint-ordinary/limit', value: { hours: 3, calendar: 'O' } },
    { path: 'clocks/complete+complaint-serious/limit', value: { workingDays: 3 } },
    { path: 'clocks/complete+complaint-major/limit', value: { calendarDays: 4 } },
    { path: 'clocks/complete+complaint-critical/limit', value: { hours: 6, calendar: 'R' } },
    { path: 'clocks/form-forwarded/limit', value: R(90) },
    { path: 'clocks/tell-customer/limit', value: R(20) },
    { path: 'clocks/message/limit', value: { minutes: 5, calendar: 'O' } },
    { path: 'clocks/call-back/limit', value: R(5) },
    { path: 'clocks/answer+enquiry/limit', value: { hours: 1, calendar: 'R' } },
    { path: 'clocks/follow-up+repair/limit', value: { calendarDays: 1 } },
    { path: 'clocks/voucher/limit', value: R(15) },
    { path: 'clocks/review+other/limit', value: { workingDays: 1 } },
  ],
};
const hours: Change = {
  path: 'hours/desk',
  value: [
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ],
};

const roles = {
  desk: 'front_desk',
  other: 'front_desk',
  sup: 'cs_supervisor',
  mgr: 'manager',
  gm: 'general_manager',
  eng: 'engineering_supervisor',
  tech: 'technician',
} as const;
type Who = keyof typeof roles;
type Centre = { community: Community; people: Record<Who, Person>; ids: string[] };

describe('a replay of everything that is no repair', () => {
  // Monday 23 November 2026, 09:10 in Shanghai.
  const house = useHouse({ startAt: '2026-11-23T01:10:00.000Z' });
  let now = '2026-11-23T01:10:00.000Z';
  const wait = (minutes: number) => {
    now = plusMinutes(now, minutes);
  };
  const until = (day: string, time: string) => {
    now = atWallTime(day, time);
  };

  async function centre(preset: 'luxury' | 'standard'): Promise<Centre> {
    const community = await house.community(preset);
    const people = {} as Record<Who, Person>;
    for (const who of Object.keys(roles) as Who[]) people[who] = await house.person(roles[who], community, who);
    return { community, people, ids: [] };
  }
  const write = (at: Centre, document: unknown) =>
    house.asOwner(
      `update service_standards set document = '${JSON.stringify(document).replaceAll("'", "''")}' where community_id = '${at.community.id}' and state = 'in-force'`,
    );

  /** The same deed in both centres; both allow it or the test says which did not. */
  class Twins {
    constructor(
      readonly here: Centre,
      readonly there: Centre,
    ) {}
    async both<Made>(work: (at: Centre) => Promise<Made>): Promise<void> {
      for (const at of [this.here, this.there]) await work(at);
    }
    make = (noun: string, who: Who, body: object) =>
      this.both(async ({ community, people, ids }) => {
        const made = await people[who].post(`${community.path}/${noun}`, body);
        expect(made.status, `${noun} ${JSON.stringify(made.body)}`).toBe(201);
        ids.push(noun === 'contacts' ? made.body.caseId : made.body.id);
      });
    move = (noun: string, index: number, name: string, who: Who, body: object | ((at: Centre) => object) = {}) =>
      this.both(async (at) => {
        const path = `${at.community.path}/${noun}/${at.ids[index]}`;
        const { version } = (await at.people.sup.get(path)).body;
        const more = typeof body === 'function' ? body(at) : body;
        const answer = await at.people[who].post(`${path}/${name}`, { version, ...more });
        expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBe(200);
      });
    /** The follow-up of a case that is open in a state. */
    follow = (index: number, state: string, name: string, who: Who, body: object = {}) =>
      this.both(async ({ community, people, ids }) => {
        const list = `${community.path}/follow-ups?caseId=${ids[index]}&state=${state}`;
        const [one] = (await people.sup.get(list)).body.items;
        expect(one, `no follow-up ${state} of ${index}`).toBeDefined();
        const answer = await people[who].post(`${community.path}/follow-ups/${one.id}/${name}`, {
          ...(name === 'attempt' ? {} : { version: one.version }),
          ...body,
        });
        expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      });
  }

  const complaint = (severity: string, more: object = {}) => ({
    channel: 'phone',
    severity,
    against: 'engineering',
    place: '3 栋大堂',
    account: '电梯困人四十分钟，无人应答',
    demand: '查明原因并书面答复',
    contact: { name: '李女士', phone: '10200000001' },
    ...more,
  });
  const told = { how: 'call', answer: '已说明原因并致歉', opinion: '可以接受', satisfied: true };
  const asked = {
    verdict: 'acceptable',
    quality: 4,
    effect: 4,
    satisfaction: 4,
    channel: 'phone',
    reason: '客户在外地',
  };
  const result = { result: '已更换门锁触点并复检', cause: 'facilities' };

  async function live(twins: Twins, isLuxury: boolean): Promise<void> {
    const { make, move, follow } = twins;
    // 0: an ordinary one, taken at once, that waits for a part with the customer's consent and is told late.
    await make('complaints', 'desk', complaint('ordinary'));
    wait(4);
    await move('complaints', 0, 'send', 'desk', { department: 'engineering' });
    wait(3);
    await move('complaints', 0, 'accept', 'eng');
    wait(20);
    await move('complaints', 0, 'wait', 'eng', {
      until: plusMinutes(now, 180),
      reason: '等配件到货',
      explained: 'call',
      consent: { by: '李女士', how: 'call' },
    });
    wait(100);
    await move('complaints', 0, 'resume', 'eng');
    wait(5);
    // The first contact answers before the end, where the standard has such a promise.
    await move('complaints', 0, 'respond', 'desk', { how: 'call', answer: '配件已到，下午更换' });
    wait(50);
    await move('complaints', 0, 'resolve', 'eng', result);
    wait(35);
    await move('complaints', 0, 'tell-customer', 'desk', told);

    // 1: a serious one that rises, and 2: one that is lowered again with the manager's word.
    await make('complaints', 'desk', complaint('serious'));
    wait(9);
    await move('complaints', 1, 'raise', 'sup', { severity: 'major', reason: '客户受伤送医' });
    wait(3);
    await move('complaints', 1, 'amend', 'desk', { replyReason: '等检验报告', replyAt: plusMinutes(now, 300) });
    await make('complaints', 'desk', complaint('serious', { place: '1 栋门厅' }));
    wait(2);
    await move('complaints', 2, 'lower', 'sup', { severity: 'ordinary', reason: '当场已解决' });
    wait(6);
    if (isLuxury)
      await twins.both(async ({ community, people, ids }) => {
        const path = `${community.path}/complaints/${ids[2]}`;
        const seen = (await people.gm.get(path)).body;
        if (seen.lowering === null) return;
        const who = seen.lowering.approver === 'general_manager' ? people.gm : people.mgr;
        const answer = await who.post(`${path}/lowering/approve`, { version: seen.version });
        expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      });
    // 3: the customer names the day; 4: a critical one without a date that nobody takes over, dated later.
    await make('complaints', 'desk', complaint('ordinary', { place: '车库', wishedAt: plusMinutes(now, 240) }));
    await make(
      'complaints',
      'desk',
      complaint('critical', { place: '2 栋天台', replyReason: '待检', replyAt: plusMinutes(now, 60) }),
    );
    wait(4);
    await move('complaints', 4, 'amend', 'desk', {
      agreedAt: plusMinutes(now, 600),
      consent: { by: '王先生', how: 'call' },
    });
    if (isLuxury) {
      await move('complaints', 1, 'take-over', 'gm');
      await move('complaints', 1, 'forward', 'sup');
    }

    // 5: a question that stays open over night; 6: a message for a colleague; 7: a call-back promised.
    await make('enquiries', 'desk', { kind: 'enquiry', channel: 'phone', description: '装修押金怎么退' });
    await twins.both(async ({ community, people, ids }) => {
      const body = { channel: 'phone', request: '请工程主管回电', outcome: 'message', messageToId: people.eng.id };
      const made = await people.desk.post(`${community.path}/contacts`, body);
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      ids.push(made.body.caseId);
    });
    await make('contacts', 'desk', {
      channel: 'phone',
      request: '问停车月卡',
      outcome: 'call-back',
      callerPhone: '10200000001',
    });
    wait(25);
    await twins.both(({ community, people, ids }) =>
      people.eng.post(`${community.path}/cases/${ids[6]}/message-read`, {}),
    );

    // 8: a repair for its follow-up.
    await make('repairs', 'desk', {
      place: '1 栋大堂',
      category: 'water',
      urgency: 'ordinary',
      description: '龙头滴水',
      channel: 'phone',
      readBack: true,
      ...(isLuxury ? {} : { agreedAt: plusMinutes(now, 120), appointmentAt: plusMinutes(now, 30) }),
    });
    await move('repairs', 8, 'dispatch', 'desk', (at) => ({ technicianId: at.people.tech.id }));
    await move('repairs', 8, 'accept', 'tech');
    wait(10);
    await move('repairs', 8, 'arrive', 'tech');
    wait(30);
    await move('repairs', 8, 'finish', 'tech', { result: '换芯', materials: [] });
    await move('repairs', 8, 'sign', 'tech', { absent: true, reason: '住户外出' });
    wait(20);
    if (!isLuxury) await move('repairs', 8, 'return-voucher', 'tech');

    // The next days: asked, reviewed, and one whose follow-up nobody makes, so that somebody is to go to the door.
    until('2026-11-24', '10:05');
    await move('enquiries', 5, 'answer', 'desk', { text: '凭收据到前台办理', how: 'call' });
    await follow(0, 'due', 'record', 'other', asked);
    wait(200);
    await follow(0, 'recorded', 'review', 'sup', { comment: '已阅' });
    until('2026-11-26', '09:30');
    await house.tick();
    for (let day = 27; day <= 30; day++) {
      until(`2026-11-${day}`, '09:30');
      await house.tick();
    }
    await follow(8, 'due,visit-due', 'record', 'other', asked);
    wait(60);
    await house.tick();
  }

  it.each(['luxury', 'standard'] as const)(
    'equals the real clocks of the same cases opened under the draft: %s',
    {
      timeout: 120_000,
    },
    async (preset) => {
      until('2026-11-23', '09:10');
      house.house.time = { ...house.house.time, now: () => now };
      const twins = new Twins(await centre(preset), await centre(preset));
      const { here, there } = twins;
      // A share would draw others in the other centre: everybody is asked in both.
      for (const at of [here, there])
        await house.asOwner(`
        update service_standards set document = jsonb_set(document, '{followUps}',
          (select jsonb_agg(one || '{"share": 1}') from jsonb_array_elements(document -> 'followUps') one))
        where community_id = '${at.community.id}'`);
      const all = [...changes[preset], hours];
      const made = await here.people.mgr.post(`${here.community.path}/standards`, {});
      const draft = `${here.community.path}/standards/${made.body.id}`;
      const written = await here.people.mgr.post(`${draft}/amend`, { revision: 1, changes: all });
      expect(written.body.changes, JSON.stringify(written.body)).toHaveLength(all.length);
      await write(there, written.body.document);

      await live(twins, preset === 'luxury');

      expect((await here.people.mgr.post(`${draft}/replays`)).status).toBe(201);
      await expect
        .poll(async () => (await here.people.mgr.get(`${draft}/replay`)).body.replay.state, { timeout: 20_000 })
        .toBe('done');
      const rows = (await here.people.mgr.get(`${draft}/replay/rows?limit=200`)).body.items;
      /** A follow-up's clock is named by its own id. */
      const nameOf = (key: string) => (key.length === 36 ? 'id' : key);
      const minutes = (from: string, to: string | null) =>
        to === null ? null : Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
      const clocksOf = async ({ community, people, ids }: Centre) => {
        const found: { index: number; clock: any }[] = [];
        for (const [index, id] of ids.entries())
          for (const clock of (await people.mgr.get(`${community.path}/clocks?caseId=${id}&limit=200`)).body.items)
            found.push({ index, clock });
        return found;
      };
      const line = (index: number, clock: any, dueAt: string | null, over: number, state: string) =>
        [index, clock.kind, nameOf(clock.key), minutes(clock.startedAt, dueAt), over, state].join(' ');
      const real = (clocks: Awaited<ReturnType<typeof clocksOf>>) =>
        clocks
          .map(({ index, clock }) => {
            const isLate = clock.state === 'missed' || (clock.overdueFrom !== null && clock.overdueFrom < now);
            const state = isLate
              ? 'late'
              : clock.state === 'met'
                ? 'on-time'
                : clock.state === 'void'
                  ? 'void'
                  : 'open';
            return line(index, clock, clock.dueAt, clock.overMinutes, state);
          })
          .sort();
      const [own, other] = [await clocksOf(here), await clocksOf(there)];
      const replayed = rows
        .map((row: any) => {
          const found = own.find((one) => one.clock.id === row.clockId);
          return line(found?.index ?? -1, found?.clock, row.wouldBeDueAt, row.wouldBeOverMinutes, row.wouldBe);
        })
        .sort();
      expect(replayed).toEqual(real(other));
      expect(real(own)).not.toEqual(real(other));

      // No empty truth: every kind of the draft stands among them, and came out otherwise or at another time.
      const kinds = new Set(changes[preset].map((one) => one.path.split('/')[1]?.split('+')[0]));
      const seen = new Set(rows.map((row: any) => row.kind));
      expect([...kinds].filter((kind) => !seen.has(kind))).toEqual([]);
      const moved = new Set(rows.filter((row: any) => row.wasDueAt !== row.wouldBeDueAt).map((row: any) => row.kind));
      expect([...kinds].filter((kind) => !moved.has(kind))).toEqual([]);
    },
  );
});
