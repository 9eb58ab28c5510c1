// The fields of a price rule: what is typed stays typed, a formula is read at each key and says where it stops.
import { Field } from '../../../../ui/Field.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import type { PriceRuleKind } from '../../charge.contract.ts';
import { ruleKindWords, chargeItemPageWords as words } from '../../charging-page.words.ts';
import { readFormula } from '../../formula.rules.ts';
import { formulaFaultInWords, formulaNames, formulaVariableWords } from '../../formula.words.ts';
import type { RuleDraft } from '../../rule-draft.rules.ts';

const w = words.form;

export function RuleFields(props: {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
  /** Fields of the draft that are no number. */
  bad: readonly string[];
  fault: (path: string) => string | undefined;
  path: string;
}) {
  const { draft, bad, path } = props;
  const set = (change: Partial<RuleDraft>) => props.onChange({ ...draft, ...change });
  const faultAt = (field: string, wire = field) => (bad.includes(field) ? w.badNumber : props.fault(`${path}.${wire}`));
  return (
    <>
      <SelectField label={w.ruleKind} value={draft.kind} onChange={(kind) => set({ kind: kind as PriceRuleKind })}>
        {Object.entries(ruleKindWords).map(([kind, word]) => (
          <option key={kind} value={kind}>
            {word}
          </option>
        ))}
      </SelectField>
      {draft.kind === 'area' ? (
        <SelectField
          label={w.areaOf}
          value={draft.areaOf}
          onChange={(areaOf) => set({ areaOf: areaOf as RuleDraft['areaOf'] })}
        >
          <option value="built">{w.built}</option>
          {draft.areaOf === 'inner' ? <option value="inner">{w.inner}</option> : null}
        </SelectField>
      ) : null}
      {draft.kind === 'area' || draft.kind === 'day' ? (
        <Field
          label={w.price}
          inputMode="decimal"
          value={draft.price}
          onChange={(event) => set({ price: event.target.value })}
          fault={faultAt('price', 'priceTenThousandths')}
        />
      ) : null}
      {draft.kind === 'fixed' ? (
        <Field
          label={w.amount}
          inputMode="decimal"
          value={draft.amount}
          onChange={(event) => set({ amount: event.target.value })}
          fault={faultAt('amount', 'amountFen')}
        />
      ) : null}
      {draft.kind === 'metered' ? <TierFields draft={draft} set={set} faultAt={faultAt} /> : null}
      {draft.kind === 'vehicle' ? <ClassFields draft={draft} set={set} faultAt={faultAt} /> : null}
      {draft.kind === 'formula' ? <FormulaFields draft={draft} set={set} faultAt={faultAt} /> : null}
    </>
  );
}

type Part = {
  draft: RuleDraft;
  set: (change: Partial<RuleDraft>) => void;
  faultAt: (field: string, wire?: string) => string | undefined;
};

function TierFields({ draft, set, faultAt }: Part) {
  const change = (place: number, tier: Partial<RuleDraft['tiers'][number]>) =>
    set({ tiers: draft.tiers.map((one, at) => (at === place ? { ...one, ...tier } : one)) });
  return (
    <fieldset className="rulelines">
      <legend>{w.tiers}</legend>
      {draft.tiers.map((tier, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tier is its place.
        <div className="pair" key={place}>
          <Field
            label={draft.tiers.length > 1 ? `${w.tier(place + 1)} · ${w.upTo}` : w.upTo}
            inputMode="decimal"
            value={tier.upTo}
            onChange={(event) => change(place, { upTo: event.target.value })}
            fault={faultAt(`tiers.${place}.upTo`, `tiers.${place}.upToThousandths`)}
          />
          <Field
            label={w.price}
            inputMode="decimal"
            value={tier.price}
            onChange={(event) => change(place, { price: event.target.value })}
            fault={faultAt(`tiers.${place}.price`, `tiers.${place}.priceTenThousandths`)}
          />
        </div>
      ))}
      <div className="row wrap">
        <button
          type="button"
          className="btn quiet"
          disabled={draft.tiers.length >= 8}
          onClick={() => set({ tiers: [...draft.tiers, { upTo: '', price: '' }] })}
        >
          + {w.addTier}
        </button>
        {draft.tiers.length > 1 ? (
          <button type="button" className="btn quiet" onClick={() => set({ tiers: draft.tiers.slice(0, -1) })}>
            {w.removeTier}
          </button>
        ) : null}
      </div>
      {draft.tiers.length > 1 ? (
        <SelectField
          label={w.tiersOf}
          value={draft.tiersOf}
          onChange={(tiersOf) => set({ tiersOf: tiersOf as RuleDraft['tiersOf'] })}
        >
          <option value="month">{w.month}</option>
          <option value="year">{w.year}</option>
        </SelectField>
      ) : null}
      <div className="pair">
        <SelectField
          label={w.share}
          value={draft.shareBy}
          onChange={(shareBy) => set({ shareBy: shareBy as RuleDraft['shareBy'] })}
        >
          <option value="none">{w.noShare}</option>
          {Object.entries(w.shareBy).map(([by, word]) => (
            <option key={by} value={by}>
              {word}
            </option>
          ))}
        </SelectField>
        {draft.shareBy === 'none' ? (
          <span />
        ) : (
          <Field
            label={w.sharePrice}
            inputMode="decimal"
            value={draft.sharePrice}
            onChange={(event) => set({ sharePrice: event.target.value })}
            fault={faultAt('sharePrice', 'publicShare.priceTenThousandths')}
          />
        )}
      </div>
    </fieldset>
  );
}

