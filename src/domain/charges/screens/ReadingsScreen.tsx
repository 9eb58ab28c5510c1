// Meter readings 抄表: down the column by keyboard, Enter keeps and goes on; what is odd stops for a second look (MN4).
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { follows } from '../../../ui/live.ts';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { unitRoutes } from '../../places/unit.contract.ts';
import { chargeItemRoutes } from '../charge-item.contract.ts';
import { publicUseFaultWords } from '../charge-item.words.ts';
import { readingPageWords as words } from '../charging-page.words.ts';
import { type MeterView, meterRoutes } from '../meter.contract.ts';
import { scaledText } from '../rule-draft.rules.ts';
import { ExchangeDialog, MeterDialog } from './parts/MeterDialogs.tsx';
import { ReadingGrid } from './parts/ReadingGrid.tsx';
import './charging.css';

const codecs = { item: textCodec(), month: textCodec(), building: textCodec() };
const pageRows = 100;

export function ReadingsScreen() {
  const { id: communityId, name, code } = useCommunity();
  const client = useQueryClient();
  const mayWrite = useMay()('meter.write');
  const today = dayOf(serverNow());
  const [address, setAddress] = useAddressState(codecs);
  const [on, setOn] = useState<Day | null>(today);
  const [isAdding, setAdding] = useState(false);
  const [exchanging, setExchanging] = useState<MeterView | null>(null);
  const params = { communityId };
  const items = useQuery({
    queryKey: ['charge-item', communityId],
    queryFn: ({ signal }) => call(chargeItemRoutes.listChargeItems, { params, signal }),
  });
  const buildings = useQuery({
    queryKey: ['building', communityId],
    queryFn: ({ signal }) => call(unitRoutes.listBuildings, { params, signal }),
  });
  const metered = (items.data?.items ?? []).filter(({ versions }) =>
    versions.some(({ rule }) => rule.kind === 'metered' || rule.kind === 'formula'),
  );
  const itemId = address.item || metered[0]?.id || '';
  const month = address.month || today.slice(0, 7);
  const meters = useInfiniteQuery({
    queryKey: ['meter', communityId, itemId, month, address.building],
    meta: follows('meter-reading'),
    enabled: itemId !== '',
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(meterRoutes.listMeters, {
        params,
        query: {
          itemId,
          month,
          limit: pageRows,
          ...(address.building === '' ? {} : { buildingId: address.building }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const publicUse = useQuery({
    queryKey: ['meter', communityId, 'public-use', itemId, month],
    meta: follows('meter-reading'),
    enabled: itemId !== '',
    queryFn: ({ signal }) => call(meterRoutes.readPublicUse, { params, query: { itemId, month }, signal }),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['meter', communityId] });
  if (items.error) return <Problem error={items.error} retry={() => void items.refetch()} />;
  if (!items.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const rows = meters.data?.pages.flatMap((page) => page.items) ?? [];
  const add = mayWrite ? (
    <button type="button" className="btn" onClick={() => setAdding(true)}>
      {words.addMeter}
    </button>
  ) : null;
  return (
    <div className="stack">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{name}</span>
        </h1>
        <span className="grow" />
        {metered.length > 0 ? add : null}
      </div>
      {metered.length === 0 ? (
        <Card>
          <EmptyState
            title={words.noItems}
            action={
              <Link className="btn" to={`/c/${code}/charge-items`}>
                {words.item}
              </Link>
            }
          >
            <p>{words.noItemsText}</p>
          </EmptyState>
        </Card>
      ) : (
        <>
          <p className="muted">{words.lead}</p>
          <div className="row wrap readingtools">
            <SelectField label={words.item} value={itemId} onChange={(item) => setAddress({ item })}>
              {metered.map((item) => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
            </SelectField>
            <label className="field">
              <span className="label">{words.month}</span>
              <input type="month" value={month} onChange={(event) => setAddress({ month: event.target.value })} />
            </label>
            <SelectField
              label={words.building}
              value={address.building}
              onChange={(building) => setAddress({ building })}
            >
              <option value="">{words.allBuildings}</option>
              {(buildings.data?.items ?? []).map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </SelectField>
            <DayField label={words.on} value={on} onChange={setOn} until={today} />
          </div>
          <Problem error={meters.error} />
          {meters.data && rows.length === 0 ? (
            <Card>
              <EmptyState title={words.noMeters} action={add}>
                <p>{words.noMetersText}</p>
              </EmptyState>
            </Card>
          ) : null}
          {rows.length > 0 ? (
            <Card
              title={words.read(rows.filter((row) => row.reading !== null).length, rows.length)}
              flush
              actions={
                meters.hasNextPage ? (
                  <button type="button" className="btn" onClick={() => void meters.fetchNextPage()}>
                    {words.more}
                  </button>
                ) : undefined
              }
            >
              <ReadingGrid
                communityId={communityId}
                rows={rows}
                month={month}
                on={on ?? today}
                mayWrite={mayWrite}
                onKept={refresh}
                onExchange={setExchanging}
              />
            </Card>
          ) : null}
          {publicUse.data && publicUse.data.items.length > 0 ? (
            <Card title={words.publicUse}>
              <ul className="explained num">
                {publicUse.data.items.map((one) => (
                  <li key={one.meterId}>
                    {words.main(one.building)} {one.code}：
                    {words.publicLine(
                      one.main === null ? null : scaledText(one.main, 3),
                      scaledText(one.unitsUsed, 3),
                      one.shared === null ? null : scaledText(one.shared, 3),
                    )}
                    {one.fault === null ? null : <span className="raised"> {publicUseFaultWords[one.fault]}</span>}
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </>
      )}
      {isAdding ? (
        <MeterDialog
          communityId={communityId}
          itemId={itemId}
          onClose={() => setAdding(false)}
          onDone={async () => {
            setAdding(false);
            await refresh();
          }}
        />
      ) : null}
      {exchanging === null ? null : (
        <ExchangeDialog
          meter={exchanging}
          onClose={() => setExchanging(null)}
          onDone={async () => {
            setExchanging(null);
            await refresh();
          }}
        />
      )}
    </div>
  );
}
