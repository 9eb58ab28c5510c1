// A card with a heading; what stands beside the heading comes as `note` and `actions`.
import { type ReactNode, useId } from 'react';

export function Card(props: {
  title?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Rows and tables reach the edges; text doesn't. */
  flush?: boolean;
}) {
  const id = useId();
  const hasHead = props.title !== undefined;
  return (
    <section className="card" aria-labelledby={hasHead ? id : undefined}>
      {hasHead ? (
        <div className="sec">
          <h2 id={id}>{props.title}</h2>
          {props.note === undefined ? null : <span className="faint num">{props.note}</span>}
          <span className="grow" />
          {props.actions}
        </div>
      ) : null}
      {props.flush ? props.children : <div className="body">{props.children}</div>}
    </section>
  );
}

/** Names and values side by side: customer, room, warranty. */
export function Facts(props: { items: readonly { name: string; value: ReactNode; full?: boolean }[]; two?: boolean }) {
  return (
    <dl className={props.two ? 'facts two' : 'facts'}>
      {props.items.map((item) => (
        <FactRow key={item.name} {...item} />
      ))}
    </dl>
  );
}

function FactRow(props: { name: string; value: ReactNode; full?: boolean }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd className={props.full ? 'full' : undefined}>{props.value}</dd>
    </>
  );
}
