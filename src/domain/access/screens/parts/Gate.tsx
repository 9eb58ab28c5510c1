// The quiet page before one is in: the name, a heading, one form.
import type { ReactNode } from 'react';
import { uiWords } from '../../../../ui/ui.words.ts';
import './gate.css';

export function Gate(props: { title: string; lead?: string; wide?: boolean; children: ReactNode }) {
  return (
    <main className={props.wide ? 'gate wide' : 'gate'}>
      <div className="gatebrand">
        <img src="/favicon.svg" alt="" width="36" height="36" />
        <span>{uiWords.product}</span>
      </div>
      <section className="card gatecard">
        <h1>{props.title}</h1>
        {props.lead ? <p className="muted">{props.lead}</p> : null}
        {props.children}
      </section>
    </main>
  );
}
