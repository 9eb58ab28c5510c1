// Household visits on the phone 上门拜访: how far my month is, what I have agreed, and the record to write at the door.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf, monthOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { askOrKept } from '../../../../ui/offline.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useSession } from '../../../access/screens/parts/session.ts';
import { type Visit, visitRoutes } from '../../visit.contract.ts';
import { visitPhoneWords as words } from '../../visit-page.words.ts';
import { AppointSheet, MissSheet, RecordSheet } from './VisitSheets.tsx';
import '../../../repairs/screens/parts/phone/orders.css';
import './householdvisits.css';

const askAgainMs = 60_000;
const mostRows = 200;

const show = (id: string, came: 'saved' | null = null): void => {
  history.pushState({ came }, '', `/m/household-visits${id === '' ? '' : `/${id}`}`);
  window.scrollTo(0, 0);
};

export function HouseholdVisitsPage({ rest }: { rest: string }) {
  const community = useCommunity();
  const { me } = useSession();
  const client = useQueryClient();
  const [came] = useState(() => (history.state as { came?: string | null } | null)?.came ?? null);
  const [isAppointing, setAppointing] = useState(false);
  const params = { communityId: community.id };
  const month = monthOf(serverNow());
  const list = useQuery({
    queryKey: ['visit', community.id, 'phone'],
    queryFn: ({ signal }) =>
      askOrKept(`visits:${community.id}`, () =>
        call(visitRoutes.listVisits, {
          params,
          query: { visitor: 'me', state: 'appointed', sort: 'at', limit: mostRows },
          signal,
        }),
      ),
    refetchInterval: askAgainMs,
  });
  const duty = useQuery({
    queryKey: ['visit', community.id, 'month', month],
    queryFn: ({ signal }) =>
      askOrKept(`visit-month:${community.id}:${month}`, () =>
        call(visitRoutes.readVisitMonth, { params: { ...params, month }, signal }),
      ),
  });
  const done = async () => {
    await client.invalidateQueries({ queryKey: ['visit', community.id] });
    setAppointing(false);
    show('', 'saved');
  };
  const rows = list.data?.items ?? [];
  const open = rows.find((row) => row.id === rest);
  if (rest !== '' && open)
    return (
      <div className="stack orders">
        <OneVisit key={open.id} visit={open} onDone={done} />
      </div>
    );
  if (isAppointing)
    return (
      <div className="stack orders">
        <AppointSheet onClose={() => setAppointing(false)} onDone={done} />
      </div>
    );
  const [now, today] = [serverNow(), dayOf(serverNow())];
  const earlier = rows.filter((row) => row.at < now);
  const todays = rows.filter((row) => row.at >= now && dayOf(row.at) === today);
  const later = rows.filter((row) => dayOf(row.at) > today);
  // Whoever leads sees everybody's line; here it is one's own.
  const mine = duty.data?.items.find((one) => one.person.id === me.user.id);
  return (
    <div className="stack orders">
      {came === 'saved' ? (
        <p className="notice good" role="status">
          <Sign name="met" /> {words.saved}
        </p>
      ) : null}
      {duty.data && mine ? (
        <p className={mine.missing === 0 ? 'notice good' : 'notice plain'}>
          <b className="num grow">{words.duty(mine.households, duty.data.perPerson)}</b>
          <span className="num">{words.missing(mine.missing)}</span>
        </p>
      ) : null}
      {rest !== '' && list.data ? <p className="notice plain">{words.gone}</p> : null}
      {list.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.data && rows.length === 0 ? (
        <EmptyState title={words.none.title}>
          <p>{words.none.text}</p>
        </EmptyState>
      ) : null}
      <Group title={words.earlier(earlier.length)} rows={earlier} isLate />
      <Group title={words.today(todays.length)} rows={todays} />
      <Group title={words.later(later.length)} rows={later} />
      <button type="button" className="btn primary cta" onClick={() => setAppointing(true)}>
        {words.appoint}
      </button>
    </div>
  );
}

function Group({ title, rows, isLate = false }: { title: string; rows: readonly Visit[]; isLate?: boolean }) {
  if (rows.length === 0) return null;
  return (
    <section className="visitgroup" aria-label={title}>
      <h2>{title}</h2>
      {rows.map((row) => (
        <button key={row.id} type="button" className="card nextorder" onClick={() => show(row.id)}>
          <span className="grow">
            <b className="num">{row.unit.label}</b> <span className="faint cut">{row.remark ?? row.purpose ?? ''}</span>
          </span>
          <span className={isLate ? 'tag late num' : 'tag num'}>{briefMoment(row.at, serverNow())}</span>
        </button>
      ))}
    </section>
  );
}

function OneVisit({ visit, onDone }: { visit: Visit; onDone: () => Promise<void> }) {
  const [sheet, setSheet] = useState<'record' | 'miss' | null>(null);
  if (sheet === 'record') return <RecordSheet visit={visit} onClose={() => setSheet(null)} onDone={onDone} />;
  if (sheet === 'miss') return <MissSheet visit={visit} onClose={() => setSheet(null)} onDone={onDone} />;
  return (
    <section className="card order" aria-label={visit.unit.label}>
      <h2 className="num">{visit.unit.label}</h2>
      <p className="num">{briefMoment(visit.at, serverNow())}</p>
      {visit.purpose === null ? null : <p className="muted">{visit.purpose}</p>}
      {visit.remark === null ? null : <p className="notice warn">{words.returned(visit.remark)}</p>}
      <button type="button" className="btn primary cta" onClick={() => setSheet('record')}>
        {words.record}
      </button>
      <button type="button" className="btn wide" onClick={() => setSheet('miss')}>
        {words.miss}
      </button>
      <button type="button" className="btn wide" onClick={() => show('')}>
        {words.back}
      </button>
    </section>
  );
}
