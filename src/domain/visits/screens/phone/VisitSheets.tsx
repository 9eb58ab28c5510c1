// What a thumb does with a visit: agree one, write its record, say that nobody was met. Typed text stays on the phone until
// it has gone through.
import { type ReactNode, useState } from 'react';
import { dayOf, plusDays } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { RoomField } from '../../../places/screens/parts/RoomField.tsx';
import { type Visit, visitRoutes } from '../../visit.contract.ts';
import { visitPageWords, visitPhoneWords as words } from '../../visit-page.words.ts';
import { RecordFields, recordOf, shownRecordFields, startRecord } from '../parts/RecordFields.tsx';

type Ends = { onClose: () => void; onDone: () => Promise<void> };

function Sheet(props: {
  title: string;
  submitWord: string;
  isReady: boolean;
  shownFields: readonly string[];
  submit: () => Promise<unknown>;
  ends: Ends;
  hint?: string;
  children: (fault: (path: string) => string | undefined) => ReactNode;
}) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await props.submit();
      await props.ends.onDone();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card order sheet" aria-label={props.title}>
      <h2>{props.title}</h2>
      {props.children((path) => (error instanceof ProblemError ? error.at(path) : undefined))}
      {props.hint === undefined ? null : <p className="faint">{props.hint}</p>}
      <Problem error={error} hideFields={props.shownFields} />
      <button
        type="button"
        className="btn primary cta"
        aria-busy={isBusy}
        disabled={!props.isReady}
        onClick={() => void send()}
      >
        {isBusy ? words.sending : props.submitWord}
      </button>
      <button type="button" className="btn wide" onClick={props.ends.onClose}>
        {words.back}
      </button>
    </section>
  );
}

export function RecordSheet({ visit, ...ends }: Ends & { visit: Visit }) {
  const attempt = useIdempotencyKey();
  const draft = useDraft(`visit.record:${visit.id}:${visit.version}`, startRecord(visit));
  const submit = async () => {
    await call(visitRoutes.recordVisit, {
      params: { communityId: visit.communityId, id: visit.id },
      body: recordOf(draft.value, visit.version),
      key: attempt.key,
    });
    draft.clear();
  };
  return (
    <Sheet
      title={`${words.record} · ${visit.unit.label}`}
      submitWord={words.send}
      isReady={draft.value.said.trim() !== ''}
      shownFields={shownRecordFields(draft.value)}
      submit={submit}
      ends={ends}
      hint={words.needsSignal}
    >
      {(fault) => (
        <RecordFields
          communityId={visit.communityId}
          draft={draft.value}
          set={(change) => draft.setValue((before) => ({ ...before, ...change }))}
          fault={fault}
        />
      )}
    </Sheet>
  );
}

export function MissSheet({ visit, ...ends }: Ends & { visit: Visit }) {
  const attempt = useIdempotencyKey();
  const [reason, setReason] = useState('');
  return (
    <Sheet
      title={`${words.miss} · ${visit.unit.label}`}
      submitWord={words.sendMiss}
      isReady={reason.trim() !== ''}
      shownFields={['reason']}
      submit={() =>
        call(visitRoutes.missVisit, {
          params: { communityId: visit.communityId, id: visit.id },
          body: { version: visit.version, reason },
          key: attempt.key,
        })
      }
      ends={ends}
    >
      {(fault) => (
        <TextBox
          label={words.missWhy}
          value={reason}
          rows={3}
          maxLength={500}
          fault={fault('reason')}
          onText={setReason}
        />
      )}
    </Sheet>
  );
}

export function AppointSheet(ends: Ends) {
  const community = useCommunity();
  const attempt = useIdempotencyKey();
  const [room, setRoom] = useState<{ id: string; label: string } | null>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(`${plusDays(dayOf(serverNow()), 1)}T10:00`);
  const [purpose, setPurpose] = useState('');
  return (
    <Sheet
      title={words.appoint}
      submitWord={words.save}
      isReady={room !== null && at !== ''}
      shownFields={['unitId', 'at', 'purpose']}
      submit={() =>
        call(visitRoutes.createVisit, {
          params: { communityId: community.id },
          body: {
            unitId: room?.id ?? '',
            at: instantOfField(at) ?? '',
            purpose: purpose.trim() === '' ? null : purpose,
          },
          key: attempt.key,
        })
      }
      ends={ends}
    >
      {(fault) => (
        <>
          <RoomField
            communityId={community.id}
            text={text}
            chosenId={room?.id ?? null}
            fault={fault('unitId')}
            onText={(typed) => {
              setText(typed);
              setRoom(null);
            }}
            onChoose={(chosen) => {
              setRoom(chosen);
              setText(chosen.label);
            }}
          />
          <Field
            label={visitPageWords.dialog.at}
            type="datetime-local"
            value={at}
            fault={fault('at')}
            onChange={(event) => setAt(event.target.value)}
          />
          <TextBox
            label={visitPageWords.dialog.purpose}
            isOptional
            value={purpose}
            maxLength={500}
            placeholder={visitPageWords.dialog.purposePlaceholder}
            fault={fault('purpose')}
            onText={setPurpose}
          />
        </>
      )}
    </Sheet>
  );
}
