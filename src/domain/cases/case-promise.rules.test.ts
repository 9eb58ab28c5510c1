// Promises made at the desk about any case: their clocks by both presets, and whose they are (FD3, FD4).
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/id.ts';
import { BadInput } from '../../kernel/refusal.ts';
import { standardDocumentSchema } from '../standards/standard.contract.ts';
import { callBackPromised, keptKeys, messageLeft, messagesRead } from './case-promise.rules.ts';

const at = '2026-11-26T02:00:00.000Z';
const presets = ['luxury', 'standard'].map((preset) =>
  standardDocumentSchema.parse(JSON.parse(readFileSync(`standards/${preset}.json`, 'utf8'))),
);
const own = { staffId: 'desk', role: 'front_desk' as const };

describe.each(presets.map((document) => [document.preset, document] as const))('%s', (preset, document) => {
  it('counts a call back from the promise, or to the minute that was promised', () => {
    const promise = { at, key: 'line', owner: own };
    const calendar = preset === 'luxury' ? 'R' : 'O';
    expect(callBackPromised(document, { ...promise, promisedFor: null })).toMatchObject([
      { do: 'start', kind: 'call-back', key: 'line', limit: { minutes: 30, calendar }, owner: own, ladder: 'minutes' },
    ]);
    const promisedFor = '2026-11-26T06:00:00.000Z';
    expect(callBackPromised(document, { ...promise, promisedFor })).toMatchObject([{ limit: { at: promisedFor } }]);
    expect(() => callBackPromised(document, { ...promise, promisedFor: at })).toThrow(BadInput);
  });

  it('gives a message to its addressee, in office hours', () => {
    const minutes = preset === 'luxury' ? 10 : 30;
    expect(messageLeft(document, { at, key: 'line', addressee: { id: 'tech', role: 'technician' } })).toMatchObject([
      { kind: 'message', limit: { minutes, calendar: 'O' }, owner: { staffId: 'tech', role: 'technician' } },
    ]);
  });
});

describe('keeping promises', () => {
  const message = (key: string, ownerId: string, state: 'running' | 'met' = 'running') => ({
    kind: 'message' as const,
    key,
    state,
    startedAt: at,
    dueAt: null,
    ownerId,
  });

  it('one acknowledgement reads all that was left for this person, and nothing of others', () => {
    const read = messagesRead([message('1', 'me'), message('2', 'you'), message('3', 'me', 'met')], 'me', at, 'e');
    expect(read).toEqual([{ do: 'stop', kind: 'message', key: '1', at, evidenceId: 'e' }]);
  });

  it('tells the ledger of its own promises only', () => {
    const [line, other] = [newId(), newId()];
    const stop = (kind: 'call-back' | 'message' | 'answer', key: string) =>
      ({ do: 'stop', kind, key, at, evidenceId: 'e' }) as const;
    expect(
      keptKeys([stop('call-back', line), stop('message', other), stop('call-back', 'hand-back'), stop('answer', line)]),
    ).toEqual([line, other]);
  });
});
