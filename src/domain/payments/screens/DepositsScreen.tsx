// The register of deposits 押金台账 (MN10): whose money is held, since when, and what it still waits for.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf } from '../../../kernel/time.ts';
import { oneOfCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { follows } from '../../../ui/live.ts';
import { serverNow } from '../../../ui/now.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { download, workbookFile, workbookType } from '../../../ui/workbookFile.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { chargeKindWords } from '../../charges/charge.words.ts';
import { type Deposit, depositRoutes } from '../deposit.contract.ts';
import { depositPageWords as words } from '../deposit-page.words.ts';
import { obligationWords } from '../payment.words.ts';

const extents = ['held', 'all'] as const;
type Extent = (typeof extents)[number];
const codecs = { show: oneOfCodec(extents, 'held') };
const pageRows = 100;

const readPage = (communityId: string, extent: Extent, cursor: string | null, signal?: AbortSignal) =>
  call(depositRoutes.listDeposits, {
    params: { communityId },
    query: {
      limit: pageRows,
      ...(extent === 'held' ? { held: 'true' as const } : {}),
      ...(cursor === null ? {} : { cursor }),
    },
    ...(signal ? { signal } : {}),
  });

/** In words what it waits for. */
const standingOf = (one: Deposit): string => {
  if (one.heldFen === 0) return words.given;
  return one.obligationsOpen.length === 0
    ? words.ready
    : one.obligationsOpen.map((each) => obligationWords[each]).join('、');
};

export function DepositsScreen() {
  const { id: communityId } = useCommunity();
  const [{ show }, setAddress] = useAddressState(codecs);
  const list = useInfiniteQuery({
    queryKey: ['deposits', communityId, 'register', show],
    meta: follows('deposit', 'payment'),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readPage(communityId, show, pageParam, signal),
    getNextPageParam: (last) => last.nextCursor,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack">
      <PageHead title={words.title}>{items.length > 0 ? <Export extent={show} /> : null}</PageHead>
      <p className="muted">{words.lead}</p>
      <div className="row wrap">
        <fieldset className="segments" aria-label={words.which}>
          {extents.map((one) => (
            <label key={one} className={show === one ? 'on' : undefined}>
              <input type="radio" name="show" checked={show === one} onChange={() => setAddress({ show: one })} />
              {words[one]}
            </label>
          ))}
        </fieldset>
        {list.data ? <b className="num">{words.total(list.data.pages[0]?.heldFen ?? 0)}</b> : null}
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.isPending ? <div className="busyline" role="status" aria-label={words.loading} /> : null}
      {list.data && items.length === 0 ? <EmptyState title={words.noHeld.title}>{words.noHeld.text}</EmptyState> : null}
      {items.length === 0 ? null : (
        <Card flush>
          <Register items={items} />
          {list.hasNextPage ? (
            <button
              type="button"
              className="btn quiet wide"
              disabled={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {words.more}
            </button>
          ) : null}
        </Card>
      )}
    </div>
  );
}

function Register({ items }: { items: readonly Deposit[] }) {
  const { code } = useCommunity();
  const [unit, kind, payer, takenAt, taken, held, state, receipt] = words.columns;
  return (
    <div className="tablebox">
      <table className="data" data-wideonly="3 4 5 8" aria-label={words.title}>
        <thead>
          <tr>
            <th>{unit}</th>
            <th>{kind}</th>
            <th>{payer}</th>
            <th>{takenAt}</th>
            <th className="right">{taken}</th>
            <th className="right">{held}</th>
            <th>{state}</th>
            <th>{receipt}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td className="num nowrap">
                <Link to={`/c/${code}/counter`} search={{ unit: one.unitId }}>
                  {one.unit}
                </Link>
              </td>
              <td>{chargeKindWords[one.kind]}</td>
              <td className="anywhere">{one.payer?.name ?? ''}</td>
              <td className="num nowrap">{words.moment(one.takenAt)}</td>
              <td className="num right">{yuanOfFen(one.amountFen)}</td>
              <td className="num right">
                <b>{yuanOfFen(one.heldFen)}</b>
              </td>
              <td>
                <span className={one.heldFen === 0 || one.obligationsOpen.length > 0 ? 'tag' : 'tag good'}>
                  {standingOf(one)}
                </span>
              </td>
              <td className="num">
                <Link to={`/c/${code}/receipts/${one.receipt.id}/print`}>{one.receipt.code}</Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Export({ extent }: { extent: Extent }) {
  const { id: communityId } = useCommunity();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const all: Deposit[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof readPage>> = await readPage(communityId, extent, cursor);
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      const rows = all.map((one) => [
        one.unit,
        chargeKindWords[one.kind],
        one.payer?.name ?? '',
        words.moment(one.takenAt),
        yuanOfFen(one.amountFen),
        yuanOfFen(one.heldFen),
        standingOf(one),
        one.receipt.code,
      ]);
      const file = workbookFile({
        name: words.sheetName,
        head: words.columns,
        widths: [14, 12, 18, 18, 12, 12, 24, 14],
        rows,
      });
      download(file, workbookType, words.fileName(dayOf(serverNow())));
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="btn" disabled={isBusy} onClick={() => void save()}>
        {isBusy ? words.exporting : words.export}
      </button>
      <Problem error={error} />
    </>
  );
}
