// A firm's scorecard over HTTP: figures that open to their lists, minutes that sum, and whose rework it was.
import { describe, expect, it } from 'vitest';
import { type Person, useHouse } from '../../../tests/house.ts';
import { newId } from '../../kernel/id.ts';

const startAt = '2026-11-26T02:00:00.000Z';

describe('the scorecard of a contractor', () => {
  const house = useHouse({ startAt });

  async function town() {
    const community = await house.community();
    const desk = await house.person('front_desk', community, '林小满');
    const engineer = await house.person('engineering_supervisor', community, '刘建国');
    const firms = [];
    for (const name of ['固盾防水', '宏业建设']) {
      const account = await house.person('contractor', community, name);
      const { body } = await engineer.post(`${community.path}/contractors`, {
        name,
        trades: ['walls-roof'],
        activeFrom: '2024-01-01',
        people: [{ name, accountId: account.id }],
      });
      firms.push({ account, id: body.id as string });
    }
    return { community, desk, engineer, firms: firms as [Firm, Firm] };
  }
  type Firm = { account: Person; id: string };

  async function lived(
    at: { community: { path: string }; desk: Person },
    firm: Firm,
    satisfied: boolean,
  ): Promise<{ id: string; version: number }> {
    const made = await at.desk.post(`${at.community.path}/repairs`, {
      place: '3栋屋面',
      category: 'walls-roof',
      urgency: 'major',
      agreedAt: '2026-12-20T02:00:00.000Z',
      description: '屋面渗水',
      channel: 'phone',
    });
    return finished(at, firm, made.body, satisfied);
  }

  async function finished(
    at: { community: { path: string }; desk: Person },
    firm: Firm,
    { id, version: first }: { id: string; version: number },
    satisfied: boolean,
  ) {
    let version = first;
    const path = `${at.community.path}/repairs/${id}`;
    const steps: [Person, string, object][] = [
      [at.desk, 'dispatch', { contractorId: firm.id }],
      [firm.account, 'accept', {}],
      [firm.account, 'arrive', {}],
      [firm.account, 'finish', { result: '已修', materials: [] }],
      [firm.account, 'sign', { absent: true, reason: '公共部位', satisfied }],
    ];
    for (const [who, move, body] of steps) {
      const answer = await who.post(`${path}/${move}`, { version, ...body });
      expect(answer.status, `${move} ${JSON.stringify(answer.body)}`).toBe(200);
      version = answer.body.version;
    }
    return { id, version };
  }

  it('counts orders, promises, rework and satisfaction, each figure opening to its own list', async () => {
    const at = await town();
    const [good, poor] = at.firms;
    await lived(at, good, true);
    const bad = await lived(at, poor, false);
    // Mended by the other firm: the rework stays with the one whose work it was.
    const again = await at.desk.post(`${at.community.path}/repairs/${bad.id}/rework`, {
      version: bad.version,
      reason: '又渗水了',
    });
    const dated = await at.desk.post(`${at.community.path}/repairs/${bad.id}/amend`, {
      version: again.body.version,
      agreedAt: '2026-12-22T02:00:00.000Z',
    });
    await finished(at, good, { id: bad.id, version: dated.body.version }, true);
    await house.tick();

    // Asked about the second firm's work, the first one's having been sent back before anybody called: whose it was.
    const supervisor = await house.person('cs_supervisor', at.community);
    const [call] = (await supervisor.get(`${at.community.path}/follow-ups?caseId=${bad.id}&state=open`)).body.items;
    const called = await supervisor.post(`${at.community.path}/follow-ups/${call.id}/record`, {
      version: call.version,
      verdict: 'acceptable',
      quality: 3,
      effect: 3,
      satisfaction: 3,
      channel: 'phone',
      reason: '公共部位',
    });
    expect(called.status, JSON.stringify(called.body)).toBe(200);
    await house.tick();

    const path = `${at.community.path}/contractor-scorecards`;
    const cards = (await at.engineer.get(`${path}?month=2026-11`)).body.items;
    const of = (firm: Firm) => cards.find((one: { contractor: { id: string } }) => one.contractor.id === firm.id);
    expect(of(good).figures).toMatchObject({ orders: 2, done: 2, rework: 0, told: 2, 'told-late': 0, asked: 2 });
    expect(of(good).figures).toMatchObject({ 'followed-up': 1, 'followed-up-low': 1 });
    expect(of(poor).figures).toMatchObject({ orders: 1, rework: 1, 'followed-up': 0 });
    const rated = await at.engineer.get(`${path}/${good.id}/cases?month=2026-11&figure=followed-up-low`);
    expect(rated.body.items).toMatchObject([{ id: bad.id, followUpSatisfaction: 3, satisfied: true }]);
    for (const firm of at.firms) {
      const card = of(firm);
      const sum = Object.values(card.minutes as Record<string, number>).reduce((total, one) => total + one, 0);
      expect(sum).toBe(card.totalMinutes);
      for (const [figure, count] of Object.entries(card.figures)) {
        const list = await at.engineer.get(`${path}/${firm.id}/cases?month=2026-11&figure=${figure}`);
        expect(list.body.items, figure).toHaveLength(count as number);
      }
    }
    expect((await at.engineer.get(`${path}?month=2026-10`)).body.items[0].figures.orders).toBe(0);
  });

  it('is not for the desk, nor for the contractors, and asks for a month that there is', async () => {
    const { community, desk, engineer, firms } = await town();
    const path = `${community.path}/contractor-scorecards`;
    expect((await desk.get(`${path}?month=2026-11`)).status).toBe(403);
    expect((await firms[0].account.get(`${path}?month=2026-11`)).status).toBe(403);
    for (const month of ['2026-13', '26-11', '', '2027-01'])
      expect((await engineer.get(`${path}?month=${month}`)).status, month).toBe(422);
    expect((await engineer.get(`${path}/${newId()}/cases?month=2026-11`)).status).toBe(404);
    expect((await engineer.get(`${path}/${firms[0].id}/cases?month=2026-11&figure=luck`)).status).toBe(422);
  });
});
