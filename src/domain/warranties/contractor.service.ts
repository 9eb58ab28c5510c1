// Contractors 维保单位 kept: the firm, its people with sealed phones, and the accounts that stand for it.
import { newId } from '../../kernel/id.ts';
import { BadInput, type FieldFault, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { type Day, dayOf, type Instant, plusMinutes } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { type Call, effect, type InputOf, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { revealMinutes } from '../parties/party-sight.rules.ts';
import { maskPhone, normalisePhone } from '../parties/phone.rules.ts';
import { policyOf } from '../standards/standard.service.ts';
import type { Contractor, ContractorPersonInput, warrantyRoutes } from './warranty.contract.ts';
import {
  type ContractorRow,
  findPersonPhone,
  insertContractor,
  insertPerson,
  insertReveal,
  listContractorAccounts,
  listContractorRows,
  listPeopleRows,
  lockRegister,
  type PersonRow,
  updateContractor,
  updatePerson,
} from './warranty.store.ts';

type Input<Name extends keyof typeof warrantyRoutes> = InputOf<(typeof warrantyRoutes)[Name]>;

export const listContractors = (call: Call) =>
  readIn(call, async (tx) => {
    const people = await listPeopleRows(tx, call.communityId);
    const rows = await listContractorRows(tx, call.communityId);
    return { items: rows.map((row) => shown(call, row, people)), nextCursor: null };
  });

const isActiveOn = (row: Pick<ContractorRow, 'activeFrom' | 'activeUntil'>, day: Day): boolean =>
  row.activeFrom <= day && (row.activeUntil === null || day <= row.activeUntil);

const shown = (call: Call, row: ContractorRow, people: readonly PersonRow[]): Contractor => ({
  ...row,
  communityId: call.communityId,
  isActive: isActiveOn(row, dayOf(call.now)),
  people: people
    .filter((one) => one.contractorId === row.id)
    .map(({ id, name, duty, phoneMasked, accountId, username, isDisabled }) => ({
      id,
      name,
      duty,
      phone: phoneMasked,
      account: accountId === null ? null : { id: accountId, username: username ?? '', disabled: isDisabled === true },
    })),
});

const readContractor = (call: Call, id: string): Promise<Contractor> =>
  readIn(call, async (tx) => {
    const [row] = await listContractorRows(tx, call.communityId, id);
    if (!row) throw notFound('contractor');
    return shown(call, row, await listPeopleRows(tx, call.communityId, id));
  });

export async function createContractor(call: Call, { body }: Input<'createContractor'>): Promise<Contractor> {
  const id = await effect(call, newId(), async (tx, made) => {
    await lockRegister(tx, call.communityId);
    const people = body.people ?? [];
    await checkFirm(tx, call, made, body, people);
    await insertContractor(tx, call.communityId, {
      id: made,
      name: body.name,
      trades: [...new Set(body.trades)],
      activeFrom: body.activeFrom,
      activeUntil: body.activeUntil ?? null,
      note: body.note ?? '',
      createdAt: call.now,
    });
    await keepPeople(tx, call, made, people, []);
    await record(tx, call, {
      action: 'contractor.create',
      noun: 'contractor',
      nounId: made,
      changed: { activeFrom: [null, body.activeFrom], activeUntil: [null, body.activeUntil ?? null] },
    });
  });
  return readContractor(call, id);
}

export async function amendContractor(call: Call, { params, body }: Input<'amendContractor'>): Promise<Contractor> {
  await effect(call, params.id, async (tx) => {
    await lockRegister(tx, call.communityId);
    const [row] = await listContractorRows(tx, call.communityId, params.id);
    if (!row) throw notFound('contractor');
    const version = body.version ?? call.ifMatch;
    if (version === null || version === undefined) throw new BadInput([{ path: 'version', code: 'required' }]);
    if (version !== row.version) throw staleVersion(row.version);
    const { people, version: _seen, ...given } = body;
    const after = {
      ...row,
      ...given,
      activeUntil: given.activeUntil === undefined ? row.activeUntil : given.activeUntil,
    };
    await checkFirm(tx, call, row.id, after, people ?? []);
    const { id: _id, version: _version, ...columns } = after;
    await updateContractor(tx, call.communityId, row.id, { ...columns, trades: [...new Set(columns.trades)] });
    if (people) await keepPeople(tx, call, row.id, people, await listPeopleRows(tx, call.communityId, row.id));
    await record(tx, call, {
      action: 'contractor.amend',
      noun: 'contractor',
      nounId: row.id,
      changed: {
        version: [row.version, row.version + 1],
        ...(after.activeUntil === row.activeUntil ? {} : { activeUntil: [row.activeUntil, after.activeUntil] }),
        ...(people ? { people: [null, people.length] } : {}),
      },
    });
  });
  return readContractor(call, params.id);
}

/** Every fault of a firm at once: name taken, trades unknown to the standard, end before start, phones, accounts. */
async function checkFirm(
  tx: Tx,
  call: Call,
  id: string,
  firm: { name: string; trades: readonly string[]; activeFrom: Day; activeUntil?: Day | null | undefined },
  people: readonly ContractorPersonInput[],
): Promise<void> {
  const faults: FieldFault[] = [];
  const others = await listContractorRows(tx, call.communityId);
  if (others.some((one) => one.id !== id && one.name === firm.name)) faults.push({ path: 'name', code: 'name_taken' });
  if (firm.activeUntil && firm.activeUntil < firm.activeFrom)
    faults.push({ path: 'activeUntil', code: 'end_before_start' });
  const { categories } = (await policyOf(tx, call.communityId)).version.document.repair;
  for (const [index, trade] of firm.trades.entries())
    if (!categories.some((one) => one.code === trade))
      faults.push({ path: `trades.${index}`, code: 'unknown_category' });
  const known = await listPeopleRows(tx, call.communityId);
  const accountIds = people.flatMap((one) => one.accountId ?? []);
  const contractors = await listContractorAccounts(tx, call.communityId, accountIds);
  for (const [index, one] of people.entries()) {
    if (one.id !== undefined && !known.some((row) => row.id === one.id && row.contractorId === id))
      faults.push({ path: `people.${index}.id`, code: 'unknown_person' });
    if (one.phone) {
      const reading = normalisePhone(one.phone);
      if ('fault' in reading) faults.push({ path: `people.${index}.phone`, code: reading.fault });
    }
    if (!one.accountId) continue;
    if (!contractors.includes(one.accountId))
      faults.push({ path: `people.${index}.accountId`, code: 'not_a_contractor_account' });
    else if (
      accountIds.filter((each) => each === one.accountId).length > 1 ||
      known.some((row) => row.accountId === one.accountId && row.contractorId !== id)
    )
      faults.push({ path: `people.${index}.accountId`, code: 'account_of_another_firm' });
  }
  if (faults.length > 0) throw new BadInput(faults);
}

/** The list as given: new ones enter, known ones change, whoever is missing has left and keeps the row. */
async function keepPeople(
  tx: Tx,
  call: Call,
  contractorId: string,
  people: readonly ContractorPersonInput[],
  before: readonly PersonRow[],
): Promise<void> {
  const kept = new Set(people.flatMap((one) => one.id ?? []));
  for (const one of before)
    if (!kept.has(one.id)) await updatePerson(tx, call.communityId, one.id, { leftAt: call.now });
  // Freed first, so that an account may pass from one person of the firm to another in one step.
  for (const one of before)
    if (kept.has(one.id) && one.accountId !== null)
      await updatePerson(tx, call.communityId, one.id, { accountId: null });
  for (const [sort, one] of people.entries()) {
    const was = before.find((each) => each.id === one.id);
    const id = one.id ?? newId();
    const phone =
      one.phone === undefined ? undefined : one.phone === null ? null : sealContractorPhone(call.house, id, one.phone);
    const columns = {
      name: one.name,
      duty: one.duty ?? was?.duty ?? '',
      accountId: one.accountId === undefined ? (was?.accountId ?? null) : one.accountId,
      sort,
    };
    if (was)
      await updatePerson(tx, call.communityId, id, {
        ...columns,
        ...(phone === undefined ? {} : { phoneSealed: phone?.sealed ?? null, phoneMasked: phone?.masked ?? null }),
      });
    else
      await insertPerson(tx, call.communityId, {
        ...columns,
        id,
        contractorId,
        phoneSealed: phone?.sealed ?? null,
        phoneMasked: phone?.masked ?? null,
      });
  }
}

const sealName = (personId: string): string => `contractor-person:${personId}`;

export function sealContractorPhone(house: House, personId: string, text: string): { sealed: Buffer; masked: string } {
  const reading = normalisePhone(text);
  const phone = 'phone' in reading ? reading.phone : text;
  return { sealed: house.secrets.seal(phone, sealName(personId)), masked: maskPhone(phone) };
}

export const openContractorPhone = (house: House, personId: string, sealed: Buffer): string =>
  house.secrets.open(sealed, sealName(personId));

/** The number for the one who rings now; each look is kept with its purpose (PR1). */
export async function revealContractorPhone(call: Call, { params, body }: Input<'revealContractorPhone'>) {
  const until: Instant = plusMinutes(call.now, revealMinutes);
  const value = await call.house.database.write([call.communityId], async (tx) => {
    const row = await findPersonPhone(tx, call.communityId, params.id, params.personId);
    if (!row) throw notFound('contractor');
    if (!row.phoneSealed) throw new Refusal('warranty.no_phone');
    await insertReveal(tx, {
      communityId: call.communityId,
      id: newId(),
      personId: params.personId,
      purpose: body.purpose,
      accountId: call.actor.accountId,
      at: call.now,
      untilAt: until,
    });
    await record(tx, call, {
      action: 'contractor.revealed',
      noun: 'contractor',
      nounId: params.id,
      changed: { person: [null, params.personId] },
    });
    return openContractorPhone(call.house, params.personId, row.phoneSealed);
  });
  call.house.committed();
  return { value, until };
}
