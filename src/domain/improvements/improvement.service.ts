// Improvements 改进措施 kept and tracked: given by a visit or a survey, reported done, confirmed or sent back.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, notFound, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { accountNames, listPostHolders } from '../access/account.service.ts';
import { type Call, effect, type InputOf, reachOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  type Improvement,
  type ImprovementBody,
  type ImprovementMove,
  type ImprovementNoun,
  improvementMoves,
  type improvementRoutes,
} from './improvement.contract.ts';
import { type Asker, improvementFaults, isOverdue, refusalOf, warnUntil } from './improvement.rules.ts';
import {
  findImprovement,
  type ImprovementRow,
  insertImprovements,
  listCommunitiesWithOpenImprovements,
  listImprovementRows,
  listImprovementsOf,
  takeUnwarned,
  updateImprovement,
} from './improvement.store.ts';

type Input<Name extends keyof typeof improvementRoutes> = InputOf<(typeof improvementRoutes)[Name]>;

const askerOf = (call: Call): Asker => ({
  accountId: call.actor.accountId,
  isLeader: reachOf(call, 'improvement.settle') !== null,
});

// ── for visits and surveys ──────────────────────────────────────────────────────────────────────────

/** Faults of a list, with the paths as the form sent them; nothing where all is well. */
export async function checkImprovements(tx: Tx, call: Call, given: readonly ImprovementBody[], path = 'improvements') {
  if (given.length === 0) return [];
  const staffIds = new Set(
    (await listPostHolders(tx, call.communityId))
      .filter((one) => one.role !== 'resident' && one.role !== 'contractor')
      .map((one) => one.accountId),
  );
  return improvementFaults(given, { today: dayOf(call.now), staffIds }, path);
}

/** Kept in the caller's transaction; their owners are told. */
export async function addImprovements(
  tx: Tx,
  call: Call,
  from: { noun: ImprovementNoun; nounId: string },
  given: readonly ImprovementBody[],
): Promise<void> {
  if (given.length === 0) return;
  const rows = given.map(({ text, ownerId, dueOn }) => ({
    ...from,
    id: newId(),
    text,
    ownerId,
    dueOn,
    state: 'open' as const,
    madeBy: call.actor.accountId,
    madeAt: call.now,
  }));
  await insertImprovements(tx, call.communityId, rows);
  for (const row of rows) {
    await record(tx, call, {
      action: 'improvement.give',
      noun: 'improvement',
      nounId: row.id,
      changed: { owner: [null, row.ownerId], dueOn: [null, row.dueOn] },
    });
    if (row.ownerId !== call.actor.accountId) await tell(tx, call, row, 'improvement-given');
  }
}

export async function improvementsOf(
  tx: Tx,
  call: Call,
  noun: ImprovementNoun,
  nounIds: readonly string[],
): Promise<Map<string, Improvement[]>> {
  const found = new Map<string, Improvement[]>();
  for (const one of await shape(tx, call, await listImprovementsOf(tx, call.communityId, noun, nounIds)))
    found.set(one.nounId, [...(found.get(one.nounId) ?? []), one]);
  return found;
}

// ── asked and moved ─────────────────────────────────────────────────────────────────────────────────

export const listImprovements = (call: Call, { query }: Input<'listImprovements'>) =>
  readIn(call, async (tx) => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (after !== null && (typeof after[0] !== 'string' || typeof after[1] !== 'string'))
      throw badField('cursor', 'not_a_cursor');
    const rows = await listImprovementRows(
      tx,
      call.communityId,
      {
        state: query.state,
        ownerId: query.owner === 'me' ? call.actor.accountId : query.owner,
        noun: query.noun,
        nounId: query.nounId,
        overdueOn: query.overdue === 'true' ? dayOf(call.now) : undefined,
        ownOf: call.breadth === 'community' ? undefined : call.actor.accountId,
      },
      { after: after as readonly [Day, string] | null, limit: query.limit },
    );
    const page = pageOf(
      rows,
      query.limit,
      (row) => [row.dueOn, row.id],
      (row) => row,
    );
    return { items: await shape(tx, call, page.items), nextCursor: page.nextCursor };
  });

export const readImprovement = (call: Call, { params }: { params: { id: string } }): Promise<Improvement> =>
  readIn(call, async (tx) => {
    const row = await findImprovement(tx, call.communityId, params.id);
    const [shown] = row && isSeen(call, row) ? await shape(tx, call, [row]) : [];
    if (!shown) throw notFound('improvement');
    return shown;
  });

const isSeen = (call: Call, row: ImprovementRow): boolean =>
  reachOf(call, 'improvement.read') === 'community' ||
  row.ownerId === call.actor.accountId ||
  row.madeBy === call.actor.accountId;

export const completeImprovement = (call: Call, { params, body }: Input<'completeImprovement'>) =>
  move(call, params.id, 'complete', body.version, () => ({
    state: 'done',
    doneAt: call.now,
    doneBy: call.actor.accountId,
    result: body.result,
    remark: null,
  }));

