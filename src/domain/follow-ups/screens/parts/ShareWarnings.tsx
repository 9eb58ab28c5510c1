// Whether the floors of the open months can still be met (FU1): only what is in danger is said, with its numbers.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../../../ui/call.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { followUpSubjectWords, shareOutlookWords } from '../../follow-up.words.ts';
import { followUpAnalysisRoutes, type Share } from '../../follow-up-analysis.contract.ts';
import { percent, shareWords as words } from '../../follow-up-page.words.ts';

export function ShareWarnings(props: { onShow: (share: Share) => void }) {
  const community = useCommunity();
  const may = useMay();
  const shares = useQuery({
    queryKey: ['follow-up', community.id, 'shares'],
    queryFn: ({ signal }) =>
      call(followUpAnalysisRoutes.readFollowUpShares, { params: { communityId: community.id }, signal }),
  });
  const inDanger = (shares.data?.items ?? []).filter((share) => share.warn);
  if (inDanger.length === 0) return null;
  return (
    <section className="sharewarnings" aria-label={words.heading}>
      {inDanger.map((share) => (
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
    </section>
  );
}
