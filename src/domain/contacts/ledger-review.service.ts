// The supervisor's daily look at the ledger (FD5): counts as she saw them, and which days still wait for one.
import { newId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import { type Day, dayOf, plusDays, startOfDay } from '../../kernel/time.ts';
import { sql } from '../../platform/database/database.ts';
import { type Call, effect, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { shapeContact } from './contact.service.ts';
import { listContacts } from './contact.store.ts';
import type { LedgerDay } from './ledger-review.contract.ts';
import { countLines, listNotReviewed, listReviews } from './ledger-review.store.ts';

/** A supervisor back from leave sees the days that nobody looked at, not the whole year. */
const lookBackDays = 10;
const undoneShown = 200;

const spanOf = (day: Day) => ({ from: startOfDay(day), until: startOfDay(plusDays(day, 1)) });

export async function readLedgerDay(call: Call, day: Day): Promise<LedgerDay> {
  return readIn(call, async (tx) => {
    const { lines } = await countLines(tx, call.communityId, spanOf(day));
    const undone = await listContacts(tx, call.communityId, { owing: true, ...spanOf(day), limit: undoneShown });
    const today = dayOf(call.now);
    return {
      day,
      lines,
      undone: undone.toReversed().map(shapeContact),
      reviews: await listReviews(tx, call.communityId, day),
      notReviewed: await listNotReviewed(tx, call.communityId, plusDays(today, -lookBackDays), today),
    };
  });
}

export async function reviewLedger(call: Call, day: Day, remark: string): Promise<string> {
  if (day > dayOf(call.now)) throw badField('day', 'in_the_future');
  return effect(call, newId(), async (tx, id) => {
    const { lines, undone } = await countLines(tx, call.communityId, spanOf(day));
    await sql`
      insert into ledger_reviews (community_id, id, day, lines, undone, remark, reviewed_by, reviewed_at)
      values (${call.communityId}, ${id}, ${day}, ${lines}, ${undone}, ${remark}, ${call.actor.accountId}, ${call.now})`.execute(
      tx,
    );
    await record(tx, call, {
      action: 'ledger.review',
      noun: 'ledger-review',
      nounId: id,
      changed: { day: [null, day], undone: [null, undone] },
    });
  });
}
