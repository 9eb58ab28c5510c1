// Amounts in capitals against a table written by hand, and against a second algorithm that works figure by figure.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalsOfFen } from './capitals.ts';

describe('an amount in capitals', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [5, '伍分'],
    [10, '壹角整'],
    [50, '伍角整'],
    [56, '伍角陆分'],
    [100, '壹元整'],
    [105, '壹元零伍分'],
    [110, '壹元壹角整'],
    [1000, '壹拾元整'],
    [1050, '壹拾元伍角整'],
    [1001, '壹拾元零壹分'],
    [10_000, '壹佰元整'],
    [10_100, '壹佰零壹元整'],
    [11_000, '壹佰壹拾元整'],
    [100_100, '壹仟零壹元整'],
    [101_000, '壹仟零壹拾元整'],
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [168_032, '壹仟陆佰捌拾元叁角贰分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [32_504, '叁佰贰拾伍元零肆分'],
    [1_000_000, '壹万元整'],
    [1_000_100, '壹万零壹元整'],
    [1_010_000, '壹万零壹佰元整'],
    [1_100_000, '壹万壹仟元整'],
    [10_700_053, '壹拾万柒仟元伍角叁分'],
    [10_050_000, '壹拾万零伍佰元整'],
    [100_000_000, '壹佰万元整'],
    [100_000_100, '壹佰万零壹元整'],
    [10_000_000_000, '壹亿元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [10_000_000_001, '壹亿元零壹分'],
    [10_001_000_000, '壹亿零壹万元整'],
    [10_100_000_000, '壹亿零壹佰万元整'],
    [11_000_000_000, '壹亿壹仟万元整'],
    [10_000_100_000, '壹亿零壹仟元整'],
    [100_000_000_000_000, '壹万亿元整'],
    [100_000_000_010_000, '壹万亿零壹佰元整'],
    [123_456_789, '壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分'],
    [-32_504, '负叁佰贰拾伍元零肆分'],
  ] as const)('%d fen is %s', (fen, capitals) => {
    expect(capitalsOfFen(fen)).toBe(capitals);
  });

  it('agrees with a plain algorithm that writes every place and then strikes out what is not said', () => {
    // 贰仟零佰零拾伍元: all places with their names, then the noughts are run together.
    const plain = (fen: number): string => {
      const name = '零壹贰叁肆伍陆柒捌玖';
      const units = ['', '拾', '佰', '仟', '万', '拾', '佰', '仟', '亿', '拾', '佰', '仟'];
      const digits = String(Math.floor(fen / 100));
      let yuan = [...digits]
        .map((digit, index) => name[Number(digit)] + (units[digits.length - 1 - index] ?? ''))
        .join('');
      yuan = yuan.replaceAll(/零[拾佰仟]/g, '零').replaceAll(/零+/g, '零');
      yuan = yuan
        .replace(/零亿/, '亿')
        .replace(/零万/, '万')
        .replace(/亿万/, '亿零')
        .replaceAll(/零+/g, '零')
        .replace(/零$/, '');
      const jiao = Math.floor(fen / 10) % 10;
      const rest = fen % 10;
      const cents = `${jiao > 0 ? `${name[jiao]}角` : ''}${rest > 0 ? `${jiao === 0 && yuan ? '零' : ''}${name[rest]}分` : ''}`;
      return `${yuan ? `${yuan}元` : ''}${cents}${rest === 0 ? '整' : ''}`;
    };
    const amount = fc.oneof(
      fc.integer({ min: 1, max: 99_999_999_999_999 }),
      fc.integer({ min: 1, max: 9_999_999 }),
      // Mostly noughts: where the traps lie.
      fc
        .array(fc.oneof({ weight: 3, arbitrary: fc.constant('0') }, fc.constantFrom(...'123456789')), {
          minLength: 1,
          maxLength: 14,
        })
        .map((digits) => Number(`1${digits.join('')}`.slice(0, 14))),
    );
    fc.assert(
      fc.property(amount, (fen) => {
        expect(capitalsOfFen(fen)).toBe(plain(fen));
      }),
      { numRuns: 5000 },
    );
  });

  it('never has two 零 side by side, ends with 整 or 分, and differs for different amounts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.integer({ min: 1, max: 10 ** 12 }), (a, b) => {
        const text = capitalsOfFen(a);
        expect(text).toMatch(/^(?!.*零零).*[整分]$/);
        expect(text === capitalsOfFen(b)).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused for what is no whole number of fen', () => {
    expect(() => capitalsOfFen(0.5)).toThrow(RangeError);
    expect(() => capitalsOfFen(2 ** 53)).toThrow(RangeError);
  });
});
