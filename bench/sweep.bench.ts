// The sweep over a million open clocks when nothing, a hundred, ten thousand clocks have a due step, and a hundred
// thousand are overdue with every step taken. Floor: one `update … returning` of the same rows. Each clock is a copy of
// one that the program started, with its events, so that the sweep folds what it would fold in life.
import pg from 'pg';
import { sweepClocks } from '../src/domain/cases/escalation.jobs.ts';
import { atMost, type Context } from './bench.contract.ts';
import { copiedCase, copyRows, recordPattern, settleDown, withoutTriggers } from './fill.ts';
import { type BenchDatabase, makeBenchCommunity, uuidOf } from './ground.ts';
import { elapsedMs, measureTimes, medianOf, roundTo } from './measure.ts';

const handledClocks = 100_000;
const dueSizes = [100, 10_000] as const;
const roundsOf = { 100: 5, 10000: 2 } as const;

export async function run({ ground, report, say, options }: Context): Promise<void> {
  const openClocks = Number(options.get('clocks') ?? 1_000_000);
  const base = await ground.database('bench_sweep');
  const pool = new pg.Pool({ ...base.appAccess, max: 1 });
  try {
    const program = await base.serve();
    const community = await makeBenchCommunity(base, 'SWEEP', 100);
    const pattern = await recordPattern(base, program, community);
    pattern.desk.leave();
    await program.stop();
    const clock = await dueClockOf(base, pattern.caseId);
    const filledMs = await elapsedMs(() => fill(base, community.id, pattern.caseId, clock, openClocks));
    say(`${openClocks} clocks filled in ${roundTo(filledMs / 1000)} s`);

    const idle = await measureTimes(50, async () => void (await sweepClocks(base.house)));
    report({
      what: `${openClocks} open clocks, none due, ${handledClocks} overdue and handled`,
      measure: 'one sweep p95, ms',
      ...atMost(idle.p95Ms, 10),
      detail: { p50Ms: idle.p50Ms, maxMs: idle.maxMs },
    });
    let begin = handledClocks + 1;
    for (const due of dueSizes) {
      const floors: number[] = [];
      const sweeps: number[] = [];
      let steps = 0;
      for (let round = 0; round < roundsOf[due]; round++) {
        await makeDue(base, community.id, clock, begin, begin + due - 1);
        begin += due;
        floors.push(await elapsedMs(() => updateAll(pool, community.id, base.house.time.now())));
        sweeps.push(
          await elapsedMs(async () => {
            steps += await sweepClocks(base.house);
          }),
        );
      }
      if (steps < due * roundsOf[due]) throw new Error(`${steps} steps were taken of ${due * roundsOf[due]} due`);
      report({
        what: `${openClocks} open clocks, ${due} due`,
        measure: 'times one update … returning',
        ...atMost(roundTo(medianOf(sweeps) / medianOf(floors)), 2),
        detail: { sweepMs: roundTo(medianOf(sweeps)), floorMs: roundTo(medianOf(floors)), steps },
      });
    }
  } finally {
    await pool.end();
    await base.close();
  }
}

/** The clock of the pattern that has a ladder ahead of it. */
async function dueClockOf(base: BenchDatabase, caseId: string): Promise<string> {
  const { rows } = await base.owner.query<{ id: string; kind: string }>(
    "select id, kind from clocks where case_id = $1 and state = 'running' and next_step_at is not null order by next_step_at limit 1",
    [caseId],
  );
  if (!rows[0]) throw new Error('the pattern has no running clock with a step ahead');
  return rows[0].id;
}

const copiedClock = uuidOf("'clock' || n");

async function fill(
  base: BenchDatabase,
  communityId: string,
  caseId: string,
  clockId: string,
  count: number,
): Promise<void> {
  const range = { from: 1, to: count };
  await withoutTriggers(base, ['cases', 'clocks', 'clock_events'], async () => {
    await copyRows(base, 'cases', communityId, `t.id = '${caseId}'`, range, {
      id: copiedCase,
      code: `'BX-2020-' || lpad(n::text, 7, '0')`,
    });
    await copyRows(base, 'clocks', communityId, `t.id = '${clockId}'`, range, {
      id: copiedClock,
      case_id: copiedCase,
      due_at: `case when n <= ${handledClocks} then t.started_at - interval '1 day' else t.due_at end`,
      overdue_from: `case when n <= ${handledClocks} then t.started_at - interval '1 day' else t.overdue_from end`,
      next_step_at: `case when n <= ${handledClocks} then null else t.next_step_at + interval '1 day' + make_interval(secs => n) end`,
    });
    await copyRows(base, 'clock_events', communityId, `t.clock_id = '${clockId}'`, range, {
      id: uuidOf("'clock event' || t.seq || '.' || n"),
      clock_id: copiedClock,
      // What will be made due began long ago: its steps lie in the past.
      at: `case when n between ${handledClocks + 1} and ${handledClocks + 50_000} then t.at - interval '9 days' else t.at end`,
    });
  });
  await base.owner.query('update clocks set next_step_at = null where case_id = $1', [caseId]);
  await settleDown(base, 'cases', 'clocks', 'clock_events');
}

async function makeDue(base: BenchDatabase, communityId: string, clockId: string, from: number, to: number) {
  await base.owner.query(
    `update clocks k set next_step_at = t.started_at - interval '1 hour'
     from clocks t, generate_series($3::int, $4::int) n
     where t.community_id = $1 and t.id = $2 and k.community_id = $1 and k.id = ${copiedClock}`,
    [communityId, clockId, from, to],
  );
}

/** The floor: every due row changed and answered by one statement, then taken back. */
async function updateAll(pool: pg.Pool, communityId: string, now: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`begin; select set_config('app.communities', '${communityId}', true)`);
    await client.query(
      `update clocks set steps = steps || '[{"step": 0}]'::jsonb, next_step_at = next_step_at + interval '9 days'
       where next_step_at <= $1 returning *`,
      [now],
    );
    await client.query('rollback');
  } finally {
    client.release();
  }
}
