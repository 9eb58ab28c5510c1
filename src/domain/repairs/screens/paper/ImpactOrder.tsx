// The work order on three-part paper 针式三联纸, 241 × 140 mm, printed once: every word at its place in millimetres, black
// only, the number large enough to be read on the third copy.
import type { CSSProperties, ReactNode } from 'react';
import { channelWords } from '../../../cases/case.words.ts';
import { urgencyWords } from '../../repair.words.ts';
import { repairPageWords } from '../../repair-page.words.ts';
import { emsIn, type PaperPart, type RestLine } from '../../repair-paper.rules.ts';
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

/** A sixth of an inch, as the paper is fed. */
const pitchMm = 25.4 / 6;
const topMm = 6;
/** The pins take 13 mm on each side. */
const leftMm = 15;
const rightMm = 226;
/** Columns of the form's labels and words. */
const columns = { label: leftMm, word: leftMm + 20, label2: 88, word2: 108, label3: 160, word3: 180 } as const;

/** Lines of the form are counted below its heading. */
const headLines = 0.6;
const yOf = (line: number): number => topMm + (line + headLines) * pitchMm;
/** Width of a full-width letter of 10.5 points. */
const letterMm = 3.7;

/** Words at a fixed place; wider than their place they stay whole and are written closer. */
function At(props: { x: number; line: number; width?: number; bold?: boolean; align?: 'right'; children: ReactNode }) {
  const style: CSSProperties = {
    left: `${props.x}mm`,
    top: `${yOf(props.line)}mm`,
    ...(props.width === undefined ? {} : { width: `${props.width}mm` }),
    ...(props.align === undefined ? {} : { textAlign: props.align }),
  };
  const text = typeof props.children === 'string' ? props.children : '';
  const tooWide = props.width !== undefined && emsIn(text) * letterMm > props.width;
  return (
    <span className={['at', props.bold ? 'bold' : '', tooWide ? 'close' : ''].join(' ').trim()} style={style}>
      {props.children}
    </span>
  );
}

/** A line across the form, between two lines of words. */
const Rule = ({ line }: { line: number }) => (
  <i className="rule" style={{ top: `${yOf(line) - 0.4}mm`, left: `${leftMm}mm`, width: `${rightMm - leftMm}mm` }} />
);

function Pair(props: { line: number; column: 1 | 2 | 3; label: string; bold?: boolean; children: ReactNode }) {
  const x = { 1: columns.label, 2: columns.label2, 3: columns.label3 }[props.column];
  const word = { 1: columns.word, 2: columns.word2, 3: columns.word3 }[props.column];
  const end = { 1: columns.label2 - 2, 2: columns.label3 - 2, 3: rightMm }[props.column];
  return (
    <>
      <At x={x} line={props.line}>
        {props.label}
      </At>
      <At x={word} line={props.line} width={end - word} bold={props.bold ?? false}>
        {props.children}
      </At>
    </>
  );
}

export function ImpactOrder(props: PaperProps) {
  const { repair, laid } = props;
  const sheets = laid.rest.length + 1;
  const wide = rightMm - columns.word;
  return (
    <>
      <article className="paper impact">
        <Heading {...props} sheet={1} sheets={sheets} />
        <Rule line={2.4} />
        <Pair line={2.5} column={1} label={words.unit} bold>
          {repair.unit ?? repair.place ?? ''}
        </Pair>
        <Pair line={2.5} column={2} label={words.receivedAt}>
          {moment(repair.receivedAt)}
        </Pair>
        <Pair line={2.5} column={3} label={words.taker}>
          {[repair.firstContact?.name, channelWords[repair.channel]].filter(Boolean).join(' ')}
        </Pair>
        <Pair line={3.5} column={1} label={words.contact}>
          {repair.contact.name ?? ''}
        </Pair>
        <Pair line={3.5} column={2} label={words.phone} bold>
          {repair.contact.phone ?? ''}
        </Pair>
        <Pair line={3.5} column={3} label={words.category}>
          {props.categoryWord}
        </Pair>
        <Pair line={4.5} column={1} label={words.urgency} bold>
          {urgencyWords[repair.urgency]}
        </Pair>
        <Pair line={4.5} column={2} label={words.appointment}>
          {moment(repair.appointmentAt)}
        </Pair>
        <Pair line={4.5} column={3} label={words.agreed}>
          {moment(repair.agreedAt)}
        </Pair>
        <Pair line={5.5} column={1} label={words.worker} bold>
          {workerOf(repair)}
        </Pair>
        <Pair line={5.5} column={2} label={words.dispatchedAt}>
          {timeOf(repair, 'dispatch')}
        </Pair>
        <Pair line={5.5} column={3} label={words.arrivedAt}>
          {timeOf(repair, 'arrive')}
        </Pair>
        <Rule line={6.6} />
        <At x={columns.label} line={6.7}>
          {words.content}
        </At>
        <LinesAt lines={laid.content} line={6.7} />
        <Rule line={10.8} />
        <At x={columns.label} line={10.9}>
          {words.door}
        </At>
        <At x={columns.word} line={10.9} width={wide}>
          {doorLine(repair)}
        </At>
        <Rule line={12} />
        {[0, 1].map((half) => (
          <PartsHead key={half} x={partsX(half)} />
        ))}
        {Array.from({ length: 12 }, (_, index) => (
          <PartAt
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of paper have no other name
            key={index}
            part={laid.parts[index]}
            x={partsX(index < 6 ? 0 : 1)}
            line={13.1 + (index % 6)}
          />
        ))}
        <Rule line={19.2} />
        <At x={columns.label} line={19.3}>
          {words.sum}
        </At>
        <At x={columns.word} line={19.3} width={50} bold>
          {sumOf(repair)}
        </At>
        <At x={columns.label2} line={19.3}>
          {settlementLine(repair)}
        </At>
        <Pair line={19.3} column={3} label={words.finishedAt}>
          {moment(repair.finishedAt)}
        </Pair>
        <At x={columns.label} line={20.3}>
          {words.parts}
        </At>
        <At x={columns.word} line={20.3} width={wide}>
          {partsLine(repair)}
        </At>
        <Rule line={21.4} />
        <At x={columns.label} line={21.5}>
          {words.result}
        </At>
        <LinesAt lines={laid.result} line={21.5} />
        <At x={columns.label} line={24.5}>
          {words.site}
        </At>
        <At x={columns.word} line={24.5} width={wide}>
          {siteLine(repair)}
        </At>
        {laid.captions.length > 0 ? (
          <At x={columns.label} line={25.5}>
            {words.photos}
          </At>
        ) : null}
        <LinesAt lines={laid.captions} line={25.5} />
        <Rule line={28.6} />
        <At x={columns.label} line={28.8}>{`${words.opinion} ${satisfiedLine(repair)}`}</At>
        <At x={82} line={28.8}>
          {words.customerSign}
        </At>
        <At x={132} line={28.8}>
          {words.workerSign}
        </At>
        <At x={186} line={28.8}>
          {words.headSign}
        </At>
      </article>
      {laid.rest.map((lines, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sheets of paper have no other name
        <article key={index} className="paper impact">
          <Heading {...props} sheet={index + 2} sheets={sheets} />
          <Rule line={2.4} />
          {lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of paper have no other name
            <RestAt key={at} rest={line} line={3 + at} />
          ))}
        </article>
      ))}
    </>
  );
}

