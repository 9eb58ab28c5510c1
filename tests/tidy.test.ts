// The structure of the house as assertions: who may import whom, what stays pure, what nobody may leave lying about.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');

const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)));
const texts = new Map(files.map((file) => [file, readFileSync(join(source, file), 'utf8')]));
const isTest = (file: string) => /\.(test|fixture)\.tsx?$/.test(file);
const product = files.filter((file) => !isTest(file));

/** Imports of our own files, as paths below src. `import type` counts too: a direction is a direction. */
function importsOf(file: string): string[] {
  const found = [...(texts.get(file) ?? '').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)];
  return found.map(
    (match) => relative(source, resolve(source, dirname(file), match[1] as string)).split('?')[0] as string,
  );
}

/** `platform/database`, `domain/repairs`, `ui`, `kernel`, `apps/server`. */
function roomOf(file: string): string {
  const [floor = '', room = ''] = file.split('/');
  return floor === 'domain' || floor === 'apps' ? `${floor}/${room}` : floor;
}

/** The rows of the domain, lowest first; within a row only the named ways. */
const rows: readonly (readonly string[])[] = [
  ['audit', 'access', 'rosters', 'parties', 'places'],
  [
    'clocks',
    'standards',
    'attachments',
    'feed',
    'time',
    'notifications',
    'channels',
    'cases',
    'approvals',
    'price-lists',
    'warranties',
    'indicators',
    'improvements',
    'ledger',
  ],
  [
    'repairs',
    'enquiries',
    'complaints',
    'emergencies',
    'contacts',
    'charges',
    'receipts',
    'payments',
    'doorstep',
    'daily-closes',
  ],
  [
    'follow-ups',
    'visits',
    'surveys',
    'workbench',
    'scorecards',
    'replays',
    'old-cases',
    'backups',
    'letters',
    'statements',
    'books',
    'demo',
  ],
];
const waysWithinRow: Record<string, readonly string[]> = {
  access: ['audit'],
  rosters: ['access', 'audit'],
  parties: ['access', 'audit'],
  places: ['access', 'audit', 'parties'],
  standards: ['clocks'],
  notifications: ['clocks', 'standards'],
  cases: ['clocks', 'standards', 'notifications', 'attachments'],
  channels: ['clocks', 'standards', 'notifications'],
  approvals: ['clocks', 'standards', 'notifications', 'cases'],
  'price-lists': ['standards', 'notifications', 'approvals'],
  indicators: ['standards', 'cases'],
  warranties: ['standards'],
  improvements: ['standards', 'notifications'],
  ledger: ['standards'],
  payments: ['charges', 'receipts', 'repairs'],
  doorstep: ['receipts'],
  'daily-closes': ['charges', 'receipts', 'payments', 'doorstep'],
  surveys: ['follow-ups'],
  emergencies: ['complaints'],
  contacts: ['repairs', 'enquiries', 'complaints'],
  scorecards: ['follow-ups'],
  books: ['statements'],
  demo: ['backups', 'follow-ups', 'surveys', 'visits'],
};

const rowOf = (slice: string) => rows.findIndex((row) => row.includes(slice));

function mayImport(from: string, to: string): boolean {
  const [a, b] = [roomOf(from), roomOf(to)];
  if (a === b) return true;
  const [floorA, sliceA = ''] = a.split('/');
  const [floorB, sliceB = ''] = b.split('/');
  if (floorB === 'kernel') return true;
  if (floorA === 'apps') return floorB !== 'apps';
  if (floorA === 'domain' && (floorB === 'platform' || floorB === 'ui')) return true;
  if (floorA !== 'domain' || floorB !== 'domain') return false;
  if (rowOf(sliceB) < rowOf(sliceA)) return true;
  return rowOf(sliceA) === rowOf(sliceB) && (waysWithinRow[sliceA] ?? []).includes(sliceB);
}

