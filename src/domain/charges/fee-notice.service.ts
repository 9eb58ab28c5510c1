// Fee notices 收费通知单 (MN3): read by pages in the order of the house, written as .docx, and told to residents with an account.
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { type Day, dayOf, type Month } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { documentBytes } from '../../platform/documents/write-document.ts';
import { type Call, effect, type InputOf, RawAnswer, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { notifyMany } from '../notifications/notification.service.ts';
import { findCommunityName, readSettings } from './charge-item.store.ts';
import { shownCharges } from './charge-view.service.ts';
import type { FeeNotice, feeNoticeRoutes } from './fee-notice.contract.ts';
import { noticesOf } from './fee-notice.rules.ts';
import { listNoticeUnits, listPayerAccounts, type NoticeUnit } from './fee-notice.store.ts';
import { feeNoticeFileName, noticeDocument } from './fee-notice.words.ts';
import { listChargesOfUnits } from './posted-charge.store.ts';

type Input<Name extends keyof typeof feeNoticeRoutes> = InputOf<(typeof feeNoticeRoutes)[Name]>;
type Chosen = { month: Month; buildingId?: string | undefined; unitId?: string | undefined; open?: 'true' | 'false' };

/** A page of a document is one household; more than this is a file that nobody opens. */
const mostInDocument = 2_000;
const unitsAtOnce = 200;

async function noticesOfUnits(
  tx: Tx,
  communityId: string,
  units: readonly NoticeUnit[],
  chosen: Chosen,
  today: Day,
): Promise<FeeNotice[]> {
  const charges = await listChargesOfUnits(
    tx,
    communityId,
    units.map(({ unitId }) => unitId),
    chosen.month,
  );
  const shown = await shownCharges(tx, communityId, charges);
  const order = new Map(units.map(({ unitId }, place) => [unitId, place]));
  return noticesOf(shown, chosen.month, today)
    .filter((notice) => (chosen.open === 'false' ? notice.lines.length > 0 : notice.toPayFen > 0))
    .sort((a, b) => (order.get(a.unit.id) ?? 0) - (order.get(b.unit.id) ?? 0));
}

export const listFeeNotices = (call: Call, { query }: Input<'listFeeNotices'>) =>
  readIn(call, async (tx) => {
    const { month, buildingId, unitId, limit } = query;
    const after = query.cursor === undefined ? null : (decodeCursor(query.cursor, 2) as [string, string]);
    const rows = await listNoticeUnits(tx, call.communityId, { month, buildingId, unitId, after, limit: limit + 1 });
    const page = pageOf(
      rows,
      limit,
      (row) => [row.sortKey, row.unitId],
      (row) => row,
    );
    return {
      items: await noticesOfUnits(tx, call.communityId, page.items, query, dayOf(call.now)),
      noticeText: (await readSettings(tx, call.communityId)).noticeText,
      nextCursor: page.nextCursor,
    };
  });

/** Every notice chosen, piece by piece. */
async function eachPiece(
  tx: Tx,
  communityId: string,
  chosen: Chosen,
  today: Day,
  take: (notices: FeeNotice[]) => Promise<boolean>,
): Promise<void> {
  let after: [string, string] | null = null;
  for (;;) {
    const units: NoticeUnit[] = await listNoticeUnits(tx, communityId, {
      month: chosen.month,
      buildingId: chosen.buildingId,
      unitId: chosen.unitId,
      after,
      limit: unitsAtOnce,
    });
    const goesOn = await take(await noticesOfUnits(tx, communityId, units, chosen, today));
    const last = units.at(-1);
    if (!goesOn || last === undefined || units.length < unitsAtOnce) return;
    after = [last.sortKey, last.unitId];
  }
}

export async function exportFeeNotices(call: Call, { query }: Input<'exportFeeNotices'>): Promise<RawAnswer> {
  const { all, community, noticeText } = await readIn(call, async (tx) => {
    const found: FeeNotice[] = [];
    await eachPiece(tx, call.communityId, query, dayOf(call.now), async (notices) => {
      found.push(...notices);
      return found.length < mostInDocument;
    });
    return {
      all: found.slice(0, mostInDocument),
      community: await findCommunityName(tx, call.communityId),
      noticeText: (await readSettings(tx, call.communityId)).noticeText,
    };
  });
  return new RawAnswer(await documentBytes(noticeDocument(all, { community, month: query.month, noticeText })), {
    'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(feeNoticeFileName(query.month))}`,
    'cache-control': 'no-store',
  });
}

export async function sendFeeNotices(call: Call, { body }: Input<'sendFeeNotices'>) {
  const answer = { told: 0, households: 0, withoutAccount: 0 };
  await effect(call, newId(), async (tx, made) => {
    await eachPiece(tx, call.communityId, { ...body, open: 'true' }, dayOf(call.now), async (notices) => {
      const accounts = await listPayerAccounts(
        tx,
        call.communityId,
        notices.flatMap(({ payer }) => payer.partyId ?? []),
      );
      for (const notice of notices) {
        const ids = (notice.payer.partyId && accounts.get(notice.payer.partyId)) || [];
        answer.households++;
        if (ids.length === 0) answer.withoutAccount++;
        answer.told += ids.length;
        await notifyMany(
          tx,
          ids.map((recipientId) => ({
            communityId: call.communityId,
            kind: 'fee-notice' as const,
            facts: { month: notice.month, unitId: notice.unit.id, toPayFen: notice.toPayFen, dueOn: notice.dueOn },
            recipientId,
            channel: 'bell' as const,
            out: true,
            thing: `fee-notice:${notice.unit.id}:${notice.month}`,
            now: call.now,
          })),
        );
      }
      return true;
    });
    await record(tx, call, {
      action: 'fee-notice.send',
      noun: 'fee-notice',
      nounId: made,
      changed: { month: [null, body.month], households: [0, answer.households], told: [0, answer.told] },
    });
  });
  return answer;
}
