// What somebody typed into the dialog of a move, and the body that it makes; faults are codes of the dialog's words.
import { fenOfYuan } from '../../../../kernel/money.ts';
import type { Instant } from '../../../../kernel/time.ts';
import { instantOfField, wallField } from '../../../../ui/wallTime.ts';
import type { RepairAnswer, RepairMove } from '../../repair.contract.ts';
import type { repairPageWords } from '../../repair-page.words.ts';

/** `priceItemId` while the line is as the price list has it. */
export type LineDraft = {
  name: string;
  quantity: string;
  price: string;
  priceItemId?: string;
  kind?: 'labour' | 'material' | 'other';
};
export const emptyLine: LineDraft = { name: '', quantity: '1', price: '' };

export type MoveDraft = {
  technicianId: string;
  contractorId: string;
  contractorTold: boolean;
  reason: string;
  note: string;
  by: string;
  how: string;
  lines: LineDraft[];
  pauseReason: string;
  until: string;
  call: string;
  consentBy: string;
  consentHow: string;
  result: string;
  signMode: 'drawn' | 'photo' | 'absent';
  signature: string;
  satisfied: '' | 'yes' | 'no';
  signer: string;
  department: string;
  cancelBy: string;
  urgency: string;
  appointmentAt: string;
  agreedAt: string;
  place: string;
  description: string;
  contactName: string;
  contactPhone: string;
  category: string;
  part: string;
  customerTold: boolean;
  readBack: boolean;
  photos: string[];
  checks: string[];
};

export function startDraft(move: RepairMove, repair: RepairAnswer): MoveDraft {
  const isAmend = move === 'amend';
  return {
    technicianId: '',
    contractorId: '',
    contractorTold: false,
    reason: '',
    note: '',
    by: repair.contact.name ?? '',
    how: 'call',
    lines: move === 'quote' ? [{ ...emptyLine }] : [],
    pauseReason: 'parts',
    until: '',
    call: '',
    consentBy: '',
    consentHow: 'call',
    result: '',
    signMode: 'drawn',
    signature: '',
    satisfied: '',
    signer: repair.unitId === null ? 'reporter' : 'customer',
    department: repair.department,
    cancelBy: 'customer',
    urgency: repair.urgency,
    appointmentAt: isAmend ? wallField(repair.appointmentAt) : '',
    agreedAt: isAmend ? wallField(repair.agreedAt) : '',
    place: repair.place ?? '',
    description: isAmend ? repair.description : '',
    contactName: repair.contact.name ?? '',
    contactPhone: '',
    category: repair.category,
    part: repair.part ?? '',
    customerTold: false,
    readBack: repair.readBack,
    photos: [],
    checks: [],
  };
}

export const quantityOf = (text: string): number | null =>
  /^\d{1,5}(\.\d{1,3})?$/.test(text.trim()) && Number(text) > 0 ? Number(text) : null;

/** Quantities have three decimals at most: thousandths, rounded half up once. */
export const lineFen = (quantity: number, unitPriceFen: number): number =>
  Math.floor((Math.round(quantity * 1000) * unitPriceFen + 500) / 1000);

type Fault = Extract<
  keyof (typeof repairPageWords)['dialog'],
  'badMoney' | 'badQuantity' | 'linesMissing' | 'emptyDrawing' | 'signPhotoMissing' | 'nothingChanged'
>;
type Read = { body: Record<string, unknown> } | { fault: Fault };

function readLines(lines: readonly LineDraft[]): { lines: object[]; sumFen: number } | { fault: Fault } {
  const read: object[] = [];
  let sumFen = 0;
  for (const line of lines) {
    if (line.name.trim() === '' && line.price.trim() === '') continue;
    const quantity = quantityOf(line.quantity);
    const unitPriceFen = fenOfYuan(line.price === '' ? '0' : line.price);
    if (quantity === null) return { fault: 'badQuantity' };
    if (unitPriceFen === null) return { fault: 'badMoney' };
    sumFen += lineFen(quantity, unitPriceFen);
    read.push({
      name: line.name.trim(),
      quantity,
      unitPriceFen,
      ...(line.priceItemId === undefined ? {} : { priceItemId: line.priceItemId }),
      ...(line.kind === undefined ? {} : { kind: line.kind }),
    });
  }
  return { lines: read, sumFen };
}

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
const consentOf = (draft: MoveDraft) =>
  filled(draft.consentBy) === undefined ? undefined : { by: draft.consentBy.trim(), how: draft.consentHow };
const changed = <Value>(now: Value, before: Value): Value | undefined => (now === before ? undefined : now);
const changedTime = (text: string, before: Instant | null) =>
  text === wallField(before) ? undefined : instantOfField(text);

