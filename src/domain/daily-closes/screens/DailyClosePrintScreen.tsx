// The close on paper 日结单, A4: lines, denominations, receipts, both signatures and the seal.
import { Link, useParams } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { methodWords } from '../../ledger/ledger.words.ts';
import { faceInWords, dailyClosePageWords as words } from '../daily-close-page.words.ts';
import type { OneClose } from '../daily-close-view.contract.ts';
import { Receipts } from './parts/Receipts.tsx';
import { useClose } from './parts/useClose.ts';
import '../../../ui/paper.css';
import './dailycloses.css';

const minute = (at: string | null) => (at === null ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`);

export function DailyClosePrintScreen() {
  const { closeId = '' } = useParams({ strict: false }) as { closeId?: string };
  const community = useCommunity();
  const found = useClose(closeId);
  if (found.error) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/daily-closes/${closeId}`}>
          {words.backToClose}
        </Link>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Paper close={found.data} communityName={community.name} />
    </div>
  );
}

function Paper({ close, communityName }: { close: OneClose; communityName: string }) {
  return (
    <article className="paper dailyclosepaper">
      <header>
        <span>{communityName}</span>
        <h1>{words.paperTitle}</h1>
        <span className="copy num">{close.code}</span>
      </header>
      <p className="row wrap">
        <span>
          {words.day} {close.day}
        </span>
        <span>
          {words.cashier} {close.cashier.name}
        </span>
        <span>
          {words.countedAt} {minute(close.countedAt)}
        </span>
      </p>
      <table className="form paperlines">
        <thead>
          <tr>
            {words.paperHead.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {close.lines.map((line) => (
            <tr key={line.method}>
              <td>{methodWords[line.method]}</td>
              <td className="right num">{yuanOfFen(line.bookFen)}</td>
              <td className="right num">{yuanOfFen(line.countedFen)}</td>
              <td className="right num">{yuanOfFen(line.differenceFen)}</td>
              <td>{line.reason ?? ''}</td>
            </tr>
          ))}
          <tr>
            <td>{words.total}</td>
            <td className="right num">{yuanOfFen(close.bookFen)}</td>
            <td className="right num">{yuanOfFen(close.countedFen)}</td>
            <td className="right num">{yuanOfFen(close.differenceFen)}</td>
            <td />
          </tr>
        </tbody>
      </table>
      <table className="form paperlines">
        <thead>
          <tr>
            <th>{words.face}</th>
            <th>{words.pieces}</th>
            <th>{words.sum}</th>
          </tr>
        </thead>
        <tbody>
          {close.cash.map(({ faceFen, pieces }) => (
            <tr key={faceFen}>
              <td>{faceInWords(faceFen)}</td>
              <td className="right num">{pieces}</td>
              <td className="right num">{yuanOfFen(faceFen * pieces)}</td>
            </tr>
          ))}
          {close.slips.map(({ method, pieces, amountFen }) => (
            <tr key={method}>
              <td>{methodWords[method]}</td>
              <td className="right num">{pieces}</td>
              <td className="right num">{yuanOfFen(amountFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <b>{words.receipts}</b>
      </p>
      <Receipts spans={close.receipts} />
      <p>
        <b>{words.blanks}</b>
      </p>
      {close.blankReceipts.map((one) => (
        <p key={one.bookId} className="num">
          {words.receiptSpan(one.series, one.next, one.to)}
        </p>
      ))}
      <p>
        <b>{words.paperSlip}</b>{' '}
        {close.slip === null
          ? ''
          : `${words.slipKinds[close.slip.kind]} ${close.slip.number} ${minute(close.handedOverAt)}`}
      </p>
      <div className="papersigns">
        <div>
          <span>
            {words.sign} {close.cashier.name}
          </span>
          {close.cashierSignature === null ? null : <img src={close.cashierSignature} alt={words.sign} />}
        </div>
        <div>
          <span>
            {words.financeSigns} {close.receivedBy?.name ?? ''}
          </span>
          {close.receiverSignature === null ? null : <img src={close.receiverSignature} alt={words.financeSigns} />}
        </div>
      </div>
      <p className="num sealtext">
        {words.paperSeal} {close.seal === null ? words.unsealed : `${words.sealNo(close.sealNo ?? 0)} ${close.seal}`}
      </p>
    </article>
  );
}
