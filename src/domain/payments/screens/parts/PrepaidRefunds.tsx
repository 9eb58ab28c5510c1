// Money paid ahead at the counter 预收: what is free to go back 退预存款, asked for by finance, paid out once approved.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { readYuan, yuanOfFen } from '../../../../kernel/money.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { follows } from '../../../../ui/live.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import type { Method } from '../../../ledger/ledger.contract.ts';
import { counterWords } from '../../counter.words.ts';
import type { Due } from '../../payment.contract.ts';
import { type PrepaidRefund, prepaidRefundRoutes } from '../../prepaid-refund.contract.ts';
import { prepaidRefundWords as words } from '../../prepaid-refund.words.ts';
import { Amount, MethodField } from './MoneyFields.tsx';

type Ended = { onClose: () => void; onDone: () => Promise<void> };

/** Nothing is shown of a household that never paid ahead. */
export function PrepaidRefunds({ due }: { due: Due }) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const list = useQuery({
    queryKey: ['prepaid-refunds', communityId, due.unitId],
    meta: follows('prepaid-refund', 'payment'),
    queryFn: ({ signal }) =>
      call(prepaidRefundRoutes.listPrepaidRefunds, {
        params: { communityId },
        query: { unitId: due.unitId, limit: 20 },
        signal,
      }),
  });
  const changed = async () => {
    await client.invalidateQueries({ queryKey: ['prepaid-refunds', communityId] });
    await client.invalidateQueries({ queryKey: ['due', communityId] });
  };
  const items = list.data?.items ?? [];
  const freeFen = Math.max(0, -due.balanceFen);
  const isOneLive = items.some((one) => one.state === 'asked' || one.state === 'approved');
  const mayAsk = may('prepaid.refund') && freeFen > 0 && !isOneLive;
  if (items.length === 0 && !mayAsk && !list.error) return null;
  return (
    <Card
      title={words.title}
      note={freeFen > 0 ? words.free(yuanOfFen(freeFen)) : undefined}
      actions={
        mayAsk ? (
          <button type="button" className="btn small" onClick={() => setAsking(true)}>
            {words.ask}
          </button>
        ) : null
      }
    >
      <Problem error={list.error} />
      {items.length === 0 ? <p className="muted">{words.none}</p> : null}
      {items.map((refund) => (
        <RefundRow key={refund.id} refund={refund} onChanged={changed} />
      ))}
      {isAsking ? <AskDialog due={due} freeFen={freeFen} onClose={() => setAsking(false)} onDone={changed} /> : null}
    </Card>
  );
}

function RefundRow({ refund, onChanged }: { refund: PrepaidRefund; onChanged: () => Promise<void> }) {
  const { code } = useCommunity();
  const [open, setOpen] = useState<'pay' | 'drop' | null>(null);
  const may = (name: 'pay' | 'drop') => refund.moves.some((one) => one.name === name && one.allowed);
  const close = () => setOpen(null);
  const tag = refund.state === 'paid' ? 'tag good' : refund.state === 'approved' ? 'tag high' : 'tag';
  return (
    <div className="row wrap depositrow">
      <span className="num">{`¥ ${yuanOfFen(refund.amountFen)}`}</span>
      <span className="anywhere">{refund.payee}</span>
      <span className="muted anywhere">{refund.reason}</span>
      <span className={tag}>{words.state[refund.state]}</span>
      <span className="grow" />
      {may('pay') ? (
        <button type="button" className="btn small" onClick={() => setOpen('pay')}>
          {words.pay}
        </button>
      ) : null}
      {may('drop') ? (
        <button type="button" className="btn quiet small" onClick={() => setOpen('drop')}>
          {words.drop}
        </button>
      ) : null}
      {refund.code === null ? null : (
        <Link className="btn quiet small" to={`/c/${code}/prepaid-refunds/${refund.id}/print`}>
          {`${words.voucher} ${refund.code}`}
        </Link>
      )}
      {open === 'pay' ? <PayDialog refund={refund} onClose={close} onDone={onChanged} /> : null}
      {open === 'drop' ? <DropDialog refund={refund} onClose={close} onDone={onChanged} /> : null}
    </div>
  );
}

function AskDialog({ due, freeFen, onClose, onDone }: { due: Due; freeFen: number } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [amount, setAmount] = useState(yuanOfFen(freeFen));
  const [payee, setPayee] = useState(due.people.find((one) => one.relation === 'owner')?.name ?? '');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={words.ask}
      isOpen
      submitWord={words.ask}
      shownFields={['amountFen', 'payee', 'reason']}
      onClose={onClose}
      onSubmit={async () => {
        const body = { unitId: due.unitId, amountFen: readYuan(amount).fen ?? 0, payee, reason };
        await call(prepaidRefundRoutes.askPrepaidRefund, { params: { communityId }, body, key: attempt.key });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <p className="muted">{words.askLead(yuanOfFen(freeFen))}</p>
          <Amount label={words.amount} value={amount} onValue={setAmount} fault={fault('amountFen')} />
          <Field
            label={words.payee}
            hint={words.payeeHint}
            maxLength={60}
            value={payee}
            fault={fault('payee')}
            onChange={(event) => setPayee(event.target.value)}
          />
          <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
        </>
      )}
    </FormDialog>
  );
}

function PayDialog({ refund, onClose, onDone }: { refund: PrepaidRefund } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [method, setMethod] = useState<Method>('transfer');
  return (
    <FormDialog
      title={words.payTitle(refund.payee)}
      isOpen
      isRisky
      submitWord={words.pay}
      onClose={onClose}
      onSubmit={async () => {
        const params = { communityId, id: refund.id };
        await call(prepaidRefundRoutes.payPrepaidRefund, {
          params,
          body: { version: refund.version, method },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {() => (
        <>
          <p className="muted">{words.payLead}</p>
          <p>
            <b className="num">¥ {counterWords.yuan(refund.amountFen)}</b> {refund.amountInCapitals}
          </p>
          <MethodField label={words.method} value={method} onValue={setMethod} />
        </>
      )}
    </FormDialog>
  );
}

function DropDialog({ refund, onClose, onDone }: { refund: PrepaidRefund } & Ended) {
  const { id: communityId } = useCommunity();
  return (
    <FormDialog
      title={words.drop}
      isOpen
      isRisky
      submitWord={words.drop}
      onClose={onClose}
      onSubmit={async () => {
        const params = { communityId, id: refund.id };
        await call(prepaidRefundRoutes.dropPrepaidRefund, { params, body: { version: refund.version } });
        onClose();
        await onDone();
      }}
    >
      {() => <p>{words.dropAsk}</p>}
    </FormDialog>
  );
}
