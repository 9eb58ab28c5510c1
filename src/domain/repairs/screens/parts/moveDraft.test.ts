// What the dialogs send for what was typed.
import { describe, expect, test } from 'vitest';
import type { RepairAnswer } from '../../repair.contract.ts';
import { bodyOf, lineFen, startDraft } from './moveDraft.ts';

const repair = {
  version: 4,
  urgency: 'ordinary',
  category: 'water',
  description: '厨房漏水',
  contact: { name: '陈先生', phone: '138****1234' },
  appointmentAt: null,
  agreedAt: '2026-11-24T09:00:00.000Z',
  unitId: '0199a000-0000-7000-8000-000000000001',
  place: null,
  readBack: true,
  department: 'engineering',
} as unknown as RepairAnswer;
const typed = (move: Parameters<typeof startDraft>[0], changes: Partial<ReturnType<typeof startDraft>> = {}) =>
  bodyOf(move, { ...startDraft(move, repair), ...changes }, repair);

describe('a move', () => {
  test('carries the version that was looked at', () => {
    expect(typed('accept')).toEqual({ body: { version: 4 } });
  });
  test('sends of an amendment only what was changed', () => {
    expect(typed('amend', { urgency: 'emergency', reason: '漏到楼下' })).toEqual({
      body: { urgency: 'emergency', reason: '漏到楼下', version: 4 },
    });
  });
  test('refuses an amendment that changes nothing', () => {
    expect(typed('amend')).toEqual({ fault: 'nothingChanged' });
  });
  test('reads the agreed date as Shanghai time', () => {
    expect(typed('amend', { agreedAt: '2026-11-25T10:30', consentBy: '陈先生' })).toEqual({
      body: { agreedAt: '2026-11-25T02:30:00.000Z', consent: { by: '陈先生', how: 'call' }, version: 4 },
    });
  });
  test('sums a quote line by line in whole fen', () => {
    const lines = [
      { name: '三角阀', quantity: '2', price: '35.50' },
      { name: '人工', quantity: '0.333', price: '60', kind: 'labour' as const },
      { name: '', quantity: '1', price: '' },
    ];
    expect(typed('quote', { lines })).toEqual({
      body: {
        amountFen: 7100 + 1998,
        lines: [
          { name: '三角阀', quantity: 2, unitPriceFen: 3550 },
          { name: '人工', quantity: 0.333, unitPriceFen: 6000, kind: 'labour' },
        ],
        version: 4,
      },
    });
  });
  test('refuses an empty drawing', () => {
    expect(typed('sign')).toEqual({ fault: 'emptyDrawing' });
    expect(typed('sign', { signMode: 'photo' })).toEqual({ fault: 'signPhotoMissing' });
  });
  test('keeps the item of the price list with its line, and only while the line is as the list has it', () => {
    const line = { name: '换龙头', quantity: '2', price: '30.00' };
    const lines = (one: object) => (typed('quote', { lines: [one as typeof line] }) as { body: any }).body.lines;
    expect(lines({ ...line, priceItemId: 'x' })).toEqual([
      { name: '换龙头', quantity: 2, unitPriceFen: 3000, priceItemId: 'x' },
    ]);
    expect(lines(line)).toEqual([{ name: '换龙头', quantity: 2, unitPriceFen: 3000 }]);
  });
  test('rounds a line half up', () => {
    expect(lineFen(0.5, 1)).toBe(1);
    expect(lineFen(0.499, 1)).toBe(0);
  });
});
