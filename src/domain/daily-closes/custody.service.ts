// Custody 保管 (MN8): what money and which blank receipts are in whose hands, and finance's surprise counts 突击盘点.
import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { lockDrawer } from '../ledger/ledger.store.ts';
import { standardInForce } from '../standards/standard.service.ts';
import { judgeCount } from './daily-close.rules.ts';
import { blanksJudged } from './daily-close.service.ts';
import { insertSurprise, listBlanks, listDrawers, listSurprises, type SurpriseRow } from './daily-close.store.ts';
import type { CreateSurprise, Custody, Surprise } from './daily-close-view.contract.ts';

export const readCustody = (call: Call): Promise<{ items: Custody }> =>
  readIn(call, async (tx) => {
    const drawers = await listDrawers(tx, call.communityId);
    const blanks = await listBlanks(tx, call.communityId);
    const surprises = await listSurprises(tx, call.communityId);
    const ids = [...new Set([...drawers.map((one) => one.cashierId), ...blanks.map((one) => one.holderId)])];
    const names = await accountNames(tx, ids);
    const items = ids.map((id) => {
      const own = drawers.filter(({ cashierId }) => cashierId === id);
      return {
        cashier: { id, name: names.get(id) ?? '' },
        drawer: own.map(({ method, fen }) => ({ method, fen })),
        since: own.map(({ since }) => since).sort()[0] ?? null,
        blankReceipts: blanks
          .filter(({ holderId }) => holderId === id)
          .map(({ bookId, series, next, to }) => ({ bookId, series, next, to })),
        lastSurprise: surprises.find(({ cashierId }) => cashierId === id)?.at ?? null,
      };
    });
    return { items: items.sort((a, b) => (a.cashier.name < b.cashier.name ? -1 : 1)) };
  });

const shapeSurprise = (row: SurpriseRow): Surprise => ({
  id: row.id,
  cashier: { id: row.cashierId, name: row.cashierName },
  at: row.at,
  lines: row.lines,
  blankReceipts: row.blankReceipts,
  note: row.note,
  inspectedBy: { id: row.inspectedBy, name: row.inspectorName },
});

export const readSurprises = (call: Call): Promise<{ items: Surprise[] }> =>
  readIn(call, async (tx) => ({ items: (await listSurprises(tx, call.communityId)).map(shapeSurprise) }));

export const readSurprise = (call: Call, id: string): Promise<Surprise> =>
  readIn(call, async (tx) => shapeSurprise((await listSurprises(tx, call.communityId, id))[0] as SurpriseRow));

/** Everything in the drawer against the books at this moment; a difference is noted, the next close names and posts it. */
export async function countBySurprise(call: Call, ask: CreateSurprise): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const { communityId, now } = call;
    const { cashierId, note, signature, ...count } = ask;
    const inspectedBy = call.actor.accountId;
    if (inspectedBy === cashierId) throw new Refusal('daily-close.same_person');
    await lockDrawer(tx, communityId, cashierId, true);
    const lines = await judged(tx, communityId, { cashierId, note, signature, count });
    const inHand = await listBlanks(tx, communityId, cashierId);
    const blankReceipts = blanksJudged(
      count.blankReceipts,
      inHand.map(({ bookId, series, next, to }) => ({ bookId, series, next, to })),
    );
    await insertSurprise(tx, communityId, {
      ...{ id, cashierId, at: now, lines, blankReceipts, note, inspectedBy, signature },
      ...{ cash: count.cash, slips: count.slips },
    });
    await record(tx, call, {
      action: 'daily-close.surprise',
      noun: 'surprise-count',
      nounId: id,
      changed: { cashierId: [null, cashierId] },
    });
  });
}

async function judged(
  tx: Tx,
  communityId: string,
  { cashierId, note, signature, count }: Pick<CreateSurprise, 'cashierId' | 'note' | 'signature'> & { count: Counted },
) {
  const drawer = await listDrawers(tx, communityId, cashierId);
  const books = Object.fromEntries(drawer.map(({ method, fen }) => [method, fen]));
  const faces = (await standardInForce(tx, communityId)).document.money.cashFaces.value;
  const methods = [...new Set([...Object.keys(books), ...count.slips.map(({ method }) => method), 'cash'])];
  // Why it differs is not asked on the spot: the note may say it.
  const differences = methods.map((method) => ({ method: method as never, reason: note === '' ? '-' : note }));
  return judgeCount({ ...count, differences, signature }, books, faces);
}
type Counted = Pick<CreateSurprise, 'cash' | 'slips' | 'blankReceipts'>;
