// Yuan as people write it, fen as the house counts.
import { describe, expect, it } from 'vitest';
import { fenOfYuan, yuanOfFen } from './money.ts';

describe('yuan and fen', () => {
  it.each([
    ['35', 3500],
    ['35.5', 3550],
    ['35.50', 3550],
    [' 0.07 ', 7],
    ['1,234,567.89', 123_456_789],
    ['1，234', 123_400],
    ['35.555', null],
    ['-1', null],
    ['', null],
    ['1e3', null],
    ['三十', null],
  ] as const)('%s yuan', (text, fen) => {
    expect(fenOfYuan(text)).toBe(fen);
  });

  it.each([0, 1, 99, 100, 3550, 123_456_789])('%d fen written and read again', (fen) => {
    expect(fenOfYuan(yuanOfFen(fen))).toBe(fen);
  });

  it('writes below zero with a sign', () => {
    expect(yuanOfFen(-5)).toBe('-0.05');
  });
});
