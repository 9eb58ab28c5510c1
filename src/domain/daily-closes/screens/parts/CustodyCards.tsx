// Custody 保管清单 for finance: who holds which money and blank receipts, and a surprise count on the spot (MN8).
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { yuanOfFen } from '../../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { follows } from '../../../../ui/live.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { methodWords } from '../../../ledger/ledger.words.ts';
import { differenceInWords, dailyClosePageWords as words } from '../../daily-close-page.words.ts';
import { type Custody, dailyCloseRoutes } from '../../daily-close-view.contract.ts';
import { countBody, MoneyCount, nothingTyped } from './MoneyCount.tsx';

const minute = (at: string) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

export function CustodyCards() {
  const { id: communityId } = useCommunity();
  const [of, setOf] = useState<Custody[number] | null>(null);
  const custody = useQuery({
    queryKey: ['daily-closes', communityId, 'custody'],
    meta: follows('daily-close', 'payment', 'receipt-book', 'surprise-count'),
    queryFn: ({ signal }) => call(dailyCloseRoutes.getCustody, { params: { communityId }, signal }),
  });
  const surprises = useQuery({
    queryKey: ['daily-closes', communityId, 'surprises'],
    meta: follows('surprise-count'),
    queryFn: ({ signal }) => call(dailyCloseRoutes.listSurprises, { params: { communityId }, signal }),
  });
  const items = custody.data?.items ?? [];
  return (
    <>
      <Card title={words.custody} note={words.custodyNote} flush>
        <Problem error={custody.error} />
        {custody.data && items.length === 0 ? <p className="line muted">{words.noCustody}</p> : null}
        {items.map((one) => (
          <div key={one.cashier.id} className="line custodyline">
            <div className="row wrap">
              <b>{one.cashier.name}</b>
              {one.drawer.map(({ method, fen }) => (
                <span key={method} className="num">
                  {methodWords[method]} {yuanOfFen(fen)}
                </span>
              ))}
              {one.since === null ? null : <span className="faint num">{`${words.from} ${one.since}`}</span>}
              <span className="grow" />
              <button type="button" className="btn" onClick={() => setOf(one)}>
                {words.surprise}
              </button>
            </div>
            <p className="faint">
              {words.blanks}：
              {one.blankReceipts.map(({ series, next, to }) => words.receiptSpan(series, next, to)).join('；') ||
                words.noBlanks}
              {' · '}
              {one.lastSurprise === null ? words.never : `${words.custodyColumns[4]} ${minute(one.lastSurprise)}`}
            </p>
          </div>
        ))}
      </Card>
      {(surprises.data?.items ?? []).length === 0 ? null : (
        <Card title={words.surprises} note={surprises.data?.items.length} flush>
          {surprises.data?.items.map((one) => (
            <div key={one.id} className="line">
              <div className="row wrap">
                <span className="num">{minute(one.at)}</span>
                <b>{one.cashier.name}</b>
                {one.lines.map((line) => (
                  <span key={line.method} className={line.differenceFen === 0 ? 'tag good' : 'tag alarm'}>
                    {methodWords[line.method]} {differenceInWords(line.differenceFen)}
                  </span>
                ))}
                <span className="faint">{one.inspectedBy.name}</span>
              </div>
              {one.note === '' ? null : <p className="anywhere">{one.note}</p>}
            </div>
          ))}
        </Card>
      )}
      {of === null ? null : <SurpriseDialog of={of} onClose={() => setOf(null)} />}
    </>
  );
}

function SurpriseDialog({ of, onClose }: { of: Custody[number]; onClose: () => void }) {
  const { id: communityId } = useCommunity();
  const client = useQueryClient();
  const [typed, setTyped] = useState(nothingTyped);
  const [note, setNote] = useState('');
  const [signature, setSignature] = useState('');
  const { key } = useIdempotencyKey();
  const sheet = useQuery({
    queryKey: ['daily-closes', communityId, 'faces'],
    queryFn: ({ signal }) => call(dailyCloseRoutes.getSheet, { params: { communityId }, signal }),
  });
  const submit = async () => {
    const { cash, slips } = countBody(typed, of.drawer);
    const blankReceipts = of.blankReceipts.map(({ bookId, next, to }) => ({ bookId, next, to }));
    const body = { cashierId: of.cashier.id, cash, slips, blankReceipts, note, signature };
    await call(dailyCloseRoutes.createSurprise, { params: { communityId }, body, key });
    await client.invalidateQueries({ queryKey: ['daily-closes', communityId] });
    onClose();
  };
  return (
    <FormDialog
      title={words.surpriseOf(of.cashier.name)}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitWord={words.surpriseSubmit}
      isReady={signature !== ''}
      widthPx={760}
    >
      {(fault) => (
        <div className="stack">
          <MoneyCount
            faces={sheet.data?.faces ?? []}
            books={of.drawer}
            typed={typed}
            onTyped={setTyped}
            fault={fault}
            isReasonAsked={false}
          />
          {of.blankReceipts.map((one) => (
            <p key={one.bookId} className="num">
              {words.blanks} {words.receiptSpan(one.series, one.next, one.to)}
            </p>
          ))}
          <TextBox label={words.note} value={note} onText={setNote} isOptional maxLength={500} />
          <div>
            <p>{words.cashierSigns}</p>
            <SignaturePad value={signature} onChange={setSignature} />
          </div>
        </div>
      )}
    </FormDialog>
  );
}
