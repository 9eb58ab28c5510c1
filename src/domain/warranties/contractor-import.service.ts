// Takes a list of contractors 维保单位 in: adds what the register does not have, changes nothing it has, and names the rows
// that say otherwise. The same file again writes nothing.
import { newId } from '../../kernel/id.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { ImportOutcome, ImportReader } from '../places/import-run.service.ts';
import { policyOf } from '../standards/standard.service.ts';
import { openContractorPhone, sealContractorPhone } from './contractor.service.ts';
import type {
  ContractorDraft,
  ContractorField,
  ContractorRejection,
  ContractorRejectionCode,
  TermDraft,
} from './contractor-import.contract.ts';
import { startContractorMapping } from './contractor-import.rules.ts';
import { contractorRejectionExpected, termKnownWords } from './contractor-import.words.ts';
import {
  type ContractorRow,
  findPersonPhone,
  insertContractor,
  insertKeeper,
  insertPerson,
  insertTerm,
  listContractorRows,
  listPeopleRows,
  listTermRows,
  lockRegister,
  updateContractor,
  updatePerson,
} from './warranty.store.ts';

type Noun = 'contractor' | 'contractor-person' | 'warranty-term';

export const readContractorList: ImportReader = async (tx, call, _order, rows, onProgress) => {
  await lockRegister(tx, call.communityId);
  const { categories } = (await policyOf(tx, call.communityId)).version.document.repair;
  const mapping = startContractorMapping(categories);
  const rejected: ContractorRejection[] = [];
  const drafts: ContractorDraft[] = [];
  let [rowsRead, wrongRows] = [0, 0];
  for await (const row of rows) {
    rowsRead++;
    const { draft, rejected: wrong } = mapping.take(row);
    rejected.push(...wrong);
    if (wrong.length > 0) wrongRows++;
    if (draft) drafts.push(draft);
    await onProgress(rowsRead);
  }
  rejected.push(...mapping.finish());
  const register = await openRegister(tx, call);
  // A firm's dates may stand in any of its rows.
  for (const draft of drafts) rejected.push(...(await register.take(draft, drafts)));
  return {
    rows: drafts.length + wrongRows,
    rowsRead,
    written: register.written(),
    rejected: rejected.map((one) => ({
      code: one.code,
      sheet: one.sheet,
      row: one.row,
      column: one.column,
      read: one.read,
      expected: contractorRejectionExpected(one),
      isPersonal: one.isPersonal,
    })),
    summary: { created: register.created, changed: register.changed, unchanged: register.unchanged() },
  } satisfies ImportOutcome;
};

