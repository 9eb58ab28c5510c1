// Technician's phone page 我的单: my orders by due time, the first one large, and one thumb from accepted to returned.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { call } from '../../../../ui/call.ts';
import { devicePerson } from '../../../../ui/device.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { askOrKept, useQueuedActs, worksOffline } from '../../../../ui/offline.ts';
import { keepOnly } from '../../../../ui/offlineStore.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay, useSession } from '../../../access/screens/parts/session.ts';
import { type BoardRow, listCases } from '../../../cases/case.contract.ts';
import { clockKindWords, momentInWords } from '../../../clocks/clock.words.ts';
import { useKeptStandard } from '../../../standards/screens/parts/useKeptStandard.ts';
import { getRepair, type RepairAnswer, type Urgency } from '../../repair.contract.ts';
import {
  partCheckWords,
  pauseReasonWords,
  phoneMoveWords,
  repairMoveWords,
  repairStateWords,
  settlementWords,
  urgencyWords,
} from '../../repair.words.ts';
import { customerPartsOf } from '../../repair-paper.rules.ts';
import { repairPhoneWords as words } from '../../repair-phone.words.ts';
import { CallButton } from '../parts/phone/CallButton.tsx';
import { Offline } from '../parts/phone/Offline.tsx';
import { PhotoButton } from '../parts/phone/Photos.tsx';
import { RefusedTray, WaitingTray } from '../parts/phone/Tray.tsx';
import { DoorSheet } from './DoorSheet.tsx';
import { FinishSheet } from './FinishSheet.tsx';
import { nextMoves, useMove } from './moves.ts';
import { withWaiting } from './projected.ts';
import { HandBackSheet, PauseSheet } from './ReasonSheets.tsx';
import { SignSheet } from './SignSheet.tsx';
import '../parts/phone/orders.css';

const askAgainMs = 60_000;

/** The address of the phone app's page; the frame sees it change. */
const showOrder = (id: string): void => {
  history.pushState(null, '', `/m/orders/${id}`);
  window.scrollTo(0, 0);
};