export const confirmImprovement = (call: Call, { params, body }: Input<'confirmImprovement'>) =>
  move(call, params.id, 'confirm', body.version, () => ({
    state: 'confirmed',
    settledAt: call.now,
    settledBy: call.actor.accountId,
  }));

export const returnImprovement = (call: Call, { params, body }: Input<'returnImprovement'>) =>
  move(
    call,
    params.id,
    'return',
    body.version,
    (row) => {
      const dueOn = body.dueOn ?? row.dueOn;
      // Sent back to a day already gone, it would be late the moment it is handed over.
      if (dueOn < dayOf(call.now)) throw new BadInput([{ path: 'dueOn', code: 'day_gone' }]);
      return { state: 'open', remark: body.remark, dueOn };
    },
    'improvement-returned',
  );

export const dropImprovement = (call: Call, { params, body }: Input<'dropImprovement'>) =>
  move(call, params.id, 'drop', body.version, () => ({
    state: 'dropped',
    remark: body.remark,
    settledAt: call.now,
    settledBy: call.actor.accountId,
  }));

async function move(
  call: Call,
  id: string,
  name: ImprovementMove,
  seen: number | undefined,
  change: (row: ImprovementRow) => Parameters<typeof updateImprovement>[3],
  tells?: 'improvement-returned',
): Promise<Improvement> {
  await effect(call, id, async (tx) => {
    const row = await findImprovement(tx, call.communityId, id, true);
    if (!row || !isSeen(call, row)) throw notFound('improvement');
    const version = seen ?? call.ifMatch;
    if (version === null || version === undefined) throw badField('version', 'required');
    const refused = refusalOf(row, askerOf(call), name);
    if (refused?.status === 403) throw refused;
    if (version !== row.version) throw staleVersion(row.version);
    if (refused) throw refused;
    const after = change(row);
    await updateImprovement(tx, call.communityId, id, after);
    await record(tx, call, {
      action: `improvement.${name}`,
      noun: 'improvement',
      nounId: id,
      changed: { state: [row.state, after.state ?? row.state], version: [row.version, row.version + 1] },
    });
    if (tells) await tell(tx, call, { ...row, ...after }, tells);
  });
  return readImprovement(call, { params: { id } });
}

const tell = (
  tx: Tx,
  call: Call,
  row: { id: string; ownerId: string; dueOn: Day },
  kind: 'improvement-given' | 'improvement-returned',
) =>
  notify(tx, {
    communityId: call.communityId,
    kind,
    facts: { improvementId: row.id, dueOn: row.dueOn },
    to: [{ staffId: row.ownerId }],
    channel: 'bell',
    thing: `${kind}:${row.id}`,
    now: call.now,
  });

async function shape(tx: Tx, call: Call, rows: readonly ImprovementRow[]): Promise<Improvement[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.ownerId, row.madeBy, row.doneBy, row.settledBy]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const [today, asker] = [dayOf(call.now), askerOf(call)];
  return rows.map((row) => ({
    id: row.id,
    communityId: call.communityId,
    noun: row.noun,
    nounId: row.nounId,
    text: row.text,
    owner: person(row.ownerId),
    dueOn: row.dueOn,
    isOverdue: isOverdue(row, today),
    state: row.state,
    madeBy: person(row.madeBy),
    madeAt: row.madeAt,
    done:
      row.doneAt === null || row.doneBy === null
        ? null
        : { by: person(row.doneBy), at: row.doneAt, result: row.result ?? '' },
    settled: row.settledAt === null || row.settledBy === null ? null : { by: person(row.settledBy), at: row.settledAt },
    remark: row.remark,
    moves: improvementMoves.map((name) => {
      const refused = refusalOf(row, asker, name);
      return refused === null ? { name, allowed: true } : { name, allowed: false, reason: refused.code };
    }),
    version: row.version,
  }));
}

/** Tells owners in time, once for each due day (FU7, FU8). Answers how many were told. */
export async function warnOfImprovements(house: House): Promise<number> {
  const now = house.time.now();
  let told = 0;
  for (const communityId of await house.database.everywhere(listCommunitiesWithOpenImprovements))
    told += await house.database.write([communityId], async (tx) => {
      const { daysBefore } = (await standardInForce(tx, communityId)).document.followUp.improvementWarning.value;
      const rows = await takeUnwarned(tx, communityId, warnUntil(dayOf(now), daysBefore));
      for (const row of rows)
        await notify(tx, {
          communityId,
          kind: 'improvement-due',
          facts: { improvementId: row.id, dueOn: row.dueOn, isOverdue: row.dueOn < dayOf(now) },
          to: [{ staffId: row.ownerId }],
          channel: 'bell',
          thing: `improvement-due:${row.id}`,
          now,
        });
      return rows.length;
    });
  if (told > 0) house.committed();
  return told;
}
