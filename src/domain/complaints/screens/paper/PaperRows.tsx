// Rows of a complaint's forms: pairs of a name and a box, and boxes across the sheet whose text stays within them.
import { Fragment } from 'react';
import { complaintPaperWords as words } from '../../complaint-paper.words.ts';

/** Letters that a wide box holds in the usual size and, smaller, at most; what is more stands in the program. */
export type Room = { roomy: number; most: number };

export function Pair({ items }: { items: readonly (readonly [string, string])[] }) {
  return (
    <tr>
      {items.map(([name, value]) => (
        <Fragment key={name}>
          <th>{name}</th>
          <td className="num">{value}</td>
        </Fragment>
      ))}
    </tr>
  );
}

export function Wide(props: { name: string; text: string; className: string; room: Room; code: string }) {
  const written = props.text.trim().replaceAll(/\s*\n\s*/g, '\n');
  const isCut = lettersOf(written) > props.room.most;
  return (
    <tr>
      <th>{props.name}</th>
      <td colSpan={3} className={`said ${props.className}`}>
        {lettersOf(written) <= props.room.roomy ? (
          written
        ) : (
          <div className="small">
            {isCut ? `${cutTo(written, props.room.most)}…` : written}
            {isCut ? <div className="rest">{words.full(props.code)}</div> : null}
          </div>
        )}
      </td>
    </tr>
  );
}

/** A new line costs a whole one, whatever stood on it. */
const lineLetters = 44;
function lettersOf(text: string): number {
  return text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLetters)) * lineLetters, 0);
}
function cutTo(text: string, letters: number): string {
  let room = letters;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (room <= 0) break;
    kept.push(line.slice(0, room));
    room -= Math.max(1, Math.ceil(line.length / lineLetters)) * lineLetters;
  }
  return kept.join('\n');
}
