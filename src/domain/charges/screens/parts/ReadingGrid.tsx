// The column of readings: Enter keeps a figure and goes to the next that is open; a fault stands at its row, and what is odd
// asks for a second look before it is kept.
import { type KeyboardEvent, useRef, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import type { Day, Month } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { readingPageWords as words } from '../../charging-page.words.ts';
import { type MeterView, meterRoutes, type ReadingBody } from '../../meter.contract.ts';
import { type ReadingFinding, readingFindings } from '../../reading.rules.ts';
import { scaledOf, scaledText } from '../../rule-draft.rules.ts';
import { ReadingPhotoButton, ReadingPhotos } from './ReadingPhotos.tsx';

type Confirmed = ReadingBody['confirmed'];
type Stopped = { finding: ReadingFinding; said: string };
const findingOf = (error: unknown): Stopped | null => {
  if (!(error instanceof ProblemError)) return null;
  for (const one of error.errors) {
    const finding = readingFindings.find((known) => known === one.code);
    if (finding) return { finding, said: one.message };
  }
  return null;
};

export function ReadingGrid(props: {
  communityId: string;
  rows: readonly MeterView[];
  month: Month;
  on: Day;
  mayWrite: boolean;
  onKept: () => Promise<unknown>;
  onExchange: (meter: MeterView) => void;
}) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [photos, setPhotos] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [stopped, setStopped] = useState<(Stopped & { meter: MeterView; confirmed: Confirmed }) | null>(null);
  const [removing, setRemoving] = useState<MeterView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = useRef(new Map<string, string>());

  const goOn = (from: string) => {
    const inputs = [...(body.current?.querySelectorAll<HTMLInputElement>('input.reading') ?? [])];
    const at = inputs.findIndex((one) => one.name === from);
    const next = inputs[at + 1];
    next?.focus();
    next?.select();
  };
  const keep = async (meter: MeterView, confirmed: Confirmed = []) => {
    const text = typed[meter.id] ?? '';
    if (text.trim() === '') return;
    const reading = scaledOf(text, 3);
    const fault = (said: string) => setFaults((all) => ({ ...all, [meter.id]: said }));
    if (reading === null) return fault(words.badReading);
    setError(null);
    fault('');
    const attachmentIds = [...(photos[meter.id] ?? [])];
    // The same figure sent twice is one reading; another figure is another act.
    const key = `${meter.id} ${props.month} ${props.on} ${reading} ${confirmed.length} ${attachmentIds.join(' ')}`;
    if (!keys.current.has(key)) keys.current.set(key, newId());
    try {
      await call(meterRoutes.createReading, {
        params: { communityId: props.communityId },
        body: { meterId: meter.id, month: props.month, on: props.on, reading, confirmed, attachmentIds },
        key: keys.current.get(key) as string,
      });
      setStopped(null);
      // Hung on its reading now: taken back and read again, the photo is taken again.
      setPhotos(({ [meter.id]: _, ...others }) => others);
      goOn(meter.id);
      await props.onKept();
    } catch (caught) {
      const found = findingOf(caught);
      if (found) setStopped({ ...found, meter, confirmed });
      else if (caught instanceof ProblemError && caught.errors.length > 0) {
        setStopped(null);
        fault(caught.errors.map((one) => one.message).join('；'));
      } else setError(caught);
    }
  };
  const onKeyDown = (event: KeyboardEvent, meter: MeterView) => {
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    event.preventDefault();
    if ((typed[meter.id] ?? '').trim() === '') goOn(meter.id);
    else void keep(meter);
  };
  const c = words.columns;
  return (
    <>
      <Problem error={error} />
      <div className="tablebox">
        <table className="data readinggrid" data-wideonly="2 4 8">
          <thead>
            <tr>
              <th>{c.unit}</th>
              <th>{c.code}</th>
              <th className="right">{c.last}</th>
              <th>{c.lastOn}</th>
              <th className="right">{c.reading}</th>
              <th>{c.photo}</th>
              <th className="right">{c.used}</th>
              <th className="right">{c.usual}</th>
              <th aria-label={words.exchange} />
            </tr>
          </thead>
          <tbody ref={body}>
            {props.rows.map((meter) => {
              const label = meter.unit?.label ?? words.main(meter.building?.name ?? null);
              const fault = faults[meter.id] ?? '';
              return (
                <tr key={meter.id} className={fault === '' ? undefined : 'bad'}>
                  <td className="nowrap num">{label}</td>
                  <td className="num faint">{meter.code}</td>
                  <td className="right num">{scaledText(meter.last.reading, 3)}</td>
                  <td className="num nowrap faint">{meter.last.on}</td>
                  <td className="right">
                    {meter.reading !== null ? (
                      <b className="num">{scaledText(meter.reading.reading, 3)}</b>
                    ) : props.mayWrite ? (
                      <span className="field">
                        <input
                          className="reading num"
                          name={meter.id}
                          inputMode="decimal"
                          aria-label={`${label} ${c.reading}`}
                          aria-invalid={fault === '' ? undefined : true}
                          value={typed[meter.id] ?? ''}
                          onChange={(event) => setTyped({ ...typed, [meter.id]: event.target.value })}
                          onKeyDown={(event) => onKeyDown(event, meter)}
                        />
                        {fault === '' ? null : <span className="fault">{fault}</span>}
                      </span>
                    ) : (
                      '–'
                    )}
                  </td>
                  <td className="photocell">
                    <ReadingPhotos
                      communityId={props.communityId}
                      label={label}
                      ids={meter.reading?.attachmentIds ?? photos[meter.id] ?? []}
                      {...(meter.reading === null
                        ? {
                            onRemove: (gone: string) =>
                              setPhotos((all) => ({
                                ...all,
                                [meter.id]: (all[meter.id] ?? []).filter((one) => one !== gone),
                              })),
                          }
                        : {})}
                    />
                    {meter.reading === null && props.mayWrite ? (
                      <ReadingPhotoButton
                        communityId={props.communityId}
                        label={label}
                        count={photos[meter.id]?.length ?? 0}
                        onAdd={(id) => setPhotos((all) => ({ ...all, [meter.id]: [...(all[meter.id] ?? []), id] }))}
                      />
                    ) : null}
                  </td>
                  <td className="right num">{meter.reading === null ? '' : scaledText(meter.reading.used, 3)}</td>
                  <td className="right num faint">{meter.usual === null ? '–' : scaledText(meter.usual, 3)}</td>
                  <td className="nowrap">
                    {props.mayWrite ? (
                      meter.reading === null ? (
                        <button type="button" className="btn quiet" onClick={() => props.onExchange(meter)}>
                          {words.exchange}
                        </button>
                      ) : (
                        <button type="button" className="btn quiet" onClick={() => setRemoving(meter)}>
                          {words.takeBack}
                        </button>
                      )
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {stopped === null ? null : (
        <ConfirmDialog
          key={stopped.finding}
          stopped={stopped}
          onClose={() => setStopped(null)}
          onExchange={() => {
            setStopped(null);
            props.onExchange(stopped.meter);
          }}
          onConfirm={(reason) =>
            keep(stopped.meter, [
              ...stopped.confirmed,
              {
                finding: stopped.finding,
                as: stopped.finding === 'reading_lower_than_last' ? 'rolled-over' : 'looked-again',
                reason,
              },
            ])
          }
        />
      )}
      {removing?.reading ? (
        <RemoveDialog
          communityId={props.communityId}
          readingId={removing.reading.id}
          label={removing.unit?.label ?? removing.code}
          onClose={() => setRemoving(null)}
          onDone={async () => {
            setRemoving(null);
            await props.onKept();
          }}
        />
      ) : null}
    </>
  );
}

function ConfirmDialog(props: {
  stopped: Stopped & { meter: MeterView };
  onClose: () => void;
  onExchange: () => void;
  onConfirm: (reason: string) => Promise<void>;
}) {
  const { stopped } = props;
  const [reason, setReason] = useState('');
  const isLow = stopped.finding === 'reading_lower_than_last';
  return (
    <FormDialog
      title={`${stopped.meter.unit?.label ?? stopped.meter.code} · ${words.confirmTitle}`}
      isOpen
      onClose={props.onClose}
      onSubmit={() => props.onConfirm(reason.trim())}
      submitWord={words.confirmSave}
      isReady={reason.trim() !== ''}
    >
      {() => (
        <>
          <p className="notice warn">{stopped.said}</p>
          <p>{isLow ? words.rolledOver : words.lookedAgain}</p>
          <label className="field">
            <span className="label">{words.confirmReason}</span>
            {/* biome-ignore lint/a11y/noAutofocus: the hand is on the keyboard, and this is what it is asked for. */}
            <input autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          {isLow ? (
            <button type="button" className="linklike" onClick={props.onExchange}>
              {words.exchangeInstead}
            </button>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}

function RemoveDialog(props: {
  communityId: string;
  readingId: string;
  label: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={`${props.label} · ${words.takeBack}`}
      isOpen
      isRisky
      onClose={props.onClose}
      submitWord={words.takeBack}
      isReady={reason.trim() !== ''}
      onSubmit={async () => {
        await call(meterRoutes.removeReading, {
          params: { communityId: props.communityId, id: props.readingId },
          body: { reason: reason.trim() },
        });
        await props.onDone();
      }}
    >
      {() => (
        <label className="field">
          <span className="label">{words.takeBackReason}</span>
          <input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
    </FormDialog>
  );
}
