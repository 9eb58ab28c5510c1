// Price lists 收费标准: read, drafted, submitted, approved; and the prices of a day, for whoever quotes (RP5).
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, notFound, Refusal } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { type Call, effect, reachOf, readIn } from '../access/call.ts';
import {
  type ApprovalSubject,
  type Ended,
  endSubject,
  moveSubject,
  openApproval,
} from '../approvals/approval.service.ts';
import { record } from '../audit/audit.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  type PriceItem,
  type PriceList,
  type PriceListMove,
  type PriceListState,
  priceItemSchema,
} from './price-list.contract.ts';
import {
  allowedPriceListMoves,
  compareItems,
  decidePriceListMove,
  itemFaults,
  type PriceListAsk,
  phaseOf,
} from './price-list.rules.ts';
import {
  findListInForce,
  findPriceListRow,
  insertPriceList,
  listDecidedLists,
  listPriceListRows,
  listSubmittedLists,
  namesOf,
  nextNumber,
  type PriceListRow,
  updatePriceList,
} from './price-list.store.ts';
import { askedInWords } from './price-list.words.ts';

const sampleSchema = z.object({ items: z.array(priceItemSchema.omit({ id: true })) });
let sampleFolder = '';

/** Where the sample list that ships with the product lies. */
export function linkSampleList(folder: string): void {
  sampleFolder = folder;
}

/** A new community starts with the sample, to be replaced by its own: a list with prices beats an empty page. */
export async function adoptSampleList(
  tx: Tx,
  communityId: string,
  accountId: string | null,
  at: Instant,
  inForceOn: Day = dayOf(at),
): Promise<void> {
  const sample = sampleSchema.parse(JSON.parse(readFileSync(`${sampleFolder}/prices.json`, 'utf8')));
  await insertPriceList(tx, communityId, {
    id: newId(),
    number: 1,
    state: 'approved',
    items: sample.items.map((item) => ({ id: newId(), ...item })),
    note: '',
    createdBy: accountId,
    createdAt: at,
    inForceOn,
    decidedAt: at,
  });
}

/** The items in force on a day, by id. */
export async function pricesOn(tx: Tx, communityId: string, on: Day): Promise<ReadonlyMap<string, PriceItem>> {
  const list = await findListInForce(tx, communityId, on);
  return new Map((list?.items ?? []).map((item) => [item.id, item]));
}

export const readPriceList = (call: Call, on: Day = dayOf(call.now)) =>
  readIn(call, async (tx) => {
    const list = await findListInForce(tx, call.communityId, on);
    return {
      id: list?.id ?? null,
      number: list?.number ?? null,
      inForceOn: list?.inForceOn ?? null,
      items: list?.items ?? [],
    };
  });

async function askOf(tx: Tx, call: Call): Promise<PriceListAsk & { inForceId: string | null }> {
  const inForce = await findListInForce(tx, call.communityId, dayOf(call.now));
  return {
    actorId: call.actor.accountId,
    may: { edit: reachOf(call, 'price-list.edit') !== null, approve: reachOf(call, 'price-list.approve') !== null },
    itemsInForce: inForce?.items ?? [],
    inForceId: inForce?.id ?? null,
  };
}

export async function readPriceLists(call: Call) {
  return readIn(call, async (tx) => {
    const rows = await listPriceListRows(tx, call.communityId);
    const { inForceId } = await askOf(tx, call);
    const names = await namesOf(
      tx,
      rows.flatMap((row) => [row.createdBy, row.decidedBy]),
    );
    return { items: rows.map((row) => shape(call, row, names, inForceId)), nextCursor: null };
  });
}

export async function readPriceListVersion(call: Call, id: string): Promise<PriceList> {
  return readIn(call, async (tx) => {
    const row = await findPriceListRow(tx, call.communityId, id);
    if (!row) throw notFound('price-list');
    const ask = await askOf(tx, call);
    return {
      ...shape(call, row, await namesOf(tx, [row.createdBy, row.decidedBy]), ask.inForceId),
      items: row.items,
      changes: compareItems(ask.itemsInForce, row.items),
      moves: allowedPriceListMoves(row, ask),
    };
  });
}

function shape(
  call: Call,
  row: Omit<PriceListRow, 'items'>,
  names: Map<string, string>,
  inForceId: string | null,
): Omit<PriceList, 'items' | 'changes' | 'moves'> {
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  const { number, inForceOn, note, remark, createdAt, submittedAt, decidedAt, version } = row;
  return {
    id: row.id,
    communityId: call.communityId,
    number,
    phase: phaseOf(row, inForceId, dayOf(call.now)),
    inForceOn,
    note,
    remark,
    createdBy: person(row.createdBy),
    createdAt,
    submittedAt,
    decidedBy: person(row.decidedBy),
    decidedAt,
    version,
  };
}

