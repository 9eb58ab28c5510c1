// The fields of a record 回访记录, for desk and door alike: five questions, the verdict with what will follow, how the
// customer was asked, and the signature.
import type { ReactNode } from 'react';
import { Sign } from '../../../../ui/Sign.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { roleWords } from '../../../access/role.words.ts';
import { SignaturePad } from '../../../cases/screens/parts/SignaturePad.tsx';
import { type FollowUp, followUpChannels } from '../../follow-up.contract.ts';
import { followUpChannelWords, questionWords, verdictWords } from '../../follow-up.words.ts';
import { recordWords as words } from '../../follow-up-page.words.ts';
import {
  consequencesOf,
  type Faults,
  needsReason,
  needsSignature,
  type RecordDraft,
  stepQuestions,
} from '../recordDraft.ts';
import { useStandardDocument } from '../useFollowUps.ts';
import { Steps } from './Steps.tsx';

const answers = ['acceptable', 'not-acceptable'] as const;

export function RecordFields(props: {
  followUp: FollowUp;
  draft: RecordDraft;
  set: (changes: Partial<RecordDraft>) => void;
  faults: Faults;
  /** Choosing photos differs between desk and phone. */
  photos: ReactNode;
}) {
  const { followUp, draft, set, faults } = props;
  const faultOf = (field: keyof RecordDraft) => {
    const fault = faults[field];
    return fault === undefined ? undefined : words.faults[fault];
  };
  const isFailed = draft.verdict === 'not-acceptable';
  const next = (from: HTMLElement) =>
    from.nextElementSibling?.querySelector<HTMLElement>('input:checked, input, textarea')?.focus();
  return (
    <>
      {stepQuestions.map((question) => (
        <Steps
          key={question}
          name={question}
          label={questionWords[question]}
          value={draft[question]}
          fault={faultOf(question)}
          onValue={(value) => set({ [question]: value })}
          onNext={next}
        />
      ))}
      <fieldset className="choices inline verdict">
        <legend>{words.verdict}</legend>
        {answers.map((answer) => (
          <label key={answer} className="choice">
            <input
              type="radio"
              name={`verdict${followUp.id}`}
              checked={draft.verdict === answer}
              onChange={() => set({ verdict: answer })}
            />
            {verdictWords[answer]}
          </label>
        ))}
        {faultOf('verdict') === undefined ? null : <span className="fault">{faultOf('verdict')}</span>}
      </fieldset>
      {isFailed ? <Consequences followUp={followUp} /> : null}
      <TextBox
        label={isFailed ? words.lackingAsk : questionWords.lacking}
        isOptional={!isFailed}
        placeholder={words.lackingPlaceholder}
        maxLength={5000}
        value={draft.lacking}
        fault={faultOf('lacking')}
        onText={(lacking) => set({ lacking })}
      />
      <TextBox
        label={questionWords.suggestions}
        isOptional
        placeholder={words.suggestionsPlaceholder}
        maxLength={5000}
        value={draft.suggestions}
        onText={(suggestions) => set({ suggestions })}
      />
      <fieldset className="choices inline">
        <legend>
          {words.channel}{' '}
          <span className="faint">
            {followUp.asks.signature
              ? words.asked.signed
              : followUp.asks.channel === 'in-person'
                ? words.asked.inPerson
                : words.asked.phone}
          </span>
        </legend>
        {followUpChannels.map((channel) => (
          <label key={channel} className="choice">
            <input
              type="radio"
              name={`channel${followUp.id}`}
              checked={draft.channel === channel}
              onChange={() => set({ channel })}
            />
            {followUpChannelWords[channel]}
          </label>
        ))}
      </fieldset>
      {needsReason(draft, followUp) ? (
        <div className="col">
          <TextBox
            label={words.reason}
            rows={1}
            value={draft.reason}
            fault={faultOf('reason')}
            onText={(reason) => set({ reason })}
          />
          <span className="row wrap">
            {words.usualReasons.map((reason) => (
              <button key={reason} type="button" className="chip" onClick={() => set({ reason })}>
                {reason}
              </button>
            ))}
          </span>
        </div>
      ) : null}
      {draft.channel === 'in-person' ? (
        <div className="field">
          <span className="label">{words.signature}</span>
          <SignaturePad value={draft.signature} onChange={(signature) => set({ signature })} />
          {needsSignature(draft, followUp) ? <span className="hint">{words.slip}</span> : null}
          {props.photos}
          {faultOf('signature') === undefined ? null : <span className="fault">{faultOf('signature')}</span>}
        </div>
      ) : null}
    </>
  );
}

/** FU4, said before it is done: nobody is to be surprised by a complaint. */
function Consequences({ followUp }: { followUp: FollowUp }) {
  const tells = useStandardDocument()?.followUp.notAcceptableTells.value ?? [];
  const inWords = (one: ReturnType<typeof consequencesOf>[number]): string => {
    if (one === 'rework') return words.consequence.rework(followUp.caseCode);
    return one === 'told' ? words.consequence.told(tells.map((role) => roleWords[role])) : words.consequence[one];
  };
  return (
    <div className="notice warn" role="status">
      <Sign name="warning" />
      <div className="grow">
        <b>{words.consequences}</b>
        <ul>
          {consequencesOf(followUp).map((one) => (
            <li key={one}>{inWords(one)}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
