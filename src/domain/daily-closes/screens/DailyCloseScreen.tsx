// One close 日结: what was counted against the books, finance's signature against a slip, the seal.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Card, Facts } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { Field } from '../../../ui/Field.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { usePageTitle } from '../../../ui/useTitle.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { SignaturePad } from '../../cases/screens/parts/SignaturePad.tsx';
import { methodWords } from '../../ledger/ledger.words.ts';
import { dailyCloseStateWords } from '../daily-close.words.ts';
import { differenceInWords, faceInWords, dailyClosePageWords as words } from '../daily-close-page.words.ts';
import { dailyCloseRoutes, type OneClose } from '../daily-close-view.contract.ts';
import { Receipts } from './parts/Receipts.tsx';
import { useClose } from './parts/useClose.ts';
import './dailycloses.css';

const minute = (at: string | null) => (at === null ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`);

export function DailyCloseScreen() {
  const { closeId = '' } = useParams({ strict: false }) as { closeId?: string };
  const community = useCommunity();
  const found = useClose(closeId);
  const [dialog, setDialog] = useState<'hand-over' | 'seal' | null>(null);
  usePageTitle(found.data && words.closeTitle(found.data.code), community.name);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const close = found.data;
  const isAllowed = (name: string) => close.moves.some((move) => move.name === name && move.allowed);
  const path = `/c/${community.code}/daily-closes`;
  return (
    <div className="stack">
      <header className="row wrap pagehead">
        <h1>{words.closeTitle(close.code)}</h1>
        <span className={close.state === 'sealed' ? 'tag good' : 'tag raised'}>
          {dailyCloseStateWords[close.state]}
        </span>
        <span className="faint">{words.waitingFor[close.state]}</span>
        <span className="grow" />
        <Link className="btn" to={path}>
          {words.back}
        </Link>
        <Link className="btn" to={`${path}/${close.id}/print`}>
          {words.printPage}
        </Link>
        {isAllowed('count') ? (
          <Link className="btn" to={`${path}/count`} search={{ day: close.day }}>
            {words.recount}
          </Link>
        ) : null}
        {isAllowed('hand-over') ? (
          <button type="button" className="btn primary" onClick={() => setDialog('hand-over')}>
            {words.handOver}
          </button>
        ) : null}
        {isAllowed('seal') ? (
          <button type="button" className="btn primary" onClick={() => setDialog('seal')}>
            {words.seal}
          </button>
        ) : null}
      </header>
      <Lines close={close} />
      <div className="dailyclosegrid">
        <Card title={words.day}>
          <Facts
            items={[
              { name: words.day, value: close.day },
              { name: words.cashier, value: close.cashier.name },
              { name: words.countedAt, value: minute(close.countedAt) },
              {
                name: words.receivedBy,
                value: close.receivedBy === null ? '—' : `${close.receivedBy.name} ${minute(close.handedOverAt)}`,
              },
              {
                name: words.slipKind,
                value: close.slip === null ? '—' : `${words.slipKinds[close.slip.kind]} ${close.slip.number}`,
              },
              {
                name: words.seal,
                value:
                  close.sealNo === null
                    ? '—'
                    : `${words.sealNo(close.sealNo)} · ${close.sealedBy?.name ?? ''} ${minute(close.sealedAt)}`,
              },
            ]}
          />
          {close.seal === null ? null : <p className="faint num anywhere">{close.seal}</p>}
        </Card>
        <Card title={words.cash}>
          {close.cash.map(({ faceFen, pieces }) => (
            <p key={faceFen} className="row">
              <span>{faceInWords(faceFen)}</span>
              <span className="num">× {pieces}</span>
              <span className="grow" />
              <span className="num">{yuanOfFen(faceFen * pieces)}</span>
            </p>
          ))}
          {close.slips.map(({ method, pieces, amountFen }) => (
            <p key={method} className="row">
              <span>{methodWords[method]}</span>
              <span className="num">× {pieces}</span>
              <span className="grow" />
              <span className="num">{yuanOfFen(amountFen)}</span>
            </p>
          ))}
        </Card>
        <Card title={words.receipts}>
          <Receipts spans={close.receipts} />
          <p className="muted">{words.blanks}</p>
          {close.blankReceipts.length === 0 ? <p>{words.noBlanks}</p> : null}
          {close.blankReceipts.map((one) => (
            <p key={one.bookId} className="num">
              {words.receiptSpan(one.series, one.next, one.to)}
            </p>
          ))}
        </Card>
      </div>
      {dialog === 'hand-over' ? <HandOverDialog close={close} onClose={() => setDialog(null)} /> : null}
      {dialog === 'seal' ? <SealDialog close={close} onClose={() => setDialog(null)} /> : null}
    </div>
  );
}

function Lines({ close }: { close: OneClose }) {
  const [method, book, counted, difference, reason] = words.paperHead;
  return (
    <Card title={words.books} flush>
      <div className="tablebox">
        <table className="data dailyclosetable" data-wideonly="2">
          <thead>
            <tr>
              <th>{method}</th>
              <th className="right">{book}</th>
              <th className="right">{counted}</th>
              <th className="right">{difference}</th>
              <th>{reason}</th>
            </tr>
          </thead>
          <tbody>
            {close.lines.map((line) => (
              <tr key={line.method}>
                <td>{methodWords[line.method]}</td>
                <td className="num right">{yuanOfFen(line.bookFen)}</td>
                <td className="num right">{yuanOfFen(line.countedFen)}</td>
                <td className="num right">
                  <span className={line.differenceFen === 0 ? 'faint' : 'tag alarm'}>
                    {differenceInWords(line.differenceFen)}
                  </span>
                </td>
                <td className="anywhere">{line.reason ?? ''}</td>
              </tr>
            ))}
            <tr className="whole">
              <td>{words.total}</td>
              <td className="num right">{yuanOfFen(close.bookFen)}</td>
              <td className="num right">{yuanOfFen(close.countedFen)}</td>
              <td className="num right">{differenceInWords(close.differenceFen)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function HandOverDialog({ close, onClose }: { close: OneClose; onClose: () => void }) {
  const { id: communityId } = useCommunity();
  const client = useQueryClient();
  const [kind, setKind] = useState<'deposit-slip' | 'transfer-record'>('deposit-slip');
  const [number, setNumber] = useState('');
  const [signature, setSignature] = useState('');
  const { key } = useIdempotencyKey();
  const submit = async () => {
    const body = { version: close.version, slip: { kind, number: number.trim() }, signature };
    await call(dailyCloseRoutes.handOver, { params: { communityId, id: close.id }, body, key });
    await client.invalidateQueries({ queryKey: ['daily-closes', communityId] });
    onClose();
  };
  return (
    <FormDialog
      title={words.handOver}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitWord={words.handOverSubmit}
      isReady={signature !== '' && number.trim() !== ''}
      shownFields={['slip.number']}
    >
      {(fault) => (
        <div className="stack">
          <p className="num">
            {words.countedOf} <b>{yuanOfFen(close.countedFen)}</b>
          </p>
          <SelectField label={words.slipKind} value={kind} onChange={(value) => setKind(value as typeof kind)}>
            {Object.entries(words.slipKinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
          <Field
            label={words.slipNumber}
            fault={fault('slip.number')}
            maxLength={60}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
          <div>
            <p>{words.financeSigns}</p>
            <SignaturePad value={signature} onChange={setSignature} />
          </div>
        </div>
      )}
    </FormDialog>
  );
}

function SealDialog({ close, onClose }: { close: OneClose; onClose: () => void }) {
  const { id: communityId } = useCommunity();
  const client = useQueryClient();
  const { key } = useIdempotencyKey();
  const submit = async () => {
    const body = { version: close.version };
    await call(dailyCloseRoutes.seal, { params: { communityId, id: close.id }, body, key });
    await client.invalidateQueries({ queryKey: ['daily-closes', communityId] });
    onClose();
  };
  return (
    <FormDialog title={words.seal} isOpen onClose={onClose} onSubmit={submit} submitWord={words.seal} isRisky>
      {() => <p>{words.sealAsk}</p>}
    </FormDialog>
  );
}
