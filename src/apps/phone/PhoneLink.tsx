// A link between phone pages that needs no router: it puts the address, and the frame sees it change.
import type { MouseEvent, ReactNode } from 'react';

/** Also for screens that go on by themselves. `to` is what stands behind `/m/`. */
export function goTo(to: string): void {
  history.pushState(null, '', `/m/${to}`);
  window.scrollTo(0, 0);
}

export function PhoneLink(props: { to: string; className?: string; isCurrent?: boolean; children: ReactNode }) {
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(props.to);
  };
  return (
    <a
      href={`/m/${props.to}`}
      className={props.className}
      aria-current={props.isCurrent ? 'page' : undefined}
      onClick={go}
    >
      {props.children}
    </a>
  );
}
