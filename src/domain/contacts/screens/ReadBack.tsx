// Read-back 复述: the whole request, large and calm, to be said aloud; one key confirms that the customer agreed (FD2).

import { useEffect, useRef } from 'react';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { momentInWords } from '../../clocks/clock.words.ts';
import { priceListPageWords } from '../../price-lists/price-list.words.ts';
import { useWarranty } from '../../warranties/screens/parts/register.ts';
import { verdictInWords, warrantyPageWords } from '../../warranties/warranty.words.ts';
import { newContactWords } from '../new-contact.words.ts';
import type { Talk, Times } from './newContact.ts';

const words = newContactWords.readBack;

export function ReadBack(props: {
  talk: Talk;
  times: Times;
  isSaving: boolean;
  error: unknown;
  category: string | null;
  isMajor: boolean;
  categoryName: string;
  urgencyName: string;
  /** The cost in words, told before anybody sets out (RP6); empty: nothing was chosen. */
  fee: string;
  /** The masked phone that the file holds of this person. */
  onFile: string | null;
  onSave: (readBack: boolean) => void;
  onBack: () => void;
}) {
  const { talk, times, isSaving } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    confirm.current?.focus();
  }, []);
  useKeys({ u: () => !isSaving && props.onSave(false) });

  const name = talk.callerName.trim();
  const where = talk.place ?? talk.unitText;
  const when = [
    times.appointmentAt === null ? '' : words.appointment(momentInWords(times.appointmentAt)),
    times.agreedAt === null ? '' : words.agreed(momentInWords(times.agreedAt)),
  ]
    .filter((part) => part !== '')
    .join('，');
  const isRepair = talk.outcome === 'case';
  const community = useCommunity();
  const warranty = useWarranty({
    communityId: community.id,
    unitId: talk.place === null ? talk.unitId : null,
    place: talk.place,
    category: isRepair ? props.category : null,
    part: talk.part,
  });
  const facts: [string, string][] = [
    [words.name, name || words.none],
    [words.where, where || words.none],
    [
      words.phone,
      talk.callerPhone.trim() || (props.onFile === null ? words.none : `${words.phoneOnFile} ${props.onFile}`),
    ],
    [words.what, talk.description.trim()],
    ...(isRepair
      ? ([
          [words.kind, `${props.categoryName} · ${props.urgencyName}`],
          [words.when, when || words.nextFree],
          ...(warranty.data ? [[warrantyPageWords.card.title, verdictInWords(warranty.data, props.isMajor)]] : []),
          ...(props.fee === '' ? [] : [[priceListPageWords.fee, props.fee]]),
        ] as [string, string][])
      : ([[words.outcome, newContactWords.outcomes[talk.outcome]]] as [string, string][])),
  ];
  const isOffline = props.error instanceof ProblemError && props.error.status === 0;
  return (
    <dialog
      ref={dialog}
      className="readback"
      aria-labelledby="readback"
      onCancel={(event) => {
        event.preventDefault();
        if (!isSaving) props.onBack();
      }}
    >
      <header>
        <h2 id="readback">{words.heading}</h2>
        <p className="muted">{words.lead}</p>
      </header>
      <p className="aloud">
        {words.sentence({
          name: name || words.person,
          where: where || words.none,
          phone: talk.callerPhone.trim(),
          what: talk.description.trim(),
          when,
        })}
      </p>
      <dl>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
      {isOffline ? (
        <p className="notice warn" role="alert">
          <Sign name="warning" />
          <span>{newContactWords.offline}</span>
        </p>
      ) : (
        <Problem error={props.error} />
      )}
      {props.error !== null && talk.recorded !== null ? (
        <p className="notice warn">
          <Sign name="note" />
          <span>{newContactWords.half(talk.recorded.code)}</span>
        </p>
      ) : null}
      <footer>
        <button
          ref={confirm}
          type="button"
          className="btn primary"
          aria-busy={isSaving}
          onClick={() => props.onSave(true)}
        >
          {isSaving ? uiWords.saving : props.error === null ? words.confirm : uiWords.retry}
          <kbd>↵</kbd>
        </button>
        <button type="button" className="btn" aria-busy={isSaving} onClick={() => props.onSave(false)}>
          {words.later}
          <kbd>{words.laterKey}</kbd>
        </button>
        <span className="grow" />
        <button type="button" className="btn quiet" onClick={() => !isSaving && props.onBack()}>
          {words.back}
          <kbd>Esc</kbd>
        </button>
      </footer>
    </dialog>
  );
}
