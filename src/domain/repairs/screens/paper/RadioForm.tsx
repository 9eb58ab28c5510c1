// The radio form 电台呼叫单 (RP16, PR4): what is read out, and nothing of whose home it is.
import type { RepairAnswer } from '../../repair.contract.ts';
import { urgencyWords } from '../../repair.words.ts';
import { calledBuilding, calledNumber } from '../../repair-paper.rules.ts';
import { radioWords as words } from '../../repair-paper.words.ts';
import { moment } from './paperOrder.ts';

export function RadioForm({ repair, categoryWord }: { repair: RepairAnswer; categoryWord: string }) {
  const building = calledBuilding(repair.unit, repair.place);
  const place =
    repair.unitId !== null
      ? building === null
        ? words.onThePhone
        : words.buildingOf(building)
      : building === null
        ? words.commonArea
        : words.commonAreaOf(building);
  const number = calledNumber(repair.code);
  const called = repair.contractor?.name ?? repair.technician?.name ?? null;
  const dueOf = (kind: string) =>
    repair.clocks.find((clock) => clock.kind === kind && (clock.state === 'running' || clock.state === 'paused'))
      ?.dueAt;
  const rows = [
    [words.called, called ?? words.nobody],
    [words.place, place],
    [words.urgency, urgencyWords[repair.urgency]],
    [words.category, categoryWord],
    [words.dueAt, moment(dueOf('on-site'))],
    [words.doneBy, moment(dueOf('complete'))],
  ] as const;
  return (
    <article className="paper radio">
      <h1>{words.title}</h1>
      <p className="big num">
        <span className="unseen">{words.number}</span>
        {number}
      </p>
      <table className="form">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th>{name}</th>
              <td className="num">{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="say">
        {words.readAloud({ number, place, category: categoryWord, urgency: urgencyWords[repair.urgency], called })}
      </p>
      <p className="faint">{words.hint}</p>
    </article>
  );
}
