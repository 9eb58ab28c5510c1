// The counter 收费台 (MN5): household → due → amount → method → receipt, by keyboard alone. The list holds the focus, so that
// figures choose the way of paying and Enter takes the money; a field that wants typing is one key away.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { follows } from '../../../ui/live.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { accountNouns, methods } from '../../ledger/ledger.contract.ts';
import { UnitPicker } from '../../places/screens/parts/UnitPicker.tsx';
import { depositWords, counterWords as words } from '../counter.words.ts';
import { type Due, type Payment, paymentRoutes } from '../payment.contract.ts';
import { bodyOf, type CounterDraft, emptyDraft, reckon } from './counterDraft.ts';
import { WaiverDialog } from './parts/DepositDialogs.tsx';
import { DepositsCard } from './parts/DepositsCard.tsx';
import { DueList } from './parts/DueList.tsx';
import { PaidCard } from './parts/PaidCard.tsx';
import { type News, PayCard, TakeBar } from './parts/PayCard.tsx';
import { PrepaidRefunds } from './parts/PrepaidRefunds.tsx';
import './counter.css';

/** `door=1`: at the door of an appointment, from the book for it. */
const codecs = { unit: textCodec(), door: textCodec() };

export function CounterScreen() {
  const { id: communityId } = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const unitId = address.unit === '' ? null : address.unit;
  const finder = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const due = useQuery({
    queryKey: ['due', communityId, unitId],
    meta: follows(...accountNouns, 'receipt-book'),
    queryFn: ({ signal }) => call(paymentRoutes.getDue, { params: { communityId, id: unitId ?? '' }, signal }),
    enabled: unitId !== null,
  });
  const [paid, setPaid] = useState<Payment | null>(null);
  const label = due.data?.unit ?? '';
  useEffect(() => {
    if (unitId !== null && label !== '') setText(label);
  }, [unitId, label]);
  useEffect(() => {
    if (unitId === null) finder.current?.focus();
  }, [unitId]);
  const nextOne = () => {
    setPaid(null);
    setText('');
    setAddress({ unit: '', door: '' });
    finder.current?.focus();
  };
  const choose = (id: string, name: string) => {
    setPaid(null);
    setText(name);
    setAddress({ unit: id, door: '' });
    finder.current?.blur();
  };
  useKeys({ escape: nextOne }, unitId !== null);
  return (
    <div className="stack counter">
      <header className="row wrap pagehead">
        <h1>{words.title}</h1>
        <UnitPicker
          communityId={communityId}
          label={words.find}
          placeholder={words.findPlaceholder}
          inputRef={finder}
          text={text}
          onText={(value) => {
            setText(value);
            if (unitId !== null) setAddress({ unit: '', door: '' });
          }}
          chosenId={unitId}
          onChoose={(unit) => choose(unit.id, unit.label)}
        />
        <span className="grow" />
        {due.data ? (
          <span className={due.data.book ? 'muted num bookline' : 'tag alarm'}>
            {due.data.book
              ? words.book(due.data.book.series, due.data.book.nextCode, due.data.book.left)
              : words.noBook}
          </span>
        ) : null}
      </header>
      <Problem error={due.error} retry={() => void due.refetch()} />
      {unitId === null ? <EmptyState title={words.start.title}>{words.start.text}</EmptyState> : null}
      {unitId !== null && !due.data && !due.error ? (
        <div className="busyline" role="status" aria-label={words.loading} />
      ) : null}
      {due.data && due.data.unitId === unitId ? (
        <Household
          key={unitId}
          due={due.data}
          paid={paid}
          isAtDoor={address.door === '1'}
          onPaid={setPaid}
          onNext={nextOne}
        />
      ) : null}
    </div>
  );
}

