// The level 级别 of a complaint beside it: which rule it rests on, in words, and what is on record of the event (CP2).
import { Card, Facts } from '../../../../ui/Card.tsx';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { injuryWords, liabilityWords, severityWords, validityWords } from '../../complaint-case.words.ts';
import { complaintPageWords, ruleExplained } from '../../complaint-page.words.ts';
import { type ComplaintAnswer, severities } from '../../complaint-shapes.contract.ts';
import { severityTag } from './complaintLook.ts';

const words = complaintPageWords.level;

export function LevelCard(props: { complaint: ComplaintAnswer; policy: StandardDocument['complaint'] | undefined }) {
  const { complaint, policy } = props;
  const { facts, severity, proposedSeverity } = complaint;
  const difference = severities.indexOf(severity) - severities.indexOf(proposedSeverity);
  const proposed = severityWords[proposedSeverity];
  const also = complaint.firedRules.filter((rule) => rule !== complaint.rule);
  const media = words.media(facts.mediaReports, facts.mediaDays, facts.mediaOutlets);
  const stated = [
    ...(facts.lossFen === undefined ? [] : [[words.facts.lossFen, words.yuan(facts.lossFen)]]),
    ...(facts.peopleCount === undefined ? [] : [[words.facts.peopleCount, words.peopleCount(facts.peopleCount)]]),
    ...(facts.death === undefined ? [] : [[words.facts.death, words.died(facts.death)]]),
    ...(facts.injury === undefined ? [] : [[words.facts.injury, injuryWords[facts.injury]]]),
    ...(media === '' ? [] : [[words.facts.media, media]]),
    ...(facts.unfulfilledPromise === undefined
      ? []
      : [[words.facts.unfulfilledPromise, words.promise(facts.unfulfilledPromise)]]),
  ] as [string, string][];
  return (
    <Card title={words.title} flush>
      <div className="line">
        <div className="row wrap">
          <span className={severityTag(severity)}>{severityWords[severity]}</span>
          <span className="faint">
            {difference === 0 ? words.asProposed : difference > 0 ? words.higher(proposed) : words.lower(proposed)}
          </span>
        </div>
        <p className="levelwhy">{ruleExplained(complaint.rule, policy)}</p>
        {also.length === 0 ? null : (
          <p className="faint">
            {words.also}: {also.map((rule) => ruleExplained(rule, policy)).join('；')}
          </p>
        )}
      </div>
      <div className="line">
        {stated.length === 0 ? (
          <p className="faint">{words.noFacts}</p>
        ) : (
          <Facts items={stated.map(([name, value]) => ({ name, value: <span className="num">{value}</span> }))} />
        )}
      </div>
      <div className="line">
        <Facts
          items={[
            {
              name: words.validity,
              value: (
                <span className={complaint.validity === 'invalid' ? 'tag raised' : undefined}>
                  {validityWords[complaint.validity]}
                </span>
              ),
            },
            {
              name: words.liability,
              value: (
                <>
                  {liabilityWords[complaint.liability]}{' '}
                  {complaint.liability === 'other' ? <span className="faint">{words.liabilityOther}</span> : null}
                </>
              ),
            },
          ]}
        />
        {complaint.failures > 0 ? <p className="tag high">{words.failures(complaint.failures)}</p> : null}
      </div>
    </Card>
  );
}
