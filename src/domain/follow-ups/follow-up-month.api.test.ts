import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJs from 'exceljs';
import { describe, expect, it, vi } from 'vitest';
import {
  type Centre,
  finishAgain,
  finishRepair,
  openCentre,
  returnVoucher,
  unitIn,
} from '../../../tests/finished-repair.ts';
import { type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';
import { atWallTime, monthOf, plusMinutes } from '../../kernel/time.ts';
import { warnOfShares } from './follow-up.jobs.ts';
import { exportByOf } from './follow-up-share.rules.ts';

// Many repairs, each from the call to the voucher over real HTTP.
vi.setConfig({ testTimeout: 120_000 });
const house = useHouse({ startAt: '2026-11-02T01:00:00.000Z' });
const now = () => house.house.time.now();
const wait = (minutes: number) => house.house.time.moveTo(plusMinutes(now(), minutes));
const day = 24 * 60;

const openOf = async (person: Person, centre: Centre, query = 'state=open'): Promise<any[]> =>
  (await person.get(`${centre.community.path}/follow-ups?limit=200&${query}`)).body.items;
const record = (person: Person, centre: Centre, one: { id: string; version: number }, body: object) =>
  person.post(`${centre.community.path}/follow-ups/${one.id}/record`, { version: one.version, ...body });
const fine = { verdict: 'acceptable', quality: 4, effect: 4, satisfaction: 5 };
const finishMany = async (centre: Centre, count: number): Promise<any[]> => {
  const made = [];
  for (let index = 0; index < count; index++) made.push(await returnVoucher(centre, await finishRepair(house, centre)));
  return made;
};
const analysisOf = async (centre: Centre, month: string): Promise<any> => {
  const answer = await centre.supervisor.get(`${centre.community.path}/follow-ups/analysis?month=${month}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
const rateOf = (analysis: any, name: string) => analysis.rates.find((one: { name: string }) => one.name === name);

describe('the plan (FU0)', () => {
  it('proposes who has fewest and no hand in the work, names them, and their clock is theirs', async () => {
    const centre = await openCentre(house);
    for (let index = 0; index < 4; index++) await finishRepair(house, centre);
    const path = `${centre.community.path}/follow-ups`;
    const proposal = await centre.supervisor.get(`${path}/plan-proposal`);
    expect(proposal.status, JSON.stringify(proposal.body)).toBe(200);
    expect(proposal.body.items.map((one: { why: string }) => one.why)).toEqual([
      'spread',
      'spread',
      'spread',
      'spread',
    ]);
    const shares = proposal.body.callers.filter((one: { role: string }) => one.role === 'front_desk');
    expect(shares.map((one: { proposed: number }) => one.proposed)).toEqual([2, 2]);
    const items = proposal.body.items.map((one: { id: string; caller: { id: string } }) => ({
      id: one.id,
      callerId: one.caller.id,
    }));
    const planned = await centre.supervisor.post(`${path}/plan`, { items });
    expect([planned.status, planned.body]).toEqual([200, { planned: 4 }]);
    const mine = await openOf(centre.desk, centre, 'state=open&caller=me');
    expect(mine).toHaveLength(2);
    const clocks = await centre.desk.get(`${centre.community.path}/clocks?kind=follow-up&owner=me`);
    expect(clocks.body.items).toHaveLength(2);
    await house.tick();
    const told = (await centre.desk.get('/notifications')).body.items.filter(
      (one: { kind: string }) => one.kind === 'follow-ups-planned',
    );
    expect(told).toMatchObject([{ facts: { count: 2 } }]);
    expect(await openOf(centre.desk, centre, 'state=open&caller=none')).toEqual([]);
    const kept = await centre.supervisor.get(`${path}/plan-proposal`);
    expect(new Set(kept.body.items.map((one: { why: string }) => one.why))).toEqual(new Set(['named']));
    const back = await centre.supervisor.post(`${path}/plan`, { items: [{ id: items[0].id, callerId: null }] });
    expect(back.status).toBe(200);
    expect(await openOf(centre.desk, centre, 'state=open&caller=none')).toHaveLength(1);
  });

  it('refuses a caller who had a hand in it, who makes no calls, who is away, and names the item; nothing is kept', async () => {
    const centre = await openCentre(house);
    const both = await house.person(['front_desk', 'technician'], centre.community, '既做又访');
    await finishRepair(house, centre, { tech: both });
    await finishRepair(house, centre);
    const open = await openOf(centre.supervisor, centre);
    const worked = open.find((one) => one.handlers[0].id === both.id);
    const other = open.find((one) => one !== worked);
    await centre.manager.post(`${centre.community.path}/absences`, {
      staffId: centre.desk2.id,
      from: plusMinutes(now(), -5),
      until: plusMinutes(now(), 600),
      reason: 'leave',
    });
    const plan = (items: object[], who = centre.supervisor) =>
      who.post(`${centre.community.path}/follow-ups/plan`, { items });
    const refused = await plan([
      { id: other.id, callerId: centre.desk.id },
      { id: worked.id, callerId: both.id },
    ]);
    expect([refused.status, refused.body.errors.map((one: any) => [one.path, one.code])]).toEqual([
      422,
      [['items.1.callerId', 'handled_the_case']],
    ]);
    expect(refused.body.errors[0].message).toContain('经手');
    for (const [callerId, code] of [
      [centre.tech.id, 'may_not_call'],
      [centre.desk2.id, 'away'],
      [newId(), 'unknown_person'],
    ] as const)
      expect((await plan([{ id: other.id, callerId }])).body.errors).toMatchObject([
        { path: 'items.0.callerId', code },
      ]);
    expect((await plan([{ id: newId(), callerId: centre.desk.id }])).body.errors).toMatchObject([
      { path: 'items.0.id', code: 'unknown_follow_up' },
    ]);
    expect((await plan([], centre.supervisor)).status).toBe(422);
    expect((await plan([{ id: other.id, callerId: centre.desk.id }], centre.desk)).status).toBe(403);
    expect(await openOf(centre.desk, centre, 'state=open&caller=none')).toHaveLength(2);
    const proposal = await centre.supervisor.get(`${centre.community.path}/follow-ups/plan-proposal`);
    for (const one of proposal.body.items)
      expect(one.caller.id).toBe(one.id === worked.id ? centre.desk.id : one.caller.id);
  });
});

describe('the Monday batch (RP18, standard) ', () => {
  it('is due next Monday at 18:00, is reviewed at once, and names what this reviewer may not', async () => {
    const centre = await openCentre(house, 'standard');
    await finishMany(centre, 5);
    const open = await openOf(centre.desk, centre);
    expect(open.length).toBeGreaterThanOrEqual(2);
    const [first, second, third] = open;
    await record(centre.desk, centre, first, fine);
    await record(centre.supervisor, centre, second, fine);
    const asked = await openOf(centre.supervisor, centre, 'toReview=true');
    expect(asked.map((one) => one.id)).toEqual([first.id]);
    // Recorded on the first Monday of November 2026: the next one is the 9th.
    expect(asked[0].reviewDueAt).toBe('2026-11-09T10:00:00.000Z');
    const ids = [first.id, second.id, ...(third ? [third.id] : []), newId()];
    const key = { 'idempotency-key': newId() };
    const send = () =>
      centre.supervisor.post(`${centre.community.path}/follow-ups/review-batch`, { ids, comment: '上周回访已阅' }, key);
    const batch = await send();
    expect(batch.status, JSON.stringify(batch.body)).toBe(200);
    expect(batch.body.reviewed).toEqual([{ id: first.id, code: first.code }]);
    const reasons = Object.fromEntries(batch.body.refused.map((one: any) => [one.id, one.reason]));
    expect(reasons).toMatchObject({ [second.id]: 'follow-up.own_call', [ids.at(-1)]: 'not_found' });
    if (third) expect(reasons[third.id]).toBe('follow-up.move_not_allowed');
    expect((await send()).body.reviewed).toEqual(batch.body.reviewed);
    expect((await openOf(centre.manager, centre, 'toReview=true')).map((one) => one.id)).toEqual([second.id]);
  });

  it('is refused where the standard has each reviewed alone (FU4, luxury)', async () => {
    const centre = await openCentre(house);
    await finishRepair(house, centre);
    const [open] = await openOf(centre.desk, centre);
    const answer = await centre.supervisor.post(`${centre.community.path}/follow-ups/review-batch`, {
      ids: [open.id],
      comment: '一起审',
    });
    expect([answer.status, answer.body.code]).toEqual([409, 'follow-up.review_one_by_one']);
  });
});

describe('the month (FU1, FU5)', () => {
  it('reckons rates with the cases behind them, and warns in time that the floor is in danger', async () => {
    const centre = await openCentre(house, 'standard');
    const repairs = await finishMany(centre, 10);
    const open = await openOf(centre.desk, centre);
    expect(open).toHaveLength(7);
    const shares = async (): Promise<any> =>
      (await centre.desk.get(`${centre.community.path}/follow-ups/shares`)).body.items[0];
    expect(await shares()).toMatchObject({
      share: 0.6,
      finished: 10,
      followedUp: 0,
      stillOpen: 7,
      needed: 6,
      outlook: 'on-track',
    });
    for (const one of open.slice(0, 4)) expect((await record(centre.desk, centre, one, fine)).status).toBe(200);
    const lost = open[4];
    for (const minutes of [10, day, 10]) {
      wait(minutes);
      await centre.desk.post(`${centre.community.path}/follow-ups/${lost.id}/attempt`, { outcome: 'no-answer' });
    }
    const gone = await centre.desk.post(`${centre.community.path}/follow-ups/${lost.id}/record`, {
      version: lost.version,
      verdict: 'not-reached',
    });
    expect(gone.status, JSON.stringify(gone.body)).toBe(200);
    expect(await shares()).toMatchObject({ followedUp: 4, stillOpen: 2, needed: 2, outlook: 'tight', warn: true });
    await warnOfShares(house.house);
    await warnOfShares(house.house);
    await house.tick();
    const warned = async () =>
      (await centre.supervisor.get('/notifications')).body.items.filter((one: any) => one.kind === 'follow-up-share');
    expect(await warned()).toMatchObject([{ facts: { outlook: 'tight', needed: 2, stillOpen: 2 } }]);

    const unhappy = { ...fine, verdict: 'not-acceptable', satisfaction: 2, lacking: '地面没擦' };
    expect((await record(centre.desk, centre, open[5], unhappy)).status).toBe(200);
    const analysis = await analysisOf(centre, '2026-11');
    expect(rateOf(analysis, 'followed-up')).toMatchObject({
      numerator: 5,
      denominator: 10,
      value: 0.5,
      target: 0.6,
      met: false,
    });
    expect(
      rateOf(analysis, 'followed-up')
        .of.map((one: any) => one.code)
        .sort(),
    ).toEqual(repairs.map((one) => one.code).sort());
    expect(rateOf(analysis, 'acceptable')).toMatchObject({ numerator: 4, denominator: 5 });
    expect(rateOf(analysis, 'satisfied')).toMatchObject({ numerator: 4, denominator: 5 });
    expect(rateOf(analysis, 'not-reached')).toMatchObject({ numerator: 1, denominator: 7 });
    expect(analysis.failed).toMatchObject([
      { followUpId: open[5].id, lacking: '地面没擦', complaint: { code: expect.stringMatching(/^TS-/) } },
    ]);
    expect(analysis.notReached).toMatchObject([{ followUpId: lost.id }]);
    expect(analysis.satisfaction.map((one: any) => one.count)).toEqual([0, 1, 0, 0, 4]);
    // All of one room and one kind of work: three and more within the days of the standard.
    expect(analysis.sameRepair).toMatchObject({ count: 3, days: 90, items: [{ category: 'water', count: 10 }] });
    // What was not accepted was sent back: done over again in this month (RP14).
    expect(analysis.reworked).toMatchObject([{ case: { id: open[5].caseId }, count: 1 }]);
    expect(analysis).toMatchObject({ isOpen: true, exportBy: '2026-12-10', keptUntil: '2028-11-30' });
    expect(analysis.samples).toEqual([{ what: 'repair', drawn: 10, owed: 7, seed: null }]);
    expect((await centre.desk.get(`${centre.community.path}/follow-ups/analysis?month=2026-11`)).status).toBe(403);
    expect((await centre.supervisor.get(`${centre.community.path}/follow-ups/analysis?month=2026-13`)).status).toBe(
      422,
    );
  });

  it('counts a follow-up in the month of the finish, wherever it falls, and tells the seed once that is closed', async () => {
    house.house.time.moveTo('2026-11-30T01:00:00.000Z');
    const centre = await openCentre(house, 'standard');
    // Of a draw of ten seven are asked: of four one at least, whatever the seed.
    await finishMany(centre, 4);
    const open = await openOf(centre.desk, centre);
    house.house.time.moveTo('2026-12-03T01:00:00.000Z');
    expect(await analysisOf(centre, '2026-11')).toMatchObject({ isOpen: true, closesAt: '2026-12-07T16:00:00.000Z' });
    for (const one of open) expect((await record(centre.desk, centre, one, fine)).status).toBe(200);
    expect(rateOf(await analysisOf(centre, '2026-11'), 'followed-up')).toMatchObject({
      numerator: open.length,
      denominator: 4,
    });
    expect(rateOf(await analysisOf(centre, '2026-12'), 'followed-up')).toMatchObject({ denominator: 0, value: null });
    house.house.time.moveTo('2026-12-08T01:00:00.000Z');
    const closed = await analysisOf(centre, '2026-11');
    expect(closed.isOpen).toBe(false);
    expect(closed.samples[0].seed).toMatch(/^[0-9a-f]{32}$/);
    const [one] = await openOf(centre.desk, centre, 'month=2026-11');
    expect(one.sample).toMatchObject({ seed: closed.samples[0].seed, place: expect.any(Number) });
  });

  it('waits for those whose follow-up is still to be made, a finish that was taken back among them', async () => {
    const centre = await openCentre(house, 'standard');
    const month = monthOf(now());
    const repair = await finishRepair(house, centre);
    expect(rateOf(await analysisOf(centre, month), 'followed-up').of).toEqual([{ id: repair.id, code: repair.code }]);
    const voucher = await returnVoucher(centre, repair);
    expect(rateOf(await analysisOf(centre, month), 'followed-up').denominator).toBe(1);
    const again = await centre.desk.post(`${centre.community.path}/repairs/${repair.id}/rework`, {
      version: voucher.version,
      reason: '又漏',
    });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    const back = await analysisOf(centre, month);
    expect(rateOf(back, 'followed-up')).toMatchObject({ numerator: 0, denominator: 1 });
    // The others stand there too: nobody set their share (FU1).
    expect(back.shares).toMatchObject([
      { what: 'repair', finished: 1, stillOpen: 1, outlook: 'tight' },
      { what: 'other', finished: 0, share: null, outlook: 'unset' },
    ]);
  });

  it('counts an order finished twice in the month once, as the indicators do, not acceptable if either was', async () => {
    const centre = await openCentre(house);
    const month = monthOf(now());
    // Asked, not accepted, done again, asked again · sent back before anybody asked · sent back and never done · plain.
    const failed = await finishRepair(house, centre);
    const retaken = await finishRepair(house, centre);
    const open = await finishRepair(house, centre);
    const plain = await finishRepair(house, centre);
    const ask = async (caseId: string, body: object) => {
      const one = (await openOf(centre.desk, centre)).find((each) => each.caseId === caseId);
      const answer = await record(centre.desk, centre, one, { channel: 'phone', reason: '住户出差', ...body });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    };
    const rework = async (id: string) => {
      const path = `${centre.community.path}/repairs/${id}`;
      const { version } = (await centre.desk.get(path)).body;
      expect((await centre.desk.post(`${path}/rework`, { version, reason: '又漏' })).status).toBe(200);
    };
    await ask(failed.id, { ...fine, verdict: 'not-acceptable', satisfaction: 1, lacking: '还漏' });
    await rework(retaken.id);
    await rework(open.id);
    await ask(plain.id, fine);
    wait(30);
    for (const { id } of [failed, retaken])
      await finishAgain(centre, (await centre.desk.get(`${centre.community.path}/repairs/${id}`)).body);
    await ask(failed.id, fine);
    await ask(retaken.id, fine);

    const analysis = await analysisOf(centre, month);
    const rate = rateOf(analysis, 'followed-up');
    const answer = await centre.supervisor.get(`${centre.community.path}/indicators?month=${month}`);
    const figure = answer.body.items.find((one: any) => one.name === 'repair-follow-up');
    expect([rate.numerator, rate.denominator]).toEqual([3, 4]);
    expect([figure.numerator, figure.denominator]).toEqual([rate.numerator, rate.denominator]);
    const rows = await centre.supervisor.get(
      `${centre.community.path}/indicators/repair-follow-up/rows?month=${month}`,
    );
    const ids = (list: any[], key: string) => list.map((one) => one[key]).sort();
    expect(ids(rate.of, 'id')).toEqual(ids(rows.body.items, 'caseId'));
    expect(rateOf(analysis, 'acceptable')).toMatchObject({ numerator: 2, denominator: 3 });
    expect(analysis.satisfaction.map((one: any) => one.count)).toEqual([1, 0, 0, 0, 2]);
    expect(analysis.shares).toMatchObject([
      { what: 'repair', finished: 4, followedUp: 3, stillOpen: 1 },
      { what: 'other' },
    ]);
  });

  it('is handed over by the supervisor and acknowledged by the manager; what was handed over stands (FU5)', async () => {
    const centre = await openCentre(house);
    const { path } = centre.community;
    const month = monthOf(now());
    const repair = await finishRepair(house, centre);
    const [call] = await openOf(centre.desk, centre);
    const unhappy = { ...fine, verdict: 'not-acceptable', lacking: '没擦地，请打 13800001234' };
    await record(centre.desk, centre, call, { ...unhappy, channel: 'phone', reason: '住户出差' });
    const sign = (person: Person, act: 'hand-over' | 'acknowledge') =>
      person.post(`${path}/follow-ups/analysis/${act}`, { month });
    expect((await sign(centre.supervisor, 'hand-over')).body.code).toBe('follow-up.month_running');

    house.house.time.moveTo(atWallTime(exportByOf(month, 11), '09:00:00'));
    for (const person of [centre.supervisor, centre.manager, centre.desk]) await person.signIn();
    expect((await analysisOf(centre, month)).handOver).toEqual({
      dueOn: exportByOf(month, 10),
      handed: null,
      acknowledged: null,
    });
    expect((await sign(centre.manager, 'acknowledge')).body.code).toBe('follow-up.report_not_handed');
    expect((await sign(centre.desk, 'hand-over')).status).toBe(403);
    expect((await sign(centre.manager, 'hand-over')).status).toBe(403);
    const handed = await sign(centre.supervisor, 'hand-over');
    expect(handed.status, JSON.stringify(handed.body)).toBe(200);
    expect(handed.body.handOver.handed).toMatchObject({ by: { name: '苏文' } });
    expect((await sign(centre.supervisor, 'hand-over')).body.code).toBe('follow-up.report_handed');
    await house.tick();
    const bell = (await centre.manager.get('/notifications')).body.items;
    expect(bell).toContainEqual(expect.objectContaining({ kind: 'follow-up-report' }));

    // Asked about again afterwards: the report is of that day, and what was said is read where it can be erased.
    await house.asOwner(`update follow_ups set verdict = 'acceptable' where id = '${call.id}'`);
    const kept = await analysisOf(centre, month);
    expect(rateOf(kept, 'acceptable')).toMatchObject({ numerator: 0, denominator: 1 });
    expect(kept.failed).toMatchObject([{ case: { id: repair.id }, lacking: '没擦地，请打 138****1234' }]);
    const [stored] = await house.asOwner(
      `select content::text as text from follow_up_reports where community_id = '${centre.community.id}'`,
    );
    expect(stored.text).not.toContain('没擦地');

    const both = await house.person(['cs_supervisor', 'manager'], centre.community, '身兼两职');
    await house.asOwner(`update follow_up_reports set handed_by = '${both.id}'`);
    expect((await sign(both, 'acknowledge')).body.code).toBe('follow-up.own_report');
    const signed = await sign(centre.manager, 'acknowledge');
    expect(signed.body.handOver.acknowledged).toMatchObject({ by: { name: '沈立' } });
    expect((await sign(centre.manager, 'acknowledge')).body.code).toBe('follow-up.report_acknowledged');
  });

  it('goes out as a workbook: the list, the rates with their cases, what failed and what comes again', async () => {
    const centre = await openCentre(house);
    const other = await unitIn(centre.desk, centre.community, '=1+1', '4');
    await finishRepair(house, centre, { unitId: other });
    const answer = await centre.supervisor.open(`${centre.community.path}/follow-ups/export?month=${monthOf(now())}`);
    expect(answer.status).toBe(200);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
      `回访月报-${monthOf(now())}.xlsx`,
    );
    const file = join(tmpdir(), `${newId()}.xlsx`);
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const book = new ExcelJs.Workbook();
    await book.xlsx.readFile(file);
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual([
      '回访清单',
      '比率',
      '回访比例',
      '不认可和未联系上',
      '反复发生',
    ]);
    const list = book.getWorksheet('回访清单');
    expect(list?.getRow(3).getCell(1).text).toMatch(/^HF-\d{4}-\d{6}$/);
    expect(list?.getRow(3).getCell(6).text).toBe('陈先生');
    const rates = book.getWorksheet('比率');
    expect(rates?.getRow(4).getCell(2).text).toBe('回访率');
    expect(rates?.getRow(4).getCell(9).text).toMatch(/^BX-/);
    expect((await centre.desk.open(`${centre.community.path}/follow-ups/export?month=${monthOf(now())}`)).status).toBe(
      403,
    );
  });
});
