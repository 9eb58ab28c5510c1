// Clocks over cases: what is due next, with "why this time", within the caller's reach.
import { badField } from '../../kernel/refusal.ts';
import { listMyCommunities } from '../access/account.service.ts';
import { type Call, callRoles, readIn } from '../access/call.ts';
import { viewClocks } from '../clocks/clock.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { ClockList, ClockQuery } from './case.contract.ts';
import { caseReach } from './case.service.ts';
import { listClocksInReach } from './case.store.ts';
import { cursorAfter, hiddenOf, opaqueFor, openCursor } from './case-anonymity.service.ts';
import {
  clockForContractor,
  clockToTheHour,
  contractorClocks,
  isContractorOnly,
  toTheHour,
} from './case-sight.rules.ts';

export async function readClocks(call: Call, query: ClockQuery): Promise<ClockList> {
  return readIn(call, async (tx) => {
    const reach = caseReach(call);
    if (!reach) return { items: [], nextCursor: null };
    const outside = isContractorOnly(call.roles);
    const cursor = query.cursor === undefined ? null : openCursor(call.house, query.cursor);
    const rows = await listClocksInReach(tx, call.communityId, reach, {
      ...query,
      ownerId: query.owner === 'me' ? call.actor.accountId : query.owner,
      ...(outside ? { kinds: contractorClocks } : {}),
      limit: query.limit + 1,
      after: cursor ? { key: cursor[0], id: cursor[1] } : null,
    });
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const hidden = await hiddenOf(tx, call, page);
    const views = await viewClocks(
      tx,
      call.communityId,
      page,
      (versionId) => policyOf(tx, call.communityId, versionId),
      call.now,
    );
    const seen = outside ? views.flatMap((view) => clockForContractor(view) ?? []) : views;
    const codes = new Map(page.map((row) => [row.id, row.caseCode]));
    const opaque = opaqueFor(call);
    return {
      items: seen.flatMap((view): ClockList['items'] => {
        const shown = { ...view, communityId: call.communityId, caseCode: codes.get(view.id) ?? '' };
        if (!hidden.has(view.caseId)) return [shown];
        const blurred = { ...clockToTheHour(shown), id: opaque(view.id) };
        // Asked minute by minute, the moment from which it is there would tell: it is there by whole hours.
        const { dueBefore } = query;
        const isLater = dueBefore !== undefined && (blurred.dueAt ?? '9999') >= toTheHour(dueBefore);
        return isLater ? [] : [blurred];
      }),
      nextCursor: last ? cursorAfter(call.house, [last.dueKey, last.id], hidden.has(last.caseId)) : null,
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
