// Decides and writes the drafts of an import batch by batch: looks up what is known, asks the rules, writes many rows at
// once, remembers what it made so that it can be taken back. A dry run decides the same and writes nothing.
import { newId } from '../../kernel/id.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { updateParty } from '../parties/party.store.ts';
import { openPersonal, phoneHash, sealPersonal } from '../parties/party-seal.service.ts';
import type { Draft, PartyDraft, PartyKey, Rejection, RelationDraft, UnitDraft, UnitKey } from './import.contract.ts';
import {
  type EffectNoun,
  type ImportedParty,
  insertBuildings,
  insertEffects,
  insertParties,
  isEmpty,
  type KnownPerson,
  type KnownTie,
  listBuildingIds,
  listKnownUnits,
  listPeopleByPhone,
  listPeopleOfUnits,
  listPlates,
  listTies,
  updateTie,
} from './import.store.ts';
import { partyOfKey } from './import-keys.rules.ts';
import { type Decision, decide, type KnownFacts, type KnownUnit, rejectionOf } from './import-plan.rules.ts';
import { StatisticsKeeper, TokenBuffer } from './import-tokens.service.ts';
import { namePinyin } from './search.rules.ts';
import { indexPeople, indexUnits } from './search-index.service.ts';
import {
  buildingSortKey,
  insertRelations,
  insertUnits,
  insertVehicles,
  listUnitsOfParty,
  type NewRelation,
  type NewUnit,
  type NewVehicle,
  updateUnit,
} from './unit.store.ts';

type KnownPlace = KnownUnit & { version: number };
type Created = { unit: NewUnit[]; party: ImportedParty[]; relation: NewRelation[]; vehicle: NewVehicle[] };
type Change = Extract<Decision, { decision: 'change' }>;

/** What a dry run would make needs no id of its own: a hundred thousand of them are memory for nothing. */
const unwritten = { id: '00000000-0000-0000-0000-000000000000', known: null };

/** Units whose tokens are made in one go. */
const indexBatch = 500;

export type WriteResult = {
  created: Record<string, number>;
  changed: Record<string, number>;
  unchanged: number;
  written: number;
};

export class HouseholdWriter {
  readonly result: WriteResult = { created: {}, changed: {}, unchanged: 0, written: 0 };
  /** Off in a dry run, and from the first wrong row on where all or nothing is wanted. */
  private isWriting: boolean;
  private buildings = new Map<string, string>();
  private readonly units = new Map<UnitKey, { id: string; known: KnownPlace | null } | null>();
  private readonly parties = new Map<PartyKey, string>();
  private readonly newParties = new Set<string>();
  private readonly oldUnits = new Set<UnitKey>();
  private readonly tokens: TokenBuffer;
  private readonly growth = new StatisticsKeeper();
  private readonly touchedUnits = new Set<string>();
  /** Who may belong to no home any more, or again to one. */
  private readonly touchedPeople = new Set<string>();
  /** Rows about a unit that a later sheet may still bring. */
  private readonly deferred: Draft[] = [];
  private hadUnits = true;
  private hadParties = true;
  private hadVehicles = true;

  constructor(
    private readonly tx: Tx,
    private readonly call: Pick<Call, 'house' | 'communityId' | 'now'>,
    private readonly importId: string,
    private readonly isInFile: (key: UnitKey) => boolean,
    options: { isDryRun: boolean },
  ) {
    this.isWriting = !options.isDryRun;
    this.tokens = new TokenBuffer(call);
  }

  async open(): Promise<void> {
    const { tx, call } = this;
    for (const one of await listBuildingIds(tx, call.communityId)) this.buildings.set(one.name, one.id);
    this.hadUnits = !(await isEmpty(tx, call.communityId, 'units'));
    this.hadParties = !(await isEmpty(tx, call.communityId, 'parties'));
    this.hadVehicles = !(await isEmpty(tx, call.communityId, 'vehicles'));
    if (this.isWriting) await this.growth.open(tx);
  }

  stopWriting(): void {
    this.isWriting = false;
  }

