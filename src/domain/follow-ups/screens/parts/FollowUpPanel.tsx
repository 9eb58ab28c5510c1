// A follow-up 回访 as its page and the panel beside the list show it: whom, about what, what was tried, and what to do now.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf, msBetween } from '../../../../kernel/time.ts';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { TimeLine } from '../../../../ui/TimeLine.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useKeys } from '../../../../ui/useKeys.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { repairCategoryWords } from '../../../repairs/repair.words.ts';
import type { FollowUp } from '../../follow-up.contract.ts';
import {
  attemptOutcomeWords,
  followUpKindWords,
  followUpMoveWords,
  followUpStateWords,
  followUpSubjectWords,
} from '../../follow-up.words.ts';
import { followUpListWords, followUpPanelWords as words } from '../../follow-up-page.words.ts';
import { useFollowUp } from '../useFollowUps.ts';
import { openClock, refusalInWords, slipAddress } from './followUpFacts.ts';
import { RecordForm } from './RecordForm.tsx';
import { ResultCard } from './ResultCard.tsx';
import { ReviewForm } from './ReviewForm.tsx';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';
import './follow-ups.css';

/** What came in later than this was done without a signal. */
const worthSayingMs = 60_000;

export function FollowUpPanel(props: {
  id: string;
  onNext?: (() => void) | undefined;
  /** A page of its own: what was tried and the household stand at the side. */
  isPage?: boolean;
}) {
  const { id, onNext } = props;
  const community = useCommunity();
  const followUp = useFollowUp(id);
  if (followUp.data) return <LoadedFollowUp followUp={followUp.data} onNext={onNext} isPage={props.isPage === true} />;
  if (followUp.error instanceof ProblemError && followUp.error.status === 404)
    return (
      <EmptyState
        title={words.notFound}
        action={
          <Link className="btn" to={`/c/${community.code}/follow-ups`}>
            {words.back}
          </Link>
        }
      >
        <p>{words.notFoundText}</p>
      </EmptyState>
    );
  if (followUp.error) return <Problem error={followUp.error} retry={() => void followUp.refetch()} />;
  return <div className="busyline" role="status" aria-label={uiWords.loading} />;
}

function LoadedFollowUp(props: { followUp: FollowUp; onNext: (() => void) | undefined; isPage: boolean }) {
  const { followUp, onNext, isPage } = props;
  const [said, setSaid] = useState<string | null>(null);
  const may = (name: string) => followUp.moves.some((move) => move.name === name && move.allowed);
  useKeys(said !== null && onNext ? { enter: onNext } : {});
  const aside = (
    <>
      {followUp.attempts.length > 0 || may('record') ? <Attempts followUp={followUp} /> : null}
      {followUp.unitId === null ? null : (
        <HouseholdCard
          caseId={followUp.caseId}
          code={followUp.code}
          unitId={followUp.unitId}
          faces={{}}
          categoryWord={categoryWord}
        />
      )}
    </>
  );
  const main = (
    <div className="stack followup">
      <section className="card">
        <Head followUp={followUp} />
        <FollowUpFacts followUp={followUp} />
      </section>
      {said === null ? null : (
        <div className="notice good" role="status">
          <Sign name="met" />
          <b className="grow">{said}</b>
          {onNext ? (
            <button type="button" className="btn" onClick={onNext}>
              {words.next} <kbd>↵</kbd>
            </button>
          ) : null}
        </div>
      )}
      <Refused followUp={followUp} />
      {followUp.returned === null || followUp.state === 'reviewed' ? null : (
        <div className="notice warn" role="status">
          <Sign name="warning" />
          <div className="grow">
            <b>{words.returned(followUp.returned.by.name, briefMoment(followUp.returned.at, serverNow()))}</b>
            <div className="longtext">{followUp.returned.remark}</div>
          </div>
        </div>
      )}
      {may('record') ? <RecordForm key={`${followUp.state}`} followUp={followUp} onDone={setSaid} /> : null}
      <ResultCard followUp={followUp} />
      {may('review') ? <ReviewForm followUp={followUp} onDone={setSaid} /> : null}
      {isPage ? null : aside}
    </div>
  );
  if (!isPage) return main;
  return (
    <div className="beside">
      {main}
      <div className="stack">{aside}</div>
    </div>
  );
}

const categoryWord = (code: string): string => (repairCategoryWords as Readonly<Record<string, string>>)[code] ?? code;

