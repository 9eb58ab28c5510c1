// Counts a day 清点 (MN8): the books beside the drawer, slips, blank receipts, the cashier's signature.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { follows } from '../../../ui/live.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { SignaturePad } from '../../cases/screens/parts/SignaturePad.tsx';
import { dailyClosePageWords as words } from '../daily-close-page.words.ts';
import { dailyCloseRoutes, type Sheet } from '../daily-close-view.contract.ts';
import { countBody, MoneyCount, nothingTyped } from './parts/MoneyCount.tsx';
import { Receipts } from './parts/Receipts.tsx';
import './dailycloses.css';

const codecs = { day: textCodec() };

export function CountScreen() {
  const { id: communityId, code } = useCommunity();
  const [{ day }] = useAddressState(codecs);
  const sheet = useQuery({
    queryKey: ['daily-closes', communityId, 'sheet', day],
    meta: follows('daily-close'),
    queryFn: ({ signal }) =>
      call(dailyCloseRoutes.getSheet, { params: { communityId }, query: day === '' ? {} : { day }, signal }),
    // What is typed stands against one state of the books; who comes back sees them anew.
    refetchOnWindowFocus: false,
  });
  if (sheet.error) return <Problem error={sheet.error} retry={() => void sheet.refetch()} />;
  if (!sheet.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const { close, earlierOpen, mayCount } = sheet.data;
  const path = `/c/${code}/daily-closes`;
  if (earlierOpen !== null)
    return (
      <EmptyState
        title={words.earlier(earlierOpen)}
        action={
          <Link className="btn primary" to={`${path}/count`} search={{ day: earlierOpen }}>
            {words.countTitle(earlierOpen)}
          </Link>
        }
      />
    );
  if (!mayCount)
    return (
      <EmptyState
        title={close ? words.countedAlready : words.notYet}
        action={
          <Link className="btn" to={close ? `${path}/${close.id}` : path}>
            {close ? words.toClose : words.back}
          </Link>
        }
      />
    );
  return <CountForm key={`${sheet.data.day} ${close?.version ?? 0}`} sheet={sheet.data} />;
}

function CountForm({ sheet }: { sheet: Sheet }) {
  const { id: communityId, code } = useCommunity();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { close } = sheet;
  const [typed, setTyped] = useState(nothingTyped);
  const [signature, setSignature] = useState('');
  const [areBlanksSeen, setBlanksSeen] = useState(sheet.blankReceipts.length === 0);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const { key } = useIdempotencyKey();
  const fault = (path: string) =>
    error instanceof ProblemError ? error.errors.find((one) => one.path === path)?.message : undefined;
  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = {
        ...countBody(typed, sheet.books),
        blankReceipts: sheet.blankReceipts.map(({ bookId, next, to }) => ({ bookId, next, to })),
        day: sheet.day,
        signature,
        ...(close ? { version: close.version } : {}),
      };
      const made = await call(dailyCloseRoutes.createClose, { params: { communityId }, body, key });
      await client.invalidateQueries({ queryKey: ['daily-closes', communityId] });
      await navigate({ to: `/c/${code}/daily-closes/${made.id}` });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && signature !== '' && areBlanksSeen) void submit();
      }}
    >
      <header className="row wrap pagehead">
        <h1>{words.countTitle(sheet.day)}</h1>
        {close ? <span className="tag raised">{words.recount}</span> : null}
        <span className="grow" />
        <Link className="btn" to={`/c/${code}/daily-closes`}>
          {words.back}
        </Link>
      </header>
      <p className="muted">{sheet.cutoff === null ? words.allDay : words.cutoff(sheet.cutoff)}</p>
      <Card title={words.cash} note={sheet.cashier.name}>
        <MoneyCount
          faces={sheet.faces}
          books={sheet.books}
          typed={typed}
          onTyped={setTyped}
          fault={fault}
          isReasonAsked
        />
      </Card>
      <Card title={words.receipts}>
        <Receipts spans={sheet.receipts} />
        <p className={sheet.receiptsFen === sheet.takenFen ? 'muted' : 'fault'}>
          {sheet.receiptsFen === sheet.takenFen
            ? words.receiptsAgree(sheet.receiptsFen)
            : words.receiptsDiffer(sheet.receiptsFen, sheet.takenFen)}
          {sheet.givenFen === 0 ? null : ` · ${words.given(sheet.givenFen)}`}
        </p>
      </Card>
      <Card title={words.blanks}>
        {sheet.blankReceipts.length === 0 ? <p className="muted">{words.noBlanks}</p> : null}
        {sheet.blankReceipts.map((one) => (
          <p key={one.bookId} className="num">
            {words.receiptSpan(one.series, one.next, one.to)}
          </p>
        ))}
        {sheet.blankReceipts.length === 0 ? null : (
          <label className="row">
            <input type="checkbox" checked={areBlanksSeen} onChange={(event) => setBlanksSeen(event.target.checked)} />
            {words.blankConfirm}
          </label>
        )}
      </Card>
      <Card title={words.sign}>
        <SignaturePad value={signature} onChange={setSignature} />
      </Card>
      <Problem error={error} />
      <div className="row">
        <span className="grow" />
        <b className="num">
          {words.books} {yuanOfFen(sheet.books.reduce((sum, one) => sum + one.fen, 0))}
        </b>
        <button
          type="submit"
          className="btn primary"
          disabled={signature === '' || !areBlanksSeen || isBusy}
          aria-busy={isBusy}
        >
          {words.submit}
        </button>
      </div>
    </form>
  );
}
