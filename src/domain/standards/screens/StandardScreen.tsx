// The service standard 服务标准: every figure with its source, found by words, printable; compared version by version, and the
// next one written.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ComponentType, useMemo, useState } from 'react';
import { newId } from '../../../kernel/id.ts';
import { flagCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { presetWords, standardName } from '../standard.words.ts';
import { draftWords } from '../standard-draft.words.ts';
import {
  type StandardRow,
  type StandardSection,
  standardSections,
  standardPageWords as words,
} from '../standard-page.words.ts';
import { standardRoutes } from '../standard-view.contract.ts';
import { CompareCard } from './parts/CompareCard.tsx';
import { DraftCard } from './parts/DraftCard.tsx';
import './standard.css';

const codecs = { q: textCodec(), version: textCodec(), compare: textCodec(), ours: flagCodec() };

/** `Replay`: what the last quarter would have come to under a version; stands above this slice and is handed in. */
export function StandardScreen({ Replay }: { Replay: ComponentType<{ standardId: string }> }) {
  const may = useMay();
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const { id: communityId, name } = useCommunity();
  const [filters, setFilters] = useAddressState(codecs);
  const versions = useQuery({
    queryKey: ['standard', communityId, 'versions'],
    queryFn: ({ signal }) => call(standardRoutes.listStandards, { params: { communityId }, signal }),
  });
  const standard = useQuery({
    queryKey: ['standard', communityId, filters.version],
    queryFn: ({ signal }) =>
      filters.version === ''
        ? call(standardRoutes.getStandard, { params: { communityId }, signal })
        : call(standardRoutes.getStandardVersion, { params: { communityId, id: filters.version }, signal }),
  });
  const openVersion = versions.data?.items.find((one) => ['draft', 'submitted', 'approved'].includes(one.state));
  const draftNew = async () => {
    setError(null);
    try {
      const made = await call(standardRoutes.createStandard, { params: { communityId }, body: {}, key: newId() });
      setFilters({ version: made.id, compare: '' });
      await client.invalidateQueries({ queryKey: ['standard', communityId] });
    } catch (caught) {
      setError(caught);
    }
  };
  const isOpenVersion = ['draft', 'submitted', 'approved'].includes(standard.data?.state ?? '');
  const document = standard.data?.document;
  const sections = useMemo(() => (document ? standardSections(document) : []), [document]);
  const found = sections
    .map((section) => ({ ...section, rows: section.rows.filter((row) => isFound(section, row, filters)) }))
    .filter((section) => section.rows.length > 0);
  if (standard.error) return <Problem error={standard.error} retry={() => void standard.refetch()} />;
  if (!standard.data || !document) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  return (
    <div className="standard">
      <div className="standardhead">
        <h1>
          {words.title} <span className="faint">{name}</span>
        </h1>
        <p className="muted">
          {standardName(document.preset, standard.data.version)} · {presetWords[document.preset]} ·{' '}
          {words.inForce(standard.data.inForceOn)} · {words.states[standard.data.state] ?? standard.data.state}
          {standard.data.addedKeys.length > 0 ? ` · ${words.addedKeys(standard.data.addedKeys.length)}` : ''}
        </p>
        <p className="faint">{words.legend}</p>
        <div className="row wrap no-print standardtools field">
          <input
            type="search"
            aria-label={words.search}
            placeholder={words.search}
            value={filters.q}
            onChange={(event) => setFilters({ q: event.target.value })}
          />
          <select
            aria-label={words.versions}
            value={filters.version}
            onChange={(event) => setFilters({ version: event.target.value })}
          >
            <option value="">{words.current}</option>
            {versions.data?.items.map((one) => (
              <option key={one.id} value={one.id}>
                {words.version(one.version)} · {one.inForceOn} · {words.states[one.state] ?? one.state}
              </option>
            ))}
          </select>
          <label className="row">
            <input
              type="checkbox"
              checked={filters.ours}
              onChange={(event) => setFilters({ ours: event.target.checked })}
            />
            {words.oursOnly}
          </label>
          <span className="grow" />
          <select
            aria-label={draftWords.compareWith}
            value={filters.compare}
            onChange={(event) => setFilters({ compare: event.target.value })}
          >
            <option value="">{draftWords.compareNone}</option>
            {versions.data?.items
              .filter((one) => one.id !== standard.data.id)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {draftWords.compare} {words.version(one.version)} · {words.states[one.state] ?? one.state}
                </option>
              ))}
          </select>
          {may('standard.edit') && versions.data && !openVersion ? (
            <button type="button" className="btn primary" onClick={() => void draftNew()}>
              {draftWords.draftNew}
            </button>
          ) : null}
          <button type="button" className="btn" onClick={() => window.print()}>
            {words.print}
          </button>
        </div>
      </div>
      <Problem error={error} />
      {isOpenVersion || filters.compare !== '' ? (
        <div className="stack standardabove">
          {filters.compare === '' ? null : <CompareCard standard={standard.data} withId={filters.compare} />}
          {isOpenVersion ? <DraftCard standard={standard.data} /> : null}
          {isOpenVersion ? <Replay standardId={standard.data.id} /> : null}
        </div>
      ) : null}
      <div className="standardbody">
        <nav className="contents no-print" aria-label={words.sections}>
          <ul>
            {found.map((section) => (
              <li key={section.code}>
                <a href={`#${section.code}`}>
                  {section.name} <span className="faint num">{section.rows.length}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className="stack">
          {found.length === 0 ? (
            <EmptyState
              title={words.nothingFound}
              action={
                <button type="button" className="btn" onClick={() => setFilters({ q: '', ours: false })}>
                  {uiWords.empty.clear}
                </button>
              }
            />
          ) : null}
          {found.map((section) => (
            <div key={section.code} id={section.code} className="anchor">
              <Card title={section.name} note={words.counted(section.rows.length)} flush>
                <SectionTable section={section} />
              </Card>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function isFound(section: StandardSection, row: StandardRow, filters: { q: string; ours: boolean }): boolean {
  if (filters.ours && !row.isOurs) return false;
  const text = [section.name, row.name, row.value, row.source, ...Object.values(row.facts ?? {})]
    .join(' ')
    .toLowerCase();
  return filters.q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function SectionTable({ section }: { section: StandardSection }) {
  const hasFacts = section.rows.some((row) => row.facts !== undefined);
  return (
    <div className="tablebox">
      <table className={hasFacts ? 'data standardtable clocks' : 'data standardtable'}>
        <thead>
          <tr>
            <th>{words.head.name}</th>
            <th>{words.head.value}</th>
            {hasFacts ? (
              <>
                <th>{words.clockHead.starts}</th>
                <th>{words.clockHead.stops}</th>
                <th>{words.clockHead.owner}</th>
                <th>{words.clockHead.ladder}</th>
              </>
            ) : null}
            <th>{words.head.source}</th>
          </tr>
        </thead>
        <tbody>
          {section.rows.map((row) => (
            <tr key={`${row.name}${row.value}`}>
              <td>{row.name}</td>
              <td className="value num">{row.value}</td>
              {row.facts ? (
                <>
                  <td className="muted">{row.facts.starts}</td>
                  <td className="muted">{row.facts.stops}</td>
                  <td className="muted">{row.facts.owner}</td>
                  <td className="muted nowrap">{row.facts.ladder}</td>
                </>
              ) : null}
              <td className="source">
                {row.isOurs ? <span className="tag raised">{words.ours}</span> : null}{' '}
                <span className="faint">{row.source.replace(` · ${words.ours}`, '')}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
