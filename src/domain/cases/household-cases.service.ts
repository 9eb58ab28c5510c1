// What households, the search and the staff list want to know of cases; handed over in the wiring, because cases stand
// above them: the cases of a unit, units of the orders one works on, cases found by number or words, and the load.
import { dayOf, plusMinutes } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { Call } from '../access/call.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { parseCode, textTokens } from '../places/search.rules.ts';
import type { CaseHit, CaseOfUnit } from '../places/unit.contract.ts';
import { caseReach } from './case.service.ts';
import { inReach, isHeldBy } from './case.store.ts';
import { holdsWords, idsByWords, planWords } from './case-words.store.ts';

/** A technician sees the household of an own order until an hour† after the work is done (spec/12). */
const afterDoneMinutes = 60;
/** The work on the spot is over in these; what follows is paper. */
const doneStates = ['done', 'signed', 'returned', 'declined', 'closed', 'cancelled'];

export async function unitsOfOrders(tx: Tx, communityId: string, accountId: string, now: string): Promise<string[]> {
  const since = plusMinutes(now, -afterDoneMinutes);
  const { rows } = await sql<{ unitId: string }>`
    select distinct c.unit_id from cases c
    where c.community_id = ${communityId} and ${isHeldBy(accountId)} and c.unit_id is not null and c.kind = 'repair'
      and (c.ended_at is null or c.ended_at > ${since})
      and (c.state <> all(${doneStates}::text[]) or exists (select 1 from case_events e
        where e.community_id = c.community_id and e.case_id = c.id and e.to_state = any(${doneStates}::text[])
          and e.from_state <> all(${doneStates}::text[]) and e.at > ${since}))`.execute(tx);
  return rows.map((row) => row.unitId);
}

type Row = Omit<CaseOfUnit, 'summary'> & { body: string | null };
const columns = sql`c.id, c.code, c.kind, c.state, c.category, c.level, c.received_at, c.ended_at, c.next_due_at as due_at, t.body`;
const tables = sql`cases c left join case_texts t on t.community_id = c.community_id and t.id = c.summary_text_id`;

const shown = ({ body, ...row }: Row): CaseOfUnit => ({
  ...row,
  summary: body === null ? null : maskPhonesInText(body),
});

/** Open cases of a unit, and the latest ended ones; only those in the caller's reach. */
export async function casesOfUnit(
  tx: Tx,
  call: Call,
  unitId: string,
): Promise<{ open: CaseOfUnit[]; recent: CaseOfUnit[] }> {
  const reach = caseReach(call);
  if (reach === null) return { open: [], recent: [] };
  const list = (ended: boolean, limit: number) =>
    sql<Row>`
    select ${columns} from ${tables}
    where c.community_id = ${call.communityId} and c.unit_id = ${unitId} and c.ended_at is ${ended ? sql`not null` : sql`null`} and ${inReach(reach)}
    order by c.received_at desc limit ${limit}`.execute(tx);
  return { open: (await list(false, 50)).rows.map(shown), recent: (await list(true, 10)).rows.map(shown) };
}

const series = ['BX', 'TS', 'TF', 'ZX', 'JY', 'FW'];

/** By number without prefix, year or zeros (this year's and last year's), else by words of the text; newest first. */
export async function findCases(tx: Tx, call: Call, text: string, limit: number): Promise<CaseHit[]> {
  const reach = caseReach(call);
  if (reach === null) return [];
  const code = parseCode(text);
  const year = dayOf(call.now).slice(0, 4);
  const years = code?.year ? [code.year] : [year, String(Number(year) - 1)];
  const codes = code
    ? (code.series ? [code.series] : series).flatMap((one) =>
        years.map((each) => `${one}-${each}-${code.number.padStart(6, '0')}`),
      )
    : [];
  const words = await planWords(tx, call.communityId, textTokens(text, 8));
  if (codes.length === 0 && words === null) return [];
  const byCode = sql`select id from cases where community_id = ${call.communityId} and code = any(${codes}::text[])`;
  // Common words are looked for from the newest case back, until the list is full.
  const byWords =
    words === null
      ? sql`${byCode}`
      : words.isCommon
        ? sql`(select c.id from cases c where c.community_id = ${call.communityId} and ${holdsWords(call.communityId, words)}
            and ${inReach(reach)} order by c.received_at desc, c.id desc limit ${limit})`
        : idsByWords(call.communityId, words);
  const { rows } = await sql<{
    id: string;
    code: string;
    kind: string;
    state: string;
    unit: string | null;
    body: string | null;
    byCode: boolean;
  }>`
    select c.id, c.code, c.kind, c.state, u.label as unit, t.body, c.code = any(${codes}::text[]) as by_code
    from ${tables} left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where c.community_id = ${call.communityId} and c.id in (
        ${byCode} union ${byWords})
      and ${inReach(reach)}
    order by by_code desc, c.received_at desc limit ${limit}`.execute(tx);
  return rows.map(({ body, byCode, ...row }) => ({
    ...row,
    communityId: call.communityId,
    summary: body === null ? null : maskPhonesInText(body),
    matchedBy: byCode ? 'code' : 'text',
  }));
}

/** Open cases that each of these is responsible for: the load that a dispatcher looks at. */
/** States in which somebody is out on a case: on the way, or there. */
const outStates = ['en-route', 'on-site', 'working'] as const;

/** Where people are by what they are out on (RP13); of several the one recorded last. */
export async function whereOf(
  tx: Tx,
  communityId: string,
  accountIds: readonly string[],
): Promise<Map<string, { caseId: string; code: string; state: string; where: string | null }>> {
  const { rows } = await sql<{
    responsibleId: string;
    caseId: string;
    code: string;
    state: string;
    where: string | null;
  }>`
    select distinct on (c.responsible_id) c.responsible_id, c.id as case_id, c.code, c.state, coalesce(u.label, c.place) as where
    from cases c left join units u on u.community_id = c.community_id and u.id = c.unit_id
    where c.community_id = ${communityId} and c.responsible_id = any(${accountIds}::uuid[]) and c.ended_at is null
      and c.state = any(${outStates as unknown as string[]}::text[])
    order by c.responsible_id, c.id desc`.execute(tx);
  return new Map(rows.map(({ responsibleId, ...one }) => [responsibleId, one]));
}

export async function countOpenOf(
  tx: Tx,
  communityId: string,
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ responsibleId: string; cases: number }>`
    select responsible_id, count(*) as cases from cases
    where community_id = ${communityId} and responsible_id = any(${accountIds}::uuid[]) and ended_at is null
      and state <> all(${doneStates}::text[])
    group by responsible_id`.execute(tx);
  return new Map(rows.map((row) => [row.responsibleId, row.cases]));
}
