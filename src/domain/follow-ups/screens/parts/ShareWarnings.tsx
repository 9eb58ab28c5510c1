// Whether the floors of the open months can still be met (FU1): only what is in danger is said, with its numbers.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { followUpSubjectWords, shareOutlookWords } from '../../follow-up.words.ts';
import { followUpAnalysisRoutes, type Share } from '../../follow-up-analysis.contract.ts';
import { percent, shareWords as words } from '../../follow-up-page.words.ts';

export function ShareWarnings(props: { onShow: (share: Share) => void }) {
  const community = useCommunity();
  const may = useMay();
  const [isAll, setAll] = useState(false);
  const shares = useQuery({
    queryKey: ['follow-up', community.id, 'shares'],
    queryFn: ({ signal }) =>
      call(followUpAnalysisRoutes.readFollowUpShares, { params: { communityId: community.id }, signal }),
  });
  // The newest month first: it is the one that can still be saved; the others are a click away.
  const inDanger = (shares.data?.items ?? [])
    .filter((share) => share.warn)
    .sort((a, b) => b.month.localeCompare(a.month));
  if (inDanger.length === 0) return null;
  const newest = inDanger.filter((share) => share.month === inDanger[0]?.month);
  const others = inDanger.length - newest.length;
  return (
    <section className="sharewarnings" aria-label={words.heading}>
      {(isAll ? inDanger : newest).map((share) => (
        <div
          key={`${share.month}${share.what}`}
          className={share.outlook === 'lost' ? 'notice bad' : 'notice warn'}
          role="status"
        >
          <Sign name="warning" />
          <div className="grow">
            <b>{shareOutlookWords[share.outlook]}</b>
            <div className="num">
              {[
                words.numbers(followUpSubjectWords[share.what], share.month, share),
                ...(share.share === null ? [] : [words.target(percent(share.share))]),
                ...(share.needed === null || share.needed === 0 ? [] : [words.needed(share.needed)]),
              ].join(' · ')}
            </div>
          </div>
          {share.stillOpen > 0 ? (
            <button type="button" className="btn" onClick={() => props.onShow(share)}>
              {words.show}
            </button>
          ) : null}
          {may('follow-up.analysis') ? (
            <Link className="btn quiet" to={`/c/${community.code}/follow-ups/analysis?month=${share.month}`}>
              {words.open(share.month)}
            </Link>
          ) : null}
        </div>
      ))}
      {others === 0 ? null : (
        <button type="button" className="linklike" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? words.fewer : words.others(others)}
        </button>
      )}
    </section>
  );
}
