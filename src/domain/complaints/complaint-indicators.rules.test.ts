import { describe, expect, it } from 'vitest';
import {
  answeredRows,
  complaintRows,
  type HandledComplaint,
  handledRows,
  type ReceivedComplaint,
  timelyComplaintRows,
  validRows,
} from './complaint-indicators.rules.ts';

const bare = {
  caseId: 'a',
  code: 'TS-1',
  kind: 'complaint',
  unit: '3-1-502',
  level: 'ordinary',
  category: 'engineering',
  cause: null,
  anonymous: false,
  at: '2026-11-20T02:34:56.000Z',
};
const received = (change: Partial<ReceivedComplaint> = {}): ReceivedComplaint => ({
  ...bare,
  isResolved: false,
  validity: 'undecided',
  answer: 'none',
  ...change,
});
const handled = (change: Partial<HandledComplaint> = {}): HandledComplaint => ({ ...bare, complete: 'met', ...change });
const counts = (rows: { counts: boolean }[]) => [rows.filter((row) => row.counts).length, rows.length];

describe('figures of complaints (CP13)', () => {
  it('handled: resolved ÷ received, valid or not (V 100 %)', () => {
    expect(counts(handledRows([received({ isResolved: true, validity: 'invalid' }), received()]))).toEqual([1, 2]);
  });

  it('answered: met ÷ those with an answer promised; one that waits or came late does not count (C2.4)', () => {
    const all = (['met', 'open', 'missed', 'none'] as const).map((answer) => received({ answer }));
    expect(counts(answeredRows(all))).toEqual([1, 3]);
  });

  it('valid: only what was found valid stands above the line (CP7)', () => {
    const all = (['valid', 'invalid', 'undecided'] as const).map((validity) => received({ validity }));
    expect(counts(validRows(all))).toEqual([1, 1]);
  });

  it('in time: finished by limit or date ÷ resolved; one without a promise was not in time (CP3)', () => {
    const all = (['met', 'missed', 'none'] as const).map((complete) => handled({ complete }));
    expect(counts(timelyComplaintRows(all))).toEqual([1, 3]);
  });

  it('shows of an anonymous one the hour only, and gives it no place that tells the minute (CP12)', () => {
    const rows = complaintRows(
      [
        { ...bare, caseId: 'z', at: '2026-11-20T02:10:00.000Z' },
        { ...bare, caseId: 'b', at: '2026-11-20T02:34:56.789Z', anonymous: true, unit: null },
        { ...bare, caseId: 'c', at: '2026-11-20T02:00:00.000Z' },
      ],
      () => true,
    );
    expect(rows.map((row) => [row.caseId, row.at])).toEqual([
      ['b', '2026-11-20T02:00:00.000Z'],
      ['c', '2026-11-20T02:00:00.000Z'],
      ['z', '2026-11-20T02:10:00.000Z'],
    ]);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(
      ['at', 'caseId', 'category', 'cause', 'code', 'counts', 'kind', 'level', 'unit'].sort(),
    );
  });
});
