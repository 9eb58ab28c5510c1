// The verdict 结果 as a tag: its word and a sign, the colour only beside them.
import { Sign } from '../../../../ui/Sign.tsx';
import type { Verdict } from '../../follow-up.contract.ts';
import { verdictWords } from '../../follow-up.words.ts';

const look = {
  acceptable: { tone: 'tag good', sign: 'met' },
  'not-acceptable': { tone: 'tag high', sign: 'missed' },
  'not-reached': { tone: 'tag', sign: 'void' },
} as const;

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { tone, sign } = look[verdict];
  return (
    <span className={`${tone} signed`}>
      <Sign name={sign} /> {verdictWords[verdict]}
    </span>
  );
}
