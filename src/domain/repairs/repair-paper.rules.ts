// How a work order 派工单 is laid out on paper (RP2, RP16): which lines stand on the form, what goes on to a continuation
// sheet 续页, and what of it may be said on the radio (PR4). Nothing is cut; lines are counted, not measured.
import type { TimelineEntry } from '../cases/case.contract.ts';
import type { PriceLine, partChecks, QuoteLine } from './repair.contract.ts';
import { lineFen } from './repair-work.rules.ts';

/** Room of one form, in lines; `ems` is the width of a text box in full-width letters. */
export type PaperForm = {
  ems: number;
  contentLines: number;
  resultLines: number;
  partRows: number;
  captionLines: number;
  /** Lines of a continuation sheet, headings included. */
  restLines: number;
};

/** A5 upright from a laser printer; three-part paper of 241 × 140 mm, its lines a sixth of an inch apart. */
export const paperForms = {
  a5: { ems: 35, contentLines: 5, resultLines: 4, partRows: 6, captionLines: 3, restLines: 38 },
  impact: { ems: 49, contentLines: 4, resultLines: 3, partRows: 12, captionLines: 3, restLines: 22 },
} as const satisfies Record<string, PaperForm>;

export type PaperPart = {
  name: string;
  kind: PriceLine['kind'];
  quantity: number;
  unitPriceFen: number;
  amountFen: number;
};
export type PaperOrder = {
  content: string;
  result: string;
  parts: readonly PaperPart[];
  captions: readonly string[];
};
export type RestLine =
  | { what: 'content' | 'result' | 'captions'; line: string }
  | { what: 'parts'; part: PaperPart }
  | { what: 'heading'; of: 'content' | 'result' | 'captions' | 'parts' };
export type LaidOut = {
  content: string[];
  result: string[];
  parts: PaperPart[];
  captions: string[];
  /** One list a continuation sheet. */
  rest: RestLine[][];
};

/** Letters of Latin writing take half the room of a Chinese one on a monospaced face; what is not known takes a whole. */
const emsOf = (letter: string): number => {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x250) return 0.5;
  // Signs beyond the basic plane, emoji above all, come from another face and are wider.
  return code > 0xffff ? 1.5 : 1;
};

export const emsIn = (text: string): number => [...text].reduce((sum, letter) => sum + emsOf(letter), 0);

/** Lines of at most `ems` full-width letters, breaks kept. */
export function wrapped(text: string, ems: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.trim().split(/\s*\n\s*/)) {
    let line = '';
    let room = ems;
    for (const letter of paragraph) {
      const width = emsOf(letter);
      if (width > room) {
        lines.push(line);
        line = '';
        room = ems;
      }
      line += letter;
      room -= width;
    }
    lines.push(line);
  }
  return lines.length === 1 && lines[0] === '' ? [] : lines;
}

/** Breaks are kept while they fit; a text with many short lines is written on before it asks for another sheet. */
function linesFor(text: string, ems: number, room: number): string[] {
  const asWritten = wrapped(text, ems);
  return asWritten.length <= room ? asWritten : wrapped(text.trim().replaceAll(/\s*\n\s*/g, '　'), ems);
}

export function laidOut(order: PaperOrder, form: PaperForm): LaidOut {
  const content = linesFor(order.content, form.ems, form.contentLines);
  const result = linesFor(order.result, form.ems, form.resultLines);
  const captions = order.captions.flatMap((caption) => wrapped(caption, form.ems));
  const rest: RestLine[][] = [];
  const goesOn = (of: 'content' | 'result' | 'captions' | 'parts', lines: readonly RestLine[]) => {
    for (const [index, line] of lines.entries()) {
      const last = rest.at(-1);
      const isFull = last === undefined || last.length >= form.restLines - (index === 0 ? 1 : 0);
      if (isFull) rest.push([]);
      if (isFull || index === 0) rest.at(-1)?.push({ what: 'heading', of });
      rest.at(-1)?.push(line);
    }
  };
  goesOn(
    'content',
    content.slice(form.contentLines).map((line) => ({ what: 'content', line })),
  );
  goesOn(
    'parts',
    order.parts.slice(form.partRows).map((part) => ({ what: 'parts', part })),
  );
  goesOn(
    'result',
    result.slice(form.resultLines).map((line) => ({ what: 'result', line })),
  );
  goesOn(
    'captions',
    captions.slice(form.captionLines).map((line) => ({ what: 'captions', line })),
  );
  return {
    content: content.slice(0, form.contentLines),
    result: result.slice(0, form.resultLines),
    parts: order.parts.slice(0, form.partRows),
    captions: captions.slice(0, form.captionLines),
    rest,
  };
}

/** What was agreed, and what was used beside it: a free part stands on the paper too (RP9, RP10). */
export function paperParts(quote: readonly QuoteLine[], materials: readonly PriceLine[]): PaperPart[] {
  const agreed = quote.map(({ name, kind, quantity, unitPriceFen, amountFen }) => ({
    name,
    kind: kind as PriceLine['kind'],
    quantity,
    unitPriceFen,
    amountFen,
  }));
  const others = materials.filter((line) => !quote.some((one) => one.name === line.name));
  return [
    ...agreed,
    ...others.map((line) => ({
      name: line.name,
      kind: line.kind,
      quantity: line.quantity,
      unitPriceFen: line.unitPriceFen,
      amountFen: lineFen(line),
    })),
  ];
}

export type CheckedPart = { name: string; check: (typeof partChecks)[number]; customerTold: boolean };

/** Parts that the customer brought, as `finish` noted them: the checks among the facts, the names in its text (RP9). */
export function customerPartsOf(timeline: readonly TimelineEntry[]): CheckedPart[] {
  const finish = timeline.findLast((entry) => entry.action === 'finish');
  const checks = finish?.facts.customerParts;
  if (!Array.isArray(checks)) return [];
  const names = (finish?.text ?? '').split('\n');
  return checks.map((one: Omit<CheckedPart, 'name'>, index) => ({
    name: names[index] ?? '',
    check: one.check,
    customerTold: one.customerTold,
  }));
}

/** How an order is called on the radio: without prefix, year and zeros, the way people say it. */
export const calledNumber = (code: string): string => /(\d+)$/.exec(code)?.[1]?.replace(/^0+(?=\d)/, '') ?? code;

/** `3栋1单元502`, `3-1-502`, `2号楼大堂` → `3`, `3`, `2`: the building may be said, room and words not. */
export function calledBuilding(unit: string | null, place: string | null): string | null {
  if (unit !== null) return (/^(.+)-[^-]+-[^-]+$/.exec(unit) ?? /^([^-栋号]+)(?:-|栋|号楼)/.exec(unit))?.[1] ?? null;
  // A place is free text: only what can be nothing but a building is taken from it.
  return /^\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})(?:栋|号楼|幢|座)/.exec(place ?? '')?.[1] ?? null;
}
