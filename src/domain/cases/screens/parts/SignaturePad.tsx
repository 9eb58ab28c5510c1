// A field to sign in with finger, pen or mouse; an empty one is no signature.
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { moveDialogWords as words } from '../../board.words.ts';
import './pad.css';

/** Shorter than this (in px of the pen's way) is a slip of the hand, not a name. */
const shortestPx = 40;

export function SignaturePad(props: { value: string; onChange: (png: string) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = useRef<{ x: number; y: number } | null>(null);
  const drawnPx = useRef(0);
  const { value, onChange } = props;
  const [first] = useState(value);

  // Its own pixels, so that the line is as sharp as the screen; white, so that it can be read on paper.
  useEffect(() => {
    const pad = canvas.current;
    const paint = pad?.getContext('2d');
    if (!pad || !paint) return;
    const scale = Math.min(2, window.devicePixelRatio || 1);
    pad.width = Math.round(pad.clientWidth * scale);
    pad.height = Math.round(pad.clientHeight * scale);
    paint.scale(scale, scale);
    blank(pad);
    if (first === '') return;
    // A draft that came back: what was drawn is seen again, else nobody could know that it is there.
    const drawn = new Image();
    drawn.onload = () => paint.drawImage(drawn, 0, 0, pad.clientWidth, pad.clientHeight);
    drawn.src = first;
    drawnPx.current = shortestPx;
  }, [first]);

  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pen.current = at(event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const paint = canvas.current?.getContext('2d');
    if (!paint || pen.current === null) return;
    const next = at(event);
    paint.beginPath();
    paint.moveTo(pen.current.x, pen.current.y);
    paint.lineTo(next.x, next.y);
    paint.lineWidth = 2.4;
    paint.lineCap = 'round';
    paint.strokeStyle = '#101418';
    paint.stroke();
    drawnPx.current += Math.hypot(next.x - pen.current.x, next.y - pen.current.y);
    pen.current = next;
  };
  const up = () => {
    if (pen.current === null) return;
    pen.current = null;
    if (drawnPx.current >= shortestPx && canvas.current) onChange(canvas.current.toDataURL('image/png'));
  };
  const clear = () => {
    if (canvas.current) blank(canvas.current);
    drawnPx.current = 0;
    onChange('');
  };
  return (
    <div className="col">
      <canvas
        ref={canvas}
        className="pad"
        role="img"
        aria-label={words.drawHere}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <div className="row">
        <span className="faint grow">{value === '' ? words.drawHere : null}</span>
        <button type="button" className="btn" onClick={clear}>
          {words.clearDrawing}
        </button>
      </div>
    </div>
  );
}

function blank(pad: HTMLCanvasElement): void {
  const paint = pad.getContext('2d');
  if (!paint) return;
  paint.fillStyle = '#ffffff';
  paint.fillRect(0, 0, pad.width, pad.height);
}
