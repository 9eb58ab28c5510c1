import { expect, test } from 'vitest';
import { eventReader } from './eventStream.ts';
import { isTouched } from './live.ts';
import { liveChangeOf } from './liveStream.ts';

test('events cut anywhere by the network arrive whole and in order', () => {
  const stream = ': hello\n\nid: 7\ndata: {"noun":"repair",\ndata: "nounId":"r1"}\n\nid: 8\r\ndata: x\r\n\r\n';
  for (let size = 1; size <= stream.length; size += 3) {
    const read = eventReader();
    const events = [];
    for (let from = 0; from < stream.length; from += size) events.push(...read(stream.slice(from, from + size)));
    expect(events.map((event) => event.id)).toEqual(['7', '8']);
    expect(liveChangeOf(events[0]?.text ?? '')).toEqual({ kind: 'repair', id: 'r1', caseId: null });
  }
});

test('a change makes old what shows it, and leaves other communities and nouns alone', () => {
  const change = { kind: 'repair', id: 'r1', caseId: 'r1' };
  expect(isTouched(['repair', 'A', 'list', {}], 'A', change)).toBe(true);
  expect(isTouched(['case', 'A', 'board'], 'A', change)).toBe(true);
  expect(isTouched(['clock', 'A', 'r1'], 'A', change)).toBe(true);
  expect(isTouched(['repair', 'B', 'list'], 'A', change)).toBe(false);
  expect(isTouched(['notice', 'A', 'list'], 'A', change)).toBe(false);
  expect(isTouched(['due', 'A', 'u1'], 'A', change, ['payment', 'repair'])).toBe(true);
  expect(isTouched(['due', 'B', 'u1'], 'A', change, ['payment', 'repair'])).toBe(false);
});
