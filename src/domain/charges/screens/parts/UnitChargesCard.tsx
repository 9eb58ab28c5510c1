// What a household is charged: open sums first, each with how it came about and why it differs, for the household's page (MN3, MN12).
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../../kernel/money.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { follows } from '../../../../ui/live.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { accountNouns } from '../../../ledger/ledger.contract.ts';
import { chargeRoutes } from '../../charge-view.contract.ts';
import { unitChargesWords as words } from '../../charging-page.words.ts';

const shownAtFirst = 6;

export function UnitChargesCard({ unitId }: { unitId: string }) {
  const { id: communityId, code } = useCommunity();
  const mayRead = useMay()('charge.read');
  const [openId, setOpenId] = useState('');
  const [isAll, setAll] = useState(false);
  const charges = useQuery({
    queryKey: ['charge', communityId, 'unit', unitId],
    meta: follows(...accountNouns),
    enabled: mayRead,
    queryFn: ({ signal }) =>
      call(chargeRoutes.listUnitCharges, { params: { communityId, id: unitId }, query: { open: 'false' }, signal }),
  });
  if (!mayRead) return null;
  const standing = (charges.data?.items ?? []).filter((one) => one.amountFen > 0 && !one.isReversed);
  const shown = isAll ? standing : standing.slice(0, shownAtFirst);
  return (
    <Card
      title={words.title}
      note={charges.data ? words.open(yuanOfFen(charges.data.openFen)) : ''}
      flush
      actions={
        standing[0]?.month ? (
          <Link
            className="btn"
            to={`/c/${code}/fee-notices`}
            search={{ unit: unitId, month: standing[0].month, open: 'all' } as never}
          >
            {words.notice}
          </Link>
        ) : undefined
      }
    >
      <Problem error={charges.error} />
      {charges.data && standing.length === 0 ? <p className="body muted">{words.none}</p> : null}
      {shown.map((charge) => (
        <div key={charge.id} className="line unitcharge">
          <div className="row wrap">
            <button
              type="button"
              className="linklike"
              aria-expanded={charge.id === openId}
              onClick={() => setOpenId(charge.id === openId ? '' : charge.id)}
            >
              {charge.item.name} <span className="num">{charge.month ?? ''}</span>
            </button>
            {charge.lateFeeOf === null ? null : <span className="tag">{words.lateFeeOf(charge.lateFeeOf.what)}</span>}
            <span className="grow" />
            <b className="num">{yuanOfFen(charge.amountFen)}</b>
            <span className={charge.openFen > 0 ? 'tag raised' : 'tag good'}>
              {charge.openFen > 0 ? words.owed(yuanOfFen(charge.openFen), charge.dueOn) : words.paid}
            </span>
          </div>
          {charge.id === openId ? (
            <>
              <ul className="explained num">
                {charge.explanation.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
              {charge.difference === '' ? null : <p className="muted anywhere">{charge.difference}</p>}
            </>
          ) : null}
        </div>
      ))}
      {standing.length > shownAtFirst && !isAll ? (
        <div className="tablefoot">
          <button type="button" className="btn quiet" onClick={() => setAll(true)}>
            {words.all(standing.length)}
          </button>
        </div>
      ) : null}
    </Card>
  );
}
