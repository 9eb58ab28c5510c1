// Deposits and waivers over HTTP (MN10, MN11), and what a repair costs at the counter (RP11).
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inBooks, owe, postingOf } from '../../../tests/books.ts';
import { finishRepair, openCentre } from '../../../tests/finished-repair.ts';
import { faultsOf, type Person, useHouse } from '../../../tests/house.ts';

const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });

async function counter() {
  const centre = await openCentre(house);
  const { community, desk, unitId } = centre;
  const [finance, cashier, headOffice] = await Promise.all([
    house.person('finance', community, '钱会计'),
    house.person('cashier', community, '赵敏'),
    house.person('head_office', community, '总部财务'),
  ]);
  const party = (await desk.post(`${community.path}/parties`, { name: '陈建国' })).body;
  const other = (await desk.post(`${community.path}/parties`, { name: '李四' })).body;
  await desk.post(`${community.path}/units/${unitId}/relations`, {
    partyId: party.id,
    relation: 'owner',
    fromOn: '2020-01-01',
  });
  for (const [at, person] of [cashier, desk].entries())
    await finance.post(`${community.path}/receipt-books`, {
      series: 'A',
      from: at * 100 + 1,
      to: at * 100 + 100,
      holderId: person.id,
    });
  const photo = async (person: Person): Promise<string> => {
    const form = new FormData();
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#468' } })
      .jpeg()
      .toBuffer();
    form.set('file', new File([picture], 'photo.jpg', { type: 'image/jpeg' }));
    return (await person.post(`${community.path}/attachments`, form)).body.id;
  };
  const posting = postingOf(house, community, finance.id);
  const owes = (amountFen: number) => inBooks(house, community, (tx) => owe(tx, posting, { unitId, amountFen }));
  return { ...centre, finance, cashier, headOffice, party, other, photo, owes };
}
describe('MN10: a deposit', () => {
  it('is taken with a receipt, kept in part with a reason and photos, and goes back to its payer once all is met', async () => {
    const { community, unitId, finance, cashier, party, other, photo, owes } = await counter();
    const ask = { unitId, kind: 'renovation-deposit', method: 'cash', amountFen: 200_000 };
    const at = (name: string, body: object, by = finance) =>
      by.post(`${community.path}/deposits/${taken.body.id}/${name}`, body);
    expect(faultsOf(await cashier.post(`${community.path}/deposits`, { ...ask, amountFen: 0 }))).toEqual([
      'amountFen amount_zero',
    ]);
    expect(faultsOf(await cashier.post(`${community.path}/deposits`, { ...ask, payerId: other.id }))).toEqual([
      'payerId unknown_payer',
    ]);
    const taken = await cashier.post(`${community.path}/deposits`, ask);
    expect(taken.status, JSON.stringify(taken.body)).toBe(201);
    expect(taken.body).toMatchObject({
      heldFen: 200_000,
      payer: { id: party.id, name: '陈建国' },
      obligationsOpen: ['renovation-not-accepted'],
      receipt: { code: 'A0000001', kind: 'deposit', payer: '陈建国', amountInCapitals: '贰仟元整' },
    });
    const held = await cashier.get(`${community.path}/deposits?held=true&unitId=${unitId}`);
    expect(held.body.heldFen).toBe(held.body.items[0].heldFen);
    expect((await cashier.get(`${community.path}/deposits?limit=1`)).body.heldFen).toBe(held.body.heldFen);
    expect(held.body.items).toHaveLength(1);
    expect(faultsOf(await at('deduct', { amountFen: 50_000, reason: '', photoIds: [] }))).toEqual([
      'reason required',
      'photoIds photos_required',
    ]);
    const photoIds = [await photo(finance)];
    const more = await at('deduct', { amountFen: 200_001, reason: '墙体破坏', photoIds });
    expect(more.body.code).toBe('ledger.more_than_held');
    const kept = await at('deduct', { amountFen: 50_000, reason: '墙体破坏', photoIds });
    expect([kept.status, kept.body.heldFen]).toEqual([200, 150_000]);
    const charge = await owes(10_000);
    const back = { amountFen: 150_000, payeeId: party.id, method: 'cash' };
    const early = await at('refund', back);
    expect(early.body).toMatchObject({
      code: 'deposit.obligations_open',
      facts: { obligations: ['renovation-not-accepted', 'charges-open'] },
    });
    expect(early.body.title).toContain('装修未验收、还有欠费');
    expect((await at('meet', { obligation: 'cards-not-returned' })).status).toBe(422);
    await at('meet', { obligation: 'renovation-not-accepted', reason: '现场验收合格' });
    // What is open is settled from the deposit itself, then the rest goes back.
    const settled = await at('deduct', {
      amountFen: 10_000,
      reason: '抵扣欠费',
      photoIds: [await photo(finance)],
      chargeId: charge,
    });
    expect(settled.body).toMatchObject({ heldFen: 140_000, obligationsOpen: [] });
    expect((await at('refund', { ...back, amountFen: 140_000, payeeId: other.id })).body.code).toBe(
      'deposit.not_payer',
    );
    expect((await at('refund', back)).body.code).toBe('ledger.more_than_held');
    expect((await at('refund', back, cashier)).status).toBe(403);
    const done = await at('refund', { ...back, amountFen: 140_000 });
    expect(done.body).toMatchObject({ heldFen: 0, events: [{}, {}, {}, { action: 'refund', amountFen: 140_000 }] });
    expect((await cashier.get(`${community.path}/deposits?held=true`)).body.items).toEqual([]);
  });
});

