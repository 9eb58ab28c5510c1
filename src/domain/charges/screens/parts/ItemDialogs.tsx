// The dialogs of a charge item: a new one with its first price, its facts amended, a price from a day on.
import { useState } from 'react';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { unitUsages } from '../../../places/import.contract.ts';
import { chargeKinds, type Rounding, roundings } from '../../charge.contract.ts';
import { chargeKindWords, roundingWords } from '../../charge.words.ts';
import { type ChargeItemView, chargeItemRoutes } from '../../charge-item.contract.ts';
import { usageWords, chargeItemPageWords as words } from '../../charging-page.words.ts';
import { draftOf, emptyDraft, type RuleDraft, ruleOf } from '../../rule-draft.rules.ts';
import { RuleFields } from './RuleFields.tsx';

const w = words.form;
type Fault = (path: string) => string | undefined;

type PriceDraft = {
  from: Day | null;
  rule: RuleDraft;
  rounding: Rounding;
  payer: 'owner' | 'lessee';
  unsold: string;
  vacant: string;
  note: string;
};
const monthAfter = (day: Day): Day => {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
};
const newPrice = (item: ChargeItemView | null): PriceDraft => {
  const last = item?.versions[0];
  const today = dayOf(serverNow());
  return {
    from: item === null ? `${today.slice(0, 7)}-01` : monthAfter(today),
    rule: last ? draftOf(last.rule) : emptyDraft,
    rounding: last?.rounding ?? 'fen',
    payer: last?.payer ?? 'owner',
    unsold: String(last?.unsoldPercent ?? 100),
    vacant: String(last?.vacantPercent ?? 100),
    note: '',
  };
};
const percentOf = (typed: string): number | null => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : null);

/** What the interface takes, or null where a field is no number. */
function bodyOf(draft: PriceDraft) {
  const { rule } = ruleOf(draft.rule);
  const [unsoldPercent, vacantPercent] = [percentOf(draft.unsold), percentOf(draft.vacant)];
  if (rule === null || draft.from === null || unsoldPercent === null || vacantPercent === null) return null;
  const { from, rounding, payer, note } = draft;
  return { from, rule, rounding, payer, unsoldPercent, vacantPercent, note };
}

