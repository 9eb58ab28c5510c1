// The refund voucher 退款凭单 on A5 (MN7), two copies: who asked, approved and paid, and where the payee signs.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { yuanOfFen } from '../../../kernel/money.ts';
import { call } from '../../../ui/call.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { methodWords } from '../../ledger/ledger.words.ts';
import { type PrepaidRefund, prepaidRefundRoutes } from '../prepaid-refund.contract.ts';
import { prepaidRefundWords as words } from '../prepaid-refund.words.ts';
import '../../../ui/paper.css';
import './voucher.css';

export function RefundVoucherScreen() {
  const { refundId } = useParams({ strict: false }) as { refundId?: string };
  const { id: communityId, code } = useCommunity();
  const refund = useQuery({
    queryKey: ['prepaid-refunds', communityId, 'one', refundId],
    queryFn: ({ signal }) =>
      call(prepaidRefundRoutes.getPrepaidRefund, { params: { communityId, id: refundId ?? '' }, signal }),
  });
  if (refund.error) return <Problem error={refund.error} retry={() => void refund.refetch()} />;
  if (!refund.data) return <div className="busyline" role="status" aria-label={words.loading} />;
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${code}/counter`} search={{ unit: refund.data.unitId }}>
          {words.back}
        </Link>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      {words.copies.map((copy) => (
        <Sheet key={copy} refund={refund.data} copy={copy} />
      ))}
    </div>
  );
}

function Sheet({ refund, copy }: { refund: PrepaidRefund; copy: string }) {
  return (
    <article className="paper voucher" aria-label={`${words.paperTitle} ${refund.code ?? ''}`}>
      <header>
        <span className="left">
          {refund.company}
          <br />
          {refund.community}
        </span>
        <h1>{words.paperTitle}</h1>
        <span className="copy num">
          {copy}
          <br />
          {refund.code ?? words.state[refund.state]}
        </span>
      </header>
      <table className="form">
        <tbody>
          <Line name={words.unit} value={refund.unit} />
          <Line name={words.item} value={words.itemName} />
          <Line name={words.payee} value={refund.payee} />
          <Line name={words.total} value={`¥ ${yuanOfFen(refund.amountFen)}`} />
          <Line name={words.capitals} value={refund.amountInCapitals} />
          <Line name={words.method} value={refund.method === null ? '' : methodWords[refund.method]} />
          <Line name={words.reason} value={refund.reason} />
          <Line name={words.asked} value={`${refund.askedBy.name}　${words.moment(refund.askedAt)}`} />
          <Line name={words.approved} value={refund.approvedBy?.name ?? ''} />
          <Line
            name={words.paid}
            value={refund.paidAt === null ? '' : `${refund.paidBy?.name ?? ''}　${words.moment(refund.paidAt)}`}
          />
        </tbody>
      </table>
      <p className="signline">
        <span>{words.signs}</span>
      </p>
    </article>
  );
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <tr>
      <th>{name}</th>
      <td>{value}</td>
    </tr>
  );
}
