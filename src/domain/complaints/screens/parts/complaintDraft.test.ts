import { describe, expect, it } from 'vitest';
import { devicePerson, deviceStore } from '../../../../ui/device.ts';
import { draftKey, readDraft } from '../../../../ui/draft.ts';
import { complaintMoveBodies, createComplaintBodySchema } from '../../complaint-shapes.contract.ts';
import {
  amendBody,
  type ComplaintDraft,
  createBody,
  emptyComplaint,
  handOverToComplaint,
  newComplaintForm,
  toldBy,
} from './complaintDraft.ts';
import { emptyFacts } from './moveDraft.ts';

const unitId = '018f0000-0000-7000-8000-000000000101';
const startedAt = '2026-11-23T06:29:40.000Z';
const nowMs = Date.parse('2026-11-23T06:30:00.000Z');
const typed = (part: Partial<ComplaintDraft>): ComplaintDraft => ({ ...emptyComplaint, startedAt, ...part });
const first = (draft: ComplaintDraft) => createBody(draft, toldBy(draft), nowMs);

describe('a complaint that is being registered', () => {
  it('is whole with level, unit and phone: the room is the place until another is named (CP1)', () => {
    const body = first(typed({ severity: 'critical', unitId, unitText: '1-1-101', phone: '13800001234' }));
    expect(body).toEqual({
      severity: 'critical',
      channel: 'phone',
      unitId,
      place: '1-1-101',
      contact: { phone: '13800001234' },
      receivedAt: startedAt,
    });
    expect(createComplaintBodySchema.safeParse(body).success).toBe(true);
  });

  it('sends of an anonymous one neither room nor name nor number, whatever stands in the form (spec/12)', () => {
    const body = first(
      typed({ anonymous: true, unitId, unitText: '1-1-101', phone: '13800001234', name: '王女士', account: '吵' }),
    );
    expect(body).toEqual({
      severity: 'ordinary',
      channel: 'phone',
      anonymous: true,
      account: '吵',
      receivedAt: startedAt,
    });
  });

  it('counts a draft that came back the next day from now on', () => {
    const old = typed({ startedAt: '2026-11-21T06:00:00.000Z', unitId, unitText: '1-1-101' });
    expect(first(old)).not.toHaveProperty('receivedAt');
  });

  it('sends afterwards only what was typed since the first save', () => {
    const before = typed({ unitId, unitText: '1-1-101', phone: '13800001234' });
    const told = toldBy(before);
    expect(amendBody(before, toldBy(before), told)).toBeNull();
    const after = { ...before, account: '水淹了车', facts: { ...emptyFacts, loss: '12,600.5', people: '12' } };
    const body = amendBody(after, toldBy(after), told);
    expect(body).toEqual({ account: '水淹了车', facts: { lossFen: 1_260_050, peopleCount: 12 } });
    expect(complaintMoveBodies.amend.safeParse({ ...body, version: 1 }).success).toBe(true);
  });

  it('states who agreed to a date: the caller himself, by the way he talks', () => {
    const before = typed({ unitId, unitText: '1-1-101', name: '王女士' });
    const after = { ...before, agreedAt: '2026-11-24T18:00' };
    expect(amendBody(after, toldBy(after), toldBy(before))).toEqual({
      agreedAt: '2026-11-24T10:00:00.000Z',
      consent: { by: '王女士', how: 'call' },
    });
    // Behind a letter nobody stands: somebody has to say how it was agreed.
    const letter = { ...after, channel: 'letter' as const };
    expect(amendBody(letter, toldBy(letter), toldBy(before))).not.toHaveProperty('consent');
  });

  it('takes a talk over, and never over another complaint that is being written', () => {
    const key = draftKey(devicePerson(), newComplaintForm);
    deviceStore.removeItem(key);
    expect(handOverToComplaint({ account: '吊顶裂了', unitText: '1-1-101', unitId })).toBe(true);
    expect(handOverToComplaint({ account: '另一件' })).toBe(false);
    const kept = readDraft<ComplaintDraft>(deviceStore, key, new Date().toISOString());
    expect(kept?.value).toMatchObject({ account: '吊顶裂了', unitText: '1-1-101', severity: 'ordinary' });
    deviceStore.removeItem(key);
  });
});