function ClassFields({ draft, set, faultAt }: Part) {
  const change = (place: number, one: Partial<RuleDraft['classes'][number]>) =>
    set({ classes: draft.classes.map((kept, at) => (at === place ? { ...kept, ...one } : kept)) });
  return (
    <fieldset className="rulelines">
      <legend>{w.classes}</legend>
      {draft.classes.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place until it is kept.
        <div className="pair" key={place}>
          <Field
            label={w.className}
            maxLength={30}
            value={one.name}
            onChange={(event) => change(place, { name: event.target.value })}
            fault={faultAt(`classes.${place}.name`)}
          />
          <Field
            label={w.classAmount}
            inputMode="decimal"
            value={one.amount}
            onChange={(event) => change(place, { amount: event.target.value })}
            fault={faultAt(`classes.${place}.amount`, `classes.${place}.amountFen`)}
          />
        </div>
      ))}
      <button
        type="button"
        className="btn quiet start"
        disabled={draft.classes.length >= 12}
        onClick={() =>
          set({ classes: [...draft.classes, { code: `class${draft.classes.length + 1}`, name: '', amount: '' }] })
        }
      >
        + {w.addClass}
      </button>
    </fieldset>
  );
}

/** Read as it is typed: the sentence names the place, the mark stands under it. */
function FormulaFields({ draft, set, faultAt }: Part) {
  const { fault } = readFormula(draft.text, formulaNames);
  const said = draft.text.trim() === '' ? undefined : fault === null ? undefined : formulaFaultInWords(fault);
  const insert = (name: string) => set({ text: `${draft.text}${name}` });
  return (
    <fieldset className="rulelines">
      <legend>{w.formula}</legend>
      <Field
        label={w.formula}
        value={draft.text}
        maxLength={300}
        spellCheck={false}
        onChange={(event) => set({ text: event.target.value })}
        fault={said ?? faultAt('text')}
        hint={fault === null ? <span className="formulaok">✓ {w.formulaOk}</span> : w.formulaHint}
      />
      {fault !== null && draft.text.trim() !== '' ? (
        <p className="formulaplace num" aria-hidden="true">
          {draft.text.slice(0, fault.at - 1)}
          <mark>{draft.text.slice(fault.at - 1, fault.at - 1 + Math.max(1, fault.found.length)) || '▁'}</mark>
          {draft.text.slice(fault.at - 1 + Math.max(1, fault.found.length))}
        </p>
      ) : null}
      <div className="row wrap">
        {Object.values(formulaVariableWords).map(([name]) => (
          <button key={name} type="button" className="chip" onClick={() => insert(name)}>
            {name}
          </button>
        ))}
      </div>
      <div className="pair">
        <SelectField
          label={w.gives}
          value={draft.gives}
          onChange={(gives) => set({ gives: gives as RuleDraft['gives'] })}
        >
          <option value="amount">{w.givesAmount}</option>
          <option value="quantity">{w.givesQuantity}</option>
        </SelectField>
        <Field
          label={w.priceOptional}
          inputMode="decimal"
          value={draft.price}
          onChange={(event) => set({ price: event.target.value })}
          fault={faultAt('price', 'priceTenThousandths')}
        />
      </div>
      <Field
        label={w.surcharge}
        inputMode="decimal"
        value={draft.surcharge}
        onChange={(event) => set({ surcharge: event.target.value })}
        fault={faultAt('surcharge', 'surchargeFen')}
      />
    </fieldset>
  );
}
