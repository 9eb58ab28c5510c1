// SQL of imports: their rows, what is known of the drafts of a batch, and writing many rows at once.
import type { Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { SealedColumns } from '../parties/party-seal.service.ts';
import type { KnownUnit } from './import-plan.rules.ts';
import type { ImportKind, ImportState } from './import-run.contract.ts';

/** As it is kept: a personal value only sealed. */
export type KeptRejection = {
  sheet: string;
  row: number;
  column: string;
  code: string;
  read: string;
  sealed?: string;
  expected: string;
};

export type ImportRow = {
  id: string;
  kind: ImportKind;
  state: ImportState;
  dryRun: boolean;
  acceptPartial: boolean;
  fileName: string;
  rows: number;
  rowsRead: number;
  accepted: number;
  written: number;
  rejected: KeptRejection[];
  rejectedCount: number;
  summary: object;
  errorCode: string | null;
  startedBy: string;
  createdAt: Instant;
  finishedAt: Instant | null;
  undoneAt: Instant | null;
};

const columns = [
  'id',
  'kind',
  'state',
  'dryRun',
  'acceptPartial',
  'fileName',
  'rows',
  'rowsRead',
  'accepted',
  'written',
  'rejected',
  'rejectedCount',
  'summary',
  'errorCode',
  'startedBy',
  'createdAt',
  'finishedAt',
  'undoneAt',
] as const;

export async function insertImport(
  tx: Tx,
  communityId: string,
  row: Pick<ImportRow, 'id' | 'kind' | 'dryRun' | 'acceptPartial' | 'fileName' | 'startedBy' | 'createdAt'> & {
    fileSha256: Buffer;
  },
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({ ...row, communityId, state: 'received' })
    .execute();
}

export async function findImport(
  tx: Tx,
  communityId: string,
  id: string,
  lock = false,
): Promise<ImportRow | undefined> {
  const query = tx.selectFrom('imports').select(columns).where('communityId', '=', communityId).where('id', '=', id);
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as ImportRow | undefined;
}

export async function listImports(
  tx: Tx,
  communityId: string,
  { kinds, after, limit }: { kinds: readonly ImportKind[]; after: readonly [string, string] | null; limit: number },
): Promise<ImportRow[]> {
  let query = tx
    .selectFrom('imports')
    .select(columns)
    .where('communityId', '=', communityId)
    .where('kind', 'in', [...kinds]);
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const rows = await query
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return rows as unknown as ImportRow[];
}

export async function isImportOpen(tx: Tx, communityId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('imports')
    .select('id')
    .where('communityId', '=', communityId)
    .where('state', 'in', ['received', 'running', 'undoing'])
    .executeTakeFirst();
  return row !== undefined;
}

/** One import of a community starts at a time. */
export async function lockStart(tx: Tx, communityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`imports:${communityId}`}, 0))`.execute(tx);
}

/** Held by the transaction that does the work: as long as it lives, the import is not interrupted. */
export async function lockRun(tx: Tx, importId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import:${importId}`}, 0))`.execute(tx);
}

/**
 * Imports that say they run while nobody runs them: marked failed; one that was being taken back stands as it stood.
 * Answers how many.
 */
export async function failInterrupted(
  tx: Tx,
  communityId: string | null,
  live: readonly string[],
  at: Instant,
): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update imports set state = case state when 'undoing' then 'done' else 'failed' end,
      error_code = case state when 'undoing' then 'import.undo_interrupted' else 'import.interrupted' end,
      finished_at = case state when 'undoing' then finished_at else ${at}::timestamptz end
    where state in ('received', 'running', 'undoing') and id <> all(${live}::uuid[])
      ${communityId === null ? sql`` : sql`and community_id = ${communityId}`}
      and pg_try_advisory_xact_lock(hashtextextended('import:' || id::text, 0))
    returning id`.execute(tx);
  return rows.length;
}

