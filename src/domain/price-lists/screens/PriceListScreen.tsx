// Price list 维修收费标准: the published list, its versions, and the next one written, compared and approved. On paper it
// is the notice that hangs at the desk (RP5).
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { standardRoutes } from '../../standards/standard-view.contract.ts';
import { type PriceItem, type PriceList, priceListRoutes } from '../price-list.contract.ts';
import { priceListPhaseWords, priceListPageWords as words } from '../price-list.words.ts';
import { DecideList } from './parts/DecideList.tsx';
import { PriceListEditor } from './parts/PriceListEditor.tsx';
import { byCategory, PriceTable } from './parts/PriceTable.tsx';
import './pricelist.css';

const codecs = { q: textCodec(), category: textCodec(), version: textCodec() };

export function PriceListScreen() {
  const { id: communityId, name } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [address, setAddress] = useAddressState(codecs);
  const [isEditing, setEditing] = useState(false);
  const created = useIdempotencyKey();
  const params = { communityId };
  const published = useQuery({
    queryKey: ['price-list', communityId, 'published'],
    queryFn: ({ signal }) => call(priceListRoutes.getPriceList, { params, signal }),
  });
  const versions = useQuery({
    queryKey: ['price-list', communityId, 'versions'],
    enabled: may('price-list.versions'),
    queryFn: ({ signal }) => call(priceListRoutes.listPriceLists, { params, signal }),
  });
  const version = useQuery({
    queryKey: ['price-list', communityId, 'version', address.version],
    enabled: address.version !== '',
    queryFn: ({ signal }) =>
      call(priceListRoutes.getPriceListVersion, { params: { communityId, id: address.version }, signal }),
  });
  const standard = useQuery({
    queryKey: ['standard', communityId, ''],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params, signal }),
  });
  const categories = standard.data?.document.repair.categories ?? [];
  const nameOf = (code: string) => categories.find((one) => one.code === code)?.name ?? code;
  const list = address.version === '' ? null : (version.data ?? null);
  const items = (list ?? published.data)?.items ?? [];
  const groups = byCategory(
    items.filter((item) => isFound(item, address, nameOf)),
    categories.map((one) => one.code),
  );
  const hasOpen = versions.data?.items.some((one) => one.phase === 'draft' || one.phase === 'submitted') ?? true;
  const refresh = () => client.invalidateQueries({ queryKey: ['price-list', communityId] });
  const save = async (body: { items: PriceItem[]; note: string }) => {
    const saved: PriceList =
      list === null
        ? await call(priceListRoutes.createPriceList, { params, body, key: created.key })
        : await call(priceListRoutes.amendPriceList, {
            params: { communityId, id: list.id },
            body: { ...body, version: list.version },
          });
    created.renew();
    setEditing(false);
    setAddress({ version: saved.id });
    window.scrollTo({ top: 0 });
    await refresh();
  };
  const error = published.error ?? version.error ?? standard.error;
  if (error) return <Problem error={error} retry={() => void refresh()} />;
  if (!published.data || !standard.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  if (isEditing)
    return (
      <Card title={list === null ? words.draftNew : words.version(list.number)} flush>
        <PriceListEditor
          form={list?.id ?? 'new'}
          items={items}
          note={list?.note ?? ''}
          categories={categories}
          onSave={save}
          onLeave={() => setEditing(false)}
        />
      </Card>
    );
  return (
    <div className="stack pricelist">
      <header>
        <h1>
          <span className="no-print">{words.title}</span>
          <span className="print-only">{words.notice}</span> <span className="faint">{name}</span>
        </h1>
        <Standing published={published.data} list={list} />
      </header>
      <div className="row wrap no-print field pricetools">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={address.q}
          onChange={(event) => setAddress({ q: event.target.value })}
        />
        <select
          aria-label={words.category}
          value={address.category}
          onChange={(event) => setAddress({ category: event.target.value })}
        >
          <option value="">{words.allCategories}</option>
          {categories.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
        {may('price-list.versions') ? (
          <select
            aria-label={words.versions}
            value={address.version}
            onChange={(event) => setAddress({ version: event.target.value })}
          >
            <option value="">{words.current}</option>
            {versions.data?.items.map((one) => (
              <option key={one.id} value={one.id}>
                {words.version(one.number)} · {priceListPhaseWords[one.phase]}
                {one.inForceOn === null ? '' : ` · ${one.inForceOn}`}
              </option>
            ))}
          </select>
        ) : null}
        <span className="grow" />
        {may('price-list.edit') && !hasOpen ? (
          <button
            type="button"
            className="btn"
            onClick={() => {
              setAddress({ version: '' });
              setEditing(true);
            }}
          >
            {words.draftNew}
          </button>
        ) : null}
        <button type="button" className="btn" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      {list === null || list.moves.length === 0 ? null : (
        <div className="no-print">
          <DecideList list={list} onEdit={() => setEditing(true)} onMoved={refresh} />
        </div>
      )}
      {list === null || list.phase === 'in-force' || list.phase === 'replaced' ? null : <Changes list={list} />}
      {groups.length === 0 ? (
        <EmptyState title={items.length === 0 ? words.none : words.nothingFound} />
      ) : (
        <Card flush>
          <PriceTable groups={groups} nameOf={nameOf} />
        </Card>
      )}
      <p className="muted">{words.posted}</p>
    </div>
  );
}

function Standing(props: {
  published: { number: number | null; inForceOn: string | null; items: readonly unknown[] };
  list: PriceList | null;
}) {
  const { published, list } = props;
  if (list === null)
    return (
      <p className="muted num">
        {published.number === null
          ? words.noneNote
          : `${words.version(published.number)} · ${words.inForce(published.inForceOn ?? '')} · ${words.counted(published.items.length)}`}
      </p>
    );
  return (
    <p className="muted num">
      {words.version(list.number)} · {priceListPhaseWords[list.phase]}
      {list.inForceOn === null ? '' : ` · ${words.inForce(list.inForceOn)}`}
      {list.createdBy === null ? '' : ` · ${words.by(list.createdBy.name, dayOf(list.createdAt))}`}
      {list.decidedBy === null || list.decidedAt === null
        ? ''
        : ` · ${words.decidedBy(list.decidedBy.name, dayOf(list.decidedAt))}`}
      {list.note === '' ? '' : ` · ${list.note}`}
      {list.remark === '' ? null : <b className="raised"> {words.returned(list.remark)}</b>}
    </p>
  );
}

function Changes({ list }: { list: PriceList }) {
  if (list.changes.length === 0) return <p className="muted no-print">{words.noChanges}</p>;
  return (
    <div className="no-print">
      <Card title={words.changes(list.changes.length)} flush>
        <div className="tablebox">
          <table className="data">
            <thead>
              <tr>
                <th>{words.columns.code}</th>
                <th>{words.columns.name}</th>
                <th>{words.change}</th>
                <th className="right">{words.from}</th>
                <th className="right">{words.to}</th>
              </tr>
            </thead>
            <tbody>
              {list.changes.map((one) => (
                <tr key={one.id}>
                  <td className="num">{one.code}</td>
                  <td className="anywhere">{one.name}</td>
                  <td>
                    <span className="tag">{words.changeKinds[one.kind]}</span>
                  </td>
                  <td className="right num">{one.wasFen === null ? '–' : yuanOfFen(one.wasFen)}</td>
                  <td className="right num">
                    <b>{one.isFen === null ? '–' : yuanOfFen(one.isFen)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </div>
  );
}

function isFound(item: PriceItem, address: { q: string; category: string }, nameOf: (code: string) => string): boolean {
  if (address.category !== '' && item.category !== address.category) return false;
  const text = `${item.code} ${item.name} ${item.materials} ${nameOf(item.category)}`.toLowerCase();
  return address.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
