// What the time line says of a clock that ended.
import { expect, test } from 'vitest';
import { chargedInWords } from '../clocks/clock.words.ts';
import { casePageWords } from './board.words.ts';

const minute = 60_000;

test('paused time stands apart from the time spent, and is left out where there was none', () => {
  expect(casePageWords.against('完成', true, 171 * minute, 120 * minute, '2 小时')).toBe(
    '完成达成，用时 51 分（另暂停 2 小时） / 限 2 小时',
  );
  expect(casePageWords.against('到场', false, 20 * minute, 0, '')).toBe('到场超时，用时 20 分');
});

test('whose time it was reads in hours and days, not in thousands of minutes', () => {
  expect(chargedInWords({ centre: 2260, contractor: 95, customer: 0 })).toBe(
    '计时归属：服务中心 1 天 13 小时、维保单位 1 小时 35 分',
  );
});
