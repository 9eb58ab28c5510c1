import { expect, test } from 'vitest';
import { type ClockFacts, clockLook } from './clockLook.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
const running: ClockFacts = {
  state: 'running',
  startedAt: '2026-11-22T06:00:00.000Z',
  dueAt: '2026-11-22T06:15:00.000Z',
};

test.each([
  ['just begun', running, '06:03:00', 'running', 12 * 60_000],
  ['three quarters gone', running, '06:12:00', 'soon', 3 * 60_000],
  ['due this very second is not late', running, '06:15:00', 'soon', 0],
  ['one second over', running, '06:15:01', 'late', 1000],
  ['paused, even past due', { ...running, state: 'paused' }, '07:00:00', 'paused', null],
  ['no due time yet', { ...running, dueAt: null }, '07:00:00', 'running', null],
  ['met by its minutes', { ...running, state: 'met', spentMinutes: 9 }, '07:00:00', 'met', 9 * 60_000],
  [
    'missed by its stop',
    { ...running, state: 'missed', stoppedAt: '2026-11-22T06:20:00.000Z' },
    '07:00:00',
    'missed',
    300_000,
  ],
  ['void', { ...running, state: 'void' }, '06:20:00', 'void', null],
  [
    'a promise of days is not "soon" for days',
    { ...running, dueAt: '2026-11-26T06:00:00.000Z', startedAt: '2026-11-12T06:00:00.000Z' },
    '06:00:00',
    'running',
    96 * 3_600_000,
  ],
] as const)('%s', (_, facts, time, look, ms) => {
  expect(clockLook(facts, at(time))).toMatchObject({ look, ms });
});
