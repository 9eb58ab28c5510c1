// Deposits of a household 押金 (MN10): what is held and what it waits for; taken, kept in part, given back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { chargeKindWords } from '../../../charges/charge.words.ts';
import { counterWords, depositWords as words } from '../../counter.words.ts';
import { type Deposit, depositRoutes, type Obligation } from '../../deposit.contract.ts';
import type { Due } from '../../payment.contract.ts';
import { obligationWords } from '../../payment.words.ts';
import { DeductDialog, RefundDialog, TakeDepositDialog } from './DepositDialogs.tsx';

export function DepositsCard({ due }: { due: Due }) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isTaking, setTaking] = useState(false);
  const list = useQuery({
    queryKey: ['deposits', communityId, due.unitId],
    meta: follows('deposit', 'payment'),
    queryFn: ({ signal }) =>
      call(depositRoutes.listDeposits, {
        params: { communityId },
        query: { unitId: due.unitId, held: 'true', limit: 50 },
        signal,
      }),
  });
  const changed = async () => {
    await client.invalidateQueries({ queryKey: ['deposits', communityId] });
    await client.invalidateQueries({ queryKey: ['due', communityId] });
  };
  const items = list.data?.items ?? [];
  return (
    <Card
      title={words.title}
      actions={
        may('deposit.write') ? (
          <button type="button" className="btn small" onClick={() => setTaking(true)}>
            {words.take}
          </button>
        ) : null
      }
    >
      <Problem error={list.error} />
      {list.data && items.length === 0 ? <p className="muted">{words.none}</p> : null}
      {items.map((deposit) => (
        <DepositRow key={deposit.id} deposit={deposit} due={due} onChanged={changed} />
      ))}
      {isTaking ? <TakeDepositDialog due={due} onClose={() => setTaking(false)} onDone={changed} /> : null}
    </Card>
  );
}

function DepositRow(props: { deposit: Deposit; due: Due; onChanged: () => Promise<void> }) {
  const { deposit } = props;
  const { id: communityId, code } = useCommunity();
  const may = useMay();
  const [error, setError] = useState<unknown>(null);
  const [open, setOpen] = useState<'deduct' | 'refund' | null>(null);
  const meet = async (obligation: Obligation) => {
    try {
      const params = { communityId, id: deposit.id };
      await call(depositRoutes.meetObligation, { params, body: { obligation }, key: newId() });
      await props.onChanged();
    } catch (caught) {
      setError(caught);
    }
  };
  const promised = deposit.obligationsOpen.filter((one) => one !== 'charges-open');
  const close = () => setOpen(null);
  return (
    <div className="row wrap depositrow">
      <b>{chargeKindWords[deposit.kind]}</b>
      <span className="num">{words.held(counterWords.yuan(deposit.heldFen))}</span>
      <span className="muted">{deposit.payer?.name ?? ''}</span>
      {deposit.obligationsOpen.length === 0 ? <span className="tag good">{words.ready}</span> : null}
      {deposit.obligationsOpen.map((one) => (
        <span key={one} className="tag high">
          {obligationWords[one]}
        </span>
      ))}
      <span className="grow" />
      {may('deposit.write')
        ? promised.map((one) => (
            <button key={one} type="button" className="btn quiet small" onClick={() => void meet(one)}>
              {words.meet[one]}
            </button>
          ))
        : null}
      {may('deposit.write') ? (
        <button type="button" className="btn quiet small" onClick={() => setOpen('deduct')}>
          {words.deduct}
        </button>
      ) : null}
      {may('deposit.refund') ? (
        <button type="button" className="btn small" onClick={() => setOpen('refund')}>
          {words.refund}
        </button>
      ) : null}
      <Link className="btn quiet small" to={`/c/${code}/receipts/${deposit.receipt.id}/print`}>
        {words.receipt}
      </Link>
      <Problem error={error} />
      {open === 'deduct' ? (
        <DeductDialog deposit={deposit} due={props.due} onClose={close} onDone={props.onChanged} />
      ) : null}
      {open === 'refund' ? <RefundDialog deposit={deposit} onClose={close} onDone={props.onChanged} /> : null}
    </div>
  );
}
