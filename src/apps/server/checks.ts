// The invariants 不变量 that `verify` holds the house to, by name. A new slice adds its own line.

import { approvalsFoldAnew, subjectsHaveApprovals } from '../../domain/approvals/approval-check.service.ts';
import { filesAreWhole } from '../../domain/attachments/attachment-check.service.ts';
import { chainsHold, everyEntryIsSealed } from '../../domain/audit/audit-check.service.ts';
import {
  countsAreTrue,
  nextDueIsTheFirstClock,
  numbersAreAhead,
  timeLinesHaveNoGaps,
} from '../../domain/cases/case-check.service.ts';
import { chargesDeriveAnew } from '../../domain/charges/charge-check.service.ts';
import { clocksFoldAnew } from '../../domain/clocks/clock-check.service.ts';
import { closedDaysHold } from '../../domain/daily-closes/daily-close-check.service.ts';
import { samplesDrawAnew } from '../../domain/follow-ups/follow-up-check.service.ts';
import { frozenMonthsAddUp } from '../../domain/indicators/indicator-check.service.ts';
import { booksBalance } from '../../domain/ledger/ledger-check.service.ts';
import {
  moneyHasItsReceipt,
  receiptNumbersHaveNoGap,
  refundsHaveTheirVoucher,
} from '../../domain/payments/receipt-check.service.ts';
import { householdsAreFound, peopleAreFound } from '../../domain/places/search-check.service.ts';
import { policyOf } from '../../domain/standards/standard.service.ts';
import type { Breach, Check } from '../../platform/checks.ts';
import { type Access, openDatabase } from '../../platform/database/database.ts';
import { referencesHold } from '../../platform/database/key-check.ts';
import type { House } from '../../platform/house.ts';

export const checks = {
  references: referencesHold,
  clocks: clocksFoldAnew(policyOf),
  'next-due': nextDueIsTheFirstClock,
  'time-lines': timeLinesHaveNoGaps,
  counts: countsAreTrue,
  numbers: numbersAreAhead,
  'audit-chain': chainsHold,
  'audit-seals': everyEntryIsSealed,
  files: filesAreWhole,
  search: householdsAreFound,
  'search-people': peopleAreFound,
  samples: samplesDrawAnew,
  'frozen-months': frozenMonthsAddUp,
  approvals: approvalsFoldAnew,
  'approval-subjects': subjectsHaveApprovals,
  books: booksBalance,
  charges: chargesDeriveAnew,
  'closed-days': closedDaysHold,
  'receipt-numbers': receiptNumbersHaveNoGap,
  'money-receipts': moneyHasItsReceipt,
  'refund-vouchers': refundsHaveTheirVoucher,
} satisfies Record<string, Check>;
export type CheckName = keyof typeof checks;

export type FoundBreach = Breach & { check: CheckName };

/** Every breach in the house as it stands at one instant, seen as the owner. */
export async function findBreaches(house: House, owner: Access, found: (breach: FoundBreach) => void): Promise<number> {
  const database = openDatabase({ ...owner, max: 1 }, (fault) =>
    house.log.error('database.connection_lost', {}, fault),
  );
  let breaches = 0;
  try {
    await database.snapshot(async (tx) => {
      for (const [check, ask] of Object.entries(checks) as [CheckName, Check][])
        for await (const breach of ask(tx, house)) {
          breaches++;
          found({ ...breach, check });
        }
    });
  } finally {
    await database.close();
  }
  return breaches;
}
