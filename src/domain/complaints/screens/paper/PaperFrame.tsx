// What both forms of a complaint are: head with name and number, the table, the note below; and who it was, or nobody.
import type { ReactNode } from 'react';
import { complaintPaperWords as words } from '../../complaint-paper.words.ts';
import { Pair, Wide } from './PaperRows.tsx';
import type { PaperComplaint } from './paperComplaint.ts';

export function PaperFrame(props: {
  paper: PaperComplaint;
  communityName: string;
  title: string;
  note: string | null;
  children: ReactNode;
}) {
  return (
    <article className="paper complaint">
      <header>
        <span>{props.communityName}</span>
        <h1>{props.title}</h1>
        <span className="copy num">{props.paper.code}</span>
      </header>
      <table className="form">
        <tbody>{props.children}</tbody>
      </table>
      {props.note === null ? null : <p className="kept">{props.note}</p>}
    </article>
  );
}

/** The customer with home and number, and what stands beside; of an anonymous one neither (CP12). */
export function CustomerRows({ paper, beside }: { paper: PaperComplaint; beside: readonly [string, string] }) {
  const customer = [words.customer, paper.customer] as const;
  if (paper.anonymous) return <Pair items={[customer, beside]} />;
  return (
    <>
      <Pair items={[customer, [words.unit, paper.unit]]} />
      <Pair items={[[words.phone, paper.phone], beside]} />
    </>
  );
}

/** When and where it happened. */
export const EventRow = ({ paper }: { paper: PaperComplaint }) => (
  <Pair
    items={[
      [words.occurredAt, paper.occurredAt],
      [words.place, paper.place],
    ]}
  />
);

/** What the level was measured by. */
export const FactsRow = ({ paper }: { paper: PaperComplaint }) => (
  <Wide name={words.facts} text={paper.facts} className="line2" room={{ roomy: 88, most: 132 }} code={paper.code} />
);

/** Whom it was handed up to, the last three. */
export const UpwardRow = ({ paper }: { paper: PaperComplaint }) => (
  <Wide
    name={words.upward}
    text={paper.upward.slice(-3).join('\n')}
    className="line2"
    room={{ roomy: 88, most: 176 }}
    code={paper.code}
  />
);
