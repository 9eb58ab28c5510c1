// One sealed field of a person: masked, shown for a purpose and a limited time, then masked again by itself (PR1).
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { Instant } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { useNowMs } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { lengthInDigits, uiWords } from '../../../../ui/ui.words.ts';
import { type RevealField as Field, partyRoutes } from '../../party.contract.ts';
import { revealFieldWords } from '../../party.words.ts';
import { revealWords } from '../../reveal.words.ts';

const words = revealWords;
const shortestPurpose = 2;

export function RevealField(props: {
  communityId: string;
  partyId: string;
  /** Whose it is, for those who hear the buttons. */
  name: string;
  field: Field;
  masked: string | null;
  mayReveal: boolean;
}) {
  const { communityId, partyId, name, field, masked, mayReveal } = props;
  const [shown, setShown] = useState<{ value: string; until: Instant } | null>(null);
  const [asks, setAsks] = useState(false);
  const [purpose, setPurpose] = useState('');
  const now = useNowMs(shown !== null);
  const isOver = shown !== null && Date.parse(shown.until) <= now;
  useEffect(() => {
    if (isOver) setShown(null);
  }, [isOver]);

  if (masked === null) return <span className="faint">{words.none}</span>;
  const ask = (usual: string) => {
    setPurpose(usual);
    setAsks(true);
  };
  if (shown !== null && !isOver)
    return (
      <span className="reveal">
        {field === 'phone' ? (
          <a className="num revealed" href={`tel:${shown.value}`} aria-label={words.callOf(name)}>
            {shown.value}
          </a>
        ) : (
          <b className="num revealed">{shown.value}</b>
        )}
        {field === 'phone' ? (
          <a className="linklike" href={`tel:${shown.value}`}>
            {words.call}
          </a>
        ) : null}
        <button type="button" className="linklike" onClick={() => setShown(null)}>
          {words.hide}
        </button>
        <span className="faint num">{words.left(lengthInDigits(Date.parse(shown.until) - now))}</span>
      </span>
    );
  return (
    <span className="reveal">
      <span className="num">{masked}</span>
      {mayReveal && !asks ? (
        <>
          <button
            type="button"
            className="linklike"
            aria-label={words.showOf(revealFieldWords[field], name)}
            onClick={() => ask('')}
          >
            {words.show}
          </button>
          {field === 'phone' ? (
            <button
              type="button"
              className="linklike"
              aria-label={words.callOf(name)}
              onClick={() => ask(words.callPurpose)}
            >
              {words.call}
            </button>
          ) : null}
        </>
      ) : null}
      {asks ? (
        <PurposeForm
          purpose={purpose}
          onPurpose={setPurpose}
          onCancel={() => setAsks(false)}
          onReveal={async () => {
            const answer = await call(partyRoutes.revealPartyField, {
              params: { communityId, id: partyId },
              body: { field, purpose: purpose.trim() },
            });
            setShown(answer);
            setAsks(false);
          }}
        />
      ) : null}
    </span>
  );
}

function PurposeForm(props: {
  purpose: string;
  onPurpose: (purpose: string) => void;
  onReveal: () => Promise<void>;
  onCancel: () => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => input.current?.focus(), []);
  const isMissing = props.purpose.trim().length < shortestPurpose;
  const submit = async () => {
    setTried(true);
    if (isMissing || isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await props.onReveal();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    // Neither the form nor the dialog around it is meant.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') void submit();
    else props.onCancel();
  };
  return (
    // Not a form of its own: it may stand within one.
    <div className="purpose col">
      <div className="field">
        <label htmlFor={id}>{words.purpose}</label>
        <input
          ref={input}
          id={id}
          value={props.purpose}
          maxLength={200}
          aria-invalid={isTried && isMissing ? true : undefined}
          aria-describedby={`${id}hint`}
          onChange={(event) => props.onPurpose(event.target.value)}
          onKeyDown={onKey}
        />
        <span className="usual row wrap">
          {words.usual.map((one) => (
            <button key={one} type="button" className="chip" onClick={() => props.onPurpose(one)}>
              {one}
            </button>
          ))}
        </span>
        <span id={`${id}hint`} className={isTried && isMissing ? 'fault' : 'hint'}>
          {isTried && isMissing ? words.missingPurpose : words.purposeHint}
        </span>
      </div>
      <Problem error={error} />
      <div className="row">
        <button type="button" className="btn primary" aria-busy={isBusy} onClick={() => void submit()}>
          {words.show}
        </button>
        <button type="button" className="btn" onClick={props.onCancel}>
          {uiWords.cancel}
        </button>
      </div>
    </div>
  );
}