function Household(props: {
  due: Due;
  paid: Payment | null;
  isAtDoor: boolean;
  onPaid: (payment: Payment) => void;
  onNext: () => void;
}) {
  const { due, paid } = props;
  const { id: communityId, code } = useCommunity();
  const client = useQueryClient();
  const [draft, setDraft] = useState<CounterDraft>(() => ({ ...emptyDraft(due), isDoorstep: props.isAtDoor }));
  const may = useMay();
  const [isWaiving, setWaiving] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = useIdempotencyKey();
  const amount = useRef<HTMLInputElement>(null);
  const tendered = useRef<HTMLInputElement>(null);
  const till = useRef<HTMLFormElement>(null);
  const reckoned = reckon(draft, due.charges);
  const news = useNews(due);
  const change = (more: Partial<CounterDraft>) => {
    setDraft((before) => ({ ...before, ...more }));
    setError(null);
  };
  const take = async () => {
    // While a dialog is open its own keys count.
    if (isBusy || paid !== null || document.querySelector('[role="dialog"]') !== null) return;
    // What is wrong stands at its field already; Enter leads there.
    if (reckoned.amountFault) return amount.current?.focus();
    if (reckoned.tenderedFault) return tendered.current?.focus();
    if (!reckoned.isReady) return;
    // Somebody else changed this account a moment ago: the key was meant for the sum before.
    if (news.change !== null) {
      const told = till.current?.querySelector('.paynews');
      if (told && isInView(told)) return news.seen();
      // On a phone the till stands below the list.
      return till.current?.scrollIntoView({ block: 'start' });
    }
    setBusy(true);
    setError(null);
    news.expect();
    try {
      const payment = await call(paymentRoutes.createPayment, {
        params: { communityId },
        body: bodyOf(draft, due, reckoned),
        key: attempt.key,
      });
      attempt.renew();
      props.onPaid(payment);
      await client.invalidateQueries({ queryKey: ['due', communityId] });
    } catch (caught) {
      setError(caught);
      // On a phone the till stands below the list: what was refused is read there.
      till.current?.scrollIntoView({ block: 'nearest' });
      await client.invalidateQueries({ queryKey: ['due', communityId] });
    } finally {
      news.settle();
      setBusy(false);
    }
  };
  const changed = async () => {
    news.expect();
    await client.invalidateQueries({ queryKey: ['due', communityId] });
    news.settle();
  };
  const methodKeys = Object.fromEntries(
    methods.map((method, at) => [String(at + 1), () => change({ method, tendered: '' })]),
  );
  useKeys(
    {
      ...methodKeys,
      enter: () => void take(),
      t: () => tendered.current?.focus(),
      e: () => amount.current?.select(),
    },
    paid === null,
  );
  if (paid !== null) return <PaidCard payment={paid} onNext={props.onNext} />;
  return (
    <div className="counterwrap">
      <div className="stack">
        <DueList
          due={due}
          ticked={draft.ticked}
          onTick={(ticked) => change({ ticked, amount: '' })}
          onChanged={() => void changed()}
          foot={
            <>
              {due.prepaidFen > 0 ? (
                <span className="tag good">{words.prepaid(words.yuan(due.prepaidFen))}</span>
              ) : null}
              <span className="grow" />
              {may('waiver.ask') && due.charges.length > 0 ? (
                <button type="button" className="btn quiet" onClick={() => setWaiving(true)}>
                  {depositWords.waive}
                </button>
              ) : null}
              <Link className="btn quiet" to={`/c/${code}/households/${due.unitId}`}>
                {words.household}
              </Link>
            </>
          }
        />
        <PrepaidRefunds due={due} />
        <DepositsCard due={due} />
        {isWaiving ? <WaiverDialog due={due} onClose={() => setWaiving(false)} onDone={changed} /> : null}
      </div>
      <PayCard
        due={due}
        draft={draft}
        reckoned={reckoned}
        isBusy={isBusy}
        error={error}
        news={news}
        formRef={till}
        amountRef={amount}
        tenderedRef={tendered}
        onChange={change}
        onTake={() => void take()}
      />
      <TakeBar due={due} draft={draft} reckoned={reckoned} isBusy={isBusy} onTake={() => void take()} />
    </div>
  );
}

/** The feed tells this page too of what was done here; that comes a moment after the answer. */
const echoMs = 1_500;

/** What others did to this account while it stood on the screen; what was done here is no news. */
function useNews(due: Due): News {
  const openFen = due.charges.reduce((sum, one) => sum + one.openFen, 0);
  const known = useRef(openFen);
  const quietUntilMs = useRef(0);
  const [change, setChange] = useState<News['change']>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer counts, also one with the same sum
  useEffect(() => {
    const fromFen = known.current;
    known.current = openFen;
    if (fromFen !== openFen && performance.now() > quietUntilMs.current) setChange({ fromFen, toFen: openFen });
  }, [due]);
  return {
    change,
    seen: () => setChange(null),
    expect: () => {
      quietUntilMs.current = Number.POSITIVE_INFINITY;
      setChange(null);
    },
    settle: () => {
      quietUntilMs.current = performance.now() + echoMs;
    },
  };
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}
