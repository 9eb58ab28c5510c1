// 突发事件处理记录表: what happened, who was sent where, each measure with its time, cause and result, the looking back. It
// grows over pages where more was done; the head of the table of measures stands on each.
import { dayOf, type Instant, wallTimeOf } from '../../../../kernel/time.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { emergencyCategoryWords } from '../../../standards/standard.words.ts';
import type { Emergency, OutsideBody } from '../../emergency.contract.ts';
import { emergencyCauseWords, outsideBodyWords } from '../../emergency.words.ts';
import { emergencyPageWords, emergencyPaperWords as words } from '../../emergency-page.words.ts';
import { harmInWords } from '../parts/harmInWords.ts';

const moment = (at: Instant | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
/** Rows ruled on the sheet even where fewer measures were taken, to be filled by hand. */
const ruledRows = 8;

export function RecordForm(props: { emergency: Emergency | null; communityName: string; years: number | null }) {
  const { emergency } = props;
  const measures = [...(emergency?.timeline.filter((entry) => entry.action === 'measure') ?? [])].sort((a, b) =>
    a.at === b.at ? a.seq - b.seq : a.at < b.at ? -1 : 1,
  );
  const blanks = Array.from({ length: Math.max(0, ruledRows - measures.length) }, (_, index) => index);
  return (
    <article className="paper emergency">
      <header>
        <span>{props.communityName}</span>
        <h1>{words.title}</h1>
        <span className="copy num">{emergency?.code ?? ''}</span>
      </header>
      <table className="form">
        <tbody>
          <Pair
            left={[words.category, emergency ? emergencyCategoryWords[emergency.category] : '']}
            right={[words.level, emergency ? severityWords[emergency.severity] : '']}
          />
          <Pair
            left={[words.occurredAt, moment(emergency?.occurredAt)]}
            right={[words.reportedAt, moment(emergency?.receivedAt)]}
          />
          <Pair
            left={[
              words.place,
              [emergency?.unit, emergency?.place].filter((part) => part !== null && part !== undefined).join(' '),
            ]}
            right={[
              words.reporter,
              [emergency?.contact.name, emergency?.contact.phone].filter((part) => part).join(' '),
            ]}
          />
          <Pair
            left={[words.taker, emergency?.firstContact?.name ?? '']}
            right={[words.inCharge, [emergency?.inCharge?.name ?? '', moment(emergency?.takenOverAt)].join(' ')]}
          />
          <Wide name={words.harm} text={emergency ? harmInWords(emergency.harm) : ''} className="short" />
          <Wide name={words.description} text={emergency?.description ?? ''} className="tall" />
          <Wide
            name={words.sent}
            text={(emergency?.deployed ?? [])
              .map((one) => words.sentLine(moment(one.at).slice(5), one.person.name, one.task))
              .join('\n')}
            className="short"
          />
        </tbody>
      </table>
      <table className="form measures">
        <thead>
          <tr>
            <th className="time">{words.time}</th>
            <th>{words.measures}</th>
            <th className="by">{words.by}</th>
          </tr>
        </thead>
        <tbody>
          {measures.map((entry) => (
            <tr key={entry.id}>
              <td className="num">{moment(entry.at).slice(5)}</td>
              <td className="said">
                {typeof entry.facts.called === 'string' && entry.facts.called in outsideBodyWords
                  ? words.called(outsideBodyWords[entry.facts.called as OutsideBody])
                  : ''}
                {entry.text}
              </td>
              <td>{entry.by?.name ?? ''}</td>
            </tr>
          ))}
          {blanks.map((index) => (
            <tr key={index}>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <table className="form last">
        <tbody>
          <Pair
            left={[words.cause, emergency?.cause ? emergencyCauseWords[emergency.cause] : '']}
            right={[words.resolvedAt, moment(emergency?.resolvedAt)]}
          />
          <Wide name={words.result} text={emergency?.result ?? ''} className="tall" />
          <Wide name={words.review} text={emergency?.review?.text ?? ''} className="tall" />
          <Pair
            left={[words.reviewer, [emergency?.review?.by.name ?? '', moment(emergency?.review?.at)].join(' ').trim()]}
            right={[words.followUp, emergency ? (emergencyPageWords.followUps[emergency.followUp] ?? '') : '']}
          />
          <Pair left={[words.complaint, emergency?.complaint?.code ?? '']} right={[words.sign.charge, '']} />
          <tr className="signs">
            <th>{words.sign.manager}</th>
            <td />
            <th>{words.sign.gm}</th>
            <td />
          </tr>
        </tbody>
      </table>
      <p className="kept">
        <span>{props.years === null ? '' : words.kept(emergency?.keptUntil ?? null, props.years)}</span>
        <span>{words.copy}</span>
      </p>
    </article>
  );
}

function Pair(props: { left: readonly [string, string]; right: readonly [string, string] }) {
  return (
    <tr>
      <th>{props.left[0]}</th>
      <td className="num">{props.left[1]}</td>
      <th>{props.right[0]}</th>
      <td className="num">{props.right[1]}</td>
    </tr>
  );
}

function Wide(props: { name: string; text: string; className: string }) {
  return (
    <tr>
      <th>{props.name}</th>
      <td colSpan={3} className={`said ${props.className}`}>
        {props.text}
      </td>
    </tr>
  );
}
