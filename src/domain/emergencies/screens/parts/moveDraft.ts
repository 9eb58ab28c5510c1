// What the dialog of a move of an emergency holds while one types, read into the body that is sent.
import { instantOfField, wallField } from '../../../../ui/wallTime.ts';
import type { ReadBody } from '../../../cases/screens/parts/CaseMoveDialog.tsx';
import type {
  Emergency,
  EmergencyCategory,
  EmergencyCause,
  EmergencyMove,
  OutsideBody,
  Severity,
} from '../../emergency.contract.ts';
import { emergencyPageWords } from '../../emergency-page.words.ts';
import { changedHarm, type HarmDraft, harmDraftOf, noHarm, readHarm } from './harmDraft.ts';

const faults = emergencyPageWords.dialog;

export type MoveDraft = {
  text: string;
  severity: Severity | '';
  cause: EmergencyCause | '';
  called: OutsideBody | '';
  at: string;
  personId: string;
  staffIds: string[];
  category: EmergencyCategory;
  unitId: string | null;
  unitText: string;
  place: string;
  name: string;
  phone: string;
  description: string;
  occurredAt: string;
  harm: HarmDraft;
  complaint: { id: string; code: string } | null;
  photos: string[];
};

export const startDraft = (emergency: Emergency): MoveDraft => ({
  text: '',
  severity: '',
  cause: '',
  called: '',
  at: '',
  personId: '',
  staffIds: [],
  category: emergency.category,
  unitId: emergency.unitId,
  unitText: emergency.unit ?? '',
  place: emergency.place ?? '',
  name: '',
  phone: '',
  description: emergency.description ?? '',
  occurredAt: wallField(emergency.occurredAt),
  harm: emergency.state === 'closed' ? noHarm : harmDraftOf(emergency.harm),
  complaint: emergency.complaint,
  photos: [],
});

export function bodyOf(move: Exclude<EmergencyMove, 'close'>, draft: MoveDraft, emergency: Emergency): ReadBody {
  const { version } = emergency;
  const text = draft.text.trim();
  const at = instantOfField(draft.at);
  const files = draft.photos.length === 0 ? {} : { attachmentIds: draft.photos };
  const read = readHarm(draft.harm);
  const [fault] = Object.values(read.faults);
  const harm = changedHarm(read.harm, emergency.harm);
  switch (move) {
    case 'take-over':
      return { body: { version, ...(draft.personId === '' ? {} : { inChargeId: draft.personId }) } };
    case 'deploy':
      if (draft.staffIds.length === 0) return { fault: faults.noPeople };
      return text === '' ? { fault: faults.noText } : { body: { staffIds: draft.staffIds, task: text } };
    case 'measure':
      if (text === '') return { fault: faults.noText };
      return {
        body: { text, ...(draft.called === '' ? {} : { called: draft.called }), ...(at ? { at } : {}), ...files },
      };
    case 'raise':
    case 'lower':
      if (draft.severity === '') return { fault: faults.noLevel };
      return text === '' ? { fault: faults.noText } : { body: { version, severity: draft.severity, reason: text } };
    case 'resolve':
      if (fault) return { fault: faults[fault] };
      if (draft.cause === '') return { fault: faults.noCause };
      if (text === '') return { fault: faults.noText };
      return {
        body: { version, cause: draft.cause, result: text, ...(harm ? { harm } : {}), ...(at ? { at } : {}), ...files },
      };
    case 'review':
      return text === '' ? { fault: faults.noText } : { body: { version, text } };
    case 'reopen':
    case 'dismiss':
      return text === '' ? { fault: faults.noText } : { body: { version, reason: text } };
    case 'amend': {
      if (fault) return { fault: faults[fault] };
      const body = changesOf(draft, emergency);
      return Object.keys(body).length === 0 && harm === undefined
        ? { fault: faults.noChange }
        : { body: { version, ...body, ...(harm ? { harm } : {}) } };
    }
  }
}

/** Only what differs from what is on record. */
function changesOf(draft: MoveDraft, emergency: Emergency): Record<string, unknown> {
  const [name, phone, place, description] = [draft.name, draft.phone, draft.place, draft.description].map((one) =>
    one.trim(),
  );
  const occurredAt = instantOfField(draft.occurredAt);
  const isOther = occurredAt !== undefined && draft.occurredAt !== wallField(emergency.occurredAt);
  return {
    ...(draft.category === emergency.category ? {} : { category: draft.category }),
    ...(draft.unitId === emergency.unitId ? {} : { unitId: draft.unitId }),
    ...(place === '' || place === emergency.place ? {} : { place }),
    ...(description === '' || description === emergency.description ? {} : { description }),
    ...(isOther ? { occurredAt } : {}),
    ...(name || phone ? { contact: { ...(name ? { name } : {}), ...(phone ? { phone } : {}) } } : {}),
    ...(draft.complaint?.id === emergency.complaint?.id ? {} : { complaintId: draft.complaint?.id ?? null }),
  };
}
