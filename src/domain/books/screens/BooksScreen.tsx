// The books 账簿: finance looks at a month's balances and takes it along as a journal or as voucher lines.
import { useQuery } from '@tanstack/react-query';
import { yuanOfFen } from '../../../kernel/money.ts';
import { monthOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type Books, booksRoutes } from '../books.contract.ts';
import { booksPageWords as words } from '../books.words.ts';
import './books.css';

const codecs = { month: textCodec() };

export function BooksScreen() {
  const { id: communityId } = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(address.month) ? address.month : monthOf(serverNow());
  const books = useQuery({
    queryKey: ['books', communityId, month],
    queryFn: ({ signal }) => call(booksRoutes.getBooks, { params: { communityId }, query: { month }, signal }),
  });
  const file = (name: string, more = '') => `/api/v1/communities/${communityId}/books/${name}?month=${month}${more}`;
  return (
    <div className="stack">
      <header className="row wrap pagehead">
        <h1>{words.title}</h1>
        <label className="row field">
          <span className="unseen">{words.month}</span>
          <input
            type="month"
            value={month}
            max={monthOf(serverNow())}
            onChange={(event) => setAddress({ month: event.target.value })}
          />
        </label>
        {books.data ? <span className="faint num">{words.entries(books.data.entries)}</span> : null}
        <span className="grow" />
        <a className="btn" href={file('vouchers', '&format=xlsx')} download>
          {words.xlsx}
        </a>
        <a className="btn" href={file('vouchers', '&format=csv')} download>
          {words.csv}
        </a>
        <a className="btn" href={file('journal')} download>
          {words.journal}
        </a>
      </header>
      <p className="muted">{words.about}</p>
      {books.error ? <Problem error={books.error} retry={() => void books.refetch()} /> : null}
      {books.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      {books.data && books.data.accounts.length === 0 ? <EmptyState title={words.none} /> : null}
      {books.data && books.data.accounts.length > 0 ? <Tables books={books.data} /> : null}
    </div>
  );
}

/** A balance with its side, so that nobody has to know what a minus means. */
const side = (fen: number): string =>
  fen === 0 ? '0.00' : `${fen > 0 ? words.debit : words.credit} ${yuanOfFen(Math.abs(fen))}`;
const sumOf = <Row,>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0);

function Tables({ books: { accounts, items } }: { books: Books }) {
  const [account, opening, debit, credit, closing] = words.trialColumns;
  return (
    <>
      <Card title={words.trial} flush>
        <div className="tablebox">
          <table className="data bookstable" data-wideonly="2 3 4">
            <thead>
              <tr>
                <th>{account}</th>
                <th>{opening}</th>
                <th>{debit}</th>
                <th>{credit}</th>
                <th>{closing}</th>
              </tr>
            </thead>
            <tbody>
              {accounts.map((one) => (
                <tr key={one.account}>
                  <td>
                    <span className="num faint">{one.code}</span> {one.name}
                  </td>
                  <td className="num">{side(one.openingFen)}</td>
                  <td className="num">{yuanOfFen(one.debitFen)}</td>
                  <td className="num">{yuanOfFen(one.creditFen)}</td>
                  <td className="num">{side(one.closingFen)}</td>
                </tr>
              ))}
              <tr className="whole">
                <td>{words.total}</td>
                <td className="num">{side(sumOf(accounts, (one) => one.openingFen))}</td>
                <td className="num">{yuanOfFen(sumOf(accounts, (one) => one.debitFen))}</td>
                <td className="num">{yuanOfFen(sumOf(accounts, (one) => one.creditFen))}</td>
                <td className="num">{side(sumOf(accounts, (one) => one.closingFen))}</td>
              </tr>
            </tbody>
          </table>
        </div>
      </Card>
      {items.length === 0 ? null : <Items items={items} />}
    </>
  );
}

function Items({ items }: Pick<Books, 'items'>) {
  const columns = [
    (one: (typeof items)[number]) => one.chargedFen,
    (one: (typeof items)[number]) => one.settledFen,
    (one: (typeof items)[number]) => one.waivedFen,
    (one: (typeof items)[number]) => one.openFen,
  ];
  return (
    <Card title={words.items} flush>
      <div className="tablebox">
        <table className="data bookstable" data-wideonly="3 4">
          <thead>
            <tr>
              {words.itemColumns.map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.itemId}>
                <td>{one.item}</td>
                {columns.map((of, place) => (
                  <td key={words.itemColumns[place + 1]} className="num">
                    {yuanOfFen(of(one))}
                  </td>
                ))}
              </tr>
            ))}
            <tr className="whole">
              <td>{words.total}</td>
              {columns.map((of, place) => (
                <td key={words.itemColumns[place + 1]} className="num">
                  {yuanOfFen(sumOf(items, of))}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  );
}
