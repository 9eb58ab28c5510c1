// Taking a report on the phone 手机报修: the duty technician at night (RP2), technicians and patrol on the spot (RP12). The
// ledger's line and the order are theirs; who is on shift may send himself. It needs a signal, and says so.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useId, useRef, useState } from 'react';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { nowMs, serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import { useCommunity, useSession } from '../../../access/screens/parts/session.ts';
import { clockKindWords, momentInWords } from '../../../clocks/clock.words.ts';
import { normalisePhone } from '../../../parties/phone.rules.ts';
import { type Urgency, urgencies } from '../../../repairs/repair.contract.ts';
import { repairCategoryWords, urgencyWords } from '../../../repairs/repair.words.ts';
import { forgetPhotos, PhotoField, sendPhotos } from '../../../repairs/screens/parts/phone/Photos.tsx';
import { useKeptStandard } from '../../../standards/screens/parts/useKeptStandard.ts';
import { phoneReportWords as words } from '../../phone-report.words.ts';
import { categoryOf, emptyTalk, type Saved, saveTalk, type Talk, urgencyOf } from '../newContact.ts';
import { sendMyself } from './sendMyself.ts';
import '../../../repairs/screens/parts/phone/orders.css';
import { RoomField } from '../../../places/screens/parts/RoomField.tsx';
import './report.css';

const form = 'contact.phone';
const sources = ['phone', 'counter', 'patrol'] as const;
type Faults = Partial<Record<keyof typeof words.faults, string>>;
type Form = { talk: Talk; isReadBack: boolean; isForMe: boolean; reason: string };
const emptyForm: Form = { talk: emptyTalk, isReadBack: false, isForMe: true, reason: '' };
type Done = { saved: Saved; isMine: boolean; why: string | null };