async function checkItems(tx: Tx, call: Call, items: readonly PriceItem[]): Promise<void> {
  const { document } = await standardInForce(tx, call.communityId);
  const faults = itemFaults(
    items,
    document.repair.categories.map((category) => category.code),
  );
  if (faults.length > 0) throw new BadInput(faults);
}

export async function createPriceList(call: Call, body: { items: PriceItem[]; note: string }): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    await checkItems(tx, call, body.items);
    const number = await nextNumber(tx, call.communityId);
    if (number === null) throw new Refusal('price-list.open_version');
    await insertPriceList(tx, call.communityId, {
      id,
      number,
      state: 'draft',
      items: body.items,
      note: body.note,
      createdBy: call.actor.accountId,
      createdAt: call.now,
    });
    await record(tx, call, { action: 'price-list.create', noun: 'price-list', nounId: id, changed: {} });
  });
}

export type PriceListInput = {
  version?: number | undefined;
  items?: PriceItem[];
  note?: string;
  inForceOn?: Day;
  remark?: string;
};

export async function movePriceList(
  call: Call,
  id: string,
  name: PriceListMove,
  input: PriceListInput,
): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await findPriceListRow(tx, call.communityId, id, true);
    if (!row) throw notFound('price-list');
    const ask = await askOf(tx, call);
    const next = decidePriceListMove(name, row, ask, input.version ?? call.ifMatch ?? undefined);
    if (name === 'amend') await checkItems(tx, call, input.items ?? []);
    if (name === 'approve') checkDay(call, input.inForceOn ?? '');
    const state = await askOrDecide(tx, call, row, { name, next, input, itemsInForce: ask.itemsInForce });
    const isApproved = state === 'approved';
    await updatePriceList(tx, call.communityId, id, {
      state,
      version: row.version + 1,
      ...(name === 'amend' ? { items: input.items ?? [], note: input.note ?? '' } : {}),
      ...(name === 'submit' ? { submittedAt: call.now, remark: '' } : {}),
      ...(isApproved
        ? { inForceOn: input.inForceOn ?? null, decidedBy: call.actor.accountId, decidedAt: call.now }
        : {}),
      ...(name === 'return' ? { remark: input.remark ?? '' } : {}),
    });
    await record(tx, call, {
      action: `price-list.${name}`,
      noun: 'price-list',
      nounId: id,
      changed: {
        state: [row.state, state],
        ...(isApproved && input.inForceOn ? { inForceOn: [null, input.inForceOn] } : {}),
      },
    });
  });
}

// Approved for a day that is over would change quotes already given.
function checkDay(call: Call, inForceOn: Day): void {
  if (inForceOn < dayOf(call.now)) throw badField('inForceOn', 'in_the_past');
}

/** What the move means for the approval; answers the list's state, which waits where a further step has to say yes. */
async function askOrDecide(
  tx: Tx,
  call: Call,
  row: PriceListRow,
  move: { name: PriceListMove; next: PriceListState; input: PriceListInput; itemsInForce: readonly PriceItem[] },
): Promise<PriceListState> {
  const { name, next, input } = move;
  const of = { kind: 'price-list', subjectId: row.id } as const;
  if (name === 'submit')
    await openApproval(tx, call, {
      ...of,
      facts: { number: row.number, changes: compareItems(move.itemsInForce, row.items).length },
      reason: row.note,
      barredIds: row.createdBy === null ? [] : [row.createdBy],
    });
  if (name === 'withdraw') await endSubject(tx, call, of);
  if (name !== 'approve' && name !== 'return') return next;
  const ended = await moveSubject(tx, call, of, name, input);
  return ended === null ? row.state : next;
}

/** The price list as a subject of approvals: decided there, it moves here in the same transaction. */
export const priceListApprovals: ApprovalSubject = {
  kind: 'price-list',
  takesDay: true,
  describe: (facts, id) => ({ ...askedInWords(facts), page: `price-list?version=${id}` }),
  lock: async (tx, communityId, id) => {
    await findPriceListRow(tx, communityId, id, true);
  },
  ended: async (tx, call, ended) => {
    const row = await findPriceListRow(tx, call.communityId, ended.subjectId, true);
    if (row?.state !== 'submitted') return;
    const change = changeBy(call, ended);
    await updatePriceList(tx, call.communityId, row.id, { ...change, version: row.version + 1 });
    await record(tx, call, {
      action: `price-list.${ended.outcome}`,
      noun: 'price-list',
      nounId: row.id,
      changed: { state: [row.state, change.state] },
    });
  },
  listWaiting: listSubmittedLists,
  listMoved: listDecidedLists,
};

/** A yes counts from the day it names, else from tomorrow; anything else gives the draft back with the remark. */
function changeBy(call: Call, { outcome, inForceOn, byId, remark }: Ended) {
  if (outcome !== 'approved') return { state: 'draft' as const, remark };
  const day = inForceOn ?? plusDays(dayOf(call.now), 1);
  checkDay(call, day);
  return { state: 'approved' as const, inForceOn: day, decidedBy: byId, decidedAt: call.now };
}
