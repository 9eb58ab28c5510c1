// Billing runs 出账 (MN2): previewed, submitted, approved by another person, posted once; every line explains itself.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField, notFound, Refusal, StaleVersion } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, type InputOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { countUnits } from './billing-facts.store.ts';
import type { RunLine } from './billing-lines.rules.ts';
import type { BillingRunMove, BillingRunView, billingRunRoutes, RunLineView } from './billing-run.contract.ts';
import { billingRunBlocker, billingRunMoveTable, decideBillingRunMove } from './billing-run.rules.ts';
import {
  findRun,
  insertRun,
  listAccountNames,
  listDetailsOf,
  listPartyNames,
  listRuns,
  listShownLines,
  type RunRow,
  updateRun,
} from './billing-run.store.ts';
import { isSameDigest, workOnRun } from './billing-work.service.ts';
import type { ChargeDetail, Payer } from './charge.contract.ts';
import { chargeInWords, computeFaultInWords, differenceInWords } from './charge.words.ts';
import { differenceOf } from './charge-difference.rules.ts';
import { type ItemRow, listItemRows } from './charge-item.store.ts';
import { formulaNames } from './formula.words.ts';
import { lateFeeFen } from './late-fee.rules.ts';
import { lateFeeInWords } from './late-fee.words.ts';
import { lastMonthOf } from './unit-charges.rules.ts';

type Input<Name extends keyof typeof billingRunRoutes> = InputOf<(typeof billingRunRoutes)[Name]>;

const peoplesMoves = ['submit', 'approve', 'post', 'abandon'] as const;

/** Small communities have their preview in the answer; a large one goes on behind it. */
const previewWithinMs = 8_000;

async function shaped(tx: Tx, call: Call, rows: readonly RunRow[]): Promise<BillingRunView[]> {
  const names = await listAccountNames(
    tx,
    rows.flatMap((row) => [row.createdBy, row.submittedBy, row.approvedBy, row.postBy, row.abandonedBy]),
  );
  const items = new Map((await listItemRows(tx, call.communityId)).map((item) => [item.id, item]));
  return Promise.all(
    rows.map(async (row): Promise<BillingRunView> => {
      const step = (by: string | null, at: string | null) =>
        at === null ? null : { by: by === null ? null : { id: by, name: names.get(by) ?? '' }, at };
      const { id, month, itemIds, state, units, charges, fen, lastFen, odd, notComputed, alreadyPosted, reason } = row;
      const isComputed = row.computedAt !== null;
      return {
        ...{ id, month, itemIds, state, units, charges, fen, lastFen, odd, notComputed, alreadyPosted, reason },
        communityId: call.communityId,
        isComputed,
        progress: isComputed ? { done: row.postedCharges, of: charges } : { done: row.computedUnits, of: units },
        differenceFen: fen - lastFen,
        totals: row.totals.map((total) => ({
          ...total,
          name: items.get(total.itemId)?.name ?? '',
          differenceFen: total.fen - total.lastFen,
        })),
        created: step(row.createdBy, row.createdAt),
        submitted: step(row.submittedBy, row.submittedAt),
        approved: step(row.approvedBy, row.approvedAt),
        postingSince: step(row.postBy, row.postAt),
        postedAt: row.postedAt,
        abandoned: step(row.abandonedBy, row.abandonedAt),
        moves: await movesOf(tx, call, row),
        version: row.version,
      };
    }),
  );
}

const factsOf = (row: RunRow, isSame: boolean) => ({
  state: row.state,
  submittedById: row.submittedBy,
  previewDigest: row.digest,
  currentDigest: isSame ? row.digest : '',
  notComputed: row.notComputed,
});
const actorOf = (call: Call) => ({ id: call.actor.accountId, roles: call.roles });

/** What stands in the way of a move beyond the table: a preview that is not done, or that has nothing in it. */
function computingBlocker(name: BillingRunMove, row: RunRow): Refusal | null {
  if (name === 'abandon') return null;
  if (row.computedAt === null) return new Refusal('billing-run.still_computing');
  return name === 'submit' && row.charges === 0 ? new Refusal('billing-run.nothing_to_post') : null;
}

/** The buttons; whether something changed since the preview is asked at the press, where a million units are read for it. */
async function movesOf(_tx: Tx, call: Call, row: RunRow): Promise<BillingRunView['moves']> {
  return peoplesMoves.flatMap((name) => {
    if (!billingRunMoveTable[name].from.includes(row.state)) return [];
    const refusal = billingRunBlocker(name, factsOf(row, true), actorOf(call)) ?? computingBlocker(name, row);
    if (refusal?.code === 'forbidden') return [];
    return [{ name, allowed: refusal === null, ...(refusal === null ? {} : { reason: refusal.code }) }];
  });
}

