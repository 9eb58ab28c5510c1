// Words 词 of late fees 滞纳金: of what, from when, at which rate, each stretch of days, what was charged of it before (MN2, MN12).
import { yuanOfFen } from '../../kernel/money.ts';
import { decimalText, rational } from '../../kernel/rational.ts';
import type { LateFeeDetail } from './late-fee.contract.ts';
import { lateFeeFen, lateFeeOf } from './late-fee.rules.ts';

const shownDay = (day: string) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
export const dailyRate = (perMillion: number): string => `${decimalText(rational(perMillion, 10_000), 4)}%`;

export function lateFeeInWords(detail: LateFeeDetail): string[] {
  const { of, amountFen, dueOn, rule, asOf, totalFen, beforeFen } = detail;
  const { stretches, isCapped } = lateFeeOf(detail, rule, asOf);
  const before = beforeFen > 0 ? `，以前已计 ${yuanOfFen(beforeFen)} 元` : '';
  return [
    `${of.month === null ? '' : `${of.month} `}${of.item} ${yuanOfFen(amountFen)} 元，${shownDay(dueOn)}应缴，宽限 ${rule.graceDays} 天`,
    ...stretches.map(({ from, until, days, owedFen, isPaused }) =>
      isPaused
        ? `${shownDay(from)}至${shownDay(until)}暂停计收`
        : `${shownDay(from)}至${shownDay(until)}：未付 ${yuanOfFen(owedFen)} 元 × ${days} 天 × 每天 ${dailyRate(rule.dailyPerMillion)}`,
    ),
    ...(isCapped ? [`最多计到该笔应收的 ${rule.capPercent}%，已到上限`] : []),
    `共 ${yuanOfFen(totalFen)} 元（四舍五入到分）${before}，本次 ${yuanOfFen(lateFeeFen(detail))} 元`,
  ];
}

/** `2026-08 物业管理费`: what a late fee is of, where a short word must do. */
export const lateFeeOfWords = ({ of }: LateFeeDetail): string => `${of.month === null ? '' : `${of.month} `}${of.item}`;

/** The rule in one line, as settings and standard tell it. */
export const lateFeeRuleInWords = ({ graceDays, dailyPerMillion, capPercent }: LateFeeDetail['rule']): string =>
  `应缴日后宽限 ${graceDays} 天，之后每天按未付金额的 ${dailyRate(dailyPerMillion)} 计，最多为应收的 ${capPercent}%`;
