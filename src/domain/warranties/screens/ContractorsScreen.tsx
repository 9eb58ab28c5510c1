// Contractors 维保单位: the firms with whom to ring, what they answer for and until when, and the buildings' delivery days.
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { type Day, dayOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { DayField } from '../../../ui/DayField.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { type Contractor, type WarrantyTerm, warrantyRoutes } from '../warranty.contract.ts';
import { warrantyPageWords as words } from '../warranty.words.ts';
import { ContractorCards } from './parts/ContractorCards.tsx';
import { ContractorDialog } from './parts/ContractorDialog.tsx';
import { useCategories, useContractors, useDeliveries, useTerms } from './parts/register.ts';
import { ChangeContractorDialog, TermDialog } from './parts/TermDialog.tsx';
import { TermTable } from './parts/TermTable.tsx';
import './warranties.css';

const codecs = { tab: textCodec() };
const tabs = ['contractors', 'terms', 'deliveries'] as const;
type Open =
  | { dialog: 'contractor'; contractor: Contractor | null }
  | { dialog: 'term' }
  | { dialog: 'change' | 'remove'; term: WarrantyTerm };

export function ContractorsScreen() {
  const community = useCommunity();
  const client = useQueryClient();
  const may = useMay();
  const [address, setAddress] = useAddressState(codecs);
  const [open, setOpen] = useState<Open | null>(null);
  const tab = tabs.find((one) => one === address.tab) ?? 'contractors';
  const contractors = useContractors();
  const terms = useTerms();
  const deliveries = useDeliveries();
  const categories = useCategories();
  const today = dayOf(serverNow());
  const close = () => setOpen(null);
  const done = async () => {
    close();
    await Promise.all(
      ['contractor', 'warranty-term', 'building', 'warranty'].map((noun) =>
        client.invalidateQueries({ queryKey: [noun, community.id] }),
      ),
    );
  };
  const error = contractors.error ?? terms.error ?? deliveries.error;
  if (error) return <Problem error={error} retry={() => void done()} />;
  if (!contractors.data || !terms.data || !deliveries.data)
    return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const firms = contractors.data.items;
  const active = Object.fromEntries(
    firms.filter((one) => one.activeUntil === null || one.activeUntil >= today).map((one) => [one.id, one.name]),
  );
  const termName = (term: WarrantyTerm) =>
    [categories[term.category] ?? term.category, term.part].filter((part) => part !== null).join(' · ');
  const mayKeepFirms = may('contractor.write');
  const mayKeepTerms = may('warranty.write');
  const addFirm = mayKeepFirms ? (
    <button type="button" className="btn primary" onClick={() => setOpen({ dialog: 'contractor', contractor: null })}>
      {words.addContractor}
    </button>
  ) : null;
  const addTerm =
    mayKeepTerms && firms.length > 0 ? (
      <button type="button" className="btn primary" onClick={() => setOpen({ dialog: 'term' })}>
        {words.addTerm}
      </button>
    ) : null;
  return (
    <div className="stack">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{community.name}</span>
        </h1>
        <span className="grow" />
        <span className="row wrap no-print">
          {may('scorecard.read') ? (
            <Link className="btn" to={`/c/${community.code}/contractors/scorecard`}>
              {words.scorecard}
            </Link>
          ) : null}
          {tab === 'contractors' ? addFirm : tab === 'terms' ? addTerm : null}
        </span>
      </div>
      <p className="muted no-print">{words.lead}</p>
      <div className="row wrap no-print" role="tablist" aria-label={words.title}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={tab === one}
            className={tab === one ? 'btn primary' : 'btn'}
            onClick={() => setAddress({ tab: one === 'contractors' ? '' : one })}
          >
            {words.tabs[one]}
          </button>
        ))}
      </div>
      {tab === 'contractors' ? (
        firms.length === 0 ? (
          <Card>
            <EmptyState title={words.noContractors} action={addFirm}>
              <p>{words.noContractorsText}</p>
            </EmptyState>
          </Card>
        ) : (
          <ContractorCards
            contractors={firms}
            categories={categories}
            today={today}
            onAmend={mayKeepFirms ? (contractor) => setOpen({ dialog: 'contractor', contractor }) : null}
          />
        )
      ) : null}
      {tab === 'terms' ? (
        terms.data.items.length === 0 ? (
          <Card>
            <EmptyState title={words.noTerms} action={addTerm}>
              <p>{words.noTermsText}</p>
            </EmptyState>
          </Card>
        ) : (
          <Card flush>
            <TermTable
              terms={terms.data.items}
              categories={categories}
              today={today}
              onChange={mayKeepTerms ? (term) => setOpen({ dialog: 'change', term }) : null}
              onRemove={mayKeepTerms ? (term) => setOpen({ dialog: 'remove', term }) : null}
            />
          </Card>
        )
      ) : null}
      {tab === 'deliveries' ? <Deliveries rows={deliveries.data.items} mayKeep={mayKeepTerms} onDone={done} /> : null}
      {open?.dialog === 'contractor' ? (
        <ContractorDialog
          communityId={community.id}
          contractor={open.contractor}
          categories={categories}
          today={today}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {open?.dialog === 'term' ? (
        <TermDialog
          communityId={community.id}
          categories={categories}
          buildings={Object.fromEntries(deliveries.data.items.map((one) => [one.id, one.name]))}
          contractors={active}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {open?.dialog === 'change' ? (
        <ChangeContractorDialog
          communityId={community.id}
          term={open.term}
          name={termName(open.term)}
          contractors={active}
          today={today}
          onClose={close}
          onDone={done}
        />
      ) : null}
      {open?.dialog === 'remove' ? (
        <RemoveDialog
          communityId={community.id}
          term={open.term}
          name={termName(open.term)}
          onClose={close}
          onDone={done}
        />
      ) : null}
    </div>
  );
}

function RemoveDialog(props: {
  communityId: string;
  term: WarrantyTerm;
  name: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const submit = async () => {
    await call(warrantyRoutes.removeTerm, {
      params: { communityId: props.communityId, id: props.term.id },
      body: { version: props.term.version },
      key: attempt.key,
    });
    await props.onDone();
  };
  return (
    <FormDialog title={words.remove} isOpen isRisky onClose={props.onClose} onSubmit={submit} submitWord={words.remove}>
      {() => <p>{words.removeAsk(props.name)}</p>}
    </FormDialog>
  );
}

type DeliveryRow = { id: string; name: string; deliveredOn: Day | null; units: number; unitsWithoutDay: number };

function Deliveries(props: { rows: readonly DeliveryRow[]; mayKeep: boolean; onDone: () => Promise<unknown> }) {
  const community = useCommunity();
  const [error, setError] = useState<unknown>(null);
  const save = async (id: string, deliveredOn: Day | null) => {
    setError(null);
    try {
      await call(warrantyRoutes.setDelivery, { params: { communityId: community.id, id }, body: { deliveredOn } });
      await props.onDone();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <Card title={words.tabs.deliveries} flush>
      <div className="body">
        <p className="muted">{words.delivery.lead}</p>
        <Problem error={error} />
      </div>
      <div className="tablebox">
        <table className="data">
          <thead>
            <tr>
              <th scope="col">{words.delivery.building}</th>
              <th scope="col">{words.delivery.day}</th>
              <th scope="col">{words.delivery.units}</th>
              <th scope="col">{words.delivery.without}</th>
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.id}>
                <td>{row.name}</td>
                <td className="num">
                  {props.mayKeep ? (
                    <DayField
                      label={words.delivery.dayOf(row.name)}
                      isLabelHidden
                      value={row.deliveredOn}
                      onChange={(day) => void save(row.id, day)}
                    />
                  ) : (
                    (row.deliveredOn ?? '—')
                  )}
                </td>
                <td className="num">{row.units}</td>
                <td className="num">{row.unitsWithoutDay === 0 ? '—' : row.unitsWithoutDay}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
