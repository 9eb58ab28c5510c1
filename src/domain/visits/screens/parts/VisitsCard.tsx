// Visits 上门拜访 to a home, the newest first: when, by whom, whom they met, what was said to be better.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { ShortTime } from '../../../cases/screens/parts/ShortTime.tsx';
import { type Visit, visitRoutes } from '../../visit.contract.ts';
import { metWords, visitStateWords } from '../../visit.words.ts';
import { visitPageWords as words } from '../../visit-page.words.ts';

const mostShown = 10;

/** Nothing where nobody was there yet. */
export function VisitsCard({ unitId }: { unitId: string }) {
  const { id: communityId } = useCommunity();
  const mayRead = useMay()('visit.read');
  const visits = useQuery({
    queryKey: ['visits', communityId, 'of', unitId],
    meta: follows('visit'),
    queryFn: ({ signal }) =>
      call(visitRoutes.listVisits, { params: { communityId }, query: { unitId, limit: mostShown }, signal }),
    enabled: mayRead,
  });
  const items = visits.data?.items ?? [];
  if (!mayRead || items.length === 0) return null;
  return (
    <Card title={words.ofUnit} flush>
      {items.map((one) => (
        <Line key={one.id} visit={one} />
      ))}
    </Card>
  );
}

function Line({ visit }: { visit: Visit }) {
  const { code } = useCommunity();
  return (
    <div className="line">
      <div className="row wrap">
        <Link className="num" to={`/c/${code}/visits/${visit.id}`}>
          <ShortTime at={visit.at} />
        </Link>
        <span>{visit.visitor.name}</span>
        {visit.result === null ? null : <span className="faint">{words.seen(metWords[visit.result.met])}</span>}
        <span className="grow" />
        <span className={visit.isLate ? 'tag late' : 'tag'}>
          {visit.isLate ? words.late : visitStateWords[visit.state]}
        </span>
      </div>
      {visit.result?.opinions ? <p className="anywhere">{visit.result.opinions}</p> : null}
    </div>
  );
}