/** False when somebody declared it interrupted meanwhile. */
export async function beginRun(tx: Tx, communityId: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('imports')
    .set({ state: 'running' })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .where('state', '=', 'received')
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

export async function updateImport(
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<ImportRow, 'rejected' | 'summary'>> & {
    rejected?: readonly KeptRejection[];
    summary?: object;
    undoneBy?: string;
  },
): Promise<void> {
  const { rejected, summary, ...rest } = change;
  await tx
    .updateTable('imports')
    .set({
      ...rest,
      ...(rejected ? { rejected: JSON.stringify(rejected) } : {}),
      ...(summary ? { summary: JSON.stringify(summary) } : {}),
    })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();
}

// ── what is known ───────────────────────────────────────────────────────────────────────────────────

/** Statistics may be older than the rows that an import just wrote: every question here has its index. */
export const preferIndexes = (tx: Tx) => sql`set local enable_seqscan = off`.execute(tx);

export const placeTables = ['buildings', 'units', 'parties', 'unit_parties', 'vehicles', 'search_tokens'] as const;
export type PlaceTable = (typeof placeTables)[number];

/**
 * The planner must know what was just written: tables that it takes for empty it joins by the wrong index, and foreign
 * keys are checked by the wrong one too.
 */
export const refreshStatistics = (tx: Tx, tables: readonly PlaceTable[]) =>
  sql`select analyze_places(${tables}::text[])`.execute(tx);

/** How many rows the planner believes in. */
export async function listBelievedSizes(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; size: number }>`
    select relname as name, greatest(reltuples, 0)::float8 as size from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname = any(${[...placeTables]}::text[])`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.name, row.size]));
}

export async function isEmpty(tx: Tx, communityId: string, table: 'units' | 'parties' | 'vehicles'): Promise<boolean> {
  const { rows } = await sql`select 1 from ${sql.table(table)} where community_id = ${communityId} limit 1`.execute(tx);
  return rows.length === 0;
}

export const listBuildingIds = (tx: Tx, communityId: string) =>
  tx.selectFrom('buildings').select(['id', 'name']).where('communityId', '=', communityId).execute();

export async function listKnownUnits(
  tx: Tx,
  communityId: string,
  places: readonly { key: string; buildingId: string; entrance: string; room: string }[],
): Promise<(KnownUnit & { key: string; version: number })[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<KnownUnit & { key: string; version: number }>`
    select w.key, u.id, u.area_hundredths_m2, u.usage, u.state, u.delivered_on, u.version
    from unnest(${places.map((one) => one.key)}::text[], ${places.map((one) => one.buildingId)}::uuid[],
      ${places.map((one) => one.entrance)}::text[], ${places.map((one) => one.room)}::text[]) as w(key, building_id, entrance, room)
    join units u on u.community_id = ${communityId} and u.building_id = w.building_id and u.entrance = w.entrance and u.room = w.room`.execute(
    tx,
  );
  return rows;
}

export type KnownPerson = {
  id: string;
  kind: 'person' | 'company';
  name: string;
  hash: string | null;
  phoneSealed: Buffer | null;
  identitySealed: Buffer | null;
  version: number;
};

export async function listPeopleByPhone(
  tx: Tx,
  communityId: string,
  hashes: readonly Buffer[],
): Promise<KnownPerson[]> {
  if (hashes.length === 0) return [];
  const { rows } = await sql<KnownPerson>`
    select id, kind, name, encode(phone_hash, 'hex') as hash, phone_sealed, identity_sealed, version from parties
    where community_id = ${communityId} and phone_hash = any(${hashes}::bytea[])`.execute(tx);
  return rows;
}

/** Everybody who ever belonged to these units. */
export async function listPeopleOfUnits(
  tx: Tx,
  communityId: string,
  unitIds: readonly string[],
): Promise<(KnownPerson & { unitId: string })[]> {
  if (unitIds.length === 0) return [];
  const { rows } = await sql<KnownPerson & { unitId: string }>`
    select distinct on (r.unit_id, p.id) r.unit_id, p.id, p.kind, p.name, encode(p.phone_hash, 'hex') as hash, p.phone_sealed, p.identity_sealed, p.version
    from unit_parties r join parties p on p.community_id = r.community_id and p.id = r.party_id
    where r.community_id = ${communityId} and r.unit_id = any(${unitIds}::uuid[])`.execute(tx);
  return rows;
}

export type KnownTie = {
  id: string;
  unitId: string;
  partyId: string;
  relation: string;
  sharePercent: number | null;
  fromOn: string;
  untilOn: string | null;
};

export async function listTies(tx: Tx, communityId: string, unitIds: readonly string[]): Promise<KnownTie[]> {
  if (unitIds.length === 0) return [];
  const { rows } = await sql<KnownTie>`
    select id, unit_id, party_id, relation, share_percent::float8 as share_percent, from_on, until_on from unit_parties
    where community_id = ${communityId} and unit_id = any(${unitIds}::uuid[])`.execute(tx);
  return rows;
}