describe('MN11: a waiver', () => {
  it('takes the written approval and the general manager’s yes, stands as an entry of its own, and head office is told', async () => {
    const { community, unitId, finance, cashier, gm, manager, headOffice, photo, owes } = await counter();
    const chargeId = await owes(30_000);
    const ask = { chargeId, amountFen: 5000, reason: '漏水影响使用', attachmentIds: [] as string[] };
    const send = (body: object, by = finance) => by.post(`${community.path}/waivers`, body);
    expect((await send(ask)).body.code).toBe('waiver.paper_missing');
    const paper = { ...ask, attachmentIds: [await photo(finance)] };
    expect((await send({ ...paper, amountFen: 30_001 })).body.code).toBe('ledger.more_than_open');
    const asked = await send(paper);
    expect(asked.body).toMatchObject({ state: 'asked', amountFen: 5000, askedBy: { name: '钱会计' } });
    const approval = `${community.path}/approvals/${asked.body.approvalId}`;
    expect((await manager.post(`${approval}/approve`, { version: 1 })).body.code).toBe('approval.not_your_step');
    expect((await gm.post(`${approval}/approve`, { version: 1 })).status).toBe(200);
    const [granted] = (await cashier.get(`${community.path}/waivers?unitId=${unitId}`)).body.items;
    expect(granted).toMatchObject({ state: 'granted', decidedBy: { name: '高远' } });
    const due = (await cashier.get(`${community.path}/units/${unitId}/due`)).body;
    expect([due.balanceFen, due.charges[0].openFen]).toEqual([25_000, 25_000]);
    const [{ kinds }] = await house.asOwner(
      `select array_agg(kind order by kind) as kinds from ledger_entries where community_id = '${community.id}'`,
    );
    expect(kinds).toEqual(['charge', 'waiver']);
    const told = await house.asOwner(
      `select recipient_id from outbox where community_id = '${community.id}' and kind = 'waiver-granted'`,
    );
    expect(told.map((one) => one.recipient_id).sort()).toEqual([finance.id, headOffice.id].sort());
  });
});

describe('RP11: what a repair costs', () => {
  it('is owed from the end of the work, taken by the desk, and the order knows that it is paid or on the bill', {
    timeout: 120_000,
  }, async () => {
    const centre = await counter();
    const { community, desk, tech, cashier, unitId } = centre;
    const lines = [{ name: '更换角阀', quantity: 1, unitPriceFen: 8000, kind: 'labour' }];
    const priced = async () => {
      const made = await desk.post(`${community.path}/repairs`, {
        unitId,
        category: 'water',
        urgency: 'ordinary',
        description: '角阀漏水',
        channel: 'counter',
        readBack: true,
        contact: { name: '陈先生', phone: '13800001234' },
      });
      let { version } = made.body;
      const step = async (by: Person, name: string, body: object) => {
        const answer = await by.post(`${community.path}/repairs/${made.body.id}/${name}`, { version, ...body });
        expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBe(200);
        version = answer.body.version;
        return answer.body;
      };
      await step(desk, 'dispatch', { technicianId: tech.id });
      await step(tech, 'accept', {});
      await step(tech, 'arrive', {});
      await step(tech, 'quote', { lines, amountFen: 8000 });
      await step(tech, 'agree', { by: '陈先生' });
      return step(tech, 'finish', { result: '已更换', materials: [] });
    };
    const one = await priced();
    expect([one.chargedFen, one.settlement]).toEqual([8000, 'open']);
    const due = (await desk.get(`${community.path}/units/${unitId}/due`)).body;
    expect(due.charges).toMatchObject([
      { kind: 'repair', charge: '维修费', openFen: 8000, caseId: one.id, mayTake: true },
    ]);
    const paid = await desk.post(`${community.path}/payments`, {
      unitId,
      method: 'cash',
      amountFen: 8000,
      allocations: [{ chargeId: due.charges[0].chargeId, amountFen: 8000 }],
    });
    expect(paid.status, JSON.stringify(paid.body)).toBe(201);
    const settlementOf = async (id: string) => (await desk.get(`${community.path}/repairs/${id}`)).body.settlement;
    expect(await settlementOf(one.id)).toBe('paid');
    const two = await priced();
    const [charge] = (await cashier.get(`${community.path}/units/${unitId}/due`)).body.charges;
    expect((await tech.post(`${community.path}/charges/${charge.chargeId}/put-on-bill`)).status).toBe(403);
    expect((await desk.post(`${community.path}/charges/${charge.chargeId}/put-on-bill`)).status).toBe(200);
    expect(await settlementOf(two.id)).toBe('on-bill');
    // Free work owes nothing.
    const free = await finishRepair(house, centre);
    expect(free.settlement).toBe('none');
  });
});
