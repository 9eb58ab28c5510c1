// What the customer said 回访结果, as it was recorded: five answers, how they were asked, what came of it.
import { Link } from '@tanstack/react-router';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { Photos } from '../../../cases/screens/parts/Photos.tsx';
import type { FollowUp } from '../../follow-up.contract.ts';
import { followUpChannelWords, questionWords, stepWords } from '../../follow-up.words.ts';
import { followUpPanelWords as words } from '../../follow-up-page.words.ts';
import { stepQuestions } from '../recordDraft.ts';
import { VerdictTag } from './VerdictTag.tsx';

export function ResultCard({ followUp }: { followUp: FollowUp }) {
  const community = useCommunity();
  const { result, review } = followUp;
  if (result === null) return null;
  const now = serverNow();
  const text = (value: string | null) =>
    value === null ? <span className="faint">{words.notAnswered}</span> : <div className="longtext">{value}</div>;
  return (
    <Card title={words.result} note={`${result.by.name} ${briefMoment(result.at, now)}`}>
      <div className="col">
        <div className="row wrap">
          <VerdictTag verdict={result.verdict} />
          {result.channel === null ? null : (
            <span className="tag">
              {followUpChannelWords[result.channel]}
              {result.channel === 'in-person' ? ` · ${result.signed ? words.signed : words.notSigned}` : ''}
            </span>
          )}
          {followUp.complaint === null ? null : (
            <Link
              className="tag high"
              to={caseAddress(community.code, followUp.complaint.id, 'complaint')}
            >{`${words.complaint} ${followUp.complaint.code}`}</Link>
          )}
        </div>
        <Facts
          items={[
            ...(result.verdict === 'not-reached'
              ? []
              : stepQuestions.map((question) => {
                  const step = result[question];
                  return {
                    name: questionWords[question],
                    value: step === null ? text(null) : <StepDots step={step} />,
                  };
                })),
            ...(result.verdict === 'not-reached'
              ? []
              : [
                  { name: questionWords.lacking, value: text(result.lacking) },
                  { name: questionWords.suggestions, value: text(result.suggestions) },
                ]),
            ...(result.reason === null ? [] : [{ name: words.reason, value: result.reason }]),
            ...(result.attachmentIds.length === 0
              ? []
              : [
                  {
                    name: words.slip,
                    value: <Photos communityId={followUp.communityId} ids={result.attachmentIds} />,
                  },
                ]),
            ...(review === null
              ? []
              : [
                  {
                    name: words.review,
                    value: (
                      <>
                        <div className="longtext">{review.comment}</div>
                        <span className="faint">{words.reviewBy(review.by.name, briefMoment(review.at, now))}</span>
                      </>
                    ),
                  },
                ]),
            ...(review?.improvement
              ? [
                  {
                    name: words.improvement,
                    value: (
                      <>
                        <div className="longtext">{review.improvement.text}</div>
                        <span className="faint">
                          {words.improvementBy(review.improvement.owner.name, review.improvement.on)}
                        </span>
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {followUp.state === 'recorded' && followUp.reviewDueAt !== null ? (
          <p className="faint row">
            <Sign name="running" /> {words.waitsForReview(briefMoment(followUp.reviewDueAt, now))}
          </p>
        ) : null}
      </div>
    </Card>
  );
}

/** Five marks, so many of them filled, with the word that says the same. */
export function StepDots({ step }: { step: number }) {
  return (
    <span className={step <= 2 ? 'stepdots poor' : 'stepdots'}>
      {stepWords.map((word, index) => (
        <i key={word} className={index < step ? 'on' : ''} />
      ))}
      <span className="num">
        {step} {stepWords[step - 1]}
      </span>
    </span>
  );
}