  async take(drafts: readonly Draft[]): Promise<Rejection[]> {
    await this.learnUnits(drafts);
    const now: Draft[] = [];
    const inBatch = new Set(drafts.flatMap((draft) => (draft.noun === 'unit' ? [draft.key] : [])));
    for (const draft of drafts) {
      const key = 'unitKey' in draft ? draft.unitKey : null;
      if (key === null || this.units.get(key) || inBatch.has(key)) now.push(draft);
      else this.deferred.push(draft);
    }
    return this.decideAll(now);
  }

  /** What waited for its unit is decided; then the search learns. */
  async finish(): Promise<Rejection[]> {
    const rejected: Rejection[] = [];
    for (let from = 0; from < this.deferred.length; from += 1000) {
      const batch = this.deferred.slice(from, from + 1000);
      await this.learnUnits(batch);
      rejected.push(...(await this.decideAll(batch)));
    }
    return rejected;
  }

  /** The last tokens of what is new; units that were there before, or got people from before, are read back. */
  async index(): Promise<void> {
    if (!this.isWriting) return;
    await this.tokens.flush(this.tx);
    const touched = [...this.touchedUnits];
    for (let from = 0; from < touched.length; from += indexBatch)
      await indexUnits(this.tx, this.call, touched.slice(from, from + indexBatch));
    await indexPeople(this.tx, this.call, [...this.touchedPeople]);
  }

  /** Units from before are learnt anew for each batch: a file of a hundred thousand must not hold them all in memory. */
  private async learnUnits(drafts: readonly Draft[]): Promise<void> {
    if (!this.hadUnits) return;
    for (const key of this.oldUnits) this.units.delete(key);
    this.oldUnits.clear();
    const wanted = new Map<string, { key: string; buildingId: string; entrance: string; room: string }>();
    for (const draft of drafts) {
      const key = draft.noun === 'unit' ? draft.key : 'unitKey' in draft ? draft.unitKey : null;
      if (key === null || this.units.has(key)) continue;
      const [building = '', entrance = '', room = ''] = key.split('|');
      const buildingId = this.buildings.get(building);
      if (buildingId !== undefined) wanted.set(key, { key, buildingId, entrance, room });
    }
    for (const { key, ...known } of await listKnownUnits(this.tx, this.call.communityId, [...wanted.values()])) {
      this.units.set(key, { id: known.id, known });
      this.oldUnits.add(key);
    }
  }

  private async decideAll(drafts: readonly Draft[]): Promise<Rejection[]> {
    if (drafts.length === 0) return [];
    const rejected: Rejection[] = [];
    const created: Created = { unit: [], party: [], relation: [], vehicle: [] };
    const changes: Change[] = [];
    const newBuildings: { id: string; name: string; sortKey: string }[] = [];
    const known = await this.lookUp(drafts);
    for (const draft of drafts) {
      const decision = decide(draft, known);
      if (decision.decision === 'conflict') rejected.push(rejectionOf(decision));
      else if (decision.decision === 'same') {
        this.result.unchanged++;
        if (draft.noun === 'party') this.parties.set(draft.key, decision.id);
      } else if (decision.decision === 'change') {
        if (draft.noun === 'party') this.parties.set(draft.key, decision.id);
        changes.push(decision);
        this.count('changed', draft.noun);
      } else {
        if (draft.noun === 'building') {
          const made = { id: newId(), name: draft.building, sortKey: buildingSortKey(draft.building) };
          this.buildings.set(made.name, made.id);
          newBuildings.push(made);
        } else this.create(draft, created);
        this.count('created', draft.noun);
      }
    }
    if (this.isWriting) await this.write(newBuildings, created, changes);
    return rejected;
  }

  private count(what: 'created' | 'changed', noun: string): void {
    this.result[what][noun] = (this.result[what][noun] ?? 0) + 1;
    if (this.isWriting) this.result.written++;
  }