function Head({ followUp }: { followUp: FollowUp }) {
  const community = useCommunity();
  const clock = openClock(followUp);
  const kind = { due: 'follow-up', 'visit-due': 'visit', recorded: 'review' } as const;
  return (
    <header className="casehead">
      <div className="titles">
        <div className="row wrap">
          <span className="tag accent">{followUpStateWords[followUp.state]}</span>
          <span className="tag">{followUpSubjectWords[followUp.what]}</span>
          {followUp.kind === 'unfinished' ? <span className="tag raised">{followUpKindWords.unfinished}</span> : null}
          <span className="faint num">{followUp.code}</span>
        </div>
        <h1>{[followUp.unit ?? followUp.place, followUp.contact.name].filter((part) => part).join(' ')}</h1>
      </div>
      <div className="acts">
        {clock === null ? null : (
          <ClockBar facts={clock} label={clockKindWords[kind[followUp.state as keyof typeof kind]]} />
        )}
        <Link className="btn quiet no-print" to={slipAddress(community.code, followUp.id)}>
          {words.print}
        </Link>
      </div>
    </header>
  );
}

function FollowUpFacts({ followUp }: { followUp: FollowUp }) {
  const community = useCommunity();
  const now = serverNow();
  const { category, sample } = followUp;
  const isDrawn = sample !== null && sample.owed < sample.of;
  return (
    <div className="casefacts">
      <Facts
        two
        items={[
          {
            name: words.phone,
            value: <ContactPhone unitId={followUp.unitId} contact={followUp.contact} code={followUp.code} />,
          },
          {
            name: words.caller,
            value: followUp.caller?.name ?? <span className="faint">{words.noCaller}</span>,
          },
          {
            name: words.case,
            full: true,
            value: (
              <>
                <Link className="code num" to={caseAddress(community.code, followUp.caseId, followUp.caseKind)}>
                  {followUp.caseCode}
                </Link>{' '}
                {category === null ? null : <span className="tag">{categoryWord(category)}</span>}{' '}
                <span className="faint">
                  {words.handlers} {followUp.handlers.map((one) => one.name).join('、') || words.noHandlers}
                </span>
                <div className="longtext">{followUp.summary}</div>
              </>
            ),
          },
          ...(followUp.nextTryAt === null || followUp.result !== null
            ? []
            : [
                {
                  name: words.attempts,
                  full: true,
                  value: <b>{words.nextTry(briefMoment(followUp.nextTryAt, now))}</b>,
                },
              ]),
        ]}
      />
      <details className="morefacts">
        <summary className="faint">{words.more}</summary>
        <Facts
          items={[
            {
              name: words.finishedAt,
              value: (
                <span className="num">
                  {followUp.finishedAt === null ? '—' : briefMoment(followUp.finishedAt, now)}
                </span>
              ),
            },
            { name: words.month, value: <span className="num">{followUpListWords.monthOf(followUp.month)}</span> },
            ...(isDrawn
              ? [
                  {
                    name: words.sample,
                    value: (
                      <>
                        {words.sampleOf(sample)}
                        {sample.seed === null || sample.place === null ? null : (
                          <div className="faint anywhere">{words.seed(sample.place, sample.seed)}</div>
                        )}
                      </>
                    ),
                  },
                ]
              : []),
            { name: words.keeping, value: words.kept(followUp.keptUntil) },
          ]}
        />
      </details>
    </div>
  );
}

/** Who did the work, or made the call, reads why it is not theirs to go on. */
function Refused({ followUp }: { followUp: FollowUp }) {
  const refused = followUp.moves.filter(
    (move) => !move.allowed && (move.name === 'record' || move.name === 'review') && move.reason !== undefined,
  );
  if (refused.length === 0) return null;
  return (
    <div className="notice plain" role="note">
      <Sign name="note" />
      <div className="grow">
        {refused.map((move) => (
          <div key={move.name}>
            {followUpMoveWords[move.name as 'record' | 'review']} · {refusalInWords(move.reason ?? '')}
          </div>
        ))}
      </div>
    </div>
  );
}

function Attempts({ followUp }: { followUp: FollowUp }) {
  const now = serverNow();
  const latest = followUp.attempts.at(-1);
  const entries = [...followUp.attempts].reverse().map((one) => ({
    id: one.id,
    at: one.at,
    title: words.attempt(one.by.name, one.atDoor ? words.atDoor : words.byPhone, attemptOutcomeWords[one.outcome]),
    note: [
      // The line says a day only where it changes, and of the latest it is not known from anywhere else.
      ...(one === latest ? [dayOf(one.at).slice(5)] : []),
      ...(one.nextAt === null ? [] : [words.nextAt(briefMoment(one.nextAt, now))]),
      ...(msBetween(one.at, one.recordedAt) > worthSayingMs
        ? [words.reportedLater(briefMoment(one.recordedAt, now))]
        : []),
    ].join(' · '),
    ...(one.note === null ? {} : { more: <p className="said">{one.note}</p> }),
  }));
  return (
    <Card title={words.attempts} flush>
      {entries.length === 0 ? (
        <p className="line faint">{words.noAttempts}</p>
      ) : (
        <TimeLine entries={entries} label={words.attempts} />
      )}
    </Card>
  );
}
