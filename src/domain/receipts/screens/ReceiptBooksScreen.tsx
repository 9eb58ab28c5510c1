// Receipt books 收据本 and what became of their numbers (MN6): who holds which range, how many are left, what was voided and why.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { follows } from '../../../ui/live.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { TextBox } from '../../../ui/TextBox.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { methodWords } from '../../ledger/ledger.words.ts';
import { type Receipt, type ReceiptBookAnswer, receiptRoutes } from '../receipt.contract.ts';
import { receiptCode } from '../receipt.rules.ts';
import { receiptBookStateWords, receiptStateWords } from '../receipt.words.ts';
import { receiptPaperWords, booksPageWords as words } from '../receipt-page.words.ts';
import { IssueBookDialog } from './parts/IssueBookDialog.tsx';
import './books.css';

const codecs = { book: textCodec(), q: textCodec() };

export function ReceiptBooksScreen() {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [address, setAddress] = useAddressState(codecs);
  const [isIssuing, setIssuing] = useState(false);
  const books = useQuery({
    queryKey: ['receipt-books', communityId],
    meta: follows('receipt-book', 'receipt', 'payment'),
    queryFn: ({ signal }) =>
      call(receiptRoutes.listReceiptBooks, { params: { communityId }, query: { limit: 200 }, signal }),
  });
  const items = books.data?.items ?? [];
  const chosen = items.find((one) => one.id === address.book);
  const changed = async () => {
    await client.invalidateQueries({ queryKey: ['receipt-books', communityId] });
    await client.invalidateQueries({ queryKey: ['receipts', communityId] });
  };
  return (
    <div className="stack">
      <PageHead title={words.title}>
        {may('receipt-book.write') ? (
          <button type="button" className="btn primary" onClick={() => setIssuing(true)}>
            {words.issue}
          </button>
        ) : null}
      </PageHead>
      <p className="muted">{words.lead}</p>
      <Problem error={books.error} />
      {books.data && items.length === 0 ? <EmptyState title={words.empty} /> : null}
      {items.length === 0 ? null : (
        <Card flush>
          <div className="tablebox">
            <table className="data bookstable" data-wideonly="5 6 7">
              <thead>
                <tr>
                  {words.columns.map((name) => (
                    <th key={name}>{name}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((book) => (
                  <BookRow
                    key={book.id}
                    book={book}
                    isChosen={book.id === address.book}
                    onChoose={() => setAddress({ book: book.id === address.book ? '' : book.id })}
                    onChanged={changed}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <Receipts
        bookId={address.book}
        bookName={chosen ? rangeOf(chosen) : words.all}
        q={address.q}
        onQ={(q) => setAddress({ q })}
        onChanged={changed}
      />
      {isIssuing ? (
        <IssueBookDialog
          books={items}
          onClose={() => setIssuing(false)}
          onIssued={async () => {
            setIssuing(false);
            await changed();
          }}
        />
      ) : null}
    </div>
  );
}

const rangeOf = (book: ReceiptBookAnswer): string =>
  words.range(receiptCode(book.series, book.from), receiptCode(book.series, book.to));

function BookRow(props: {
  book: ReceiptBookAnswer;
  isChosen: boolean;
  onChoose: () => void;
  onChanged: () => Promise<void>;
}) {
  const { book } = props;
  const { id: communityId } = useCommunity();
  const [isClosing, setClosing] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const attempt = useIdempotencyKey();
  const params = { communityId, id: book.id };
  const allows = (name: string) => book.moves.some((one) => one.name === name && one.allowed);
  const takeBack = async () => {
    try {
      await call(receiptRoutes.takeBackReceiptBook, { params, body: { version: book.version }, key: attempt.key });
      await props.onChanged();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <>
      <tr className={props.isChosen ? 'on' : undefined}>
        <td>
          <button type="button" className="btn quiet small" aria-pressed={props.isChosen} onClick={props.onChoose}>
            {book.series}
          </button>
          {book.usedAt === 'doorstep' ? <span className="tag">{words.doorstep}</span> : null}
        </td>
        <td className="num nobreak">{rangeOf(book)}</td>
        <td className="nobreak">{book.holder.name}</td>
        <td className="nobreak">
          <span className={book.state === 'in-use' ? 'tag accent' : book.state === 'used-up' ? 'tag high' : 'tag'}>
            {receiptBookStateWords[book.state]}
          </span>
        </td>
        <td className="num">{book.next === null ? '—' : receiptCode(book.series, book.next)}</td>
        <td className="num">{book.left}</td>
        <td className="num">
          {book.counts.issued} / {book.counts.voided} / {book.counts.reversed}
        </td>
        <td>
          <div className="row">
            {allows('take-back') ? (
              <button type="button" className="btn small" onClick={() => void takeBack()}>
                {words.takeBack}
              </button>
            ) : null}
            {allows('close-out') ? (
              <button type="button" className="btn quiet small" onClick={() => setClosing(true)}>
                {words.closeOut}
              </button>
            ) : null}
          </div>
          <Problem error={error} />
          <FormDialog
            title={words.closeOutTitle(book.left)}
            isOpen={isClosing}
            isRisky
            submitWord={words.closeOut}
            onClose={() => setClosing(false)}
            onSubmit={async () => {
              const body = { reason, version: book.version };
              await call(receiptRoutes.closeOutReceiptBook, { params, body, key: attempt.key });
              setClosing(false);
              await props.onChanged();
            }}
          >
            {(fault) => (
              <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
            )}
          </FormDialog>
        </td>
      </tr>
      {props.isChosen ? (
        <tr className="on">
          <td colSpan={8} className="muted">
            <b>{words.history}</b>{' '}
            {book.events
              .map(
                (one) =>
                  `${words.event(one.at, words.actions[one.action], one.by.name, one.left)}${one.reason === '' ? '' : `：${one.reason}`}`,
              )
              .join('；')}
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Receipts(props: {
  bookId: string;
  bookName: string;
  q: string;
  onQ: (q: string) => void;
  onChanged: () => Promise<void>;
}) {
  const { id: communityId } = useCommunity();
  const q = useSettled(props.q);
  const list = useInfiniteQuery({
    queryKey: ['receipts', communityId, props.bookId, q],
    meta: follows('receipt', 'payment'),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(receiptRoutes.listReceipts, {
        params: { communityId },
        query: {
          ...(props.bookId === '' ? {} : { bookId: props.bookId }),
          ...(q === '' ? {} : { q }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card
      title={words.receiptsOf(props.bookName)}
      actions={
        <input
          type="search"
          className="receiptfind"
          aria-label={words.find}
          placeholder={words.find}
          value={props.q}
          onChange={(event) => props.onQ(event.target.value)}
        />
      }
      flush
    >
      <Problem error={list.error} />
      {list.data && items.length === 0 ? <p className="body muted">{words.noReceipts}</p> : null}
      {items.length === 0 ? null : (
        <div className="tablebox">
          <table className="data bookstable" data-wideonly="2 3 5 6">
            <thead>
              <tr>
                {words.receiptColumns.map((name) => (
                  <th key={name}>{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <ReceiptRow key={one.id} receipt={one} onChanged={props.onChanged} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage ? (
        <button type="button" className="btn quiet wide" onClick={() => void list.fetchNextPage()}>
          {words.more}
        </button>
      ) : null}
    </Card>
  );
}

function ReceiptRow(props: { receipt: Receipt; onChanged: () => Promise<void> }) {
  const { receipt } = props;
  const { id: communityId, code } = useCommunity();
  const [isVoiding, setVoiding] = useState(false);
  const [reason, setReason] = useState('');
  const attempt = useIdempotencyKey();
  const mayVoid = receipt.moves.some((one) => one.name === 'void' && one.allowed);
  return (
    <tr>
      <td className="num nobreak">{receipt.code}</td>
      <td className="num nobreak">{words.moment(receipt.issuedAt)}</td>
      <td>{receipt.payer}</td>
      <td className="num right">{receipt.amountFen === 0 ? '—' : receiptPaperWords.yuan(receipt.amountFen)}</td>
      <td>{receipt.method.map((one) => methodWords[one]).join('、')}</td>
      <td>{receipt.cashier}</td>
      <td>
        <span className={receipt.state === 'issued' ? 'tag good' : 'tag'}>{receiptStateWords[receipt.state]}</span>{' '}
        <span className="faint">
          {[
            receipt.reason,
            receipt.replacedBy && words.replacedBy(receipt.replacedBy.code),
            receipt.replaces && words.replaces(receipt.replaces.code),
          ]
            .filter(Boolean)
            .join('，')}
        </span>
      </td>
      <td>
        <div className="row">
          {receipt.kind === 'blank' ? null : (
            <Link className="btn quiet small" to={`/c/${code}/receipts/${receipt.id}/print`}>
              {words.print}
            </Link>
          )}
          {mayVoid ? (
            <button type="button" className="btn quiet small" onClick={() => setVoiding(true)}>
              {words.void}
            </button>
          ) : null}
        </div>
        <FormDialog
          title={words.voidTitle(receipt.code)}
          isOpen={isVoiding}
          isRisky
          submitWord={words.void}
          onClose={() => setVoiding(false)}
          onSubmit={async () => {
            const params = { communityId, id: receipt.id };
            await call(receiptRoutes.voidReceipt, { params, body: { reason }, key: attempt.key });
            attempt.renew();
            setVoiding(false);
            await props.onChanged();
          }}
        >
          {(fault) => (
            <>
              <p className="muted">{words.voidLead}</p>
              <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
            </>
          )}
        </FormDialog>
      </td>
    </tr>
  );
}
