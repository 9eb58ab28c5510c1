// What a record asks before it is sent, and what of the draft is sent.
import { describe, expect, it } from 'vitest';
import type { FollowUp } from '../follow-up.contract.ts';
import {
  attemptOf,
  consequencesOf,
  isTriedEnough,
  mended,
  type RecordDraft,
  recordOf,
  startRecord,
} from './recordDraft.ts';

const asks = (channel: 'in-person' | 'phone', made = { tries: 0, days: 0, atDoor: 0 }): FollowUp['asks'] => ({
  channel,
  signature: channel === 'in-person',
  notReached: channel === 'in-person' ? { tries: 3, days: 2, atDoor: 1 } : { tries: 3, days: 2, atDoor: 0 },
  made,
  reviewedBy: channel === 'in-person' ? 'per-record' : 'weekly-batch',
});
const luxury = { asks: asks('in-person'), state: 'due' as const };
const standard = { asks: asks('phone'), state: 'due' as const };
const answered = (followUp: typeof luxury | typeof standard, changes: Partial<RecordDraft> = {}): RecordDraft => ({
  ...startRecord(followUp),
  quality: 4,
  effect: 5,
  satisfaction: 4,
  verdict: 'acceptable',
  ...changes,
});

describe('the record of a follow-up', () => {
  it('asks three steps and the verdict (FU2)', () => {
    expect(recordOf(startRecord(standard), standard)).toEqual({
      faults: { quality: 'required', effect: 'required', satisfaction: 'required', verdict: 'required' },
    });
  });
  it('is sent by telephone in the standard preset, without a reason', () => {
    expect(recordOf(answered(standard, { suggestions: '  ' }), standard)).toEqual({
      body: { verdict: 'acceptable', quality: 4, effect: 5, satisfaction: 4, channel: 'phone' },
    });
  });
  it('asks in luxury for a signature in person, or a photo of the signed slip', () => {
    expect(recordOf(answered(luxury), luxury)).toEqual({ faults: { signature: 'signature' } });
    expect(recordOf(answered(luxury, { photos: ['one'] }), luxury)).toMatchObject({ body: { attachmentIds: ['one'] } });
    expect(recordOf(answered(luxury, { signature: 'data:x' }), luxury)).toMatchObject({
      body: { signature: 'data:x' },
    });
  });
  it('asks in luxury for the reason of any other channel, and sends no signature with it', () => {
    const byPhone = answered(luxury, { channel: 'phone', signature: 'data:x' });
    expect(recordOf(byPhone, luxury)).toEqual({ faults: { reason: 'reason' } });
    const read = recordOf({ ...byPhone, reason: '客户在外地' }, luxury);
    expect(read).toMatchObject({ body: { channel: 'phone', reason: '客户在外地' } });
    expect(read).not.toHaveProperty('body.signature');
  });
  it('sends no reason with what was in person after all', () => {
    const read = recordOf(answered(luxury, { reason: '客户在外地', signature: 'data:x' }), luxury);
    expect(read).not.toHaveProperty('body.reason');
  });
  it('asks what was lacking where it is not acceptable: it becomes the complaint (FU4)', () => {
    const failed = answered(standard, { verdict: 'not-acceptable' });
    expect(recordOf(failed, standard)).toEqual({ faults: { lacking: 'lacking' } });
    expect(recordOf({ ...failed, lacking: ' 又漏水了 ' }, standard)).toMatchObject({ body: { lacking: '又漏水了' } });
  });
  it('starts at the door where somebody has to go there (FU3)', () => {
    const visit = { asks: asks('phone'), state: 'visit-due' as const };
    expect(startRecord(visit)).toMatchObject({ channel: 'in-person', atDoor: true });
    expect(startRecord(standard)).toMatchObject({ channel: 'phone', atDoor: false });
  });
});

describe('what is pointed at', () => {
  it('goes as soon as it is touched, and with what makes it needless', () => {
    const faults = { lacking: 'lacking', signature: 'signature', reason: 'reason', quality: 'required' } as const;
    expect(mended(faults, { lacking: '又' })).toEqual({
      signature: 'signature',
      reason: 'reason',
      quality: 'required',
    });
    expect(mended(faults, { channel: 'phone' })).toEqual({ lacking: 'lacking', quality: 'required' });
    expect(mended(faults, { verdict: 'acceptable' })).not.toHaveProperty('lacking');
    expect(mended(faults, { photos: ['one'] })).not.toHaveProperty('signature');
  });
});

describe('a try', () => {
  const nowMs = Date.parse('2026-11-26T02:00:00Z');
  it('says how it went, and no earlier next time than now', () => {
    expect(attemptOf(startRecord(standard), nowMs)).toEqual({ faults: { outcome: 'outcome' } });
    const busy: RecordDraft = { ...startRecord(standard), outcome: 'busy' };
    expect(attemptOf(busy, nowMs)).toEqual({ body: { outcome: 'busy', atDoor: false } });
    expect(attemptOf({ ...busy, nextAt: '2026-11-26T10:00' }, nowMs)).toEqual({ faults: { nextAt: 'nextAt' } });
    expect(attemptOf({ ...busy, nextAt: '2026-11-26T10:01' }, nowMs)).toMatchObject({
      body: { nextAt: '2026-11-26T02:01:00.000Z' },
    });
  });
  it.each([
    ['in-person', { tries: 3, days: 2, atDoor: 1 }, true],
    ['in-person', { tries: 3, days: 2, atDoor: 0 }, false],
    ['in-person', { tries: 2, days: 2, atDoor: 1 }, false],
    ['in-person', { tries: 4, days: 1, atDoor: 1 }, false],
    ['phone', { tries: 3, days: 2, atDoor: 0 }, true],
  ] as const)('%s: after %o it may be recorded as not reached: %s', (channel, made, isEnough) => {
    expect(isTriedEnough({ asks: asks(channel, made) })).toBe(isEnough);
  });
});

describe('what follows when it is not acceptable', () => {
  it('is done again only where a finished repair was asked about', () => {
    expect(consequencesOf({ kind: 'finished', caseKind: 'repair' })).toEqual(['told', 'complaint', 'rework', 'review']);
    expect(consequencesOf({ kind: 'unfinished', caseKind: 'repair' })).not.toContain('rework');
    expect(consequencesOf({ kind: 'finished', caseKind: 'complaint' })).not.toContain('rework');
  });
});
