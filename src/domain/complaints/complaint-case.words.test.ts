import { expect, it } from 'vitest';
import {
  againstWords,
  answerHowWords,
  complaintCaseFieldWords,
  complaintCaseFlagWords,
  complaintCaseMoveWords,
  complaintCaseProblems,
  complaintCaseStateWords,
  complaintCauseWords,
  injuryWords,
  liabilityWords,
  severityRuleInWords,
  severityWords,
  validityWords,
} from './complaint-case.words.ts';
import {
  againsts,
  answerHows,
  complaintCauses,
  complaintFlags,
  complaintMoves,
  complaintRefusals,
  complaintStates,
  injuries,
  liabilities,
  severities,
  severityFacts,
  statedFactsSchema,
  validities,
} from './complaint-shapes.contract.ts';

const isChinese = (text: string | undefined) => /\p{Script=Han}/u.test(text ?? '');

it('every code of a complaint has its Chinese', () => {
  const silent = (codes: readonly string[], words: Record<string, string>) =>
    codes.filter((code) => !isChinese(words[code]));
  expect([
    ...silent(complaintStates, complaintCaseStateWords),
    ...silent(complaintMoves, complaintCaseMoveWords),
    ...silent(complaintFlags, complaintCaseFlagWords),
    ...silent(severities, severityWords),
    ...silent(validities, validityWords),
    ...silent(liabilities, liabilityWords),
    ...silent(injuries, injuryWords),
    ...silent(againsts, againstWords),
    ...silent(answerHows, answerHowWords),
    ...silent(complaintCauses, complaintCauseWords),
    ...silent(
      Object.keys(statedFactsSchema.shape).map((field) => `facts.${field}`),
      complaintCaseFieldWords,
    ),
  ]).toEqual([]);
  const titled = complaintRefusals.filter((code) => !isChinese(complaintCaseProblems.titles[code]?.({}).zh));
  expect(titled).toEqual([]);
  for (const severity of severities)
    for (const fact of severityFacts) expect(severityRuleInWords(`${severity}.${fact}`)).not.toContain('undefined');
});

it('what is missing before it is sent is named', () => {
  const say = complaintCaseProblems.titles['complaint.facts_missing'];
  expect(say?.({ fields: ['place', 'account', 'replyAt'] }).zh).toBe(
    '送达部门前还须补全：发生地点、事情经过、答复时间',
  );
});
