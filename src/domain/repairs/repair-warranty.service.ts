// What repairs ask of the warranty register (RP7): the verdict on a report, whom of the firm to tell, and which account
// stands for a firm that an order is sent to.
import { badField } from '../../kernel/refusal.ts';
import { dayOf, type Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import type { Warranty } from '../warranties/warranty.contract.ts';
import { findWarrantyOf } from '../warranties/warranty.service.ts';
import { accountsOfFirm, firmOfAccount, listContractorRows } from '../warranties/warranty.store.ts';

export type WarrantyOfRepair = { verdict: Warranty; accountIds: string[] };

/** By the day of the report, wherever it is typed in later. */
export async function judgeWarranty(
  tx: Tx,
  communityId: string,
  repair: { unitId: string | null; place: string | null; category: string; part: string | null; receivedAt: Instant },
): Promise<WarrantyOfRepair | null> {
  const { receivedAt, ...asked } = repair;
  if (asked.unitId === null && asked.place === null) return null;
  const verdict = await findWarrantyOf(tx, communityId, { ...asked, day: dayOf(receivedAt) });
  if (verdict === null) return null;
  return { verdict, accountIds: await accountsToTell(tx, communityId, verdict) };
}

export const accountsToTell = async (tx: Tx, communityId: string, verdict: Warranty | null): Promise<string[]> =>
  verdict?.contractor ? accountsOfFirm(tx, communityId, verdict.contractor.id) : [];

/** An order goes to a firm's first account where the firm itself is named; an account stays what it is. */
export async function accountOfContractor(tx: Tx, communityId: string, id: string): Promise<string> {
  const [firm] = await listContractorRows(tx, communityId, id);
  if (!firm) return id;
  const [first] = await accountsOfFirm(tx, communityId, firm.id);
  if (first === undefined) throw badField('contractorId', 'contractor_without_account');
  return first;
}

export const firmOf = firmOfAccount;

/** Everybody of the caller's firm who signs in, so that one may take over what was sent to another. */
export async function colleaguesOf(tx: Tx, call: Call): Promise<string[]> {
  if (!call.roles.includes('contractor')) return [];
  const firm = await firmOfAccount(tx, call.communityId, call.actor.accountId);
  return firm === null ? [] : listAccountsEver(tx, call.communityId, firm);
}

/** Those who left too: an order sent to somebody stays the firm's. */
async function listAccountsEver(tx: Tx, communityId: string, contractorId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('contractorPeople')
    .select('accountId')
    .where('communityId', '=', communityId)
    .where('contractorId', '=', contractorId)
    .where('accountId', 'is not', null)
    .execute();
  return rows.flatMap((row) => row.accountId ?? []);
}

export async function firmNamed(tx: Tx, communityId: string, id: string | null) {
  if (id === null) return null;
  const [firm] = await listContractorRows(tx, communityId, id);
  return firm ? { id: firm.id, name: firm.name } : null;
}
