// A run unit by unit: what is odd first where asked, why it differs in words, and in the drawer how it was worked out.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useState } from 'react';
import { yuanOfFen } from '../../../../kernel/money.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { useSettled } from '../../../../ui/useSettled.ts';
import { type BillingRunView, billingRunRoutes, oddKinds, type RunLineView } from '../../billing-run.contract.ts';
import { oddWords } from '../../billing-run.words.ts';
import { payerWords } from '../../charge.words.ts';
import { billingPageWords as words } from '../../charging-page.words.ts';

type Filter = { odd?: string; item?: string; q?: string };
const pageRows = 50;

export function RunLines(props: {
  run: BillingRunView;
  odd: string;
  itemId: string;
  q: string;
  onFilter: (change: Filter) => void;
}) {
  const { run, odd, itemId } = props;
  const [open, setOpen] = useState<RunLineView | null>(null);
  const q = useSettled(props.q);
  const lines = useInfiniteQuery({
    queryKey: ['billing-run', run.communityId, 'lines', run.id, run.version, odd, itemId, q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(billingRunRoutes.listRunLines, {
        params: { communityId: run.communityId, id: run.id },
        query: {
          limit: pageRows,
          ...(odd === '' ? {} : { odd: odd as 'any' }),
          ...(itemId === '' ? {} : { itemId }),
          ...(q.trim() === '' ? {} : { q: q.trim() }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const c = words.linesColumns;
  return (
    <Card title={words.lines} flush>
      <div className="row wrap body field runfilters">
        <select aria-label={words.odd} value={odd} onChange={(event) => props.onFilter({ odd: event.target.value })}>
          <option value="">{words.allLines}</option>
          <option value="any">
            {words.onlyOdd}（{run.odd}）
          </option>
          {oddKinds.map((kind) => (
            <option key={kind} value={kind}>
              {oddWords[kind]}
            </option>
          ))}
        </select>
        <select
          aria-label={words.items}
          value={itemId}
          onChange={(event) => props.onFilter({ item: event.target.value })}
        >
          <option value="">{words.allLines}</option>
          {run.totals.map((total) => (
            <option key={total.itemId} value={total.itemId}>
              {total.name}
            </option>
          ))}
        </select>
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          value={props.q}
          onChange={(event) => props.onFilter({ q: event.target.value })}
        />
      </div>
      <Problem error={lines.error} />
      {lines.data && rows.length === 0 ? <EmptyState title={words.noLines} /> : null}
      {rows.length > 0 ? (
        <div className="tablebox">
          <table className="data runlines" data-wideonly="4 5">
            <thead>
              <tr>
                <th>{c.unit}</th>
                <th>{c.item}</th>
                <th className="right">{c.fen}</th>
                <th className="right">{c.last}</th>
                <th>{c.difference}</th>
                <th>{c.odd}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((line) => (
                <tr key={`${line.unit.id} ${line.item.id}`}>
                  <td className="nowrap">
                    <button type="button" className="linklike num" onClick={() => setOpen(line)}>
                      {line.unit.label}
                    </button>
                  </td>
                  <td className="nowrap">{line.item.name}</td>
                  <td className="right num">
                    <b>{line.explanation.length === 0 ? '–' : yuanOfFen(line.fen)}</b>
                  </td>
                  <td className="right num">{line.lastFen === null ? '–' : yuanOfFen(line.lastFen)}</td>
                  <td className="anywhere muted">{line.fault ?? line.difference}</td>
                  <td>
                    {line.odd.map((kind) => (
                      <span key={kind} className="tag raised">
                        {oddWords[kind]}
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {lines.hasNextPage ? (
        <div className="tablefoot">
          <button
            type="button"
            className="btn"
            disabled={lines.isFetchingNextPage}
            onClick={() => void lines.fetchNextPage()}
          >
            {words.more}
          </button>
        </div>
      ) : null}
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open === null ? '' : `${open.unit.label} · ${open.item.name}`}
        size={420}
        destroyOnHidden
      >
        {open === null ? null : <Explained line={open} month={run.month} />}
      </Drawer>
    </Card>
  );
}

function Explained({ line, month }: { line: RunLineView; month: string }) {
  return (
    <div className="stack">
      <p>
        <span className="muted num">{month}</span> <b className="num runbig">{yuanOfFen(line.fen)}</b>
      </p>
      {line.fault === null ? null : (
        <p className="notice warn">
          {words.fault}：{line.fault}
        </p>
      )}
      {line.explanation.length === 0 ? null : (
        <section>
          <h3>{words.explainTitle}</h3>
          <ul className="explained num">
            {line.explanation.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {line.difference === '' ? null : <p className="anywhere">{line.difference}</p>}
      {line.shares.length === 0 ? null : (
        <section>
          <h3>{words.payer}</h3>
          <ul className="explained">
            {line.shares.map((share) => (
              <li key={`${share.payer.role} ${share.payer.partyId}`}>
                {payerWords[share.payer.role]} {share.name === '' ? words.noPayer : share.name}{' '}
                <b className="num">{yuanOfFen(share.amountFen)}</b>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
