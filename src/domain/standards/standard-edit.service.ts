// Drafts of the service standard 服务标准: written, submitted, given back, and put in force on their day. The approval stands
// above and is handed over; what it decides comes back through `standardDecided`.
import { newId } from '../../kernel/id.ts';
import { BadInput, badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf, later, plusDays } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { type Call, effect, systemCall } from '../access/call.ts';
import { type AuditBy, record } from '../audit/audit.service.ts';
import { documentOf, standardBounds, standardInForce } from './standard.service.ts';
import {
  findInForceId,
  findStandardRow,
  insertStandard,
  listEnteringStandards,
  nextStandardVersion,
  type StandardRow,
  updateStandard,
} from './standard.store.ts';
import type { Change, StandardMove, WriterMove } from './standard-edit.contract.ts';
import { applyChanges, changesBetween, standardMoveBlocker, standardMoveTable } from './standard-edit.rules.ts';
import { changeInWords } from './standard-edit.words.ts';

/** What asks the approvers, and takes the question back. */
export type StandardAsking = {
  ask(
    tx: Tx,
    call: Call,
    draft: {
      id: string;
      note: string;
      writtenBy: string | null;
      facts: { number: number; changes: number; inForceOn: Day; sentences: string };
    },
  ): Promise<void>;
  takeBack(tx: Tx, call: Call, id: string): Promise<void>;
};
const links: { asking: StandardAsking | null } = { asking: null };
export const linkStandardAsking = (asking: StandardAsking): void => {
  links.asking = asking;
};

export type StandardInput = {
  revision?: number | undefined;
  version?: number | undefined;
  changes?: { path: string; value?: unknown }[];
  note?: string | undefined;
  inForceOn?: Day | undefined;
};

/** So many sentences an approver reads at once; all of them are a click away. */
const sentencesShown = 8;

export async function createStandard(call: Call, note: string): Promise<string> {
  return effect(call, newId(), async (tx, id) => {
    const version = await nextStandardVersion(tx, call.communityId);
    if (version === null) throw new Refusal('standard.open_version');
    const base = await standardInForce(tx, call.communityId);
    await insertStandard(tx, {
      communityId: call.communityId,
      id,
      version,
      state: 'draft',
      inForceOn: plusDays(dayOf(call.now), 1),
      document: base.document,
      createdBy: call.actor.accountId,
      createdAt: call.now,
      basedOnId: base.id,
      note,
    });
    await record(tx, call, {
      action: 'standard.create',
      noun: 'standard',
      nounId: id,
      changed: { version: [null, version] },
    });
  });
}

/** A client sends the draft's revision; the number alone says which version is meant, not how far it has come. */
function checkRevision(call: Call, row: StandardRow, input: StandardInput): void {
  const revision = input.revision ?? call.ifMatch ?? undefined;
  if (revision === undefined && input.version === undefined) throw badField('revision', 'required');
  if (revision !== undefined && revision !== row.revision) throw staleVersion(row.revision);
  if (input.version !== undefined && input.version !== row.version) throw staleVersion(row.version);
}

async function changesOf(tx: Tx, communityId: string, row: StandardRow): Promise<Change[]> {
  const base = row.basedOnId === null ? undefined : await findStandardRow(tx, communityId, row.basedOnId);
  const own = documentOf(row.document).document;
  return base ? changesBetween(documentOf(base.document).document, own, standardBounds()) : [];
}

const refuse = (name: StandardMove, row: StandardRow, changes: number): void => {
  const refusal = standardMoveBlocker(name, row.state, changes);
  if (refusal) throw refusal;
};

