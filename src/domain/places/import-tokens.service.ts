// What keeps a large import fast: the search tokens 检索词 of new households are made from the rows as they pass, and
// written sorted and by the ten thousand; statistics are refreshed as the tables grow, because the planner would
// otherwise take them for empty until the end.
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { digitsHash } from '../parties/party-seal.service.ts';
import { listBelievedSizes, type PlaceTable, refreshStatistics } from './import.store.ts';
import type { UnitPlace } from './room.rules.ts';
import { type PhoneHash, partyTokens, phoneTokens, plateTokens, unitTokens } from './search.rules.ts';
import { insertTokens } from './search.store.ts';

/** Written at once; sorted by token, neighbours share the page of the index that they land on. */
const tokensAtOnce = 50_000;
/** Names whose tokens are remembered: most people of a town share a few thousand. */
const namesRemembered = 5_000;

export class TokenBuffer {
  private rows: { id: string; token: string }[] = [];
  private readonly ofName = new Map<string, readonly string[]>();
  private readonly hash: PhoneHash;

  constructor(private readonly call: Pick<Call, 'house' | 'communityId'>) {
    this.hash = digitsHash(call.house, call.communityId);
  }

  get isFull(): boolean {
    return this.rows.length >= tokensAtOnce;
  }

  addUnit(unitId: string, unit: UnitPlace): void {
    this.add(unitId, unitTokens(unit));
  }

  addPlate(unitId: string, plate: string): void {
    this.add(unitId, plateTokens(plate));
  }

  addParty(unitId: string, party: { name: string; phone: string | null }): void {
    let tokens = this.ofName.get(party.name);
    if (tokens === undefined) {
      if (this.ofName.size >= namesRemembered) this.ofName.clear();
      tokens = partyTokens({ name: party.name, phones: [] }, this.hash);
      this.ofName.set(party.name, tokens);
    }
    this.add(unitId, tokens);
    if (party.phone !== null) this.add(unitId, phoneTokens(party.phone, this.hash));
  }

  private add(id: string, tokens: readonly string[]): void {
    for (const token of tokens) this.rows.push({ id, token });
  }

  /** Answers how many were written. */
  async flush(tx: Tx): Promise<number> {
    const rows = this.rows.sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0));
    this.rows = [];
    await insertTokens(tx, this.call.communityId, 'unit', rows);
    return rows.length;
  }
}

/** Refreshed whenever a table has grown to this many times of what its statistics knew. */
const growthAllowed = 4;
/** Below this any plan is quick enough. */
const smallTable = 1_000;

export class StatisticsKeeper {
  private known = new Map<string, number>();
  private readonly written = new Map<PlaceTable, number>();

  async open(tx: Tx): Promise<void> {
    this.known = await listBelievedSizes(tx);
  }

  async grew(tx: Tx, by: Readonly<Record<PlaceTable, number>>): Promise<void> {
    const stale: PlaceTable[] = [];
    for (const [table, rows] of Object.entries(by) as [PlaceTable, number][]) {
      const size = (this.written.get(table) ?? this.known.get(table) ?? 0) + rows;
      this.written.set(table, size);
      if (size < smallTable || size < growthAllowed * (this.known.get(table) ?? 0)) continue;
      this.known.set(table, size);
      stale.push(table);
    }
    if (stale.length > 0) await refreshStatistics(tx, stale);
  }
}