export async function listPlates(
  tx: Tx,
  communityId: string,
  plates: readonly string[],
): Promise<{ id: string; plate: string; unitId: string }[]> {
  if (plates.length === 0) return [];
  const { rows } = await sql<{ id: string; plate: string; unitId: string }>`
    select id, plate, unit_id from vehicles where community_id = ${communityId} and plate = any(${plates}::text[])`.execute(
    tx,
  );
  return rows;
}

// ── writing many ────────────────────────────────────────────────────────────────────────────────────

export type ImportedParty = SealedColumns & { id: string; kind: string; name: string; namePinyin: string };

export async function insertParties(
  tx: Tx,
  communityId: string,
  rows: readonly ImportedParty[],
  createdAt: Instant,
): Promise<void> {
  if (rows.length === 0) return;
  const list = (field: keyof ImportedParty) => rows.map((row) => row[field] ?? null);
  await sql`
    insert into parties (community_id, id, kind, name, name_pinyin, phone_sealed, phone_hash, phone_masked, identity_sealed, identity_masked, created_at)
    select ${communityId}::uuid, made.*, ${createdAt}::timestamptz from unnest(
      ${list('id')}::uuid[], ${list('kind')}::text[], ${list('name')}::text[], ${list('namePinyin')}::text[],
      ${list('phoneSealed')}::bytea[], ${list('phoneHash')}::bytea[], ${list('phoneMasked')}::text[],
      ${list('identitySealed')}::bytea[], ${list('identityMasked')}::text[]) as made`.execute(tx);
}

export async function insertBuildings(
  tx: Tx,
  communityId: string,
  rows: readonly { id: string; name: string; sortKey: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('buildings')
    .values(rows.map((row) => ({ ...row, communityId })))
    .execute();
}

export async function updateTie(
  tx: Tx,
  communityId: string,
  id: string,
  change: { sharePercent?: string | null; fromOn?: string; untilOn?: string | null },
): Promise<void> {
  await tx.updateTable('unitParties').set(change).where('communityId', '=', communityId).where('id', '=', id).execute();
}

export type EffectNoun = 'building' | 'unit' | 'party' | 'relation' | 'vehicle' | 'case';

export async function insertEffects(
  tx: Tx,
  communityId: string,
  importId: string,
  rows: readonly { id: string; noun: EffectNoun; nounIds: readonly string[]; before?: object }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('importEffects')
    .values(
      rows.map((row) => ({
        communityId,
        id: row.id,
        importId,
        noun: row.noun,
        nounId: row.nounIds[0] as string,
        nounIds: [...row.nounIds],
        effect: row.before ? 'changed' : 'created',
        before: row.before ? JSON.stringify(row.before) : null,
      })),
    )
    .execute();
}

export async function listChangedBy(
  tx: Tx,
  communityId: string,
  importId: string,
): Promise<{ noun: EffectNoun; nounId: string; before: Record<string, unknown> }[]> {
  const rows = await tx
    .selectFrom('importEffects')
    .select(['noun', 'nounId', 'before'])
    .where('communityId', '=', communityId)
    .where('importId', '=', importId)
    .where('effect', '=', 'changed')
    .orderBy('id', 'desc')
    .execute();
  return rows as never;
}

/** What hangs on the rows that an import created, counted by kind. */
export async function countHanging(tx: Tx, communityId: string, importId: string): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`
    with made as materialized (select e.noun, m.id from import_effects e, unnest(e.noun_ids) as m(id)
      where e.community_id = ${communityId} and e.import_id = ${importId} and e.effect = 'created'),
    unit as materialized (select id from made where noun = 'unit'),
    party as materialized (select id from made where noun = 'party')
    select
      (select count(*) from cases where community_id = ${communityId} and (unit_id in (select id from unit) or reporter_party_id in (select id from party))) as cases,
      (select count(*) from contacts where community_id = ${communityId} and unit_id in (select id from unit)) as contacts,
      (select count(*) from warranty_terms where community_id = ${communityId} and (unit_id in (select id from unit)
        or building_id in (select id from made where noun = 'building'))) as warranties,
      (select count(*) from reveals where community_id = ${communityId} and party_id in (select id from party)) as reveals,
      (select count(*) from staff_areas where community_id = ${communityId} and (unit_id in (select id from unit)
        or building_id in (select id from made where noun = 'building'))) as areas,
      (select count(*) from resident_accounts where community_id = ${communityId} and party_id in (select id from party)) as accounts,
      (select count(*) from unit_parties where community_id = ${communityId} and (unit_id in (select id from unit) or party_id in (select id from party))
        and id not in (select id from made where noun = 'relation')) as relations,
      (select count(*) from vehicles where community_id = ${communityId} and (unit_id in (select id from unit) or party_id in (select id from party))
        and id not in (select id from made where noun = 'vehicle')) as vehicles,
      (select count(*) from units where community_id = ${communityId} and building_id in (select id from made where noun = 'building')
        and id not in (select id from unit)) as units,
      (select count(*) from units where community_id = ${communityId} and version > 1 and id in (select id from unit))
        + (select count(*) from parties where community_id = ${communityId} and version > 1 and id in (select id from party)) as changed`.execute(
    tx,
  );
  return rows[0] ?? {};
}

