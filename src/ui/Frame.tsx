// The frame of the staff app: top bar, list of pages in groups with counts, the page. It knows no page by name.
import { type ReactNode, useEffect, useState } from 'react';
import { Sign } from './Sign.tsx';
import { uiWords } from './ui.words.ts';

export type FrameItem = {
  key: string;
  word: string;
  icon?: ReactNode;
  isCurrent: boolean;
  /** How many wait behind it; `isHot` where something is overdue. */
  count?: { text: string; isHot: boolean };
  /** Renders the link with the app's router. */
  link: (inside: ReactNode, attributes: { className: string; 'aria-current': 'page' | undefined }) => ReactNode;
};

export function Frame(props: {
  groups: readonly (readonly FrameItem[])[];
  /** What one may look at and does not work with: folded, open while one is there. */
  more?: { word: string; items: readonly FrameItem[] };
  brand: ReactNode;
  /** Which community one works in. */
  switcher?: ReactNode;
  omnibox?: ReactNode;
  /** The one or two acts that everybody needs all day. */
  actions?: ReactNode;
  userMenu?: ReactNode;
  /** Lines below the bar: alarms, demo data, no signal. */
  ribbon?: ReactNode;
  /** Changes with the page, so that the list closes on a phone. */
  place: string;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of place that closes the list
  useEffect(() => setOpen(false), [props.place]);
  return (
    <div className="frame">
      <a className="skip" href="#page">
        {uiWords.skipToPage}
      </a>
      <header className="top">
        <button
          type="button"
          className="btn quiet icon menuopener"
          aria-expanded={isOpen}
          aria-controls="pages"
          aria-label={isOpen ? uiWords.closeMenu : uiWords.openMenu}
          onClick={() => setOpen(!isOpen)}
        >
          <Sign name="menu" />
        </button>
        {props.brand}
        {props.switcher}
        {props.omnibox ? <div className="omni">{props.omnibox}</div> : null}
        {props.actions}
        <span className="spread" />
        {props.userMenu}
      </header>
      <div className="ribbon">{props.ribbon}</div>
      <nav id="pages" className={isOpen ? 'side open' : 'side'} aria-label={uiWords.mainNav}>
        {props.groups.map((group) => (
          <Items key={group.map((item) => item.key).join()} items={group} />
        ))}
        {props.more === undefined || props.more.items.length === 0 ? null : (
          <details className="sidemore" open={props.more.items.some((item) => item.isCurrent) || undefined}>
            <summary>{props.more.word}</summary>
            <Items items={props.more.items} />
          </details>
        )}
      </nav>
      <main id="page" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  );
}

function Items({ items }: { items: readonly FrameItem[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.key}>
          {item.link(
            <>
              {item.icon}
              <span>{item.word}</span>
              {item.count === undefined ? null : (
                <span className={item.count.isHot ? 'count hot' : 'count'}>{item.count.text}</span>
              )}
            </>,
            { className: item.isCurrent ? 'on' : '', 'aria-current': item.isCurrent ? 'page' : undefined },
          )}
        </li>
      ))}
    </ul>
  );
}