  /** Rows for what is new; ids are known at once, so that what refers to them can follow in the same batch. */
  private create(draft: Exclude<Draft, { noun: 'building' }>, created: Created): void {
    const id = this.isWriting ? newId() : unwritten.id;
    if (draft.noun === 'unit') {
      this.units.set(draft.key, this.isWriting ? { id, known: null } : unwritten);
      if (!this.isWriting) return;
      created.unit.push(this.newUnit(draft, id));
      this.tokens.addUnit(id, draft);
    } else if (draft.noun === 'party') {
      this.parties.set(draft.key, id);
      this.newParties.add(id);
      if (this.isWriting) created.party.push(this.newParty(draft, id));
    } else if (this.isWriting) this.createTie(draft, id, created);
  }

  private createTie(draft: Extract<Draft, { noun: 'relation' | 'vehicle' }>, id: string, created: Created): void {
    const unit = this.units.get(draft.unitKey);
    if (!unit) return;
    const { id: unitId, known } = unit;
    if (draft.noun === 'vehicle') {
      const partyId = draft.partyKey === null ? null : (this.parties.get(draft.partyKey) ?? null);
      created.vehicle.push({ id, unitId, partyId, plate: draft.plate });
      if (known === null) this.tokens.addPlate(unitId, draft.plate);
      else this.touchedUnits.add(unitId);
      return;
    }
    const partyId = this.parties.get(draft.partyKey);
    if (partyId === undefined) return;
    const { relation, sharePercent, untilOn } = draft;
    const today = dayOf(this.call.now);
    // A form that doesn't say from when: since the hand-over of the unit, else from the day of the import on.
    const fromOn = draft.fromOn ?? known?.deliveredOn ?? today;
    created.relation.push({ id, unitId, partyId, relation, sharePercent, fromOn, untilOn });
    const isOver = untilOn !== null && untilOn < today;
    // Only what is new on both sides is known here in full; the rest is read back.
    if (isOver || !this.newParties.has(partyId)) this.touchedPeople.add(partyId);
    if (known !== null || !this.newParties.has(partyId)) this.touchedUnits.add(unitId);
    else if (!isOver) this.tokens.addParty(unitId, partyOfKey(draft.partyKey, draft.unitKey));
  }

  private newUnit(draft: UnitDraft, id: string): NewUnit {
    const buildingId = this.buildings.get(draft.building);
    if (buildingId === undefined) throw new Error(`a unit came before its building, row ${draft.at.row}`);
    const { building, entrance, room, areaHundredthsM2, deliveredOn } = draft;
    const { usage = 'residential', state = 'occupied' } = {
      usage: draft.usage ?? undefined,
      state: draft.state ?? undefined,
    };
    return { id, buildingId, building, entrance, room, areaHundredthsM2, usage, state, deliveredOn };
  }

  private newParty(draft: PartyDraft, id: string): ImportedParty {
    const { kind, name, phone, identity } = draft;
    const sealed = sealPersonal(this.call.house, this.call.communityId, id, {
      ...(phone === null ? {} : { phone }),
      ...(identity === null ? {} : { identity }),
    });
    return { id, kind, name, namePinyin: namePinyin(name), ...sealed };
  }

  private async write(
    buildings: readonly { id: string; name: string; sortKey: string }[],
    created: Created,
    changes: readonly Change[],
  ): Promise<void> {
    const { tx, call } = this;
    await insertBuildings(tx, call.communityId, buildings);
    await insertUnits(tx, call.communityId, created.unit);
    await insertParties(tx, call.communityId, created.party, call.now);
    await insertRelations(tx, call.communityId, created.relation);
    await insertVehicles(tx, call.communityId, created.vehicle);
    const effects: { id: string; noun: EffectNoun; nounIds: string[]; before?: object }[] = [];
    for (const [noun, rows] of Object.entries({ building: buildings, ...created }))
      if (rows.length > 0) effects.push({ id: newId(), noun: noun as EffectNoun, nounIds: rows.map((row) => row.id) });
    for (const change of changes) effects.push({ id: newId(), ...(await this.change(change)) });
    await insertEffects(tx, call.communityId, this.importId, effects);
    await this.growth.grew(tx, {
      buildings: buildings.length,
      units: created.unit.length,
      parties: created.party.length,
      unit_parties: created.relation.length,
      vehicles: created.vehicle.length,
      search_tokens: this.tokens.isFull ? await this.tokens.flush(tx) : 0,
    });
  }

