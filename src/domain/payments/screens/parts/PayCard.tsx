// The till 收款: the sum in figures and capitals, how it is paid, what was laid on the counter and what goes back.
import type { RefObject } from 'react';
import { capitalsOfFen } from '../../../../kernel/capitals.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { methods } from '../../../ledger/ledger.contract.ts';
import { methodWords } from '../../../ledger/ledger.words.ts';
import { counterWords as words } from '../../counter.words.ts';
import type { Due } from '../../payment.contract.ts';
import type { CounterDraft, Reckoned } from '../counterDraft.ts';

export type News = {
  /** The sum of what is open, before and now. */
  change: { fromFen: number; toFen: number } | null;
  seen(): void;
  /** What changes until it is settled is done here. */
  expect(): void;
  settle(): void;
};

export function PayCard(props: {
  due: Due;
  draft: CounterDraft;
  reckoned: Reckoned;
  isBusy: boolean;
  error: unknown;
  news: News;
  formRef: RefObject<HTMLFormElement | null>;
  amountRef: RefObject<HTMLInputElement | null>;
  tenderedRef: RefObject<HTMLInputElement | null>;
  onChange: (more: Partial<CounterDraft>) => void;
  onTake: () => void;
}) {
  const { due, draft, reckoned, onChange } = props;
  const fen = reckoned.amountFen;
  const faultOf = (code: Reckoned['amountFault']) => (code === null ? undefined : words.amountFaults[code]);
  const isUntouched = draft.amount.trim() === '' && reckoned.chargesFen === 0;
  const tenderedFault =
    reckoned.tenderedFault === 'too-little' ? words.tooLittle : faultOf(reckoned.tenderedFault ?? null);
  const secondFault = reckoned.secondFault === 'too-much' ? words.secondTooMuch : faultOf(reckoned.secondFault ?? null);
  return (
    <form
      ref={props.formRef}
      className="card paycard"
      aria-label={words.take}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onTake();
      }}
    >
      {props.news.change ? (
        <div className="paynews" role="alert">
          <b>{words.newsTitle}</b>
          <span>{words.news(words.yuan(props.news.change.fromFen), words.yuan(props.news.change.toFen))}</span>
          <button type="button" className="btn" onClick={props.news.seen}>
            {words.newsSeen} <kbd>Enter</kbd>
          </button>
        </div>
      ) : null}
      <div className="paysum">
        <div className="faint">{words.thisTime(draft.ticked.size)}</div>
        <output className="paybig num">¥ {fen === null ? '—' : words.yuan(fen)}</output>
        <div className="muted capitals">{fen === null ? '' : capitalsOfFen(fen)}</div>
        {reckoned.restFen > 0 && fen !== null ? (
          <span className="tag high">{words.partial(words.yuan(reckoned.restFen))}</span>
        ) : null}
        {reckoned.restFen < 0 ? <span className="tag accent">{words.ahead(words.yuan(-reckoned.restFen))}</span> : null}
      </div>
      <fieldset className="paymethods" aria-label={words.methods}>
        {methods.map((method, at) => (
          <label key={method} className={draft.method === method ? 'paymethod on' : 'paymethod'}>
            <input
              type="radio"
              name="method"
              className="unseen"
              checked={draft.method === method}
              onChange={() => onChange({ method, tendered: '' })}
            />
            {methodWords[method]}
            <kbd>{at + 1}</kbd>
          </label>
        ))}
      </fieldset>
      <div className="payfields">
        <MoneyField
          label={words.amount}
          hotkey="E"
          hint={words.amountHint}
          inputRef={props.amountRef}
          value={draft.amount}
          placeholder={words.yuan(reckoned.chargesFen)}
          fault={isUntouched ? undefined : faultOf(reckoned.amountFault)}
          onValue={(amount) => onChange({ amount })}
        />
        {reckoned.cashFen > 0 ? (
          <>
            <MoneyField
              label={words.tendered}
              hotkey="T"
              inputRef={props.tenderedRef}
              value={draft.tendered}
              placeholder={words.yuan(reckoned.cashFen)}
              fault={tenderedFault}
              onValue={(tendered) => onChange({ tendered })}
            />
            <div className="row payline">
              <span className="muted">{words.change}</span>
              <span className="grow" />
              <output className="num change">{words.yuan(reckoned.changeFen)}</output>
            </div>
          </>
        ) : null}
        <details>
          <summary>{words.more}</summary>
          <div className="col">
            <Field
              label={words.payer}
              hint={words.payerHint}
              maxLength={60}
              value={draft.payerName}
              placeholder={due.people.find((one) => one.relation === 'owner')?.name ?? ''}
              onChange={(event) => onChange({ payerName: event.target.value })}
            />
            <SelectField
              label={words.second}
              value={draft.second}
              onChange={(second) => onChange({ second: second as CounterDraft['second'], secondAmount: '' })}
            >
              <option value="">{words.secondNone}</option>
              {methods
                .filter((method) => method !== draft.method)
                .map((method) => (
                  <option key={method} value={method}>
                    {methodWords[method]}
                  </option>
                ))}
            </SelectField>
            {draft.second === '' ? null : (
              <Field
                label={words.secondAmount}
                inputMode="decimal"
                value={draft.secondAmount}
                fault={secondFault}
                onChange={(event) => onChange({ secondAmount: event.target.value })}
              />
            )}
            <Field
              label={words.note}
              maxLength={200}
              value={draft.note}
              onChange={(event) => onChange({ note: event.target.value })}
            />
            <label className="row">
              <input
                type="checkbox"
                checked={draft.isDoorstep}
                onChange={(event) => onChange({ isDoorstep: event.target.checked })}
              />
              {words.doorstep}
            </label>
          </div>
        </details>
        <Problem error={props.error} />
        <button
          type="submit"
          className="btn primary wide paytake"
          aria-busy={props.isBusy}
          disabled={due.book === null && !draft.isDoorstep}
        >
          {props.isBusy ? words.taking : words.take} <kbd>Enter</kbd>
        </button>
        <p className="faint payfine">
          {words.fine}；{words.today(due.today.count, words.yuan(due.today.cashFen))}
        </p>
      </div>
    </form>
  );
}

