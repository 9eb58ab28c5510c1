// Takes another system's fee settings, fees of rooms and meters in: adds what is not there, changes nothing that is, names the
// rows that say otherwise. The same file again writes nothing.
import { newId } from '../../kernel/id.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import type { ImportOutcome, ImportReader } from '../places/import-run.service.ts';
import {
  type ChargeDraft,
  type ChargeRejection,
  type ChargeRejectionCode,
  startChargeMapping,
} from './charge-import.rules.ts';
import { chargeFormTitles, chargeRejectionWords } from './charge-import.words.ts';
import {
  findUnitIds,
  insertItem,
  insertTerm,
  insertVersion,
  listItemRows,
  listTermRows,
  lockPrices,
} from './charge-item.store.ts';
import { findMeterForReading, insertMeter } from './meter.store.ts';

/** What the forms do not say: when a month is due, how many figures a dial has. */
const dueDay = 28;
const dialFigures = 6;

export const readChargeForms: ImportReader = async (tx, call, _order, rows, onProgress) => {
  await lockPrices(tx, call.communityId);
  const mapping = startChargeMapping();
  const rejected: ChargeRejection[] = [];
  const drafts: ChargeDraft[] = [];
  let [rowsRead, wrongRows] = [0, 0];
  for await (const row of rows) {
    rowsRead++;
    const taken = mapping.take(row);
    drafts.push(...taken.drafts);
    rejected.push(...taken.rejected);
    if (taken.rejected.length > 0) wrongRows++;
    await onProgress(rowsRead);
  }
  rejected.push(...mapping.finish());
  const book = await openPriceBook(tx, call, drafts);
  for (const draft of drafts) rejected.push(...(await book.take(draft)));
  return {
    rows: drafts.length + wrongRows,
    rowsRead,
    written: Object.values(book.created).reduce((sum, one) => sum + one, 0),
    rejected: rejected.map((one) => ({ ...one, expected: chargeRejectionWords[one.code], isPersonal: false })),
    summary: { created: book.created, changed: {}, unchanged: book.unchanged() },
  } satisfies ImportOutcome;
};

async function openPriceBook(tx: Tx, call: Call, drafts: readonly ChargeDraft[]) {
  const { communityId } = call;
  const by = { enteredBy: call.actor.accountId || null, enteredAt: call.now };
  const items = await listItemRows(tx, communityId);
  const byName = new Map(items.map((one) => [one.name, one.id]));
  const byNumber = new Map<string, { id: string; from: Day }>();
  const codes = new Set(items.map(({ code }) => code));
  const units = await findUnitIds(
    tx,
    communityId,
    drafts.flatMap((draft) => (draft.noun === 'item' ? [] : [draft.unit])),
  );
  const created: Record<string, number> = {};
  let unchanged = 0;
  const count = (noun: string) => {
    created[noun] = (created[noun] ?? 0) + 1;
  };
  const no = (draft: ChargeDraft, column: string, code: ChargeRejectionCode, read: string): ChargeRejection[] => [
    { sheet: draft.sheet, row: draft.row, column, code, read },
  ];
  const freeCode = (number: string): string => {
    for (let suffix = 0; ; suffix++) {
      const code = suffix === 0 ? number : `${number}-${suffix}`;
      if (!codes.has(code)) return code;
    }
  };

  return {
    created,
    unchanged: () => unchanged,
    async take(draft: ChargeDraft): Promise<ChargeRejection[]> {
      if (draft.noun === 'item') {
        const known = byName.get(draft.name);
        byNumber.set(draft.number, { id: known ?? newId(), from: draft.from });
        if (known !== undefined) {
          unchanged++;
          return [];
        }
        const { id } = byNumber.get(draft.number) as { id: string };
        const code = freeCode(draft.number);
        codes.add(code);
        byName.set(draft.name, id);
        await insertItem(tx, communityId, {
          ...{ id, code, name: draft.name, kind: draft.kind, months: [], usages: [], appliesTo: 'listed', dueDay },
          retiredOn: draft.until,
          createdAt: call.now,
        });
        await insertVersion(tx, communityId, {
          ...{ id: newId(), itemId: id, from: draft.from, rule: draft.rule, rounding: 'fen', payer: 'owner' },
          ...{ unsoldPercent: 100, vacantPercent: 100, note: '', ...by },
        });
        await record(tx, call, {
          action: 'charge-item.create',
          noun: 'charge-item',
          nounId: id,
          changed: { code: [null, code] },
        });
        count('charge-item');
        return [];
      }
      const unitId = units.get(draft.unit);
      if (unitId === undefined) return no(draft, chargeFormTitles.unit, 'unknown_unit', draft.unit);
      if (draft.noun === 'meter') {
        const itemId = byName.get(draft.item);
        if (itemId === undefined) return no(draft, chargeFormTitles.item, 'unknown_item', draft.item);
        const known = await findMeterForReading(tx, communityId, { code: draft.code });
        if (known) {
          if (known.unitId !== unitId || known.itemId !== itemId)
            return no(draft, chargeFormTitles.code, 'meter_elsewhere', draft.code);
          unchanged++;
          return [];
        }
        await insertMeter(tx, communityId, {
          ...{ id: newId(), itemId, unitId, buildingId: null, code: draft.code, dialFigures },
          ...{ installedOn: dayOf(call.now), startThousandths: 0, createdAt: call.now },
        });
        count('meter');
        return [];
      }
      for (const [place, number] of draft.numbers.entries()) {
        const item = byNumber.get(number);
        if (!item) return no(draft, chargeFormTitles.fees, 'unknown_item', number);
        const standing = await listTermRows(tx, communityId, { unitId, itemId: item.id, kind: 'applies' });
        if (standing.length > 0) {
          unchanged++;
          continue;
        }
        await insertTerm(tx, communityId, {
          ...{
            id: newId(),
            kind: 'applies',
            unitId,
            itemId: item.id,
            from: draft.from[place] ?? item.from,
            until: null,
          },
          ...{ rule: null, percent: null, classCode: null, vehicleId: null, reason: '', ...by },
        });
        count('charge-term');
      }
      return [];
    },
  };
}