export function ReportPage(_props: { rest: string }) {
  const community = useCommunity();
  const { community: mine } = useSession();
  const client = useQueryClient();
  const draft = useDraft<Form>(form, emptyForm);
  const { talk, isReadBack, reason } = draft.value;
  const keys = {
    repair: useIdempotencyKey(`${form}.repair`),
    contact: useIdempotencyKey(`${form}.contact`),
    dispatch: useIdempotencyKey(`${form}.dispatch`),
  };
  const [isTried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const isSending = useRef(false);
  const standard = useKeptStandard(community.id);
  const document = standard.data?.document.repair;
  const categories =
    document?.categories ?? Object.entries(repairCategoryWords).map(([code, name]) => ({ code, name }));
  const category = categoryOf(talk);
  const urgency = urgencyOf(talk);
  const needed = document?.requiredBeforeDispatch.value[urgency] ?? [];
  const maySendMyself = mine?.roles.includes('duty_technician') === true;
  const isForMe = maySendMyself && draft.value.isForMe;
  const hasCustomer = talk.channel !== 'patrol';

  const set = (changes: Partial<Form>) => draft.setValue((before) => ({ ...before, ...changes }));
  const change = (changes: Partial<Talk>) =>
    draft.setValue((before) => ({
      ...before,
      talk: { ...before.talk, startedAt: before.talk.startedAt ?? serverNow(), ...changes },
    }));
  const times = {
    appointmentAt: instantOfField(talk.appointment) ?? null,
    agreedAt: instantOfField(talk.agreed) ?? null,
    callBackAt: null,
  };

  const check = (): Faults => ({
    ...((talk.place === null ? talk.unitId : talk.place.trim() || null) === null ? { where: words.faults.where } : {}),
    ...(talk.description.trim() === '' ? { what: words.faults.what } : {}),
    ...(category === null ? { category: words.faults.category } : {}),
    ...(talk.callerPhone.trim() !== '' && 'fault' in normalisePhone(talk.callerPhone)
      ? { phone: words.faults.phone }
      : {}),
    ...(isForMe && needed.includes('appointmentAt') && times.appointmentAt === null
      ? { appointment: words.faults.appointment }
      : {}),
    ...(isForMe && needed.includes('agreedAt') && times.agreedAt === null ? { agreed: words.faults.agreed } : {}),
  });

  const faults = isTried ? check() : {};

  const freshStart = () => {
    void forgetPhotos(talk.photoIds);
    draft.clear();
    for (const key of Object.values(keys)) key.renew();
    setTried(false);
    setError(null);
  };
  const send = async () => {
    setTried(true);
    if (Object.keys(check()).length > 0 || isSending.current) return;
    isSending.current = true;
    setBusy(true);
    setError(null);
    try {
      await sendPhotos(community.id, talk.photoIds);
      const saved = await saveTalk(
        community.id,
        talk,
        times,
        hasCustomer && isReadBack,
        { repair: keys.repair.key, contact: keys.contact.key },
        nowMs(),
        (kept) => draft.setValue((before) => ({ ...before, talk: { ...before.talk, ...kept } })),
      );
      const sent =
        isForMe && saved.repair ? await sendMyself(community.id, saved.repair.id, reason, keys.dispatch.key) : null;
      setDone({ saved, isMine: sent === 'mine', why: sent === 'mine' ? null : sent });
      freshStart();
      for (const noun of ['contact', 'case', 'repair'])
        void client.invalidateQueries({ queryKey: [noun, community.id] });
    } catch (caught) {
      setError(caught);
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  };

  if (done) return <Recorded done={done} onAnother={() => setDone(null)} />;
  return (
    <div className="stack orders report">
      <section className="card order sheet" aria-label={words.heading}>
        <DraftNote draft={{ ...draft, clear: freshStart }} />
        {window.isSecureContext ? <p className="faint">{words.signal}</p> : null}
        <fieldset className="ticks three">
          <legend className="muted">{words.source}</legend>
          {sources.map((one) => (
            <label key={one}>
              <input
                type="radio"
                name="source"
                checked={talk.channel === one}
                onChange={() => change({ channel: one })}
              />
              {words.sources[one]}
            </label>
          ))}
        </fieldset>
        {talk.place === null ? (
          <RoomField
            communityId={community.id}
            text={talk.unitText}
            chosenId={talk.unitId}
            fault={faults.where}
            onText={(unitText) => change({ unitText, unitId: null })}
            onChoose={(room) => change({ unitId: room.id, unitText: room.label })}
          />
        ) : (
          <Field
            label={words.place}
            placeholder={words.placePlaceholder}
            value={talk.place}
            maxLength={200}
            fault={faults.where}
            onChange={(event) => change({ place: event.target.value })}
          />
        )}
        <button
          type="button"
          className="linklike"
          onClick={() => change(talk.place === null ? { place: '', unitId: null, unitText: '' } : { place: null })}
        >
          {talk.place === null ? words.isPlace : words.isRoom}
        </button>
        <Labelled label={words.what} fault={faults.what}>
          {(id) => (
            <textarea
              id={id}
              rows={3}
              value={talk.description}
              placeholder={words.whatPlaceholder}
              aria-invalid={faults.what === undefined ? undefined : true}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Labelled>
        <div className="twofields">
          <Labelled label={words.category} fault={faults.category}>
            {(id) => (
              <select id={id} value={category ?? ''} onChange={(event) => change({ category: event.target.value })}>
                <option value="">{words.choose}</option>
                {categories.map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Labelled label={words.urgency}>
            {(id) => (
              <select id={id} value={urgency} onChange={(event) => change({ urgency: event.target.value as Urgency })}>
                {urgencies.map((one) => (
                  <option key={one} value={one}>
                    {urgencyWords[one]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        </div>
        {hasCustomer ? (
          <div className="twofields">
            <Field
              label={words.name}
              maxLength={60}
              autoComplete="off"
              value={talk.callerName}
              onChange={(event) => change({ callerName: event.target.value })}
            />
            <Field
              label={words.phone}
              type="tel"
              autoComplete="off"
              value={talk.callerPhone}
              fault={faults.phone}
              onChange={(event) => change({ callerPhone: event.target.value })}
            />
          </div>
        ) : null}
        <PhotoField label={words.photos} ids={talk.photoIds} onIds={(photoIds) => change({ photoIds })} />
        <details open={needed.length > 0 || talk.appointment !== '' || talk.agreed !== ''}>
          <summary>{needed.length > 0 ? words.when : words.whenOptional}</summary>
          <Field
            label={needed.includes('appointmentAt') ? words.needed(words.appointment) : words.appointment}
            type="datetime-local"
            value={talk.appointment}
            fault={faults.appointment}
            onChange={(event) => change({ appointment: event.target.value })}
          />
          <Field
            label={needed.includes('agreedAt') ? words.needed(words.agreed) : words.agreed}
            type="datetime-local"
            value={talk.agreed}
            fault={faults.agreed}
            onChange={(event) => change({ agreed: event.target.value })}
          />
        </details>
        <div className="ticks">
          {hasCustomer ? (
            <label>
              <input
                type="checkbox"
                checked={isReadBack}
                onChange={(event) => set({ isReadBack: event.target.checked })}
              />
              {words.readBack}
            </label>
          ) : null}
          {maySendMyself ? (
            <label>
              <input type="checkbox" checked={isForMe} onChange={(event) => set({ isForMe: event.target.checked })} />
              {words.toMe}
            </label>
          ) : null}
        </div>
        {isForMe && urgency === 'major' ? (
          <Field
            label={words.toMeReason}
            maxLength={2000}
            value={reason}
            onChange={(event) => set({ reason: event.target.value })}
          />
        ) : null}
        {talk.recorded === null || error === null ? null : (
          <p className="notice warn">{words.half(talk.recorded.code)}</p>
        )}
        {error instanceof ProblemError && error.status === 0 ? (
          <p className="notice warn" role="alert">
            {words.offline}
          </p>
        ) : (
          <Problem error={error} />
        )}
        <button type="button" className="btn primary cta" aria-busy={isBusy} onClick={() => void send()}>
          {isBusy ? words.sending : isForMe ? words.sendToMe : words.send}
        </button>
      </section>
    </div>
  );
}

function Recorded({ done, onAnother }: { done: Done; onAnother: () => void }) {
  const { repair, contact } = done.saved;
  if (repair === null) return null;
  return (
    <div className="stack orders report">
      <section className="card order sheet" role="status">
        <h2>{words.saved}</h2>
        <p className="num">{words.savedAs(repair.code, contact.code)}</p>
        {repair.promise === null ? null : (
          <p>{words.promise(clockKindWords[repair.promise.kind], momentInWords(repair.promise.dueAt))}</p>
        )}
        {done.isMine ? <p>{words.savedToMe(repair.code)}</p> : null}
        {done.why === null ? null : <p className="notice warn">{words.notToMe(done.why)}</p>}
        {done.isMine ? (
          <a className="btn primary cta" href={`/m/orders/${repair.id}`}>
            {words.open}
          </a>
        ) : null}
        <button type="button" className="btn wide" onClick={onAnother}>
          {words.another}
        </button>
      </section>
    </div>
  );
}

function Labelled(props: { label: string; fault?: string | undefined; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.fault === undefined ? null : <span className="fault">{props.fault}</span>}
    </div>
  );
}
