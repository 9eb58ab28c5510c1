// What a complaint is about, who it concerns and what has come of it, as facts side by side.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseKindWords, postWords } from '../../../cases/case.words.ts';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { Photos } from '../../../cases/screens/parts/Photos.tsx';
import { againstWords, complaintCauseWords } from '../../complaint-case.words.ts';
import { complaintPageWords as words } from '../../complaint-page.words.ts';
import type { ComplaintAnswer } from '../../complaint-shapes.contract.ts';

/** A text longer than this is cut until somebody asks for all of it. */
const longTextLetters = 280;

type Fact = { name: string; value: ReactNode; full?: boolean };
const when = (isThere: boolean, fact: () => Fact): Fact[] => (isThere ? [fact()] : []);

export function ComplaintFactsCard({ complaint }: { complaint: ComplaintAnswer }) {
  const community = useCommunity();
  const now = serverNow();
  const moment = (at: string) => <span className="num">{briefMoment(at, now)}</span>;
  const date = (name: string, at: string | null): Fact[] =>
    when(at !== null, () => ({ name, value: moment(at ?? '') }));
  const text = (name: string, said: string | null): Fact[] =>
    when(said !== null, () => ({ name, value: <LongText text={said ?? ''} />, full: true }));
  const { about, mergedInto, inCharge, takenOverAt } = complaint;
  // What was attached to the telling is the signature, and stands in the time line with it.
  const told = complaint.timeline.findLast((entry) => entry.action === 'tell-customer')?.attachmentIds ?? [];
  const photoIds = complaint.attachmentIds.filter((id) => !told.includes(id));
  const isSent = complaint.timeline.some((entry) => entry.action === 'send');
  const against = [
    complaint.against === null ? null : againstWords[complaint.against],
    complaint.againstStaff?.name ?? null,
  ].filter((part) => part !== null);
  const who: Fact[] = complaint.anonymous
    ? [{ name: words.contact, value: <span className="faint">{words.anonymous}</span> }]
    : [
        { name: words.contact, value: complaint.contact.name ?? '—' },
        { name: words.unit, value: <span className="num">{complaint.unit ?? '—'}</span> },
        {
          name: words.phone,
          value: <ContactPhone unitId={complaint.unitId} contact={complaint.contact} code={complaint.code} />,
        },
      ];
  return (
    <div className="casefacts">
      <Facts
        two
        items={[
          ...who,
          { name: words.place, value: complaint.place ?? '—' },
          { name: words.against, value: against.length === 0 ? '—' : against.join(' · ') },
          { name: words.occurredAt, value: complaint.occurredAt === null ? '—' : moment(complaint.occurredAt) },
          {
            name: words.department,
            value: isSent ? againstWords[complaint.department] : <span className="faint">{words.notSent}</span>,
          },
          { name: words.handler, value: complaint.responsible?.name ?? '—' },
          {
            name: words.inCharge,
            value:
              takenOverAt === null ? (
                <span className="faint">{words.notTakenOver}</span>
              ) : (
                <span className="num">{words.takenOverAt(inCharge?.name ?? '', briefMoment(takenOverAt, now))}</span>
              ),
          },
          ...when(complaint.forwardedTo !== null, () => ({
            name: words.forwardedTo,
            value: complaint.forwardedTo === null ? '' : postWords[complaint.forwardedTo],
          })),
          ...date(words.wishedAt, complaint.wishedAt),
          ...date(words.agreedAt, complaint.agreedAt),
          ...date(words.waitUntil, complaint.waitUntil),
          ...date(words.replyAt, complaint.replyAt),
          ...when(about !== null, () => ({
            name: words.about,
            full: true,
            value:
              about === null ? null : (
                <>
                  <Link className="code num" to={caseAddress(community.code, about.id, about.kind)}>
                    {about.code}
                  </Link>{' '}
                  <span className="tag">{caseKindWords[about.kind]}</span>
                </>
              ),
          })),
          ...when(mergedInto !== null, () => ({
            name: words.mergedInto,
            full: true,
            value: (
              <Link className="code num" to={caseAddress(community.code, mergedInto?.id ?? '', 'complaint')}>
                {mergedInto?.code}
              </Link>
            ),
          })),
          {
            name: words.account,
            full: true,
            value:
              complaint.account === null ? (
                <span className="faint">{words.noAccount}</span>
              ) : (
                <LongText text={complaint.account} />
              ),
          },
          ...text(words.demand, complaint.demand),
          ...text(words.replyReason, complaint.replyReason),
          ...when(photoIds.length > 0, () => ({
            name: words.photos,
            full: true,
            value: <Photos communityId={complaint.communityId} ids={photoIds} />,
          })),
          ...text(words.result, complaint.result),
          ...when(complaint.cause !== null, () => ({
            name: words.cause,
            value: complaint.cause === null ? '' : complaintCauseWords[complaint.cause],
          })),
          ...text(words.answer, complaint.answer),
          ...when(complaint.toldAt !== null, () => ({
            name: words.opinion,
            full: true,
            value: (
              <>
                {complaint.satisfied === null ? null : (
                  <span className={complaint.satisfied ? 'tag good' : 'tag raised'}>
                    {words.satisfied(complaint.satisfied)}
                  </span>
                )}{' '}
                <span className="faint">{complaint.signed ? words.signed : words.notSigned}</span>
                {complaint.opinion === null ? null : <LongText text={complaint.opinion} />}
              </>
            ),
          })),
        ]}
      />
    </div>
  );
}

function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  if (text.length <= longTextLetters) return <div className="longtext">{text}</div>;
  return (
    <>
      <div className={isOpen ? 'longtext' : 'longtext cut'}>{text}</div>
      <button type="button" className="linklike" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.less : words.more}
      </button>
    </>
  );
}
