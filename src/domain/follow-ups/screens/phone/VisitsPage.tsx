// The hand-held list 回访 (FU6): today's of mine, building by building; large to press, and it works without a signal.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '../../../../kernel/time.ts';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { askOrKept, useQueuedActs } from '../../../../ui/offline.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { calledBuilding } from '../../../repairs/repair-paper.rules.ts';
import { radioWords } from '../../../repairs/repair-paper.words.ts';
import { CallButton } from '../../../repairs/screens/parts/phone/CallButton.tsx';
import { Offline } from '../../../repairs/screens/parts/phone/Offline.tsx';
import { RefusedTray, WaitingTray } from '../../../repairs/screens/parts/phone/Tray.tsx';
import { useKeptStandard } from '../../../standards/screens/parts/useKeptStandard.ts';
import { type FollowUp, followUpRoutes } from '../../follow-up.contract.ts';
import { followUpStateWords, followUpSubjectWords } from '../../follow-up.words.ts';
import { followUpPhoneWords as words } from '../../follow-up-page.words.ts';
import { openClock, refusalInWords } from '../parts/followUpFacts.ts';
import { VisitSheet } from './VisitSheet.tsx';
import { byBuilding, isForToday, isRecordedHere, waitingFor, withTries } from './visitList.ts';
import '../../../cases/screens/parts/case.css';
import '../../../repairs/screens/parts/phone/orders.css';
import '../parts/follow-ups.css';
import './visits.css';

const askAgainMs = 60_000;
const mostRows = 200;
type Which = keyof typeof words.which;
type Came = 'sent' | 'waiting';

/** The frame makes each address a page of its own: what came of an act goes along with the way back. */
const show = (id: string, came: Came | null = null): void => {
  history.pushState({ came }, '', `/m/visits${id === '' ? '' : `/${id}`}`);
  window.scrollTo(0, 0);
};

function useVisits(which: Which) {
  const community = useCommunity();
  return useQuery({
    queryKey: ['follow-up', community.id, 'visits', which],
    queryFn: ({ signal }) =>
      askOrKept(`follow-ups:${community.id}:${which}`, () =>
        call(followUpRoutes.listFollowUps, {
          params: { communityId: community.id },
          query: { state: 'open', caller: which, sort: 'route', limit: mostRows },
          signal,
        }),
      ),
    refetchInterval: askAgainMs,
  });
}

