import { describe, expect, it } from 'vitest';
import { luxury } from './complaint.fixture.ts';
import { ruleExplained } from './complaint-page.words.ts';
import { severities, severityFacts } from './complaint-shapes.contract.ts';

const policy = luxury.document.complaint;

describe('a rule in words', () => {
  it.each([
    ['critical.loss', '损失达到 10 万元，按特别重大'],
    ['serious.loss', '损失达到 2000 元，按较大'],
    ['major.promise', '承诺的服务没有兑现，提出满 10 次仍未解决，按重大'],
    ['major.media', '负面报道满 2 天或 3 家媒体，按重大'],
    ['serious.raisings', '同一事件提出满 3 次仍未解决，按较大'],
    ['ordinary.other', '没有触及更高级别的标准，按一般'],
  ] as const)('%s names the figure of the standard', (rule, text) => {
    expect(ruleExplained(rule, policy)).toBe(text);
  });

  it('takes its figures from the standard, not from the words', () => {
    const { thresholds } = policy;
    const other = {
      ...thresholds,
      serious: { ...thresholds.serious, value: { ...thresholds.serious.value, raisings: 5 } },
    };
    expect(ruleExplained('serious.raisings', { ...policy, thresholds: other })).toContain('满 5 次');
  });

  it('has words for every rule that there can be, with the standard and without', () => {
    for (const severity of severities)
      for (const fact of severityFacts)
        for (const known of [policy, undefined])
          expect(ruleExplained(`${severity}.${fact}`, known)).not.toMatch(/undefined|NaN|\./);
  });
});