function PriceFields(props: {
  draft: PriceDraft;
  set: (change: Partial<PriceDraft>) => void;
  fault: Fault;
  path: string;
  showsBad: boolean;
}) {
  const { draft, set, fault, path } = props;
  return (
    <>
      <DayField label={w.from} value={draft.from} onChange={(from) => set({ from })} fault={fault(`${path}from`)} />
      <RuleFields
        draft={draft.rule}
        onChange={(rule) => set({ rule })}
        bad={props.showsBad ? (ruleOf(draft.rule).bad ?? []) : []}
        fault={fault}
        path={`${path}rule`}
      />
      <div className="pair">
        <SelectField
          label={w.rounding}
          value={draft.rounding}
          onChange={(value) => set({ rounding: value as Rounding })}
        >
          {roundings.map((one) => (
            <option key={one} value={one}>
              {roundingWords[one]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={w.payer}
          value={draft.payer}
          onChange={(value) => set({ payer: value as PriceDraft['payer'] })}
        >
          <option value="owner">{w.payers.owner}</option>
          <option value="lessee">{w.payers.lessee}</option>
        </SelectField>
      </div>
      <div className="pair">
        <Field
          label={w.unsold}
          inputMode="numeric"
          value={draft.unsold}
          onChange={(event) => set({ unsold: event.target.value })}
          fault={props.showsBad && percentOf(draft.unsold) === null ? w.badNumber : fault(`${path}unsoldPercent`)}
        />
        <Field
          label={w.vacant}
          inputMode="numeric"
          value={draft.vacant}
          onChange={(event) => set({ vacant: event.target.value })}
          fault={props.showsBad && percentOf(draft.vacant) === null ? w.badNumber : fault(`${path}vacantPercent`)}
        />
      </div>
      <Field
        label={w.note}
        maxLength={300}
        value={draft.note}
        onChange={(event) => set({ note: event.target.value })}
        fault={fault(`${path}note`)}
      />
    </>
  );
}

const priceShown = (path: string) => [
  ...['from', 'unsoldPercent', 'vacantPercent', 'note'].map((field) => `${path}${field}`),
  ...['text', 'priceTenThousandths', 'amountFen', 'surchargeFen'].map((field) => `${path}rule.${field}`),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((place) => `${path}rule.tiers.${place}.upToThousandths`),
];

type Facts = Pick<ChargeItemView, 'name' | 'months' | 'usages' | 'appliesTo'> & { dueDay: string };

function ItemFields(props: { facts: Facts; set: (change: Partial<Facts>) => void; fault: Fault }) {
  const { facts, set, fault } = props;
  const flip = <One,>(all: readonly One[], one: One) =>
    all.includes(one) ? all.filter((kept) => kept !== one) : [...all, one];
  return (
    <>
      <div className="pair">
        <SelectField
          label={w.appliesTo}
          value={facts.appliesTo}
          onChange={(value) => set({ appliesTo: value as Facts['appliesTo'] })}
        >
          <option value="all">{words.all}</option>
          <option value="listed">{words.listed}</option>
        </SelectField>
        <Field
          label={w.dueDay}
          inputMode="numeric"
          value={facts.dueDay}
          onChange={(event) => set({ dueDay: event.target.value })}
          fault={fault('dueDay')}
        />
      </div>
      <fieldset className="ticks">
        <legend>{w.usages}</legend>
        {unitUsages.map((usage) => (
          <label key={usage} className="row">
            <input
              type="checkbox"
              checked={facts.usages.includes(usage)}
              onChange={() => set({ usages: flip(facts.usages, usage) })}
            />
            {usageWords[usage]}
          </label>
        ))}
      </fieldset>
      <fieldset className="ticks">
        <legend>{w.months}</legend>
        {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => (
          <label key={month} className="row">
            <input
              type="checkbox"
              checked={facts.months.includes(month)}
              onChange={() => set({ months: flip(facts.months, month).sort((a, b) => a - b) })}
            />
            {month}
          </label>
        ))}
      </fieldset>
    </>
  );
}

export function ItemDialog(props: {
  communityId: string;
  item: ChargeItemView | null;
  onClose: () => void;
  onDone: (id: string) => Promise<unknown>;
}) {
  const { item } = props;
  const attempt = useIdempotencyKey();
  const [code, setCode] = useState(item?.code ?? '');
  const [kind, setKind] = useState<ChargeItemView['kind']>(item?.kind ?? 'management');
  const [facts, setFacts] = useState<Facts>({
    name: item?.name ?? '',
    months: item?.months ?? [],
    usages: item?.usages ?? [],
    appliesTo: item?.appliesTo ?? 'all',
    dueDay: String(item?.dueDay ?? 25),
  });
  const [retiredOn, setRetired] = useState<Day | null>(item?.retiredOn ?? null);
  const [price, setPrice] = useState<PriceDraft>(() => newPrice(null));
  const [showsBad, setShowsBad] = useState(false);
  const submit = async () => {
    const dueDay = Number(facts.dueDay) || 0;
    if (item !== null) {
      const kept = await call(chargeItemRoutes.amendChargeItem, {
        params: { communityId: props.communityId, id: item.id },
        body: { ...facts, dueDay, retiredOn, version: item.version },
        key: attempt.key,
      });
      await props.onDone(kept.id);
      return;
    }
    setShowsBad(true);
    const first = bodyOf(price);
    if (first === null) return;
    const made = await call(chargeItemRoutes.createChargeItem, {
      params: { communityId: props.communityId },
      body: { code, kind, ...facts, dueDay, first },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone(made.id);
  };
  return (
    <FormDialog
      title={item === null ? words.add : words.edit}
      isOpen
      widthPx={640}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={w.save}
      isReady={code.trim() !== '' && facts.name.trim() !== ''}
      shownFields={['code', 'name', 'dueDay', 'retiredOn', ...priceShown('first.')]}
    >
      {(fault) => (
        <>
          {item === null ? (
            <div className="pair">
              <Field
                label={w.code}
                maxLength={20}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                fault={fault('code')}
              />
              <SelectField label={w.kind} value={kind} onChange={(value) => setKind(value as ChargeItemView['kind'])}>
                {chargeKinds.map((one) => (
                  <option key={one} value={one}>
                    {chargeKindWords[one]}
                  </option>
                ))}
              </SelectField>
            </div>
          ) : null}
          <Field
            label={w.name}
            maxLength={60}
            value={facts.name}
            onChange={(event) => setFacts({ ...facts, name: event.target.value })}
            fault={fault('name')}
          />
          <ItemFields facts={facts} set={(change) => setFacts({ ...facts, ...change })} fault={fault} />
          {item === null ? (
            <PriceFields
              draft={price}
              set={(change) => setPrice({ ...price, ...change })}
              fault={fault}
              path="first."
              showsBad={showsBad}
            />
          ) : (
            <DayField label={w.retiredOn} value={retiredOn} onChange={setRetired} fault={fault('retiredOn')} />
          )}
        </>
      )}
    </FormDialog>
  );
}

export function PriceDialog(props: {
  communityId: string;
  item: ChargeItemView;
  onClose: () => void;
  onDone: (id: string) => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [price, setPrice] = useState<PriceDraft>(() => newPrice(props.item));
  const [showsBad, setShowsBad] = useState(false);
  const submit = async () => {
    setShowsBad(true);
    const body = bodyOf(price);
    if (body === null) return;
    await call(chargeItemRoutes.addPriceVersion, {
      params: { communityId: props.communityId, id: props.item.id },
      body,
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone(props.item.id);
  };
  return (
    <FormDialog
      title={`${props.item.name} · ${words.newVersion}`}
      isOpen
      widthPx={640}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={w.save}
      shownFields={priceShown('')}
    >
      {(fault) => (
        <PriceFields
          draft={price}
          set={(change) => setPrice({ ...price, ...change })}
          fault={fault}
          path=""
          showsBad={showsBad}
        />
      )}
    </FormDialog>
  );
}