export function OrdersPage({ rest }: { rest: string }) {
  const community = useCommunity();
  // An order is sent to a contractor's firm: whoever of it has a hand free takes it. Its reach is its own orders anyway.
  const isFirm = community.roles.every((role) => role === 'contractor');
  const orders = useQuery({
    queryKey: ['case', community.id, 'my-orders'],
    queryFn: ({ signal }) =>
      askOrKept(`orders:${community.id}`, () =>
        call(listCases, {
          params: { communityId: community.id },
          query: { ...(isFirm ? {} : { responsible: 'me' }), state: 'open', kind: 'repair', limit: 50 },
          signal,
        }),
      ),
    refetchInterval: askAgainMs,
  });
  const standard = useKeptStandard(community.id);
  const rows = orders.data?.items ?? [];
  useKeptOrders(community.id, orders.data?.items);
  const current = rows.find((row) => row.id === rest) ?? rows[0];
  const others = rows.filter((row) => row !== current);
  return (
    <div className="stack orders">
      <CommunityChoice />
      <RefusedTray />
      {window.isSecureContext ? null : <p className="faint">{words.notSecure}</p>}
      {orders.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <Offline error={orders.error} retry={() => void orders.refetch()} />
      {orders.data && current === undefined ? (
        <EmptyState title={words.none.title}>
          <p>{words.none.text}</p>
        </EmptyState>
      ) : null}
      {current ? <Order key={current.id} row={current} /> : null}
      {others.length > 0 ? <h2 className="faint ordersnext">{words.next}</h2> : null}
      {others.map((row) => (
        <button key={row.id} type="button" className="card nextorder" onClick={() => showOrder(row.id)}>
          <span className="grow">
            <b>{row.unit ?? row.place ?? words.publicPlace}</b>
            <span className="faint cut">{row.summary}</span>
          </span>
          <RowClock row={row} />
        </button>
      ))}
      <WaitingTray withinHours={standard.data?.document.offline.reportedWithinHours.value} />
    </div>
  );
}

function CommunityChoice() {
  const { me, community, chooseCommunity } = useSession();
  const id = useId();
  const mine = me.communities.filter((one) => one.permissions.includes('repair.move'));
  if (mine.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor={id} className="unseen">
        {words.community}
      </label>
      <select id={id} value={community?.id} onChange={(event) => chooseCommunity(event.target.value)}>
        {mine.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function RowClock({ row }: { row: BoardRow }) {
  // A promised date goes on while an order waits: only what a pause holds up shows as paused.
  if (row.state === 'paused' && row.nextDueAt === null)
    return <ClockBar facts={{ state: 'paused', startedAt: row.receivedAt, dueAt: row.nextDueAt }} />;
  if (row.nextDueAt === null)
    return <span className="tag">{repairStateWords[row.state as RepairAnswer['state']]}</span>;
  return <ClockBar facts={{ state: 'running', startedAt: row.receivedAt, dueAt: row.nextDueAt }} />;
}

const askOrder = (communityId: string, id: string, signal?: AbortSignal) =>
  askOrKept(`order:${communityId}:${id}`, () =>
    call(getRepair, { params: { communityId, id }, ...(signal ? { signal } : {}) }),
  );

/** As many as a technician has in hand; the list itself may be longer. */
const keptOrders = 20;

/** My open orders lie on the phone before the signal is gone, and those that are no longer mine leave it. */
function useKeptOrders(communityId: string, rows: readonly BoardRow[] | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (rows === undefined || !worksOffline()) return;
    const ids = rows.slice(0, keptOrders).map((row) => row.id);
    const prefix = `order:${communityId}:`;
    void keepOnly(
      devicePerson(),
      prefix,
      ids.map((id) => prefix + id),
    ).catch(() => undefined);
    for (const id of ids)
      void client.prefetchQuery({ queryKey: ['repair', communityId, id], queryFn: () => askOrder(communityId, id) });
  }, [client, communityId, rows]);
}

function Order({ row }: { row: BoardRow }) {
  const community = useCommunity();
  const repair = useQuery({
    queryKey: ['repair', community.id, row.id],
    queryFn: ({ signal }) => askOrder(community.id, row.id, signal),
  });
  const acts = useQueuedActs();
  if (repair.data) return <OrderCard repair={withWaiting(repair.data, acts)} />;
  return (
    <section className="card order">
      <h2>{row.unit ?? row.place ?? words.publicPlace}</h2>
      {repair.error === null ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      <Offline error={repair.error} retry={() => void repair.refetch()} />
    </section>
  );
}

/** RP6, RP11: what the customer was told it costs; nothing agreed, nothing charged. */
function priceOf({ quote, finishedAt, chargedFen, settlement }: RepairAnswer): string {
  // RP11: once it is done, how it is paid; never to the technician.
  if (finishedAt !== null)
    return words.settled(chargedFen > 0 ? (chargedFen / 100).toFixed(2) : '', settlementWords[settlement]);
  if (quote === null) return words.free;
  const yuan = (quote.amountFen / 100).toFixed(2);
  return quote.agreedAt === null ? words.quoteOpen(yuan) : words.quoted(yuan);
}

/** What went into it, and what the customer brought (RP9, RP10): on the phone as on the paper. */
function Used({ repair }: { repair: RepairAnswer }) {
  const brought = customerPartsOf(repair.timeline);
  if (repair.materials.length === 0 && brought.length === 0) return null;
  return (
    <p className="faint">
      {[
        ...(repair.materials.length > 0
          ? [words.used(repair.materials.map((one) => `${one.name} × ${one.quantity}`).join('、'))]
          : []),
        ...(brought.length > 0
          ? [words.brought(brought.map((one) => `${one.name} ${partCheckWords[one.check]}`).join('、'))]
          : []),
      ].join('；')}
    </p>
  );
}

/** Somebody waits and said so since the last step (RP8). */
function Reminded({ repair }: { repair: RepairAnswer }) {
  const lastStep = repair.timeline.findLast((entry) => entry.kind === 'move')?.seq ?? 0;
  const reminders = repair.timeline.filter((entry) => entry.action === 'reminder' && entry.seq > lastStep);
  const last = reminders.at(-1);
  if (last === undefined) return null;
  return (
    <p className="notice warn" role="status">
      {words.reminded(reminders.length, momentInWords(last.at), last.by?.name ?? '')}
      {last.text === null ? null : <span className="wholerow">{last.text}</span>}
    </p>
  );
}

const urgencyTone: Record<Urgency, string> = { emergency: 'alarm', major: 'high', ordinary: '' };

function OrderCard({ repair }: { repair: RepairAnswer }) {
  const community = useCommunity();
  const may = useMay();
  const { send, busy, error } = useMove(community.id, repair);
  const [sheet, setSheet] = useState<'finish' | 'sign' | 'pause' | 'hand-back' | 'arrive' | null>(null);
  const allowed = (name: string) => repair.moves.some((move) => move.name === name && move.allowed);
  const next = nextMoves.find(allowed);
  const clock = repair.clocks
    .filter((one) => (one.state === 'running' || one.state === 'paused') && one.overdueFrom !== null)
    .sort((a, b) => (a.overdueFrom ?? '').localeCompare(b.overdueFrom ?? ''))[0];
  const done = () => setSheet(null);

  if (sheet === 'arrive') return <DoorSheet repair={repair} send={send} busy={busy} error={error} onClose={done} />;
  if (sheet === 'finish') return <FinishSheet repair={repair} send={send} busy={busy} error={error} onClose={done} />;
  if (sheet === 'sign') return <SignSheet repair={repair} send={send} busy={busy} error={error} onClose={done} />;
  if (sheet === 'pause') return <PauseSheet repair={repair} send={send} busy={busy} error={error} onClose={done} />;
  if (sheet === 'hand-back')
    return <HandBackSheet repair={repair} send={send} busy={busy} error={error} onClose={done} />;

  const press = () => {
    if (next === undefined || busy) return;
    if (next === 'finish' || next === 'sign' || next === 'arrive') setSheet(next);
    else void send(next, {});
  };
  const facts = [
    repair.appointmentAt === null ? null : words.appointment(briefMoment(repair.appointmentAt, repair.receivedAt)),
    repair.agreedAt === null ? null : words.agreed(briefMoment(repair.agreedAt, repair.receivedAt)),
    repair.underWarranty ? words.warranty : null,
    repair.repeatedFault ? words.repeated : null,
  ].filter((fact) => fact !== null);
  return (
    <section className="card order" aria-label={repair.code}>
      <div className="row wrap">
        <span className={`tag ${urgencyTone[repair.urgency]}`}>{urgencyWords[repair.urgency]}</span>
        <span className="faint num grow nobreak">{repair.code}</span>
        {clock ? (
          <ClockBar
            facts={{ state: 'running', startedAt: clock.startedAt, dueAt: clock.overdueFrom }}
            label={clockKindWords[clock.kind]}
          />
        ) : repair.state === 'paused' ? (
          <ClockBar facts={{ state: 'paused', startedAt: repair.receivedAt, dueAt: null }} />
        ) : null}
      </div>
      <h2>{repair.unit ?? repair.place ?? words.publicPlace}</h2>
      <p className="muted">{repair.description}</p>
      <p className="faint">
        {[
          repair.state === 'paused' && repair.pause !== null
            ? words.paused(pauseReasonWords[repair.pause.reason])
            : repairStateWords[repair.state],
          repair.contact.name,
          ...facts,
        ]
          .filter((part) => part)
          .join(' · ')}
      </p>
      <Reminded repair={repair} />
      <p className="muted num">{priceOf(repair)}</p>
      <Used repair={repair} />
      <Offline error={error} />
      {next === undefined ? (
        <p className="notice plain">{words.waiting}</p>
      ) : (
        <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={press}>
          {busy === next ? words.busy : (phoneMoveWords[next] ?? repairMoveWords[next])}
        </button>
      )}
      <div className="subacts">
        {repair.unitId !== null && may('household.reveal-phone') ? (
          <CallButton purpose={words.callPurpose(repair.code)} unitId={repair.unitId} />
        ) : null}
        <PhotoButton repair={repair} />
        {allowed('pause') ? (
          <button type="button" className="btn" onClick={() => setSheet('pause')}>
            {words.pause}
          </button>
        ) : null}
        {allowed('hand-back') ? (
          <button type="button" className="btn" onClick={() => setSheet('hand-back')}>
            {words.handBack}
          </button>
        ) : null}
      </div>
    </section>
  );
}
