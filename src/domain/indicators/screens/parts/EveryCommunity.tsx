// One figure in every community that the reader may see 各小区, for whoever answers for several: each leads to its own page.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { monthOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { useSession } from '../../../access/screens/parts/session.ts';
import { type Indicator, indicatorRoutes } from '../../indicator.contract.ts';
import { everywhereWords, indicatorWords, indicatorPageWords as words } from '../../indicator.words.ts';

export function EveryCommunity({ figure }: { figure: Indicator }) {
  const { communities } = useSession().me;
  const { month, name } = figure;
  const everywhere = useQuery({
    queryKey: ['indicators', 'everywhere', month],
    queryFn: ({ signal }) => call(indicatorRoutes.listIndicatorsEverywhere, { query: { month }, signal }),
    enabled: communities.length > 1,
  });
  const figures = everywhere.data?.items.filter((one) => one.name === name) ?? [];
  if (communities.length < 2 || (everywhere.data && figures.length < 2)) return null;
  const search = new URLSearchParams({ ...(month === monthOf(serverNow()) ? {} : { month }), name });
  return (
    <Card title={everywhereWords.title(indicatorWords[name].name)} note={words.month(month)} flush>
      <Problem error={everywhere.error} retry={() => void everywhere.refetch()} />
      <table className="data everywhere">
        <thead>
          <tr>
            <th>{everywhereWords.community}</th>
            <th className="right">{everywhereWords.value}</th>
            <th className="right wideonly">{everywhereWords.counted}</th>
            <th className="right wideonly">{everywhereWords.target}</th>
            <th>{everywhereWords.met}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((one) => {
            const community = communities.find(({ id }) => id === one.communityId);
            if (!community) return null;
            return (
              <tr key={one.communityId} aria-current={one.communityId === figure.communityId ? 'true' : undefined}>
                <th scope="row">
                  <Link to={`/c/${community.code}/indicators?${search}`}>{community.name}</Link>
                </th>
                <td className="right num">{words.value(one.value, one.measure)}</td>
                <td className="right num muted wideonly">
                  {one.denominator === 0 ? '' : words.counted(one.numerator, one.denominator, one)}
                </td>
                <td className="right num muted wideonly">{words.target(one.target, one.comparison, one.measure)}</td>
                <td>
                  {one.met === null ? null : (
                    <span className={one.met ? 'tag met' : 'tag late'}>
                      <Sign name={one.met ? 'met' : 'missed'} /> {one.met ? words.met : words.missed}
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}
