// Charge items 收费项目: what is charged at which price from which day, what is agreed for single units, and the notice that
// says when and where to pay (MN1, MN3).
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { chargeKindWords, payerWords, roundingWords } from '../charge.words.ts';
import {
  type ChargeItemView,
  type ChargeTermView,
  chargeItemRoutes,
  type VersionView,
} from '../charge-item.contract.ts';
import { termKindWords } from '../charge-item.words.ts';
import { ruleInWords, ruleKindWords, chargeItemPageWords as words } from '../charging-page.words.ts';
import { ChargeTermDialog, EndTermDialog } from './parts/ChargeTermDialog.tsx';
import { ItemDialog, PriceDialog } from './parts/ItemDialogs.tsx';
import { SettingsCard } from './parts/SettingsCard.tsx';
import './charging.css';

const codecs = { item: textCodec() };
type Open =
  | { dialog: 'item'; item: ChargeItemView | null }
  | { dialog: 'price'; item: ChargeItemView }
  | { dialog: 'take-back'; item: ChargeItemView; version: VersionView }
  | { dialog: 'term' }
  | { dialog: 'end' | 'remove'; term: ChargeTermView };

export function ChargeItemsScreen() {
  const { id: communityId, name } = useCommunity();
  const client = useQueryClient();
  const mayEdit = useMay()('charge-item.edit');
  const [address, setAddress] = useAddressState(codecs);
  const [open, setOpen] = useState<Open | null>(null);
  const params = { communityId };
  const items = useQuery({
    queryKey: ['charge-item', communityId],
    queryFn: ({ signal }) => call(chargeItemRoutes.listChargeItems, { params, signal }),
  });
  const close = () => setOpen(null);
  const done = async (id?: string) => {
    close();
    if (id) setAddress({ item: id });
    await Promise.all(
      ['charge-item', 'charge-term'].map((noun) => client.invalidateQueries({ queryKey: [noun, communityId] })),
    );
  };
  if (items.error) return <Problem error={items.error} retry={() => void items.refetch()} />;
  if (!items.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const all = items.data.items;
  const chosen = all.find((one) => one.id === address.item) ?? null;
  const add = mayEdit ? (
    <button type="button" className="btn primary" onClick={() => setOpen({ dialog: 'item', item: null })}>
      {words.add}
    </button>
  ) : null;
  return (
    <div className="stack">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{name}</span>
        </h1>
        <span className="grow" />
        {add}
      </div>
      <p className="muted">{words.lead}</p>
      {all.length === 0 ? (
        <Card>
          <EmptyState title={words.none} action={add}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : (
        <Card flush>
          <ItemTable items={all} chosenId={chosen?.id ?? ''} onChoose={(id) => setAddress({ item: id })} />
        </Card>
      )}
      {chosen === null ? null : (
        <>
          <VersionCard
            item={chosen}
            mayEdit={mayEdit}
            onPrice={() => setOpen({ dialog: 'price', item: chosen })}
            onEdit={() => setOpen({ dialog: 'item', item: chosen })}
            onTakeBack={(version) => setOpen({ dialog: 'take-back', item: chosen, version })}
          />
          <TermCard
            communityId={communityId}
            itemId={chosen.id}
            mayEdit={mayEdit}
            onAdd={() => setOpen({ dialog: 'term' })}
            onEnd={(term) => setOpen({ dialog: 'end', term })}
            onRemove={(term) => setOpen({ dialog: 'remove', term })}
          />
        </>
      )}
      <SettingsCard communityId={communityId} mayEdit={mayEdit} />
      {open?.dialog === 'item' ? (
        <ItemDialog communityId={communityId} item={open.item} onClose={close} onDone={done} />
      ) : null}
      {open?.dialog === 'price' ? (
        <PriceDialog communityId={communityId} item={open.item} onClose={close} onDone={done} />
      ) : null}
      {open?.dialog === 'take-back' ? (
        <FormDialog
          title={words.takeBack}
          isOpen
          isRisky
          onClose={close}
          submitWord={words.takeBack}
          onSubmit={async () => {
            await call(chargeItemRoutes.removePriceVersion, {
              params: { communityId, id: open.item.id, versionId: open.version.id },
              body: {},
            });
            await done(open.item.id);
          }}
        >
          {() => <p>{words.takeBackAsk(open.version.from)}</p>}
        </FormDialog>
      ) : null}
      {open?.dialog === 'term' ? (
        <ChargeTermDialog
          communityId={communityId}
          items={all}
          itemId={chosen?.id ?? null}
          onClose={close}
          onDone={() => done()}
        />
      ) : null}
      {open?.dialog === 'end' || open?.dialog === 'remove' ? (
        <EndTermDialog
          communityId={communityId}
          term={open.term}
          does={open.dialog}
          onClose={close}
          onDone={() => done()}
        />
      ) : null}
    </div>
  );
}

function ItemTable(props: { items: readonly ChargeItemView[]; chosenId: string; onChoose: (id: string) => void }) {
  const today = dayOf(serverNow());
  const c = words.columns;
  return (
    <div className="tablebox">
      <table className="data chargeitems" data-wideonly="1 3 5 6">
        <thead>
          <tr>
            <th>{c.code}</th>
            <th>{c.name}</th>
            <th>{c.kind}</th>
            <th>{c.price}</th>
            <th>{c.applies}</th>
            <th>{c.due}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((item) => {
            const now = item.versions.find((one) => one.isInForce);
            const next = item.versions.findLast((one) => one.from > today);
            return (
              <tr key={item.id} aria-current={item.id === props.chosenId ? 'true' : undefined}>
                <td className="num">
                  {item.isMadeByProgram ? <span className="faint">{words.noCode}</span> : item.code}
                </td>
                <td>
                  <button type="button" className="linklike" onClick={() => props.onChoose(item.id)}>
                    {item.name}
                  </button>
                  {item.isMadeByProgram ? (
                    <span className="tag" title={words.byProgramTitle}>
                      {words.byProgram}
                    </span>
                  ) : null}
                  {item.retiredOn === null ? null : <span className="tag">{words.retired(item.retiredOn)}</span>}
                </td>
                <td className="nowrap">{chargeKindWords[item.kind]}</td>
                <td className="anywhere num">
                  {now ? (
                    ruleInWords(now.rule)
                  ) : (
                    <span className="faint">
                      {item.isMadeByProgram ? words.priceElsewhere(item.kind) : words.noPrice}
                    </span>
                  )}
                  {next ? <span className="tag accent">{words.next(next.from)}</span> : null}
                </td>
                <td>
                  {item.isMadeByProgram
                    ? words.onItsOwn
                    : `${item.appliesTo === 'listed' ? words.listed : words.all} · ${words.months(item.months)}`}
                </td>
                <td className="num nowrap">{words.dueDay(item.dueDay)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function VersionCard(props: {
  item: ChargeItemView;
  mayEdit: boolean;
  onPrice: () => void;
  onEdit: () => void;
  onTakeBack: (version: VersionView) => void;
}) {
  const { item } = props;
  const today = dayOf(serverNow());
  return (
    <Card
      title={`${item.name} · ${words.versions}`}
      flush
      actions={
        props.mayEdit ? (
          <span className="row wrap">
            <button type="button" className="btn" onClick={props.onEdit}>
              {words.edit}
            </button>
            <button type="button" className="btn primary" onClick={props.onPrice}>
              {words.newVersion}
            </button>
          </span>
        ) : undefined
      }
    >
      <ul className="priceversions">
        {item.versions.map((version) => (
          <li key={version.id} className={version.isInForce ? 'now' : undefined}>
            <div className="row wrap">
              <b className="num">{version.from}</b>
              <span className={version.isInForce ? 'tag good' : 'tag'}>
                {version.isInForce ? words.inForce : version.from > today ? words.future : words.past}
              </span>
              <span className="faint">{ruleKindWords[version.rule.kind]}</span>
              <span className="grow" />
              {props.mayEdit && version.isRemovable ? (
                <button type="button" className="btn quiet" onClick={() => props.onTakeBack(version)}>
                  {words.takeBack}
                </button>
              ) : null}
            </div>
            <p className="anywhere num">{ruleInWords(version.rule)}</p>
            <p className="muted anywhere">
              {roundingWords[version.rounding]} · {payerWords[version.payer]}
              {version.unsoldPercent === 100 ? '' : ` · ${words.unsoldPays(version.unsoldPercent)}`}
              {version.vacantPercent === 100 ? '' : ` · ${words.vacantPays(version.vacantPercent)}`}
              {version.note === '' ? '' : ` · ${version.note}`}
              {version.enteredBy === null ? '' : ` · ${version.enteredBy.name}`}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function TermCard(props: {
  communityId: string;
  itemId: string;
  mayEdit: boolean;
  onAdd: () => void;
  onEnd: (term: ChargeTermView) => void;
  onRemove: (term: ChargeTermView) => void;
}) {
  const { communityId, itemId } = props;
  const terms = useQuery({
    queryKey: ['charge-term', communityId, itemId],
    queryFn: ({ signal }) =>
      call(chargeItemRoutes.listChargeTerms, { params: { communityId }, query: { itemId }, signal }),
  });
  const c = words.termColumns;
  return (
    <Card
      title={words.terms}
      flush
      actions={
        props.mayEdit ? (
          <button type="button" className="btn" onClick={props.onAdd}>
            {words.addTerm}
          </button>
        ) : undefined
      }
    >
      <Problem error={terms.error} />
      {terms.data?.items.length === 0 ? <p className="body muted">{words.noTerms}</p> : null}
      {terms.data && terms.data.items.length > 0 ? (
        <div className="tablebox">
          <table className="data" data-wideonly="5">
            <thead>
              <tr>
                <th>{c.unit}</th>
                <th>{c.what}</th>
                <th>{c.from}</th>
                <th>{c.until}</th>
                <th>{c.reason}</th>
                <th aria-label={words.removeTerm} />
              </tr>
            </thead>
            <tbody>
              {terms.data.items.map((term) => (
                <tr key={term.id}>
                  <td className="num nowrap">{term.unit.label}</td>
                  <td className="anywhere">
                    {termKindWords[term.kind]} <span className="num">{words.termWhat(term)}</span>
                  </td>
                  <td className="num nowrap">{term.from}</td>
                  <td className="num nowrap">{term.until ?? words.open}</td>
                  <td className="anywhere muted">{term.reason}</td>
                  <td className="nowrap">
                    {props.mayEdit ? (
                      <>
                        <button type="button" className="btn quiet" onClick={() => props.onEnd(term)}>
                          {words.endTerm}
                        </button>
                        <button type="button" className="btn quiet" onClick={() => props.onRemove(term)}>
                          {words.removeTerm}
                        </button>
                      </>
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Card>
  );
}
