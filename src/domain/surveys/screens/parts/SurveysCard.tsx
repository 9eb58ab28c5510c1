// The surveys 满意度调查 that asked a home: whether and how it answered. What it said is counted only, for whoever answered was
// told so.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { ShortTime } from '../../../cases/screens/parts/ShortTime.tsx';
import { surveyRoutes } from '../../survey.contract.ts';
import { channelWords, surveyStateWords } from '../../survey.words.ts';
import { surveyPageWords as words } from '../../survey-page.words.ts';

/** Nothing where it was never asked. */
export function SurveysCard({ unitId }: { unitId: string }) {
  const community = useCommunity();
  const mayRead = useMay()('survey.enter');
  const surveys = useQuery({
    queryKey: ['surveys', community.id, 'of', unitId],
    meta: follows('survey'),
    queryFn: ({ signal }) =>
      call(surveyRoutes.listUnitSurveys, { params: { communityId: community.id, unitId }, signal }),
    enabled: mayRead,
  });
  const items = surveys.data?.items ?? [];
  if (!mayRead || items.length === 0) return null;
  return (
    <Card title={words.ofUnit} flush>
      {items.map((one) => (
        <div key={one.id} className="line row wrap">
          <Link className="anywhere" to={`/c/${community.code}/surveys/${one.id}`}>
            {one.title}
          </Link>
          <span className="faint">{surveyStateWords[one.state]}</span>
          <span className="grow" />
          {one.answeredAt === null || one.channel === null ? (
            <span className="faint">{words.notAnswered}</span>
          ) : (
            <>
              <span className="faint num">
                <ShortTime at={one.answeredAt} />
              </span>
              <span className="tag">{words.answeredBy(channelWords[one.channel])}</span>
            </>
          )}
        </div>
      ))}
    </Card>
  );
}