  /** Makes one change; answers what it was before and by what it is known to be untouched since. */
  private async change({
    draft,
    id,
    changed,
  }: Change): Promise<{ noun: EffectNoun; nounIds: string[]; before: object }> {
    const { tx, call } = this;
    const fields = Object.keys(changed);
    if (draft.noun === 'unit') {
      const known = this.units.get(draft.key)?.known;
      await updateUnit(tx, call.communityId, id, pick(draft, fields));
      return {
        noun: 'unit',
        nounIds: [id],
        before: { version: (known?.version ?? 0) + 1, was: known ? pick(known, fields) : {} },
      };
    }
    if (draft.noun === 'party') {
      const person = this.changing.get(id);
      const sealed = sealPersonal(call.house, call.communityId, id, {
        ...(changed.phone ? { phone: draft.phone } : {}),
        ...(changed.identity ? { identity: draft.identity } : {}),
      });
      await updateParty(tx, call.communityId, id, { ...(changed.kind ? { kind: draft.kind } : {}), ...sealed });
      for (const unitId of await listUnitsOfParty(tx, call.communityId, id, dayOf(call.now)))
        this.touchedUnits.add(unitId);
      this.touchedPeople.add(id);
      return {
        noun: 'party',
        nounIds: [id],
        before: { version: (person?.version ?? 0) + 1, was: this.wasOf(id, person, fields) },
      };
    }
    const tie = this.ties.get(id);
    if (tie) {
      this.touchedUnits.add(tie.unitId);
      this.touchedPeople.add(tie.partyId);
    }
    const given = pick(draft as RelationDraft, fields);
    await updateTie(tx, call.communityId, id, {
      ...given,
      ...('sharePercent' in given ? { sharePercent: asShare(given.sharePercent) } : {}),
    } as Parameters<typeof updateTie>[3]);
    const shares = (one: Record<string, unknown>) =>
      'sharePercent' in one ? { ...one, sharePercent: asShare(one.sharePercent) } : one;
    return {
      noun: 'relation',
      nounIds: [id],
      before: { was: shares(tie ? pick(tie, fields) : {}), is: shares(given) },
    };
  }

  /** The columns behind the changed fields as they were, bytes as base64; no clear value leaves the seal. */
  private wasOf(id: string, person: KnownPerson | undefined, fields: readonly string[]): object {
    if (!person) return {};
    const bytes = (value: Buffer | null) => value && { base64: value.toString('base64') };
    const masked = (field: 'phone' | 'identity', sealed: Buffer | null) => {
      if (!sealed) return null;
      const value = openPersonal(this.call.house, this.call.communityId, id, field, sealed);
      return sealPersonal(this.call.house, this.call.communityId, id, { [field]: value })[`${field}Masked`];
    };
    return {
      ...(fields.includes('kind') ? { kind: person.kind } : {}),
      ...(fields.includes('phone')
        ? {
            phoneSealed: bytes(person.phoneSealed),
            phoneHash: person.hash === null ? null : bytes(Buffer.from(person.hash, 'hex')),
            phoneMasked: masked('phone', person.phoneSealed),
          }
        : {}),
      ...(fields.includes('identity')
        ? { identitySealed: bytes(person.identitySealed), identityMasked: masked('identity', person.identitySealed) }
        : {}),
    };
  }

  private readonly changing = new Map<string, KnownPerson>();
  private readonly ties = new Map<string, KnownTie>();

