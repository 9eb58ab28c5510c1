// A contractor's own page 我的派工单: the firm's orders by what runs out next, those that are over a click away.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { ClockBar } from '../../../ui/ClockBar.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { briefMoment } from '../../../ui/wallTime.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type BoardRow, listCases } from '../../cases/case.contract.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import type { RepairState, Urgency } from '../repair.contract.ts';
import { repairCategoryWords, repairFlagWords, repairStateWords, urgencyWords } from '../repair.words.ts';
import { contractorWords as words } from '../repair-page.words.ts';
import { urgencyTone } from './parts/repairLook.ts';
import './contractor.css';

const codecs = { show: textCodec() };
const shownOrders = 200;

export function ContractorOrdersScreen() {
  const community = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const isOver = address.show === 'over';
  const orders = useQuery({
    queryKey: ['case', community.id, 'firm-orders', isOver],
    queryFn: ({ signal }) =>
      call(listCases, {
        params: { communityId: community.id },
        query: {
          kind: 'repair',
          limit: shownOrders,
          ...(isOver ? { state: 'closed,cancelled', sort: 'newest' } : { state: 'open', sort: 'due' }),
        },
        signal,
      }),
  });
  return (
    <div className="stack">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{community.name}</span>
        </h1>
        <span className="grow" />
        <a className="btn no-print" href="/m/orders">
          {words.phone}
        </a>
      </div>
      <p className="muted">{words.lead}</p>
      <div className="row no-print" role="tablist" aria-label={words.title}>
        {(['open', 'over'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={isOver === (one === 'over')}
            className={isOver === (one === 'over') ? 'btn primary' : 'btn'}
            onClick={() => setAddress({ show: one === 'over' ? 'over' : '' })}
          >
            {words.tabs[one]}
          </button>
        ))}
      </div>
      <Problem error={orders.error} retry={() => void orders.refetch()} />
      {orders.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      {orders.data?.items.length === 0 ? (
        <Card>
          <EmptyState title={isOver ? words.noneOver : words.none}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : null}
      <ul className="firmorders">
        {orders.data?.items.map((row) => (
          <li key={row.id}>
            <OrderRow row={row} code={community.code} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OrderRow({ row, code }: { row: BoardRow; code: string }) {
  const tone = urgencyTone(row.level as Urgency);
  return (
    <Link className="card firmorder" to={caseAddress(code, row.id)}>
      <span className="row wrap">
        <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{urgencyWords[row.level as Urgency]}</span>
        <span className="tag accent">{repairStateWords[row.state as RepairState]}</span>
        {row.flags.includes('rework') ? <span className="tag raised">{repairFlagWords.rework}</span> : null}
        <span className="faint num">{row.code}</span>
        <span className="grow" />
        {row.nextDueAt === null || row.state === 'paused' ? (
          <span className="faint num">{briefMoment(row.receivedAt, serverNow())}</span>
        ) : (
          <ClockBar facts={{ state: 'running', startedAt: row.receivedAt, dueAt: row.nextDueAt }} />
        )}
      </span>
      <b className="anywhere">
        {row.unit ?? row.place} ·{' '}
        {(repairCategoryWords as Readonly<Record<string, string>>)[row.category ?? ''] ?? row.category}
      </b>
      <span className="muted anywhere firmtext">{row.summary}</span>
    </Link>
  );
}
