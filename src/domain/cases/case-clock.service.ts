// Clocks over cases: what is due next, with "why this time", within the caller's reach.
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { badField } from '../../kernel/refusal.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, readIn } from '../access/call.ts';
import { viewClocks } from '../clocks/clock.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { ClockList, ClockQuery } from './case.contract.ts';
import { caseReach } from './case.service.ts';
import { listClocksInReach } from './case.store.ts';
import { clockForContractor, contractorClocks, isContractorOnly } from './case-sight.rules.ts';

export async function readClocks(call: Call, query: ClockQuery): Promise<ClockList> {
  return readIn(call, async (tx) => {
    const reach = caseReach(call);
    if (!reach) return { items: [], nextCursor: null };
    const outside = isContractorOnly(call.roles);
    const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (cursor && (typeof cursor[0] !== 'string' || typeof cursor[1] !== 'string'))
      throw badField('cursor', 'not_a_cursor');
    const rows = await listClocksInReach(tx, call.communityId, reach, {
      ...query,
      ownerId: query.owner === 'me' ? call.actor.accountId : query.owner,
      ...(outside ? { kinds: contractorClocks } : {}),
      limit: query.limit + 1,
      after: cursor ? { key: cursor[0] as string, id: cursor[1] as string } : null,
    });
    const page = pageOf(
      rows,
      query.limit,
      (row) => [row.dueKey, row.id],
      (row) => row,
    );
    const views = await viewClocks(
      tx,
      call.communityId,
      page.items,
      (versionId) => policyOf(tx, call.communityId, versionId),
      call.now,
    );
    const seen = outside ? views.flatMap((view) => clockForContractor(view) ?? []) : views;
    const codes = new Map(page.items.map((row) => [row.id, row.caseCode]));
    return {
      items: seen.map((view) => ({ ...view, communityId: call.communityId, caseCode: codes.get(view.id) ?? '' })),
      nextCursor: page.nextCursor,
    };
  });
}

export async function readClocksEverywhere(call: Call, query: ClockQuery): Promise<ClockList> {
  if (query.cursor !== undefined) throw badField('cursor', 'not_across_communities');
  const communities = await call.house.database.read([], (tx) => listMyCommunities(tx, call.actor));
  const items: ClockList['items'] = [];
  for (const community of communities)
    items.push(
      ...(await readClocks({ ...call, communityId: community.id, roles: callRoles(call.actor, community.id) }, query))
        .items,
    );
  items.sort((a, b) => ((a.dueAt ?? '9999') < (b.dueAt ?? '9999') ? -1 : 1));
  return { items: items.slice(0, query.limit), nextCursor: null };
}