function own(move: RepairMove, draft: MoveDraft, repair: RepairAnswer): Read {
  const reason = filled(draft.reason);
  switch (move) {
    case 'amend': {
      const name = filled(draft.contactName);
      const phone = filled(draft.contactPhone);
      const contact =
        name !== (repair.contact.name ?? undefined) || phone !== undefined
          ? { contact: { ...(name ? { name } : {}), ...(phone ? { phone } : {}) } }
          : {};
      const body = {
        urgency: changed(draft.urgency, repair.urgency),
        appointmentAt: changedTime(draft.appointmentAt, repair.appointmentAt),
        agreedAt: changedTime(draft.agreedAt, repair.agreedAt),
        category: changed(draft.category, repair.category),
        part: changed(draft.part.trim(), repair.part ?? '') || undefined,
        description: changed(draft.description.trim(), repair.description.trim()),
        ...(repair.place === null ? {} : { place: changed(draft.place.trim(), repair.place) }),
        readBack: changed(draft.readBack, repair.readBack),
        ...contact,
      };
      if (Object.values(body).every((value) => value === undefined)) return { fault: 'nothingChanged' };
      const told = body.appointmentAt !== undefined && draft.customerTold ? { customerTold: true } : {};
      return { body: { ...body, ...told, consent: consentOf(draft), reason } };
    }
    case 'log':
      return { body: { readBack: draft.readBack } };
    case 'dispatch':
      return {
        body: {
          ...(draft.technicianId === '' ? {} : { technicianId: draft.technicianId }),
          ...(draft.contractorId === '' ? {} : { contractorId: draft.contractorId }),
          ...(draft.contractorTold ? { contractorTold: true } : {}),
          reason,
        },
      };
    case 'arrive':
      return {
        body: {
          ...(draft.checks.length > 0 ? { doorChecks: draft.checks } : {}),
          ...(draft.signature === '' ? {} : { signature: draft.signature }),
        },
      };
    case 'quote': {
      const lines = readLines(draft.lines);
      if ('fault' in lines) return lines;
      if (lines.lines.length === 0) return { fault: 'linesMissing' };
      return { body: { amountFen: lines.sumFen, lines: lines.lines } };
    }
    case 'agree':
      return { body: { by: draft.by.trim(), how: draft.how, reason } };
    case 'decline':
      return { body: { by: draft.by.trim(), reason: draft.reason.trim() } };
    case 'pause':
      return {
        body: {
          reason: draft.pauseReason,
          until: instantOfField(draft.until),
          call: filled(draft.call),
          consent: consentOf(draft),
        },
      };
    case 'finish': {
      const materials = readLines(draft.lines);
      if ('fault' in materials) return materials;
      return {
        body: {
          result: draft.result.trim(),
          materials: materials.lines,
          ...(draft.checks.length > 0 ? { siteChecks: draft.checks } : {}),
        },
      };
    }
    case 'sign': {
      if (draft.signMode === 'drawn' && draft.signature === '') return { fault: 'emptyDrawing' };
      if (draft.signMode === 'photo' && draft.photos.length === 0) return { fault: 'signPhotoMissing' };
      return {
        body: {
          ...(draft.signMode === 'drawn' ? { signature: draft.signature } : {}),
          ...(draft.signMode === 'absent' ? { absent: true, reason: draft.reason.trim() } : {}),
          ...(draft.signMode === 'absent' ? {} : { signer: draft.signer }),
          ...(draft.satisfied === '' ? {} : { satisfied: draft.satisfied === 'yes' }),
        },
      };
    }
    case 'transfer':
      return {
        body: {
          department: draft.department,
          ...(draft.technicianId === '' ? {} : { technicianId: draft.technicianId }),
          reason: draft.reason.trim(),
        },
      };
    case 'cancel':
      return { body: { by: draft.cancelBy, reason: draft.reason.trim() } };
    case 'hand-back':
    case 'rework':
      return { body: { reason: draft.reason.trim() } };
    default:
      return { body: {} };
  }
}

/** The body of a move, with the version that was looked at, or what is still wrong. */
export function bodyOf(move: RepairMove, draft: MoveDraft, repair: RepairAnswer): Read {
  const read = own(move, draft, repair);
  if ('fault' in read) return read;
  const entries = Object.entries({
    ...read.body,
    note: filled(draft.note),
    attachmentIds: draft.photos.length > 0 ? draft.photos : undefined,
    version: repair.version,
  }).filter(([, value]) => value !== undefined);
  return { body: Object.fromEntries(entries) };
}