export const listBillingRuns = (call: Call, { query }: Input<'listBillingRuns'>) =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : (decodeCursor(query.cursor, 3) as [string, string, string]);
    const rows = await listRuns(tx, call.communityId, after, query.limit + 1);
    const page = pageOf(
      rows,
      query.limit,
      (row) => [row.month, row.createdAt, row.id],
      (row) => row,
    );
    return { items: await shaped(tx, call, page.items), nextCursor: page.nextCursor };
  });

async function readRun(call: Call, id: string): Promise<BillingRunView> {
  return readIn(call, async (tx) => {
    const row = await findRun(tx, call.communityId, id);
    if (!row) throw notFound('billing-run');
    const [view] = await shaped(tx, call, [row]);
    return view as BillingRunView;
  });
}
export const readBillingRun = (call: Call, { params }: Input<'readBillingRun'>) => readRun(call, params.id);

export async function createBillingRun(call: Call, { body }: Input<'createBillingRun'>): Promise<BillingRunView> {
  const { communityId } = call;
  const id = await effect(call, newId(), async (tx, made) => {
    const itemIds = [...new Set(body.items ?? [])];
    const known = new Set((await listItemRows(tx, communityId)).map((item) => item.id));
    const unknown = itemIds.findIndex((itemId) => !known.has(itemId));
    if (unknown >= 0) throw badField(`items.${unknown}`, 'unknown_item');
    if (known.size === 0) throw badField('items', 'no_charge_items');
    await insertRun(tx, communityId, {
      id: made,
      month: body.month,
      itemIds,
      createdBy: call.actor.accountId || null,
      createdAt: call.now,
      units: await countUnits(tx, communityId),
    });
    await record(tx, call, {
      action: 'billing-run.create',
      noun: 'billing-run',
      nounId: made,
      changed: { month: [null, body.month], items: [null, itemIds.length] },
    });
  });
  await workOnRun(call.house, communityId, id, previewWithinMs);
  return readRun(call, id);
}

async function move(
  call: Call,
  name: (typeof peoplesMoves)[number],
  id: string,
  body: { version?: number | undefined; reason?: string },
): Promise<BillingRunView> {
  await effect(call, id, async (tx) => {
    const row = await findRun(tx, call.communityId, id, 'wait');
    if (!row) throw notFound('billing-run');
    const seen = body.version ?? call.ifMatch;
    if (seen !== null && seen !== undefined && seen !== row.version) throw new StaleVersion(row.version);
    const needsSame = (name === 'approve' || name === 'post') && row.computedAt !== null;
    const isSame = !needsSame || (await isSameDigest(tx, call.communityId, row));
    const state = decideBillingRunMove(name, factsOf(row, isSame), actorOf(call));
    const blocker = computingBlocker(name, row);
    if (blocker) throw blocker;
    const [by, at] = [call.actor.accountId || null, call.now];
    const step = {
      submit: { submittedBy: by, submittedAt: at },
      approve: { approvedBy: by, approvedAt: at },
      post: { postBy: by, postAt: at },
      abandon: { abandonedBy: by, abandonedAt: at, reason: body.reason ?? '' },
    }[name];
    await updateRun(tx, call.communityId, id, { state, ...step });
    await tellOfMove(tx, call, name, row);
    await record(tx, call, {
      action: `billing-run.${name}`,
      noun: 'billing-run',
      nounId: id,
      changed: { state: [row.state, state] },
    });
  });
  return readRun(call, id);
}

/** MN2: the manager hears that a run waits for approval; who submitted it, how that ended, where somebody else ended it. */
async function tellOfMove(tx: Tx, call: Call, name: (typeof peoplesMoves)[number], row: RunRow): Promise<void> {
  const asker = row.submittedBy;
  const told =
    name === 'submit'
      ? ({ kind: 'billing-submitted', to: [{ role: 'manager' }], channel: 'loud' } as const)
      : name !== 'post' && asker !== null && asker !== call.actor.accountId
        ? ({
            kind: name === 'approve' ? 'billing-approved' : 'billing-abandoned',
            to: [{ staffId: asker }],
            channel: 'bell',
          } as const)
        : null;
  if (told === null) return;
  const { month, fen, units } = row;
  const of = { communityId: call.communityId, caseId: null, facts: { month, fen, units, runId: row.id } };
  await notify(tx, { ...of, kind: told.kind, to: [...told.to], channel: told.channel, thing: row.id, now: call.now });
}