  /** What there was before this import, for the drafts of one batch, in a few questions. */
  private async lookUp(drafts: readonly Draft[]): Promise<KnownFacts> {
    const { tx, call } = this;
    const { communityId, house } = call;
    const hashOf = (phone: string) => phoneHash(house, communityId, phone);
    this.changing.clear();
    this.ties.clear();
    const oldUnits = new Set<string>();
    for (const draft of drafts) {
      const unit = 'unitKey' in draft ? this.units.get(draft.unitKey) : null;
      if (unit?.known) oldUnits.add(unit.id);
    }
    const hashes = this.hadParties
      ? drafts.flatMap((draft) => (draft.noun === 'party' && draft.phone !== null ? [hashOf(draft.phone)] : []))
      : [];
    const byPhone = new Map<string, KnownPerson>();
    // Made by this very import: two rows of a file that name one person differ in nothing that matters here.
    for (const one of await listPeopleByPhone(tx, communityId, hashes))
      if (!this.newParties.has(one.id)) byPhone.set(`${one.hash}|${one.name}`, one);
    const ofUnit = new Map<string, KnownPerson[]>();
    for (const one of await listPeopleOfUnits(tx, communityId, [...oldUnits])) {
      if (this.newParties.has(one.id)) continue;
      const list = ofUnit.get(one.unitId);
      if (list) list.push(one);
      else ofUnit.set(one.unitId, [one]);
    }
    const ties = new Map<string, KnownTie[]>();
    for (const tie of await listTies(tx, communityId, [...oldUnits])) {
      const list = ties.get(tie.unitId);
      if (list) list.push(tie);
      else ties.set(tie.unitId, [tie]);
      this.ties.set(tie.id, tie);
    }
    const plates = this.hadVehicles ? drafts.flatMap((draft) => (draft.noun === 'vehicle' ? [draft.plate] : [])) : [];
    const wantedBy = new Map(
      drafts.flatMap((draft) => (draft.noun === 'vehicle' ? [[draft.plate, draft.unitKey] as const] : [])),
    );
    const vehicles = new Map(
      (await listPlates(tx, communityId, plates)).map((one) => {
        const unitKey = wantedBy.get(one.plate) ?? '';
        // Only whether it is the same unit matters; another one needs no name here.
        return [one.plate, { id: one.id, unitKey: this.units.get(unitKey)?.id === one.unitId ? unitKey : '' }];
      }),
    );
    const today = dayOf(call.now);
    const runs = (tie: KnownTie) => tie.untilOn === null || tie.untilOn >= today;
    return {
      building: (name) => {
        const id = this.buildings.get(name);
        return id === undefined ? undefined : { id };
      },
      unit: (key) => this.units.get(key)?.known ?? undefined,
      party: (draft) => {
        const people = ofUnit.get(this.units.get(draft.unitKey)?.id ?? '') ?? [];
        const named = people.filter((one) => one.name === draft.name);
        const found =
          draft.phone === null
            ? named[0]
            : (byPhone.get(`${hashOf(draft.phone).toString('hex')}|${draft.name}`) ??
              named.find((one) => one.phoneSealed === null));
        if (found === undefined) return undefined;
        this.changing.set(found.id, found);
        const { id, kind, name, phoneSealed, identitySealed } = found;
        return {
          id,
          kind,
          name,
          hasPhone: phoneSealed !== null,
          hasIdentity: identitySealed !== null,
          hasSameIdentity:
            identitySealed !== null &&
            draft.identity !== null &&
            openPersonal(house, communityId, id, 'identity', identitySealed) === draft.identity,
        };
      },
      relation: (draft) => {
        const partyId = this.parties.get(draft.partyKey);
        const same = (ties.get(this.units.get(draft.unitKey)?.id ?? '') ?? []).filter(
          (tie) => tie.partyId === partyId && tie.relation === draft.relation,
        );
        // One that ended is the same only when the file says that it ended then.
        return same.find(runs) ?? same.find((tie) => draft.untilOn !== null && tie.untilOn === draft.untilOn);
      },
      ownersOf: (key) =>
        (ties.get(this.units.get(key)?.id ?? '') ?? []).filter(
          (tie) => tie.relation === 'owner' && runs(tie) && tie.id < this.importId,
        ).length,
      vehicle: (plate) => vehicles.get(plate),
      isUnitInFile: this.isInFile,
    };
  }
}

const pick = (from: object, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, (from as Record<string, unknown>)[field] ?? null]));

/** As numeric(5, 2) reads. */
const asShare = (value: unknown): string | null => (typeof value === 'number' ? value.toFixed(2) : null);
