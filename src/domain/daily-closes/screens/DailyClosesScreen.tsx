// Daily closes 日结 (MN8): days that are open, closes of some weeks with their sums, and for finance who holds what.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { follows } from '../../../ui/live.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity, useMay, useSession } from '../../access/screens/parts/session.ts';
import { type Method, methods } from '../../ledger/ledger.contract.ts';
import { methodWords } from '../../ledger/ledger.words.ts';
import { dailyCloseStateWords } from '../daily-close.words.ts';
import { differenceInWords, dailyClosePageWords as words } from '../daily-close-page.words.ts';
import { type Close, dailyCloseRoutes } from '../daily-close-view.contract.ts';
import { CustodyCards } from './parts/CustodyCards.tsx';
import { MoneyAlarms } from './parts/MoneyAlarms.tsx';
import './dailycloses.css';

const codecs = { from: textCodec(), until: textCodec() };

export function DailyClosesScreen() {
  const { id: communityId, code } = useCommunity();
  const may = useMay();
  const { me } = useSession();
  const [address, setAddress] = useAddressState(codecs);
  const list = useQuery({
    queryKey: ['daily-closes', communityId, address.from, address.until],
    meta: follows('daily-close'),
    queryFn: ({ signal }) =>
      call(dailyCloseRoutes.listCloses, {
        params: { communityId },
        query: {
          ...(address.from === '' ? {} : { from: address.from }),
          ...(address.until === '' ? {} : { until: address.until }),
        },
        signal,
      }),
  });
  if (list.error) return <Problem error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const { items, open, from, until } = list.data;
  return (
    <div className="stack">
      <header className="row wrap pagehead">
        <h1>{words.title}</h1>
      </header>
      {may('money-alarm.read') ? <MoneyAlarms /> : null}
      <Card title={words.openDays} note={open.length === 0 ? undefined : open.length} flush>
        {open.length === 0 ? <p className="line muted">{words.noOpenDays}</p> : null}
        {open.map((one) => (
          <div key={`${one.cashier.id} ${one.day}`} className="line row wrap">
            <b className="num">{one.day}</b>
            <span>{one.cashier.name}</span>
            <span className="num">{yuanOfFen(one.bookFen)}</span>
            <span className="grow" />
            {one.cashier.id === me.user.id && may('daily-close.count') ? (
              <Link className="btn primary" to={`/c/${code}/daily-closes/count`} search={{ day: one.day }}>
                {words.count}
              </Link>
            ) : null}
          </div>
        ))}
      </Card>
      <div className="row wrap dailyclosespan">
        <DayField label={words.from} value={from} onChange={(day) => setAddress({ from: day ?? '' })} />
        <DayField label={words.until} value={until} onChange={(day) => setAddress({ until: day ?? '' })} />
      </div>
      {items.length === 0 ? <EmptyState title={words.none} /> : <Closes items={items} code={code} />}
      {may('daily-close.inspect') ? <CustodyCards /> : null}
    </div>
  );
}

/** The columns of sums: books, count, difference. */
const [firstSum, lastSum] = [3, 5];

function Closes({ items, code }: { items: readonly Close[]; code: string }) {
  const sum = (of: (close: Close) => number) => items.reduce((whole, one) => whole + of(one), 0);
  const byMethod = methods
    .map((method): [Method, number] => [
      method,
      sum((close) => close.lines.find((line) => line.method === method)?.countedFen ?? 0),
    ])
    .filter(([, fen]) => fen !== 0);
  return (
    <Card title={words.list} note={items.length} flush>
      <div className="tablebox">
        <table className="data dailyclosetable" data-wideonly="2 4 7">
          <thead>
            <tr>
              {words.columns.map((name, place) => (
                <th key={name} className={place >= firstSum && place <= lastSum ? 'right' : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td className="num">
                  <Link to={`/c/${code}/daily-closes/${one.id}`}>{one.code}</Link>
                </td>
                <td className="num">{one.day}</td>
                <td>{one.cashier.name}</td>
                <td className="num right">{yuanOfFen(one.bookFen)}</td>
                <td className="num right">{yuanOfFen(one.countedFen)}</td>
                <td className="num right">
                  {one.differenceFen === 0 ? (
                    <span className="faint">{differenceInWords(0)}</span>
                  ) : (
                    <span className="tag alarm">{differenceInWords(one.differenceFen)}</span>
                  )}
                </td>
                <td>
                  <span className={one.state === 'sealed' ? 'tag good' : 'tag raised'}>
                    {dailyCloseStateWords[one.state]}
                  </span>
                </td>
              </tr>
            ))}
            <tr className="whole">
              <td>{words.weekTotal}</td>
              <td />
              <td />
              <td className="num right">{yuanOfFen(sum((one) => one.bookFen))}</td>
              <td className="num right">{yuanOfFen(sum((one) => one.countedFen))}</td>
              <td className="num right">{differenceInWords(sum((one) => one.differenceFen))}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
      <p className="line row wrap">
        <span className="muted">{words.byMethod}</span>
        {byMethod.map(([method, fen]) => (
          <span key={method} className="num">
            {methodWords[method]} {yuanOfFen(fen)}
          </span>
        ))}
      </p>
    </Card>
  );
}