/** On a phone the sum and the button stay in reach, however long the list is. */
export function TakeBar(props: {
  due: Due;
  draft: CounterDraft;
  reckoned: Reckoned;
  isBusy: boolean;
  onTake: () => void;
}) {
  const { draft, reckoned } = props;
  const fen = reckoned.amountFen;
  return (
    <div className="paybar">
      <div className="col">
        <span className="faint">
          {words.thisTime(draft.ticked.size)} · {methodWords[draft.method]}
          {draft.isDoorstep ? ` · ${words.atDoor}` : ''}
        </span>
        <b className="num">{fen === null ? '—' : words.sum(words.yuan(fen))}</b>
      </div>
      <button
        type="button"
        className="btn primary"
        aria-busy={props.isBusy}
        disabled={props.due.book === null && !draft.isDoorstep}
        onClick={props.onTake}
      >
        {props.isBusy ? words.taking : words.take}
      </button>
    </div>
  );
}

function MoneyField(props: {
  label: string;
  hotkey: string;
  hint?: string;
  inputRef: RefObject<HTMLInputElement | null>;
  value: string;
  placeholder: string;
  fault?: string | undefined;
  onValue: (value: string) => void;
}) {
  return (
    <div className="field payfield">
      <label className="row" htmlFor={`pay${props.hotkey}`}>
        {props.label} <kbd>{props.hotkey}</kbd>
      </label>
      <input
        id={`pay${props.hotkey}`}
        ref={props.inputRef}
        className="num"
        inputMode="decimal"
        autoComplete="off"
        value={props.value}
        placeholder={props.placeholder}
        aria-invalid={props.fault === undefined ? undefined : true}
        aria-describedby={`pay${props.hotkey}say`}
        onChange={(event) => props.onValue(event.target.value)}
      />
      <span id={`pay${props.hotkey}say`} className={props.fault === undefined ? 'hint' : 'fault'}>
        {props.fault ?? props.hint ?? ''}
      </span>
    </div>
  );
}
