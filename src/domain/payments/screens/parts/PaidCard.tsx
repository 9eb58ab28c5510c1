// What was taken: the change to give back first, then the receipt to print; Enter prints, Esc goes on to the next household.
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { methodWords } from '../../../ledger/ledger.words.ts';
import { counterWords as words } from '../../counter.words.ts';
import type { Payment } from '../../payment.contract.ts';

export function PaidCard(props: { payment: Payment; onNext: () => void }) {
  const { payment } = props;
  const { receipt } = payment;
  const { code } = useCommunity();
  const printer = useRef<HTMLAnchorElement>(null);
  useEffect(() => printer.current?.focus(), []);
  return (
    <Card title={words.paid} note={receipt.code}>
      <div className="col paidcard" role="status">
        <div className="row wrap">
          <Sign name="met" />
          <b>{payment.unit}</b>
          <span className="num">¥ {words.yuan(payment.amountFen)}</span>
          <span className="muted">{receipt.amountInCapitals}</span>
          <span className="muted">
            {payment.parts.map((part) => `${methodWords[part.method]} ${words.yuan(part.amountFen)}`).join('，')}
          </span>
        </div>
        {payment.changeFen > 0 ? (
          <output className="paybig num change">{words.changeBack(words.yuan(payment.changeFen))}</output>
        ) : null}
        <p className="muted">
          {payment.balanceFen > 0
            ? words.stillOwed(words.yuan(payment.balanceFen))
            : payment.balanceFen < 0
              ? words.hasAhead(words.yuan(-payment.balanceFen))
              : words.settled}
        </p>
        <div className="row wrap">
          <Link ref={printer} className="btn primary" to={`/c/${code}/receipts/${receipt.id}/print?now=1`}>
            {words.print} <kbd>Enter</kbd>
          </Link>
          <button type="button" className="btn" onClick={props.onNext}>
            {words.nextOne} <kbd>Esc</kbd>
          </button>
        </div>
      </div>
    </Card>
  );
}
