// The card 回访 in a case's page: whether the customer was asked, by whom, what came of it; and from there to start.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { call } from '../../../../ui/call.ts';
import { serverNow } from '../../../../ui/now.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import type { CaseKind } from '../../../cases/case.contract.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { type FollowUp, followUpRoutes } from '../../follow-up.contract.ts';
import { followUpKindWords, followUpStateWords } from '../../follow-up.words.ts';
import { caseCardWords as words } from '../../follow-up-page.words.ts';
import { followUpAddress, openClock } from './followUpFacts.ts';
import { StepDots } from './ResultCard.tsx';
import { VerdictTag } from './VerdictTag.tsx';
import './follow-ups.css';

const mostShown = 10;

export function FollowUpCard(props: { communityId: string; caseId: string; kind: CaseKind }) {
  const { communityId, caseId } = props;
  const may = useMay();
  const isShown = may('follow-up.read');
  const followUps = useQuery({
    queryKey: ['follow-up', communityId, 'of-case', caseId],
    queryFn: ({ signal }) =>
      call(followUpRoutes.listFollowUps, {
        params: { communityId },
        query: { caseId, sort: 'newest', limit: mostShown },
        signal,
      }),
    enabled: isShown,
  });
  // A repair says that one will come; of the other kinds nothing is promised before it is there.
  if (!isShown || followUps.data === undefined) return null;
  if (followUps.data.items.length === 0 && props.kind !== 'repair') return null;
  return (
    <Card title={words.title} flush>
      {followUps.data.items.length === 0 ? <p className="line faint">{words.none}</p> : null}
      {followUps.data.items.map((one) => (
        <Line key={one.id} followUp={one} />
      ))}
    </Card>
  );
}

function Line({ followUp }: { followUp: FollowUp }) {
  const community = useCommunity();
  const { result } = followUp;
  const clock = openClock(followUp);
  const may = (name: string) => followUp.moves.some((move) => move.name === name && move.allowed);
  const isToDo = may('record') || may('review');
  return (
    <div className="line followupline">
      <div className="row wrap">
        <span className="tag accent">{followUpStateWords[followUp.state]}</span>
        {followUp.kind === 'unfinished' ? <span className="tag">{followUpKindWords.unfinished}</span> : null}
        <span className="grow" />
        {clock === null ? null : <ClockBar facts={clock} label={followUpStateWords[followUp.state]} />}
      </div>
      {result === null ? (
        followUp.state === 'due' || followUp.state === 'visit-due' ? (
          <div className="faint">
            {[
              followUp.caller === null ? words.noCaller : words.caller(followUp.caller.name),
              ...(followUp.attempts.length > 0 ? [words.tries(followUp.attempts.length)] : []),
            ].join(' · ')}
          </div>
        ) : null
      ) : (
        <>
          <div className="row wrap">
            <VerdictTag verdict={result.verdict} />
            {result.satisfaction === null ? null : <StepDots step={result.satisfaction} />}
          </div>
          {result.lacking === null ? null : <div className="longtext muted">{result.lacking}</div>}
          <div className="faint">{words.by(result.by.name, briefMoment(result.at, serverNow()))}</div>
          {followUp.complaint === null ? null : (
            <Link to={caseAddress(community.code, followUp.complaint.id, 'complaint')}>
              {words.complaint(followUp.complaint.code)}
            </Link>
          )}
        </>
      )}
      <div className="row">
        <span className="faint num grow">{followUp.code}</span>
        <Link className={isToDo ? 'btn primary' : 'btn quiet'} to={followUpAddress(community.code, followUp.id)}>
          {may('record') ? words.start : may('review') ? words.toReview : words.open}
        </Link>
      </div>
    </div>
  );
}
