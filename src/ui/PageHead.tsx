// The head of a page: its name with a small note, what state it is in, and at the far end what one may do here.
import type { ReactNode } from 'react';

export function PageHead(props: { title: ReactNode; note?: ReactNode; tags?: ReactNode; children?: ReactNode }) {
  return (
    <header className="row wrap pagehead">
      <h1 className="anywhere">
        {props.title} {props.note === undefined ? null : <span className="faint">{props.note}</span>}
      </h1>
      {props.tags}
      <span className="grow" />
      {props.children === undefined ? null : <span className="row wrap no-print">{props.children}</span>}
    </header>
  );
}
