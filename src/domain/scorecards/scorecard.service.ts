// Scorecards 维保单位考核: the orders of a month with their promises and charged minutes, summed for each firm.
import { badField, notFound } from '../../kernel/refusal.ts';
import { startOfDay } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, type InputOf, readIn } from '../access/call.ts';
import { addCharged, type Charged, nothingCharged } from '../clocks/charge.rules.ts';
import { viewClocks } from '../clocks/clock.service.ts';
import { listClocksOfCases } from '../clocks/clock.store.ts';
import { policyOf } from '../standards/standard.service.ts';
import { listContractorRows } from '../warranties/warranty.store.ts';
import type { ScorecardCase, scorecardRoutes } from './scorecard.contract.ts';
import { cardOf, isCounted, keptOf, type OrderFact } from './scorecard.rules.ts';
import { listOrders, type OrderRow } from './scorecard.store.ts';

type Input<Name extends keyof typeof scorecardRoutes> = InputOf<(typeof scorecardRoutes)[Name]>;
type Order = OrderRow & OrderFact;

function spanOf(month: string, call: Call): { from: string; until: string } {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
  const from = startOfDay(`${month}-01`);
  if (from > call.now) throw badField('month', 'in_the_future');
  return { from, until: startOfDay(`${next}-01`) };
}

async function loadOrders(tx: Tx, call: Call, month: string, contractorId?: string): Promise<Order[]> {
  const rows = await listOrders(tx, call.communityId, spanOf(month, call), contractorId);
  const clocks = await viewClocks(
    tx,
    call.communityId,
    await listClocksOfCases(
      tx,
      call.communityId,
      [...new Set(rows.map((row) => row.id))],
      ['contractor-told', 'on-site', 'complete'],
    ),
    (versionId) => policyOf(tx, call.communityId, versionId),
    call.now,
  );
  const byCase = new Map<string, typeof clocks>();
  for (const clock of clocks) byCase.set(clock.caseId, [...(byCase.get(clock.caseId) ?? []), clock]);
  return rows.map((row): Order => {
    const own = byCase.get(row.id) ?? [];
    return {
      ...row,
      told: keptOf(own, 'contractor-told', call.now),
      arrived: keptOf(own, 'on-site', call.now),
      finished: keptOf(own, 'complete', call.now),
      // The promise to finish runs from the report to the end: the one clock that all parties share.
      minutes: own
        .filter((clock) => clock.kind === 'complete')
        .reduce<Charged>((sum, clock) => addCharged(sum, clock.spentMinutesBy), nothingCharged),
    };
  });
}

export const listScorecards = (call: Call, { query }: Input<'listScorecards'>) =>
  readIn(call, async (tx) => {
    const orders = await loadOrders(tx, call, query.month);
    const firms = await listContractorRows(tx, call.communityId);
    return {
      items: firms.map(({ id, name }) => {
        const { minutes, totalMinutes, ...figures } = cardOf(orders.filter((order) => order.contractorId === id));
        return { contractor: { id, name }, month: query.month, figures, minutes, totalMinutes };
      }),
      nextCursor: null,
    };
  });

export const listScorecardCases = (call: Call, { params, query }: Input<'listScorecardCases'>) =>
  readIn(call, async (tx) => {
    const [firm] = await listContractorRows(tx, call.communityId, params.id);
    if (!firm) throw notFound('contractor');
    const orders = await loadOrders(tx, call, query.month, firm.id);
    const items: ScorecardCase[] = orders.filter((order) => isCounted(query.figure, order));
    return { items, nextCursor: null };
  });