/** Units that were there before and got people or vehicles from this import. */
export async function listUnitsTouched(tx: Tx, communityId: string, importId: string): Promise<string[]> {
  const { rows } = await sql<{ unitId: string }>`
    with made as materialized (select e.noun, m.id from import_effects e, unnest(e.noun_ids) as m(id)
      where e.community_id = ${communityId} and e.import_id = ${importId})
    select unit_id from (
      select r.unit_id from unit_parties r where r.community_id = ${communityId} and (r.id in (select id from made where noun = 'relation') or r.party_id in (select id from made where noun = 'party'))
      union select v.unit_id from vehicles v where v.community_id = ${communityId} and v.id in (select id from made where noun = 'vehicle')) touched
    where unit_id not in (select m.id from import_effects e, unnest(e.noun_ids) as m(id)
      where e.community_id = ${communityId} and e.import_id = ${importId} and e.effect = 'created' and e.noun = 'unit')`.execute(
    tx,
  );
  return rows.map((row) => row.unitId);
}

/** Who was there before the import, and got or lost something by it. */
export async function listPeopleTouched(tx: Tx, communityId: string, importId: string): Promise<string[]> {
  const { rows } = await sql<{ partyId: string }>`
    with made as materialized (select e.effect, e.noun, m.id from import_effects e, unnest(e.noun_ids) as m(id)
      where e.community_id = ${communityId} and e.import_id = ${importId})
    select party_id from (
      select r.party_id from unit_parties r where r.community_id = ${communityId} and r.id in (select id from made where noun = 'relation')
      union select id from made where noun = 'party') touched
    where party_id not in (select id from made where noun = 'party' and effect = 'created')`.execute(tx);
  return rows.map((row) => row.partyId);
}

export async function undoCreated(tx: Tx, communityId: string, importId: string): Promise<void> {
  await sql`select undo_case_import(${communityId}::uuid, ${importId}::uuid)`.execute(tx);
  await sql`select undo_import(${communityId}::uuid, ${importId}::uuid)`.execute(tx);
}

/** Puts back what an import changed, if nobody changed it since. False when somebody did. */
export async function restoreChanged(
  tx: Tx,
  communityId: string,
  one: { noun: EffectNoun; nounId: string; before: Record<string, unknown> },
): Promise<boolean> {
  const { version, was, is } = one.before as {
    version?: number;
    was: Record<string, unknown>;
    is?: Record<string, unknown>;
  };
  const bytes = (value: unknown) =>
    typeof value === 'object' && value !== null && 'base64' in value
      ? Buffer.from(String(value.base64), 'base64')
      : value;
  const set = Object.fromEntries(Object.entries(was).map(([name, value]) => [name, bytes(value)]));
  if (one.noun === 'relation') {
    const { numUpdatedRows } = await tx
      .updateTable('unitParties')
      .set(set)
      .where('communityId', '=', communityId)
      .where('id', '=', one.nounId)
      .where((eb) =>
        eb.and(
          Object.entries(is ?? {}).map(
            ([name, value]) => sql<boolean>`${eb.ref(name as 'fromOn')}::text is not distinct from ${value}::text`,
          ),
        ),
      )
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }
  const { numUpdatedRows } = await tx
    .updateTable(one.noun === 'unit' ? 'units' : 'parties')
    .set((eb) => ({ ...set, version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', one.nounId)
    .where('version', '=', version ?? 0)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
