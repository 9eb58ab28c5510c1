// Billing 出账: a month previewed with its differences and odd ones, submitted, approved by another, posted with progress (MN2).
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { yuanOfFen } from '../../../kernel/money.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { type BillingRunView, billingRunRoutes } from '../billing-run.contract.ts';
import { billingRunStateWords } from '../billing-run.words.ts';
import { chargeItemRoutes } from '../charge-item.contract.ts';
import { billingPageWords as words } from '../charging-page.words.ts';
import { RunHead } from './parts/RunHead.tsx';
import { RunLines } from './parts/RunLines.tsx';
import './charging.css';

const codecs = { run: textCodec(), odd: textCodec(), item: textCodec(), q: textCodec() };
const askAgainMs = 1_000;
const isWorking = (run: BillingRunView) => run.state === 'posting' || (run.state === 'preview' && !run.isComputed);

export function BillingScreen() {
  const { id: communityId, name } = useCommunity();
  const client = useQueryClient();
  const mayMove = useMay()('billing-run.move');
  const [address, setAddress] = useAddressState(codecs);
  const [isMaking, setMaking] = useState(false);
  const runs = useQuery({
    queryKey: ['billing-run', communityId, 'list'],
    queryFn: ({ signal }) => call(billingRunRoutes.listBillingRuns, { params: { communityId }, query: {}, signal }),
  });
  const chosenId = address.run || runs.data?.items[0]?.id || '';
  const run = useQuery({
    queryKey: ['billing-run', communityId, 'one', chosenId],
    enabled: chosenId !== '',
    queryFn: ({ signal }) => call(billingRunRoutes.readBillingRun, { params: { communityId, id: chosenId }, signal }),
    refetchInterval: ({ state }) => (state.data && isWorking(state.data) ? askAgainMs : false),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['billing-run', communityId] });
  if (runs.error) return <Problem error={runs.error} retry={() => void refresh()} />;
  if (!runs.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const make = mayMove ? (
    <button type="button" className="btn primary" onClick={() => setMaking(true)}>
      {words.make}
    </button>
  ) : null;
  return (
    <div className="stack">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{name}</span>
        </h1>
        <span className="grow" />
        {make}
      </div>
      <p className="muted">{words.lead}</p>
      {runs.data.items.length === 0 ? (
        <Card>
          <EmptyState title={words.none} action={make}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : null}
      <Problem error={run.error} />
      {run.data ? (
        <>
          <RunHead run={run.data} onMoved={refresh} />
          <RunLines
            run={run.data}
            odd={address.odd}
            itemId={address.item}
            q={address.q}
            onFilter={(change) => setAddress(change)}
          />
        </>
      ) : null}
      {runs.data.items.length > 1 ? (
        <History
          runs={runs.data.items}
          chosenId={chosenId}
          onChoose={(id) => setAddress({ run: id, odd: '', item: '' })}
        />
      ) : null}
      {isMaking ? (
        <MakeDialog
          communityId={communityId}
          onClose={() => setMaking(false)}
          onDone={async (id) => {
            setMaking(false);
            setAddress({ run: id, odd: '', item: '', q: '' });
            await refresh();
          }}
        />
      ) : null}
    </div>
  );
}

function History(props: { runs: readonly BillingRunView[]; chosenId: string; onChoose: (id: string) => void }) {
  const c = words.columns;
  return (
    <Card title={words.history} flush>
      <div className="tablebox">
        <table className="data" data-wideonly="3 5 6 7">
          <thead>
            <tr>
              <th>{c.month}</th>
              <th>{c.state}</th>
              <th className="right">{c.charges}</th>
              <th className="right">{c.fen}</th>
              <th className="right">{c.difference}</th>
              <th className="right">{c.odd}</th>
              <th>{c.by}</th>
            </tr>
          </thead>
          <tbody>
            {props.runs.map((run) => (
              <tr key={run.id} aria-current={run.id === props.chosenId ? 'true' : undefined}>
                <td>
                  <button type="button" className="linklike num nowrap" onClick={() => props.onChoose(run.id)}>
                    {run.month}
                  </button>
                </td>
                <td>
                  <span className={run.state === 'posted' ? 'tag good' : 'tag'}>{billingRunStateWords[run.state]}</span>
                </td>
                <td className="right num">{run.charges}</td>
                <td className="right num">{yuanOfFen(run.fen)}</td>
                <td className="right num">{yuanOfFen(run.differenceFen)}</td>
                <td className="right num">{run.odd === 0 ? '–' : run.odd}</td>
                <td className="nowrap">
                  {run.created?.by?.name ?? ''}{' '}
                  <span className="faint num">
                    {run.created ? `${dayOf(run.created.at)} ${wallTimeOf(run.created.at).slice(0, 5)}` : ''}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function MakeDialog(props: { communityId: string; onClose: () => void; onDone: (id: string) => Promise<unknown> }) {
  const attempt = useIdempotencyKey();
  const [month, setMonth] = useState(dayOf(serverNow()).slice(0, 7));
  const [items, setItems] = useState<readonly string[]>([]);
  const known = useQuery({
    queryKey: ['charge-item', props.communityId],
    queryFn: ({ signal }) =>
      call(chargeItemRoutes.listChargeItems, { params: { communityId: props.communityId }, signal }),
  });
  const submit = async () => {
    const made = await call(billingRunRoutes.createBillingRun, {
      params: { communityId: props.communityId },
      body: { month, ...(items.length === 0 ? {} : { items: [...items] }) },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone(made.id);
  };
  return (
    <FormDialog
      title={words.make}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.makeRun}
      isReady={month !== ''}
      shownFields={['month', 'items']}
    >
      {(fault) => (
        <>
          <label className="field">
            <span className="label">{words.month}</span>
            <input type="month" value={month} onChange={(event) => setMonth(event.target.value)} />
            {fault('month') ? <span className="fault">{fault('month')}</span> : null}
          </label>
          <fieldset className="ticks">
            <legend>{words.items}</legend>
            {(known.data?.items ?? []).map((item) => (
              <label key={item.id} className="row">
                <input
                  type="checkbox"
                  checked={items.includes(item.id)}
                  onChange={() =>
                    setItems(items.includes(item.id) ? items.filter((one) => one !== item.id) : [...items, item.id])
                  }
                />
                {item.name}
              </label>
            ))}
          </fieldset>
          {fault('items') ? <span className="fault">{fault('items')}</span> : null}
        </>
      )}
    </FormDialog>
  );
}