export function VisitsPage({ rest }: { rest: string }) {
  const [which, setWhich] = useState<Which>('me');
  const [came] = useState(() => (history.state as { came?: Came | null } | null)?.came ?? null);
  const mine = useVisits('me');
  const unnamed = useVisits('none');
  const shown = which === 'me' ? mine : unnamed;
  const acts = useQueuedActs();
  const standard = useKeptStandard(useCommunity().id);
  const open = [...(mine.data?.items ?? []), ...(unnamed.data?.items ?? [])].find((row) => row.id === rest);

  if (rest !== '' && open)
    return (
      <div className="stack orders visits">
        <Visit key={open.id} followUp={withTries(open, waitingFor(open, acts))} onDone={(how) => show('', how)} />
      </div>
    );
  const rows = (shown.data?.items ?? []).map((row) => ({ row, waiting: waitingFor(row, acts) }));
  const recorded = rows.filter(({ waiting }) => isRecordedHere(waiting)).map(({ row }) => row);
  const left = rows.filter(({ waiting }) => !isRecordedHere(waiting)).map(({ row }) => row);
  const isAllSent = acts.every((act) => act.refusal !== undefined);
  const today = dayOf(serverNow());
  const now = left.filter((row) => isForToday(row, today));
  const later = left.filter((row) => !isForToday(row, today));
  return (
    <div className="stack orders visits">
      <RefusedTray />
      {came === null || (came === 'waiting' && isAllSent) ? null : (
        <p className="notice good" role="status">
          <Sign name="met" /> {came === 'sent' ? words.sent : words.queued}
        </p>
      )}
      {rest !== '' && mine.data && unnamed.data ? <p className="notice plain">{words.gone}</p> : null}
      <fieldset className="segments wide" aria-label={words.whichLabel}>
        {(Object.keys(words.which) as Which[]).map((one) => (
          <label key={one} className={which === one ? 'on' : ''}>
            <input type="radio" name="which" checked={which === one} onChange={() => setWhich(one)} />
            {words.which[one]} <span className="num">{(one === 'me' ? mine : unnamed).data?.items.length ?? ''}</span>
          </label>
        ))}
      </fieldset>
      {shown.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <Offline error={shown.error} retry={() => void shown.refetch()} />
      {shown.data && rows.length === 0 ? (
        <EmptyState title={words.none[which].title}>
          <p>{words.none[which].text}</p>
        </EmptyState>
      ) : null}
      {now.length === 0 && later.length > 0 ? <p className="notice plain">{words.noneToday}</p> : null}
      <Way title={words.today(now.length)} rows={now} />
      <Way title={words.later(later.length)} rows={later} />
      {recorded.length === 0 ? null : <Way title={words.done(recorded.length)} rows={recorded} isDone />}
      <WaitingTray withinHours={standard.data?.document.offline.reportedWithinHours.value} />
    </div>
  );
}

function buildingWords(unit: string | null): string {
  const building = calledBuilding(unit, null);
  return building === null ? radioWords.commonArea : radioWords.buildingOf(building);
}

/** One building after the other. */
function Way({ title, rows, isDone = false }: { title: string; rows: readonly FollowUp[]; isDone?: boolean }) {
  if (rows.length === 0) return null;
  return (
    <section className="way" aria-label={title}>
      <h2>{title}</h2>
      {byBuilding(rows).map(({ building, rows: own }) => (
        <div key={building} className="waygroup">
          <h3 className="faint">{buildingWords(own[0]?.unit ?? null)}</h3>
          {own.map((row) => (
            <Row key={row.id} row={row} isDone={isDone} />
          ))}
        </div>
      ))}
    </section>
  );
}

function Row({ row, isDone }: { row: FollowUp; isDone: boolean }) {
  const clock = openClock(row);
  const inside = (
    <>
      <span className="grow">
        <span>
          <b className="num">{row.unit ?? row.place ?? words.place}</b> {row.contact.name}
        </span>
        <span className="faint cut">{row.summary}</span>
        <span className="faint">
          {[
            ...(row.asks.made.tries > 0 ? [words.tries(row.asks.made.tries)] : []),
            ...(row.nextTryAt === null ? [] : [words.nextTry(briefMoment(row.nextTryAt, serverNow()))]),
          ].join(' · ')}
        </span>
      </span>
      {isDone ? (
        <span className="tag">{words.waitingAct}</span>
      ) : clock === null ? (
        <span className="tag">{followUpStateWords[row.state]}</span>
      ) : (
        <ClockBar facts={clock} label={clockKindWords['follow-up']} />
      )}
    </>
  );
  return isDone ? (
    <div className="card nextorder">{inside}</div>
  ) : (
    <button type="button" className="card nextorder" onClick={() => show(row.id)}>
      {inside}
    </button>
  );
}

function Visit({ followUp, onDone }: { followUp: FollowUp; onDone: (came: Came) => void }) {
  const may = useMay();
  const [sheet, setSheet] = useState<'record' | 'attempt' | null>(null);
  if (sheet !== null)
    return <VisitSheet followUp={followUp} what={sheet} onClose={() => setSheet(null)} onDone={onDone} />;
  const clock = openClock(followUp);
  const record = followUp.moves.find((move) => move.name === 'record');
  return (
    <section className="card order" aria-label={followUp.code}>
      <div className="row">
        <span className="tag accent">{followUpStateWords[followUp.state]}</span>
        <span className="faint num grow">{followUp.code}</span>
        {clock === null ? null : <ClockBar facts={clock} label={clockKindWords['follow-up']} />}
      </div>
      <h2>
        <span className="num">{followUp.unit ?? followUp.place ?? words.place}</span> {followUp.contact.name}
      </h2>
      <p className="muted">{followUp.summary}</p>
      <p className="faint">
        {[
          followUpSubjectWords[followUp.what],
          followUp.caseCode,
          ...(followUp.handlers.length > 0
            ? [words.handlers(followUp.handlers.map((one) => one.name).join('、'))]
            : []),
          ...(followUp.asks.made.tries > 0 ? [words.tries(followUp.asks.made.tries)] : []),
          ...(followUp.nextTryAt === null ? [] : [words.nextTry(briefMoment(followUp.nextTryAt, serverNow()))]),
        ].join(' · ')}
      </p>
      {followUp.returned === null ? null : (
        <p className="notice warn">
          <Sign name="warning" /> {followUp.returned.remark}
        </p>
      )}
      {record?.allowed ? (
        <>
          <button type="button" className="btn primary cta" onClick={() => setSheet('record')}>
            {words.record}
          </button>
          <button type="button" className="btn cta second" onClick={() => setSheet('attempt')}>
            {words.attempt}
          </button>
        </>
      ) : (
        <p className="notice plain">{refusalInWords(record?.reason ?? 'follow-up.move_not_allowed')}</p>
      )}
      <div className="subacts">
        {followUp.unitId !== null && may('household.reveal-phone') ? (
          <CallButton purpose={words.callPurpose(followUp.code)} unitId={followUp.unitId} />
        ) : null}
        <button type="button" className="btn" onClick={() => show('')}>
          {words.backToList}
        </button>
      </div>
    </section>
  );
}
