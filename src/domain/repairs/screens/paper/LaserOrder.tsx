// One copy of the work order on A5 派工单: letters stand over the boxes where they are known, empty boxes wait for a pen.
import { channelWords } from '../../../cases/case.words.ts';
import { urgencyWords } from '../../repair.words.ts';
import { repairPageWords } from '../../repair-page.words.ts';
import { type PaperPart, paperForms, type RestLine } from '../../repair-paper.rules.ts';
import { paperWords as words } from '../../repair-paper.words.ts';
import {
  doorLine,
  flagsInWords,
  moment,
  type PaperProps,
  partName,
  partsLine,
  satisfiedLine,
  settlementLine,
  siteLine,
  sumOf,
  timeOf,
  workerOf,
} from './paperOrder.ts';

export function LaserOrder(props: PaperProps & { copy: string }) {
  const { repair, laid } = props;
  const sheets = laid.rest.length + 1;
  const flags = flagsInWords(repair);
  return (
    <>
      <article className="paper order">
        <Heading {...props} sheet={1} sheets={sheets} />
        <table className="form">
          <tbody>
            <tr>
              <th>{words.code}</th>
              <td className="num bold">{repair.code}</td>
              <th>{words.receivedAt}</th>
              <td className="num">{moment(repair.receivedAt)}</td>
            </tr>
            <tr>
              <th>{words.unit}</th>
              <td className="bold">{repair.unit ?? repair.place}</td>
              <th>{words.taker}</th>
              <td>
                {repair.firstContact?.name} {channelWords[repair.channel]}
              </td>
            </tr>
            <tr>
              <th>{words.contact}</th>
              <td>{repair.contact.name}</td>
              <th>{words.phone}</th>
              <td className="num">{repair.contact.phone}</td>
            </tr>
            <tr>
              <th>{words.urgency}</th>
              <td>
                {urgencyWords[repair.urgency]}
                {flags === '' ? '' : ` · ${flags}`}
              </td>
              <th>{words.category}</th>
              <td>{props.categoryWord}</td>
            </tr>
            <tr>
              <th>{words.appointment}</th>
              <td className="num">{moment(repair.appointmentAt)}</td>
              <th>{words.agreed}</th>
              <td className="num">{moment(repair.agreedAt)}</td>
            </tr>
            <tr>
              <th>{words.content}</th>
              <td colSpan={3} className="content">
                <Lines lines={laid.content} />
              </td>
            </tr>
            <tr>
              <th>{words.worker}</th>
              <td>{workerOf(repair)}</td>
              <th>{words.dispatchedAt}</th>
              <td className="num">{timeOf(repair, 'dispatch')}</td>
            </tr>
            <tr>
              <th>{words.arrivedAt}</th>
              <td className="num">{timeOf(repair, 'arrive')}</td>
              <th>{words.finishedAt}</th>
              <td className="num">{moment(repair.finishedAt)}</td>
            </tr>
            <tr>
              <th>{words.door}</th>
              <td colSpan={3} className="checks">
                {doorLine(repair)}
              </td>
            </tr>
          </tbody>
        </table>
        <table className="form lines">
          <thead>
            <tr>
              {words.materialsHead.map((word) => (
                <th key={word}>{word}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: paperForms.a5.partRows }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of paper have no other name
              <PartRow key={index} part={laid.parts[index]} />
            ))}
            <tr>
              <td colSpan={2}>{settlementLine(repair)}</td>
              <th className="narrow">{words.sum}</th>
              <td className="num right bold">{sumOf(repair)}</td>
            </tr>
          </tbody>
        </table>
        <table className="form">
          <tbody>
            <tr>
              <th>{words.parts}</th>
              <td colSpan={3}>{partsLine(repair)}</td>
            </tr>
            <tr>
              <th>{words.result}</th>
              <td colSpan={3} className="content result">
                <Lines lines={laid.result} />
              </td>
            </tr>
            <tr>
              <th>{words.site}</th>
              <td colSpan={3} className="checks">
                {siteLine(repair)}
              </td>
            </tr>
            {laid.captions.length > 0 ? (
              <tr>
                <th>{words.photos}</th>
                <td colSpan={3} className="content captions">
                  <Lines lines={laid.captions} />
                </td>
              </tr>
            ) : null}
            <tr className="signs">
              <th>{words.opinion}</th>
              <td>{satisfiedLine(repair)}</td>
              <th>{words.customerSign}</th>
              <td />
            </tr>
            <tr className="signs">
              <th>{words.workerSign}</th>
              <td />
              <th>{words.headSign}</th>
              <td />
            </tr>
          </tbody>
        </table>
      </article>
      {laid.rest.map((lines, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sheets of paper have no other name
        <article key={index} className="paper order">
          <Heading {...props} sheet={index + 2} sheets={sheets} />
          <p className="num bold">{repair.code}</p>
          <Rest lines={lines} />
        </article>
      ))}
    </>
  );
}

function Heading(props: { communityName: string; copy: string; isAgain: boolean; sheet: number; sheets: number }) {
  return (
    <header>
      <span>{props.communityName}</span>
      <h1>{props.sheet === 1 ? words.title : `${words.title}${words.continued}`}</h1>
      <span className="copy">
        {props.copy}
        {props.isAgain ? ` · ${words.again}` : ''}
        {props.sheets > 1 ? <span className="sheetno">{words.sheet(props.sheet, props.sheets)}</span> : null}
      </span>
    </header>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of paper have no other name
    <div key={index} className="line">
      {line}
    </div>
  ));
}

function PartRow({ part }: { part: PaperPart | undefined }) {
  return (
    <tr>
      <td>{part ? partName(part) : null}</td>
      <td className="num right">{part?.quantity}</td>
      <td className="num right">{part ? repairPageWords.yuan(part.unitPriceFen) : null}</td>
      <td className="num right">{part ? repairPageWords.yuan(part.amountFen) : null}</td>
    </tr>
  );
}

function Rest({ lines }: { lines: readonly RestLine[] }) {
  const headings = { content: words.content, result: words.result, captions: words.photos, parts: words.materials };
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of paper have no other name
    <div key={index} className={line.what === 'heading' ? 'line bold restheading' : 'line'}>
      {line.what === 'heading' ? (
        headings[line.of]
      ) : line.what === 'parts' ? (
        <span className="restpart num">
          <span>{partName(line.part)}</span>
          <span>{`${line.part.quantity} × ${repairPageWords.yuan(line.part.unitPriceFen)}`}</span>
          <span>{repairPageWords.yuan(line.part.amountFen)}</span>
        </span>
      ) : (
        line.line
      )}
    </div>
  ));
}