describe('the structure of the house', () => {
  it('knows the row of every slice', () => {
    const slices = new Set(
      product.filter((file) => file.startsWith('domain/')).map((file) => file.split('/')[1] as string),
    );
    expect([...slices].filter((slice) => rowOf(slice) < 0)).toEqual([]);
  });

  it('imports downward only: apps → domain → platform or ui → kernel, and between slices the rows below', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter((target) => !mayImport(file, target))
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('takes from another slice only its contract, rules, service, store facts, words and screens/parts', () => {
    const wrong = product.flatMap((file) =>
      importsOf(file)
        .filter((target) => {
          if (!file.startsWith('domain/') || !target.startsWith('domain/') || roomOf(file) === roomOf(target))
            return false;
          if (target.includes('/screens/')) return !target.includes('/screens/parts/');
          return /\.(routes|jobs)\.ts$/.test(target);
        })
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps rules and contracts pure: no I/O, no clock, no chance, no environment', () => {
    const wrong = product
      .filter((file) => /\.(rules|contract)\.ts$/.test(file))
      .flatMap((file) => {
        const text = texts.get(file) ?? '';
        const bad = /from 'node:|\bDate\.now\(|new Date\(\)|Math\.random\(|process\.|\bfetch\(/.exec(text)?.[0];
        const reaches = importsOf(file).find((target) => /^platform\/|\.(store|service|routes|jobs)\.ts$/.test(target));
        return bad || reaches ? [`${file}: ${bad ?? reaches}`] : [];
      });
    expect(wrong).toEqual([]);
  });

  it('has no ring of files', () => {
    const state = new Map<string, 'open' | 'done'>();
    const rings: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        rings.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const target of importsOf(file)) if (texts.has(target)) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of product) visit(file, []);
    expect(rings).toEqual([]);
  });

  it('makes connections of its own in one file, where somebody hears that they are lost', () => {
    expect(product.filter((file) => /new (pg\.)?Client\(/.test(texts.get(file) ?? ''))).toEqual([
      'platform/database/own-client.ts',
    ]);
  });

  it('reads the environment in one file', () => {
    expect(product.filter((file) => /process\.env\b/.test(texts.get(file) ?? ''))).toEqual(['platform/config.ts']);
  });

  it('asks one file for the time, and the database never', () => {
    const clocks = product.filter(
      (file) =>
        /\bDate\.now\(\)|new Date\(\)/.test(texts.get(file) ?? '') &&
        !file.startsWith('ui/') &&
        !file.includes('/screens/') &&
        !file.startsWith('apps/staff') &&
        !file.startsWith('apps/phone') &&
        !file.startsWith('apps/survey'),
    );
    expect(
      clocks.filter(
        (file) =>
          file !== 'platform/time-source.ts' && file !== 'kernel/id.ts' && !file.startsWith('platform/database/'),
      ),
    ).toEqual([]);
    const sqlClocks = product.filter((file) =>
      /\b(now|current_timestamp|localtimestamp)\s*\(\s*\)|\bcurrent_timestamp\b/i.test(sqlOf(file)),
    );
    expect(sqlClocks).toEqual([]);
  });

  /** What stands between backticks in stores and services. */
  function sqlOf(file: string): string {
    if (!/\.(store|service|jobs)\.ts$/.test(file)) return '';
    return [...(texts.get(file) ?? '').matchAll(/sql(?:<[^`]*>)?`([^`]*)`/g)].map((match) => match[1]).join('\n');
  }

  it('speaks Chinese in words files only, never in components, services or routes', () => {
    const wrong = product.filter((file) => {
      if (!/\.tsx$|\.(service|store|routes|jobs)\.ts$/.test(file)) return false;
      const code = (texts.get(file) ?? '').replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
      return /[㐀-鿿]/.test(code);
    });
    expect(wrong).toEqual([]);
  });

  it('has no drawers, no barrels, no default exports', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|shared|misc|lib)(\/|\.tsx?$)/.test(file))).toEqual([]);
    expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^export default\b/m.test(texts.get(file) ?? ''))).toEqual([]);
  });

  it('names its nouns and leaves no promise to itself', () => {
    const wrong = files.filter((file) => /\bTODO\b|\bFIXME\b|@ts-ignore|@ts-nocheck/.test(texts.get(file) ?? ''));
    expect(wrong).toEqual([]);
  });

  it('opens every file with what it decides', () => {
    const silent = product.filter((file) => {
      const text = texts.get(file) ?? '';
      return !/^(\/\/|\/\*|#!)/.test(text) && text.split('\n').length > 12 && !file.endsWith('tables.ts');
    });
    expect(silent).toEqual([]);
  });

  it('keeps what is on a screen up to date: each query bears a noun of the audit log or says which it follows', () => {
    const nouns = new Set(
      product.flatMap((file) => [...(texts.get(file) ?? '').matchAll(/\bnoun: '([a-z-]+)'/g)].map((match) => match[1])),
    );
    /** Told by the id of their case, which the key holds; `case` itself by each change of one. */
    const byCase = ['case', 'complaint', 'emergency', 'enquiry', 'case-origin'];
    /** Seldom changed or a report of a span: asked again by whoever opens it. */
    const byHand = [
      'staff',
      'warranty',
      'indicators',
      'complaint-month',
      'receipt-detail',
      'books',
      'holidays',
      'replay',
    ];
    const stale = product.flatMap((file) =>
      [
        ...(texts.get(file) ?? '').matchAll(
          /use(?:Infinite)?Query\(\{\s*queryKey: \['([a-z-]+)', (?!.*'(?:one|faces|reply)')[^\n]*\n([^\n]*)/g,
        ),
      ]
        .filter(([, noun = '', next = '']) => !nouns.has(noun) && !next.includes('meta: follows('))
        .map(([, noun = '']) => noun)
        .filter((noun) => ![...byCase, ...byHand].includes(noun))
        .map((noun) => `${file}: ${noun}`),
    );
    expect(stale).toEqual([]);
  });

  it('has no file that nothing reaches', () => {
    const doors = [
      'apps/server/main.ts',
      'apps/staff/main.tsx',
      'apps/phone/main.tsx',
      'apps/survey/main.tsx',
      'ui/adoptedSheets.ts',
    ];
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file) || !texts.has(file)) return;
      seen.add(file);
      for (const target of importsOf(file)) walk(target);
      for (const match of (texts.get(file) ?? '').matchAll(/new URL\('(\.[^']+)'/g))
        walk(relative(source, resolve(source, dirname(file), match[1] as string)));
    };
    for (const door of doors) walk(door);
    for (const file of files)
      if (isTest(file)) for (const target of importsOf(file)) if (/fixture/.test(target)) seen.add(target);
    const lost = product.filter((file) => !seen.has(file));
    expect(lost).toEqual([]);
  });

  it('keeps files small enough to hold one subject', () => {
    const large = product.filter(
      (file) => (texts.get(file) ?? '').split('\n').length > 840 && !/tables\.ts$|\.words\.ts$/.test(file),
    );
    expect(large).toEqual([]);
  });
});