export async function moveStandard(call: Call, id: string, name: WriterMove, input: StandardInput): Promise<string> {
  return effect(call, id, async (tx) => {
    const row = await findStandardRow(tx, call.communityId, id, true);
    if (!row) throw notFound('standard');
    checkRevision(call, row, input);
    const changes = await changesOf(tx, call.communityId, row);
    refuse(name, row, changes.length);
    const inForceOn = input.inForceOn ?? (name === 'submit' ? later(row.inForceOn, dayOf(call.now)) : row.inForceOn);
    if (input.inForceOn !== undefined && input.inForceOn < dayOf(call.now)) throw badField('inForceOn', 'in_the_past');
    const { to } = standardMoveTable[name];
    const state = to === null || to === 'by-facts' ? row.state : to;
    await updateStandard(tx, call.communityId, id, {
      state,
      inForceOn,
      revision: row.revision + 1,
      ...(name === 'amend' ? amended(row, input) : {}),
      ...(name === 'submit' ? { submittedAt: call.now, remark: '' } : {}),
    });
    await record(tx, call, {
      action: `standard.${name}`,
      noun: 'standard',
      nounId: id,
      changed: {
        state: [row.state, state],
        ...(name === 'amend' ? { figures: [null, (input.changes ?? []).length] } : {}),
      },
    });
    if (name === 'submit')
      await links.asking?.ask(tx, call, {
        id,
        note: row.note,
        writtenBy: row.createdBy,
        facts: {
          number: row.version,
          changes: changes.length,
          inForceOn,
          sentences: changes.slice(0, sentencesShown).map(changeInWords).join('\n'),
        },
      });
    if (name === 'withdraw') await links.asking?.takeBack(tx, call, id);
  });
}

function amended(row: StandardRow, input: StandardInput): { document?: object; note?: string } {
  const changes = (input.changes ?? []).map(({ path, value }) => ({ path, value }));
  const { document, faults } = applyChanges(documentOf(row.document).document, standardBounds(), changes);
  if (faults.length > 0) throw new BadInput(faults);
  return { document, ...(input.note === undefined ? {} : { note: input.note }) };
}

/** What the approvers said: a yes waits for its day, which may be today; anything else gives the draft back. */
export async function standardDecided(
  tx: Tx,
  call: Call,
  id: string,
  isApproved: boolean,
  remark: string,
): Promise<void> {
  const row = await findStandardRow(tx, call.communityId, id, true);
  if (row?.state !== 'submitted') return;
  const state = isApproved ? 'approved' : 'draft';
  await updateStandard(tx, call.communityId, id, {
    state,
    revision: row.revision + 1,
    inForceOn: isApproved ? later(row.inForceOn, dayOf(call.now)) : row.inForceOn,
    ...(isApproved ? {} : { remark }),
  });
  await record(tx, call, {
    action: isApproved ? 'standard.approve' : 'standard.return',
    noun: 'standard',
    nounId: id,
    changed: { state: [row.state, state] },
  });
  if (isApproved && row.inForceOn <= dayOf(call.now)) await enter(tx, call, id);
}

export const lockStandard = async (tx: Tx, communityId: string, id: string): Promise<void> => {
  await findStandardRow(tx, communityId, id, true);
};

/** In force from here on; what was so until now is replaced. Cases keep the version that they were opened under. */
async function enter(tx: Tx, by: AuditBy, id: string): Promise<void> {
  const before = await findInForceId(tx, by.communityId);
  const changed = (was: string, is: string) => ({ state: [was, is] as [unknown, unknown] });
  if (before) {
    await updateStandard(tx, by.communityId, before, { state: 'replaced' });
    await record(tx, by, {
      action: 'standard.replace',
      noun: 'standard',
      nounId: before,
      changed: changed('in-force', 'replaced'),
    });
  }
  await updateStandard(tx, by.communityId, id, { state: 'in-force' });
  await record(tx, by, {
    action: 'standard.enter',
    noun: 'standard',
    nounId: id,
    changed: changed('approved', 'in-force'),
  });
}

/** Approved versions whose day has come; answers how many entered. */
export async function enterStandards(house: House): Promise<number> {
  const now = house.time.now();
  const entering = await house.database.everywhere((tx) => listEnteringStandards(tx, dayOf(now)));
  for (const { communityId, id } of entering)
    await house.database.write([communityId], async (tx) => {
      const row = await findStandardRow(tx, communityId, id, true);
      if (row?.state === 'approved')
        await enter(tx, systemCall(house, communityId, { id: '', organizationId: '' }, now), id);
    });
  if (entering.length > 0) house.committed();
  return entering.length;
}
