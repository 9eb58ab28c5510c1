// A day of a city's house complaints, read from its open-data file: what storms and whole lives are replayed from.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export type Report = {
  line: number;
  key: string;
  atMs: number;
  category: string;
  urgency: string;
  address: string;
  text: string;
};

/** One line of RFC 4180: quotes around fields, doubled quotes within. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
    match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'),
  );
}

/** `12/25/2013 11:59:08 PM` as milliseconds of its day. */
function msOfDay(text: string): number {
  const match = /(\d+):(\d+):(\d+) (AM|PM)$/.exec(text);
  if (!match) throw new Error(`no time of day in ${text}`);
  const [, hour, minute, second, half] = match;
  return (((Number(hour) % 12) + (half === 'PM' ? 12 : 0)) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
}

const categories: Readonly<Record<string, string>> = {
  HEATING: 'heating',
  PLUMBING: 'water',
  ELECTRIC: 'electricity',
  'PAINT - PLASTER': 'walls-roof',
  'GENERAL CONSTRUCTION': 'walls-roof',
  CONSTRUCTION: 'walls-roof',
  APPLIANCE: 'appliance',
};

/** The day's residential complaints: those of the housing department. */
export function readReports(file: string): Report[] {
  const bytes = readFileSync(file);
  const [head = '', ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split(/\r?\n/);
  const names = fieldsOf(head);
  const column = (name: string) => names.indexOf(name);
  return lines
    .map((text, index) => ({ line: index + 2, fields: fieldsOf(text) }))
    .filter(({ fields }) => fields[column('Agency')] === 'HPD')
    .map(({ line, fields }) => {
      const type = fields[column('Complaint Type')] ?? '';
      const descriptor = fields[column('Descriptor')] ?? '';
      return {
        line,
        key: `311-${fields[column('Unique Key')]}`,
        atMs: msOfDay(fields[column('Created Date')] ?? ''),
        category: categories[type] ?? 'other',
        urgency: /GAS|SPARK|NO (LIGHT|POWER)|FLOOD|BURST/i.test(descriptor) ? 'emergency' : 'ordinary',
        address: fields[column('Incident Address')] ?? '',
        text: `${type}: ${descriptor}`,
      };
    })
    .sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1))
    .map(overTheDay);
}

export const dayMs = 86_400_000;
/** A department that notes only the day says midnight of all: its reports then come evenly, in the order of their keys. */
function overTheDay(report: Report, at: number, all: readonly Report[]): Report {
  return all.every((one) => one.atMs === 0) ? { ...report, atMs: (at / all.length) * dayMs } : report;
}

/** The same address is always the same room. */
export const placeOf = (address: string, units: readonly string[]): string =>
  units[createHash('sha256').update(address).digest().readUInt32BE(0) % units.length] as string;