export const submitBillingRun = (call: Call, { params, body }: Input<'submitBillingRun'>) =>
  move(call, 'submit', params.id, body);
export const approveBillingRun = (call: Call, { params, body }: Input<'approveBillingRun'>) =>
  move(call, 'approve', params.id, body);
/** The charges follow behind the answer; the timer takes the run up, here or after a start. */
export const postBillingRun = (call: Call, { params, body }: Input<'postBillingRun'>) =>
  move(call, 'post', params.id, body);
export const abandonBillingRun = (call: Call, { params, body }: Input<'abandonBillingRun'>) =>
  move(call, 'abandon', params.id, body);

// ── lines ───────────────────────────────────────────────────────────────────────────────────────────

/** The last charges of these places before a month, with their inputs. */
export async function lastDetailsOf(
  tx: Tx,
  communityId: string,
  month: string,
  places: readonly { unitId: string; itemId: string }[],
  items: ReadonlyMap<string, ItemRow>,
): Promise<(place: { unitId: string; itemId: string }) => ChargeDetail | null> {
  const found = new Map<string, ChargeDetail>();
  for (const itemId of new Set(places.map((place) => place.itemId))) {
    const item = items.get(itemId);
    if (!item) continue;
    const unitIds = places.flatMap((place) => (place.itemId === itemId ? [place.unitId] : []));
    const details = await listDetailsOf(tx, communityId, { month: lastMonthOf(item.months, month), itemId, unitIds });
    for (const [unitId, detail] of details) found.set(`${unitId} ${itemId}`, detail);
  }
  return ({ unitId, itemId }) => found.get(`${unitId} ${itemId}`) ?? null;
}

export const listRunLines = (call: Call, { params, query }: Input<'listRunLines'>) =>
  readIn(call, async (tx) => {
    const run = await findRun(tx, call.communityId, params.id);
    if (!run) throw notFound('billing-run');
    const { odd, itemId, q, limit } = query;
    const after = query.cursor === undefined ? null : (decodeCursor(query.cursor, 2) as [string, string]);
    const rows = await listShownLines(tx, call.communityId, run.id, { odd, itemId, q, after, limit: limit + 1 });
    const page = pageOf(
      rows,
      limit,
      (row) => [row.unitId, row.itemId],
      (row) => row,
    );
    const items = new Map((await listItemRows(tx, call.communityId)).map((item) => [item.id, item]));
    const lastOf = await lastDetailsOf(tx, call.communityId, run.month, page.items, items);
    const parties = await listPartyNames(
      tx,
      call.communityId,
      page.items.flatMap((row) => sharesOf(row).flatMap(({ payer }) => payer.partyId ?? [])),
    );
    return {
      items: page.items.map((row): RunLineView => {
        const item = items.get(row.itemId);
        const kind = item?.kind ?? 'other';
        return {
          unit: { id: row.unitId, label: row.unit },
          item: { id: row.itemId, name: item?.name ?? '', kind },
          ...{ fen: row.fen, lastFen: row.lastFen, odd: row.odd },
          explanation:
            row.detail === null
              ? (row.lateFees ?? []).flatMap(({ detail }) => lateFeeInWords(detail))
              : chargeInWords(row.detail, kind, formulaNames),
          difference:
            row.detail === null ? '' : differenceInWords(differenceOf(lastOf(row), row.detail, formulaNames), kind),
          shares: sharesOf(row).map(({ payer, amountFen }) => ({
            payer,
            name: payer.partyId === null ? '' : (parties.get(payer.partyId) ?? ''),
            amountFen,
          })),
          fault: row.fault === null ? null : faultOf(row.fault),
          isPosted: isPosted(run, row),
        };
      }),
      nextCursor: page.nextCursor,
    };
  });

const sharesOf = ({ detail, lateFees }: Pick<RunLine, 'detail' | 'lateFees'>): { payer: Payer; amountFen: number }[] =>
  detail?.shares ?? (lateFees ?? []).map((fee) => ({ payer: fee.payer, amountFen: lateFeeFen(fee.detail) }));

/** Lines are posted in their order, the two ids as text as the database has them. */
const isPosted = (run: RunRow, { unitId, itemId }: { unitId: string; itemId: string }): boolean =>
  run.postedUnit !== null &&
  run.postedItem !== null &&
  (unitId < run.postedUnit || (unitId === run.postedUnit && itemId <= run.postedItem));

const faultOf = (fault: NonNullable<RunLine['fault']>): string => computeFaultInWords(fault);
