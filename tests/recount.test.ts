// A small demo lived over a whole quarter: each figure of it, by month, community and group, is what a slow program counts
// from the public pages alone (bench/recount), while months are counted anew and once they are frozen.
import { beforeAll, describe, expect, it } from 'vitest';
import { compareMonths, type Difference, quarterOf } from '../bench/recount/compare.ts';
import { formulas, type Grouping } from '../bench/recount/count.ts';
import { type Facts, type Reader, readFacts } from '../bench/recount/pages.ts';
import { sweepClocks } from '../src/domain/cases/escalation.jobs.ts';
import { fillDemo } from '../src/domain/demo/demo.service.ts';
import { sweepFollowUps } from '../src/domain/follow-ups/follow-up.jobs.ts';
import type { IndicatorRow } from '../src/domain/indicators/indicator.contract.ts';
import { freezeMonths } from '../src/domain/indicators/indicator-freeze.jobs.ts';
import { linkedSources, linkIndicators } from '../src/domain/indicators/indicator-month.service.ts';
import { newId } from '../src/kernel/id.ts';
import { Person, useHouse } from './house.ts';

const password = 'seven calm rivers';

describe('the figures of a demo quarter, counted again', () => {
  // Thursday 26 November 2026, 10:00 in Shanghai.
  const house = useHouse({ startAt: '2026-11-26T02:00:00.000Z' });
  const communities: { id: string; reader: Reader; facts: Facts; months: string[] }[] = [];

  beforeAll(async () => {
    await house.asOwner('delete from accounts; delete from organizations');
    const time = house.house.time;
    const morning = time.now();
    house.house.time = { ...time, now: () => morning };
    await fillDemo(house.house, { password, scale: 0.05, days: 75, sweep: sweepClocks, sweepFollowUps });
    for (const username of ['manager', 'manager-b']) {
      const person = await new Person(house, newId(), username).signIn(password);
      const reader: Reader = {
        json: async (path) => {
          const { status, body } = await person.get(path);
          if (status !== 200) throw new Error(`${path} answered ${status}`);
          return body;
        },
        file: async (path) => new Uint8Array(await (await person.open(path)).arrayBuffer()),
      };
      const { id } = ((await reader.json('/communities')) as { items: { id: string }[] }).items[0] ?? { id: '' };
      const facts = await readFacts(reader, id);
      communities.push({ id, reader, facts, months: quarterOf(facts).slice(-3) });
    }
  }, 900_000);

  const differencesOf = async (asked?: readonly Grouping[], of = communities) => {
    const found: Difference[] = [];
    for (const { id, reader, facts, months } of of)
      found.push(...(await compareMonths(reader, id, facts, months, asked)).differences);
    return found;
  };

  it('has something of every indicator to count', { timeout: 600_000 }, async () => {
    expect(communities.map((one) => one.months)).toEqual(
      Array.from({ length: 2 }, () => ['2026-09', '2026-10', '2026-11']),
    );
    const empty: string[] = [];
    for (const name of Object.keys(formulas)) {
      const counts = communities.flatMap(({ facts, months }) =>
        months.flatMap((month) => formulas[name]?.count(facts, month) ?? []),
      );
      if (counts.length === 0) empty.push(name);
    }
    expect(empty).toEqual([]);
  });

  it('come to the same while they are counted anew', { timeout: 600_000 }, async () => {
    expect(await differencesOf()).toEqual([]);
  });

  it('are told apart as soon as a formula loses a row or counts one the wrong way round', {
    timeout: 600_000,
  }, async () => {
    const right = linkedSources();
    const changes: ((rows: IndicatorRow[]) => IndicatorRow[])[] = [
      (rows) => rows.slice(1),
      ([first, ...rest]) =>
        first ? [{ ...first, counts: !first.counts, points: first.points && first.points - 1 }, ...rest] : [],
    ];
    try {
      for (const change of changes) {
        linkIndicators(
          right.map((source) => ({ ...source, rows: async (...about) => change(await source.rows(...about)) })),
        );
        const seen = new Set((await differencesOf([], communities.slice(1))).map((one) => one.name));
        expect(Object.keys(formulas).filter((name) => !seen.has(name))).toEqual([]);
      }
    } finally {
      linkIndicators(right);
    }
  });

  it('come to the same once the closed months are frozen', { timeout: 600_000 }, async () => {
    expect(await freezeMonths(house.house)).toBeGreaterThan(0);
    expect(await differencesOf(['building', 'butler'])).toEqual([]);
  });
});
