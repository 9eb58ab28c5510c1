// The supervisor's daily look at the ledger (FD5): what the day left undone stands first, then that it was looked at.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import type { Contact } from '../../contact.contract.ts';
import { contactStateWords } from '../../contact.words.ts';
import { ledgerReviewRoutes } from '../../ledger-review.contract.ts';
import { ledgerReviewWords as words } from '../../new-contact.words.ts';

export function LedgerReviewBar(props: { day: Day; onDay: (day: Day) => void }) {
  const community = useCommunity();
  const mayReview = useMay()('contact.review');
  const client = useQueryClient();
  const [remark, setRemark] = useState('');
  const params = { communityId: community.id, day: props.day };
  const seen = useQuery({
    queryKey: ['contact', community.id, 'day', props.day],
    queryFn: ({ signal }) => call(ledgerReviewRoutes.getLedgerDay, { params, signal }),
  });
  const review = useMutation({
    mutationFn: () => call(ledgerReviewRoutes.reviewLedger, { params, body: { remark: remark.trim() }, key: newId() }),
    onSuccess: () => {
      setRemark('');
      return client.invalidateQueries({ queryKey: ['contact', community.id] });
    },
  });
  if (seen.error) return <Problem error={seen.error} retry={() => void seen.refetch()} />;
  const day = seen.data;
  if (!day || (day.lines === 0 && day.notReviewed.length === 0)) return null;
  return (
    <div className="ledgerday body">
      {mayReview && day.notReviewed.length > 0 ? (
        <p className="row wrap">
          <span className="muted">{words.notReviewed}</span>
          {day.notReviewed.map((one) => (
            <button key={one} type="button" className="btn small num" onClick={() => props.onDay(one)}>
              {one.slice(5)}
            </button>
          ))}
        </p>
      ) : null}
      {day.undone.length > 0 ? (
        <section aria-label={words.undone(day.undone.length)}>
          <h3>{words.undone(day.undone.length)}</h3>
          <ul className="undone">
            {day.undone.map((line) => (
              <Undone key={line.id} line={line} communityCode={community.code} />
            ))}
          </ul>
        </section>
      ) : day.lines > 0 ? (
        <p className="muted row">
          <Sign name="met" /> {words.allDone(day.lines)}
        </p>
      ) : null}
      {day.reviews.map((one) => (
        <p key={one.id} className="faint anywhere">
          {words.reviewed(one.by.name, `${dayOf(one.at)} ${wallTimeOf(one.at).slice(0, 5)}`, one.lines, one.undone)}
          {one.remark === '' ? '' : ` · ${one.remark}`}
        </p>
      ))}
      {mayReview && day.lines > 0 ? (
        <form
          className="row wrap no-print"
          onSubmit={(event) => {
            event.preventDefault();
            if (!review.isPending) review.mutate();
          }}
        >
          <input
            className="grow"
            maxLength={1000}
            aria-label={words.remark}
            placeholder={words.remark}
            value={remark}
            onChange={(event) => setRemark(event.target.value)}
          />
          <button type="submit" className="btn" aria-busy={review.isPending}>
            {words.review}
          </button>
        </form>
      ) : null}
      <Problem error={review.error} />
    </div>
  );
}

function Undone({ line, communityCode }: { line: Contact; communityCode: string }) {
  return (
    <li className="row">
      <span className="tag raised">{contactStateWords[line.state]}</span>
      <span className="num">{wallTimeOf(line.startedAt).slice(0, 5)}</span>
      <span className="nowrap">{line.unit ?? ''}</span>
      <span className="grow ledgertext">{line.request}</span>
      {line.caseId === null ? null : (
        <Link className="num nowrap" to={caseAddress(communityCode, line.caseId, line.caseKind ?? 'enquiry')}>
          {line.caseCode}
        </Link>
      )}
    </li>
  );
}
