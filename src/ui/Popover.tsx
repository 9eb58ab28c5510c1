// A small floating box by a button: opens on click, closes on Esc or a click elsewhere (the browser does both).
import { type ReactNode, useId, useRef } from 'react';

const gapPx = 6;
const edgePx = 8;

export function Popover(props: {
  /** What the button shows. */
  label: ReactNode;
  /** What the button is called where its look says too little. */
  name?: string;
  className?: string;
  kind?: 'box' | 'menu';
  children: ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const isMenu = props.kind === 'menu';

  /** Below the button and within the window; above it where there is no room below. */
  const place = () => {
    if (!button.current || !box.current) return;
    const from = button.current.getBoundingClientRect();
    const size = box.current.getBoundingClientRect();
    const fitsBelow = from.bottom + gapPx + size.height <= window.innerHeight - edgePx;
    const top = fitsBelow ? from.bottom + gapPx : Math.max(edgePx, from.top - gapPx - size.height);
    const left = Math.max(edgePx, Math.min(from.left, window.innerWidth - edgePx - size.width));
    box.current.style.top = `${top}px`;
    box.current.style.left = `${left}px`;
  };

  return (
    <>
      <button ref={button} type="button" className={props.className} aria-label={props.name} popoverTarget={id}>
        {props.label}
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click comes from a button or link inside, keys included */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only closes after the choice made inside */}
      <div
        ref={box}
        id={id}
        popover="auto"
        className={isMenu ? 'popover menu' : 'popover'}
        onToggle={place}
        onClick={(event) => {
          if (isMenu && event.target instanceof Element && event.target.closest('button, a'))
            box.current?.hidePopover();
        }}
      >
        {props.children}
      </div>
    </>
  );
}
