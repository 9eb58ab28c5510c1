// A new emergency as its form holds it, read into the body that is sent.
import type { Instant } from '../../../../kernel/time.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { Channel } from '../../../cases/case.contract.ts';
import type { CreateEmergencyBody, EmergencyCategory, OutsideBody, Severity } from '../../emergency.contract.ts';
import { type HarmDraft, noHarm, readHarm } from './harmDraft.ts';

export type MeasureDraft = { id: string; text: string; called: OutsideBody | ''; at: string };
export type EmergencyDraft = {
  category: EmergencyCategory | '';
  unitId: string | null;
  unitText: string;
  place: string;
  harm: HarmDraft;
  name: string;
  phone: string;
  channel: Channel;
  occurredAt: string;
  description: string;
  measures: MeasureDraft[];
  severity: Severity | '';
  complaint: { id: string; code: string } | null;
};
export const emptyEmergency: EmergencyDraft = {
  category: '',
  unitId: null,
  unitText: '',
  place: '',
  harm: noHarm,
  name: '',
  phone: '',
  channel: 'phone',
  occurredAt: '',
  description: '',
  measures: [],
  severity: '',
  complaint: null,
};

const said = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());

/** A room that was typed and not chosen is a place. */
export function placeOf(draft: Pick<EmergencyDraft, 'unitId' | 'unitText' | 'place'>): string | undefined {
  const typed = draft.unitId === null ? said(draft.unitText) : undefined;
  return said([typed, said(draft.place)].filter((part) => part !== undefined).join(' '));
}

export function createBody(draft: EmergencyDraft): CreateEmergencyBody | null {
  const { harm, faults } = readHarm(draft.harm);
  if (draft.category === '' || Object.keys(faults).length > 0) return null;
  const [name, phone] = [said(draft.name), said(draft.phone)];
  const measures = draft.measures.flatMap((one) => {
    const text = said(one.text);
    const at: Instant | undefined = instantOfField(one.at);
    return text === undefined
      ? []
      : [{ text, ...(one.called === '' ? {} : { called: one.called }), ...(at === undefined ? {} : { at }) }];
  });
  const place = placeOf(draft);
  const description = said(draft.description);
  const occurredAt = instantOfField(draft.occurredAt);
  return {
    category: draft.category,
    channel: draft.channel,
    ...(draft.unitId === null ? {} : { unitId: draft.unitId }),
    ...(place === undefined ? {} : { place }),
    ...(description === undefined ? {} : { description }),
    ...(occurredAt === undefined ? {} : { occurredAt }),
    ...(Object.keys(harm).length === 0 ? {} : { harm }),
    ...(name === undefined && phone === undefined
      ? {}
      : { contact: { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) } }),
    ...(draft.severity === '' ? {} : { severity: draft.severity }),
    ...(draft.complaint === null ? {} : { complaintId: draft.complaint.id }),
    ...(measures.length === 0 ? {} : { measures }),
  };
}
