// Collection at the door 上门收费 (MN5a): whom to go to and when, and the cash that is on its way with its promise.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { follows } from '../../../ui/live.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { type Carried, type Collection, doorstepRoutes } from '../doorstep.contract.ts';
import { collectionStateWords, doorstepWords as words } from '../doorstep.words.ts';
import { ArrangeDialog, EndDialog, HandInDialog, RescheduleDialog } from './parts/DoorstepDialogs.tsx';
import './doorstep.css';

export function DoorstepScreen() {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isArranging, setArranging] = useState(false);
  const list = useQuery({
    queryKey: ['doorstep', communityId, 'collections'],
    meta: follows('doorstep-collection'),
    queryFn: ({ signal }) => call(doorstepRoutes.listCollections, { params: { communityId }, query: {}, signal }),
  });
  const carried = useQuery({
    queryKey: ['doorstep', communityId, 'cash'],
    meta: follows('doorstep-cash', 'payment'),
    queryFn: ({ signal }) => call(doorstepRoutes.listCarried, { params: { communityId }, signal }),
  });
  const changed = () => client.invalidateQueries({ queryKey: ['doorstep', communityId] });
  const items = list.data?.items ?? [];
  return (
    <div className="stack">
      <header className="row wrap">
        <h1>{words.title}</h1>
        <span className="grow" />
        {may('doorstep.write') ? (
          <button type="button" className="btn primary" onClick={() => setArranging(true)}>
            {words.arrange}
          </button>
        ) : null}
      </header>
      <p className="muted">{words.lead}</p>
      <Problem error={list.error ?? carried.error} />
      {list.isPending ? <div className="busyline" role="status" aria-label={words.loading} /> : null}
      <Card title={words.title} note={items.length === 0 ? undefined : items.length} flush>
        {list.data && items.length === 0 ? <p className="line muted">{words.none}</p> : null}
        {items.map((one) => (
          <CollectionLine key={one.id} one={one} onDone={changed} />
        ))}
      </Card>
      <Card title={words.carried} note={words.carriedNote} flush>
        {carried.data && carried.data.items.length === 0 ? <p className="line muted">{words.noCarried}</p> : null}
        {carried.data?.items.map((one) => (
          <CashLine key={one.id} one={one} onDone={changed} />
        ))}
      </Card>
      {isArranging ? <ArrangeDialog onClose={() => setArranging(false)} onDone={changed} /> : null}
    </div>
  );
}

function CollectionLine({ one, onDone }: { one: Collection; onDone: () => Promise<unknown> }) {
  const { code } = useCommunity();
  const [open, setOpen] = useState<Collection['moves'][number] | null>(null);
  const may = (name: Collection['moves'][number]) => one.moves.includes(name);
  const close = () => setOpen(null);
  const tag = one.isLate ? 'tag alarm' : one.state === 'collected' ? 'tag good' : 'tag';
  return (
    <div className="line doorline">
      <div className="row wrap">
        <b className="num">{words.moment(one.at)}</b>
        <Link to={`/c/${code}/households/${one.unitId}`}>{one.unit}</Link>
        <span>{one.collector.name}</span>
        <span className="num">¥ {yuanOfFen(Math.max(0, one.balanceFen))}</span>
        <span className={tag}>{one.isLate ? words.late : collectionStateWords[one.state]}</span>
        <span className="grow" />
        {one.state === 'appointed' ? (
          <Link className="btn small" to={`/c/${code}/counter`} search={{ unit: one.unitId, door: '1' }}>
            {words.collect}
          </Link>
        ) : null}
        {may('reschedule') ? (
          <button type="button" className="btn quiet small" onClick={() => setOpen('reschedule')}>
            {words.reschedule}
          </button>
        ) : null}
        {may('miss') ? (
          <button type="button" className="btn quiet small" onClick={() => setOpen('miss')}>
            {words.miss}
          </button>
        ) : null}
        {may('cancel') ? (
          <button type="button" className="btn quiet small" onClick={() => setOpen('cancel')}>
            {words.cancel}
          </button>
        ) : null}
      </div>
      {one.note === '' && one.reason === null ? null : (
        <p className="faint anywhere">{[one.note, one.reason ?? ''].filter((part) => part !== '').join('；')}</p>
      )}
      {open === 'reschedule' ? <RescheduleDialog one={one} onClose={close} onDone={onDone} /> : null}
      {open === 'miss' || open === 'cancel' ? (
        <EndDialog one={one} name={open} onClose={close} onDone={onDone} />
      ) : null}
    </div>
  );
}

function CashLine({ one, onDone }: { one: Carried; onDone: () => Promise<unknown> }) {
  const [isOpen, setOpen] = useState(false);
  const isOut = one.handedInAt === null;
  const said = one.isLate ? (isOut ? words.overdue : words.wasLate) : isOut ? words.onItsWay : null;
  return (
    <div className="line doorline">
      <div className="row wrap">
        <b>{one.collector.name}</b>
        <span className="num">{words.sum(yuanOfFen(one.cashFen), one.payments)}</span>
        {said === null ? null : <span className={one.isLate ? 'tag alarm' : 'tag high'}>{said}</span>}
        <span className="faint num">
          {one.handedInAt === null
            ? words.due(words.moment(one.dueAt))
            : words.handedIn(words.moment(one.handedInAt), one.receivedBy?.name ?? '')}
        </span>
        {one.countedFen === null || one.countedFen === one.cashFen ? null : (
          <span className="tag alarm">{words.differs(yuanOfFen(one.countedFen))}</span>
        )}
        <span className="grow" />
        {one.mayReceive ? (
          <button type="button" className="btn small" onClick={() => setOpen(true)}>
            {words.handIn}
          </button>
        ) : null}
      </div>
      {one.reason === null ? null : <p className="faint anywhere">{one.reason}</p>}
      {isOpen ? <HandInDialog one={one} onClose={() => setOpen(false)} onDone={onDone} /> : null}
    </div>
  );
}
