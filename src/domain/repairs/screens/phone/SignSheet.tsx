// Customer's signature 客户签字 on the glass; an empty field is no signature. Absent customers are noted with a reason.
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useDraft } from '../../../../ui/useDraft.ts';
import { repairPhoneWords } from '../../repair-phone.words.ts';
import { Offline } from '../parts/phone/Offline.tsx';
import type { SheetProps } from './FinishSheet.tsx';

const words = repairPhoneWords.sign;
/** Shorter than this is a slip of the finger, in CSS pixels. */
const leastInkPx = 40;
/** Drawn dark on white in either theme: it is printed. */
const ink = '#10151d';
const paper = '#ffffff';

export function SignSheet({ repair, send, busy, error, onClose }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const [inkPx, setInkPx] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  // Nobody answers for the customer: neither answer stands before he gave one.
  const draft = useDraft<{ isAbsent: boolean; reason: string; satisfied: boolean | null }>(`repair.sign:${repair.id}`, {
    isAbsent: false,
    reason: '',
    satisfied: null,
  });
  const { isAbsent, reason, satisfied } = draft.value;
  const change = (changes: Partial<typeof draft.value>) => draft.setValue((before) => ({ ...before, ...changes }));

  const wipe = () => {
    const surface = canvas.current;
    const context = surface?.getContext('2d');
    if (!surface || !context) return;
    const scale = Math.min(2, window.devicePixelRatio);
    surface.width = surface.clientWidth * scale;
    surface.height = surface.clientHeight * scale;
    context.scale(scale, scale);
    context.fillStyle = paper;
    context.fillRect(0, 0, surface.clientWidth, surface.clientHeight);
    context.lineWidth = 2.6;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = ink;
    setInkPx(0);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh sheet when it appears
  useEffect(wipe, [isAbsent]);

  const at = (event: PointerEvent<HTMLCanvasElement>) => ({
    x: event.nativeEvent.offsetX,
    y: event.nativeEvent.offsetY,
  });
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    const context = canvas.current?.getContext('2d');
    const from = last.current;
    if (!context || from === null) return;
    const to = at(event);
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    setInkPx((before) => before + Math.hypot(to.x - from.x, to.y - from.y));
    last.current = to;
  };

  const submit = async () => {
    if (isAbsent && reason.trim() === '') return setFault(words.absentMissing);
    if (!isAbsent && inkPx < leastInkPx) return setFault(words.empty);
    if (!isAbsent && satisfied === null) return setFault(words.satisfactionMissing);
    setFault(null);
    const isDone = await send(
      'sign',
      isAbsent
        ? { absent: true, reason: reason.trim() }
        : { signature: canvas.current?.toDataURL('image/png') ?? '', ...(satisfied === null ? {} : { satisfied }) },
    );
    if (!isDone) return;
    draft.clear();
    onClose();
  };
  return (
    <section className="card order sheet" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      {repair.result === null ? null : <p className="muted">{repair.result}</p>}
      {isAbsent ? (
        <div className="field">
          <label htmlFor="absentreason">{words.absentReason}</label>
          <textarea
            id="absentreason"
            rows={3}
            value={reason}
            placeholder={words.absentPlaceholder}
            onChange={(event) => change({ reason: event.target.value })}
          />
        </div>
      ) : (
        <>
          <div className="row">
            <span className="muted grow">{words.lead}</span>
            <button type="button" className="btn quiet" onClick={wipe}>
              {words.clear}
            </button>
          </div>
          <canvas
            ref={canvas}
            className="signature"
            aria-label={words.lead}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              last.current = at(event);
            }}
            onPointerMove={draw}
            onPointerUp={() => {
              last.current = null;
            }}
            onPointerCancel={() => {
              last.current = null;
            }}
          />
          <fieldset className="ticks two">
            <legend className="muted">{words.satisfaction}</legend>
            {[true, false].map((value) => (
              <label key={String(value)}>
                <input
                  type="radio"
                  name="satisfied"
                  checked={satisfied === value}
                  onChange={() => change({ satisfied: value })}
                />
                {value ? words.satisfied : words.notSatisfied}
              </label>
            ))}
          </fieldset>
        </>
      )}
      {fault === null ? null : (
        <p className="notice bad" role="alert">
          {fault}
        </p>
      )}
      <Offline error={error} />
      <button type="button" className="btn primary cta" aria-busy={busy !== null} onClick={() => void submit()}>
        {busy === 'sign' ? repairPhoneWords.busy : words.submit}
      </button>
      <div className="subacts">
        <button type="button" className="btn" onClick={() => change({ isAbsent: !isAbsent })}>
          {isAbsent ? words.present : words.absent}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          {repairPhoneWords.back}
        </button>
      </div>
    </section>
  );
}