function LinesAt({ lines, line }: { lines: readonly string[]; line: number }) {
  return lines.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of paper have no other name
    <At key={index} x={columns.word} line={line + index}>
      {text}
    </At>
  ));
}

function Heading(props: PaperProps & { sheet: number; sheets: number }) {
  const { repair } = props;
  const flags = flagsInWords(repair);
  return (
    <>
      <At x={leftMm} line={-0.5} width={70}>
        {props.communityName}
      </At>
      <At x={leftMm} line={0.9} width={70}>
        {flags}
      </At>
      <span className="at title" style={{ left: '88mm', top: `${topMm}mm` }}>
        {props.sheet === 1 ? words.title : `${words.title}${words.continued}`}
      </span>
      <At x={88} line={1.1}>
        {words.allCopies}
      </At>
      <span className="at number" style={{ left: '150mm', top: `${topMm - 1}mm`, width: `${rightMm - 150}mm` }}>
        {repair.code}
      </span>
      <At x={166} line={1.2} width={60} align="right">
        {[props.isAgain ? words.again : '', props.sheets > 1 ? words.sheet(props.sheet, props.sheets) : '']
          .filter((part) => part !== '')
          .join(' · ')}
      </At>
    </>
  );
}

/** Two columns of six: twelve lines on the form. */
const partsX = (half: number): number => leftMm + half * 107;

function PartsHead({ x }: { x: number }) {
  const [name = '', quantity = '', price = '', amount = ''] = words.materialsHead;
  return (
    <>
      <At x={x} line={12.1}>
        {name}
      </At>
      <At x={x + 46} line={12.1} width={12} align="right">
        {quantity}
      </At>
      <At x={x + 60} line={12.1} width={20} align="right">
        {price}
      </At>
      <At x={x + 81} line={12.1} width={22} align="right">
        {amount}
      </At>
    </>
  );
}

function PartAt({ part, x, line }: { part: PaperPart | undefined; x: number; line: number }) {
  return (
    <>
      <i className="rule thin" style={{ top: `${yOf(line + 1) - 0.4}mm`, left: `${x}mm`, width: '104mm' }} />
      {part === undefined ? null : (
        <>
          <At x={x} line={line} width={47}>
            {partName(part)}
          </At>
          <At x={x + 46} line={line} width={12} align="right">
            {String(part.quantity)}
          </At>
          <At x={x + 60} line={line} width={20} align="right">
            {repairPageWords.yuan(part.unitPriceFen)}
          </At>
          <At x={x + 81} line={line} width={22} align="right" bold>
            {repairPageWords.yuan(part.amountFen)}
          </At>
        </>
      )}
    </>
  );
}

function RestAt({ rest, line }: { rest: RestLine; line: number }) {
  const headings = { content: words.content, result: words.result, captions: words.photos, parts: words.materials };
  if (rest.what === 'parts') return <PartAt part={rest.part} x={leftMm} line={line} />;
  if (rest.what === 'heading')
    return (
      <At x={leftMm} line={line} bold>
        {headings[rest.of]}
      </At>
    );
  return (
    <At x={columns.word} line={line}>
      {rest.line}
    </At>
  );
}