/** The register as it stands and as it grows while rows are taken. */
async function openRegister(tx: Tx, call: Call) {
  const { communityId } = call;
  const firms = new Map((await listContractorRows(tx, communityId)).map((one) => [one.name, one]));
  const terms = new Map((await listTermRows(tx, communityId)).filter(isEverywhere).map((one) => [keyOf(one), one]));
  const people = await listPeopleRows(tx, communityId);
  const created: Partial<Record<Noun, number>> = {};
  const changed: Partial<Record<Noun, number>> = {};
  let unchanged = 0;
  const count = (into: Partial<Record<Noun, number>>, noun: Noun) => {
    into[noun] = (into[noun] ?? 0) + 1;
  };

  async function takeFirm(draft: ContractorDraft, drafts: readonly ContractorDraft[]): Promise<ContractorRow | Fault> {
    const known = firms.get(draft.name);
    if (known) {
      for (const field of ['activeFrom', 'activeUntil'] as const)
        if (draft[field] !== null && draft[field] !== known[field])
          return { field, code: 'firm_differs', facts: { known: known[field] ?? '–' } };
      if (known.trades.includes(draft.category)) {
        unchanged++;
        return known;
      }
      const grown = { ...known, trades: [...known.trades, draft.category], version: known.version + 1 };
      await updateContractor(tx, communityId, known.id, { trades: grown.trades });
      await recordFirm('contractor.amend', known.id, { version: [known.version, grown.version] });
      firms.set(draft.name, grown);
      count(changed, 'contractor');
      return grown;
    }
    const own = drafts.filter((one) => one.name === draft.name);
    const from = own.find((one) => one.activeFrom !== null);
    const until = own.find((one) => one.activeUntil !== null);
    if (!from?.activeFrom) return { field: 'activeFrom', code: 'required' };
    for (const field of ['activeFrom', 'activeUntil'] as const) {
      const said = field === 'activeFrom' ? from : until;
      const other = own.find((one) => one[field] !== null && one[field] !== said?.[field]);
      if (said && other)
        return { field, code: 'contradicts_row', facts: { row: said === draft ? other.row : said.row } };
    }
    if (until?.activeUntil && until.activeUntil < from.activeFrom)
      return { field: 'activeUntil', code: 'end_before_start' };
    const row: ContractorRow = {
      id: newId(),
      name: draft.name,
      trades: [...new Set(own.map((one) => one.category))],
      activeFrom: from.activeFrom,
      activeUntil: until?.activeUntil ?? null,
      note: own.find((one) => one.note !== null)?.note ?? '',
      version: 1,
    };
    const { version: _version, ...columns } = row;
    await insertContractor(tx, communityId, { ...columns, createdAt: call.now });
    await recordFirm('contractor.create', row.id, { activeFrom: [null, row.activeFrom] });
    firms.set(row.name, row);
    count(created, 'contractor');
    return row;
  }

  const recordFirm = (action: string, nounId: string, change: Record<string, [unknown, unknown]>) =>
    record(tx, call, { action, noun: 'contractor', nounId, changed: change });

  async function takePerson(firm: ContractorRow, given: NonNullable<ContractorDraft['person']>): Promise<Fault | null> {
    const own = people.filter((one) => one.contractorId === firm.id);
    const known = own.find((one) => one.name === given.name);
    const sealed = (id: string) => {
      const phone = given.phone === null ? null : sealContractorPhone(call.house, id, given.phone);
      return { phoneSealed: phone?.sealed ?? null, phoneMasked: phone?.masked ?? null };
    };
    if (!known) {
      const id = newId();
      const columns = { id, contractorId: firm.id, name: given.name, duty: given.duty ?? '', accountId: null };
      const phone = sealed(id);
      await insertPerson(tx, communityId, { ...columns, ...phone, sort: own.length });
      people.push({ ...columns, phoneMasked: phone.phoneMasked, username: null, isDisabled: null });
      await recordFirm('contractor.amend', firm.id, { people: [own.length, own.length + 1] });
      count(created, 'contractor-person');
      return null;
    }
    if (given.phone === null) return null;
    const kept = await findPersonPhone(tx, communityId, firm.id, known.id);
    if (kept?.phoneSealed)
      return openContractorPhone(call.house, known.id, kept.phoneSealed) === given.phone
        ? null
        : { field: 'phone', code: 'phone_differs' };
    await updatePerson(tx, communityId, known.id, sealed(known.id));
    await recordFirm('contractor.amend', firm.id, { people: [own.length, own.length] });
    count(changed, 'contractor-person');
    return null;
  }

  async function takeTerm(firm: ContractorRow, term: TermDraft): Promise<Fault | null> {
    const known = terms.get(keyOf(term));
    if (known) {
      const keeper = known.keepers[0]?.contractorId;
      const isSame =
        keeper === firm.id &&
        known.months === term.months &&
        known.untilOn === term.untilOn &&
        known.startsOn === term.startsOn;
      if (isSame) return null;
      const name = [...firms.values()].find((one) => one.id === keeper)?.name ?? '';
      return { field: 'category', code: 'term_differs', facts: { known: termKnownWords(known, name) } };
    }
    const row = { id: newId(), ...term, buildingId: null, unitId: null };
    await insertTerm(tx, communityId, { ...row, createdAt: call.now });
    await insertKeeper(tx, communityId, {
      id: newId(),
      termId: row.id,
      contractorId: firm.id,
      fromOn: null,
      enteredBy: call.actor.accountId || null,
      enteredAt: call.now,
    });
    await record(tx, call, {
      action: 'warranty-term.create',
      noun: 'warranty-term',
      nounId: row.id,
      changed: { category: [null, term.category], months: [null, term.months], untilOn: [null, term.untilOn] },
    });
    const keepers = [{ contractorId: firm.id, fromOn: null }];
    terms.set(keyOf(term), { ...row, version: 1, building: null, unit: null, keepers });
    count(created, 'warranty-term');
    return null;
  }

  return {
    created,
    changed,
    unchanged: () => unchanged,
    written: () => [...Object.values(created), ...Object.values(changed)].reduce((sum, one) => sum + one, 0),
    async take(draft: ContractorDraft, drafts: readonly ContractorDraft[]): Promise<ContractorRejection[]> {
      const firm = await takeFirm(draft, drafts);
      if ('field' in firm) return [rejectionOf(draft, firm)];
      const faults = [
        draft.person === null ? null : await takePerson(firm, draft.person),
        draft.term === null ? null : await takeTerm(firm, draft.term),
      ];
      return faults.flatMap((one) => (one === null ? [] : [rejectionOf(draft, one)]));
    },
  };
}

type Fault = { field: ContractorField; code: ContractorRejectionCode; facts?: Record<string, string | number> };

const isEverywhere = (term: { buildingId: string | null; unitId: string | null }): boolean =>
  term.buildingId === null && term.unitId === null;
const keyOf = (term: Pick<TermDraft, 'covers' | 'category' | 'part'>): string =>
  [term.covers, term.category, term.part ?? ''].join('\n');

const rejectionOf = (draft: ContractorDraft, { field, code, facts }: Fault): ContractorRejection => ({
  sheet: draft.sheet,
  row: draft.row,
  column: draft.titles[field] ?? '',
  code,
  read: readAgain(draft, field),
  isPersonal: field === 'phone',
  ...(facts === undefined ? {} : { facts }),
});

function readAgain(draft: ContractorDraft, field: ContractorField): string {
  if (field === 'phone') return draft.person?.phone ?? '';
  if (field === 'activeFrom' || field === 'activeUntil') return draft[field] ?? '';
  return field === 'category' ? [draft.name, draft.term?.part ?? ''].filter(Boolean).join(' ') : '';
}
