// SQL of satisfaction surveys 满意度调查.
import type { Day, Instant } from '../../kernel/time.ts';
import { sql, type Tx } from '../../platform/database/database.ts';
import type { AnswerChannel, SurveyState } from './survey.contract.ts';
import type { Counted } from './survey.rules.ts';
import type { Answers, Question } from './survey-question.contract.ts';

export type SurveyRow = {
  communityId: string;
  id: string;
  title: string;
  introduction: string;
  questions: Question[];
  state: SurveyState;
  sampleSize: number | null;
  sampleSeed: string | null;
  endsOn: Day;
  satisfiedFrom: number | null;
  madeBy: string;
  madeAt: Instant;
  openedAt: Instant | null;
  closedAt: Instant | null;
  handedAt: Instant | null;
  handedBy: string | null;
  handedNote: string | null;
  version: number;
};

const columns = sql`community_id, id, title, introduction, questions, state, sample_size, sample_seed, ends_on, satisfied_from,
  made_by, made_at, opened_at, closed_at, handed_at, handed_by, handed_note, version`;

export async function listSurveyRows(tx: Tx, communityId: string): Promise<SurveyRow[]> {
  const { rows } = await sql<SurveyRow>`
    select ${columns} from surveys where community_id = ${communityId} order by coalesce(opened_at, made_at) desc, id desc`.execute(
    tx,
  );
  return rows;
}

export async function findSurvey(
  tx: Tx,
  communityId: string,
  id: string,
  lock = false,
): Promise<SurveyRow | undefined> {
  const { rows } = await sql<SurveyRow>`
    select ${columns} from surveys where community_id = ${communityId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    tx,
  );
  return rows[0];
}

type Drafted = Pick<SurveyRow, 'title' | 'introduction' | 'questions' | 'sampleSize' | 'endsOn'>;
const stored = ({ questions, ...row }: Drafted) => ({ ...row, questions: JSON.stringify(questions) });

export const insertSurvey = (
  tx: Tx,
  row: Drafted & Pick<SurveyRow, 'communityId' | 'id' | 'madeBy' | 'madeAt'>,
): Promise<unknown> =>
  tx
    .insertInto('surveys')
    .values({ ...row, ...stored(row), state: 'draft' })
    .execute();

export const updateSurvey = (
  tx: Tx,
  communityId: string,
  id: string,
  change: Partial<Omit<SurveyRow, 'communityId' | 'id' | 'madeBy' | 'madeAt' | 'version' | 'questions'>> | Drafted,
): Promise<unknown> =>
  tx
    .updateTable('surveys')
    .set((eb) => ({ ...('questions' in change ? stored(change) : change), version: eb('version', '+', 1) }))
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .execute();

/** Households that can be asked: somebody lives there or owns it, in the order of the rooms. */
export async function listEligible(tx: Tx, communityId: string, today: Day): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id from units u
    where u.community_id = ${communityId} and exists (
      select 1 from unit_parties up where up.community_id = u.community_id and up.unit_id = u.id and (up.until_on is null or up.until_on >= ${today}))
    order by u.sort_key, u.id`.execute(tx);
  return rows.map((row) => row.id);
}

export type NewHousehold = { id: string; unitId: string; number: number; tokenHash: Buffer; tokenSealed: Buffer };

export async function insertHouseholds(
  tx: Tx,
  communityId: string,
  surveyId: string,
  rows: readonly NewHousehold[],
): Promise<void> {
  const atOnce = 1000;
  for (let from = 0; from < rows.length; from += atOnce)
    await tx
      .insertInto('surveyHouseholds')
      .values(rows.slice(from, from + atOnce).map((row) => ({ ...row, communityId, surveyId })))
      .execute();
}

export type HouseholdRow = {
  id: string;
  number: number;
  unitId: string;
  unit: string;
  tokenSealed: Buffer;
  answers: Answers | null;
  answeredAt: Instant | null;
  channel: AnswerChannel | null;
};

export async function listHouseholdRows(
  tx: Tx,
  communityId: string,
  surveyId: string,
  filter: { isAnswered?: boolean | undefined; q?: string | undefined; id?: string | undefined },
  page: { after: number; limit: number },
): Promise<HouseholdRow[]> {
  const { rows } = await sql<HouseholdRow>`
    select h.id, h.number, h.unit_id, u.label as unit, h.token_sealed, h.answers, h.answered_at, h.channel
    from survey_households h join units u on u.community_id = h.community_id and u.id = h.unit_id
    where h.community_id = ${communityId} and h.survey_id = ${surveyId} and h.number > ${page.after}
      ${filter.id === undefined ? sql`` : sql`and h.id = ${filter.id}`}
      ${filter.isAnswered === undefined ? sql`` : filter.isAnswered ? sql`and h.answered_at is not null` : sql`and h.answered_at is null`}
      ${filter.q === undefined || filter.q === '' ? sql`` : sql`and strpos(u.label, ${filter.q}) > 0`}
    order by h.number limit ${page.limit + 1}`.execute(tx);
  return rows;
}

/** Surveys that asked this home, the newest first: whether and how it answered, never what. */
export async function listSurveysOfUnit(tx: Tx, communityId: string, unitId: string) {
  const { rows } = await sql<{
    id: string;
    title: string;
    state: SurveyState;
    openedAt: Instant;
    answeredAt: Instant | null;
    channel: AnswerChannel | null;
  }>`
    select s.id, s.title, s.state, s.opened_at, h.answered_at, h.channel
    from surveys s join survey_households h on h.community_id = s.community_id and h.survey_id = s.id and h.unit_id = ${unitId}
    where s.community_id = ${communityId} order by s.opened_at desc, s.id desc limit 20`.execute(tx);
  return rows;
}

/** Takes the answer where none is there yet; false: somebody was before. */
export async function takeAnswer(
  tx: Tx,
  communityId: string,
  id: string,
  given: {
    answers: Answers;
    answeredAt: Instant;
    channel: AnswerChannel;
    enteredBy: string | null;
    isSatisfied: boolean;
    points: number;
  },
): Promise<boolean> {
  const done = await tx
    .updateTable('surveyHouseholds')
    .set({ ...given, answers: JSON.stringify(given.answers) })
    .where('communityId', '=', communityId)
    .where('id', '=', id)
    .where('answeredAt', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Of a link: which household and survey it opens. Looked for over all communities, for a stranger names none. */
export async function findByToken(
  tx: Tx,
  tokenHash: Buffer,
): Promise<
  | {
      id: string;
      communityId: string;
      surveyId: string;
      community: string;
      answers: Answers | null;
      channel: string | null;
    }
  | undefined
> {
  const { rows } = await sql<{
    id: string;
    communityId: string;
    surveyId: string;
    community: string;
    answers: Answers | null;
    channel: string | null;
  }>`
    select h.id, h.community_id, h.survey_id, c.name as community, h.answers, h.channel
    from survey_households h join communities c on c.id = h.community_id where h.token_hash = ${tokenHash}`.execute(tx);
  return rows[0];
}

export type CountedGroup = Counted & { surveyId: string; name: string };
const counted = sql`count(*)::int as asked, count(h.answered_at)::int as answered,
  (count(*) filter (where h.is_satisfied))::int as satisfied, coalesce(sum(h.points), 0)::int as points`;

export async function countSurveys(tx: Tx, communityId: string, ids: readonly string[]): Promise<CountedGroup[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CountedGroup>`
    select h.survey_id, '' as name, ${counted} from survey_households h
    where h.community_id = ${communityId} and h.survey_id = any (${[...ids]}::uuid[]) group by h.survey_id`.execute(tx);
  return rows;
}

export async function countByBuilding(tx: Tx, communityId: string, surveyId: string): Promise<CountedGroup[]> {
  const { rows } = await sql<CountedGroup>`
    select h.survey_id, b.name, ${counted} from survey_households h
    join units u on u.community_id = h.community_id and u.id = h.unit_id
    join buildings b on b.community_id = u.community_id and b.id = u.building_id
    where h.community_id = ${communityId} and h.survey_id = ${surveyId} group by h.survey_id, b.name, b.sort_key order by b.sort_key, b.name`.execute(
    tx,
  );
  return rows;
}

/** By whose area 责任区 the household lies in; one of two butlers' counts for both. */
export async function countByArea(tx: Tx, communityId: string, surveyId: string): Promise<CountedGroup[]> {
  const { rows } = await sql<CountedGroup>`
    select h.survey_id, a.name, ${counted} from survey_households h
    join units u on u.community_id = h.community_id and u.id = h.unit_id
    join lateral (select distinct sa.account_id from staff_areas sa
      where sa.community_id = u.community_id and (sa.unit_id = u.id or sa.building_id = u.building_id)) s on true
    join accounts a on a.id = s.account_id
    where h.community_id = ${communityId} and h.survey_id = ${surveyId} group by h.survey_id, a.id, a.name order by a.name`.execute(
    tx,
  );
  return rows;
}

export type AnswerRow = {
  id: string;
  number: number;
  building: string;
  buildingId: string;
  /** Whose area the building is. Who has single rooms of it is left out: it would narrow down which room answered. */
  butlerIds: string[];
  answers: Answers;
  answeredAt: Instant;
  channel: AnswerChannel;
  isSatisfied: boolean;
  points: number;
};

/** The answers of a survey with the building and no room: what results and figures are made of. */
export async function listAnswers(tx: Tx, communityId: string, surveyIds: readonly string[]): Promise<AnswerRow[]> {
  if (surveyIds.length === 0) return [];
  const { rows } = await sql<AnswerRow>`
    select h.id, row_number() over (order by h.answered_at, h.id)::int as number, b.name as building, b.id as building_id,
      array(select distinct sa.account_id from staff_areas sa
        where sa.community_id = b.community_id and sa.building_id = b.id order by sa.account_id) as butler_ids,
      h.answers, h.answered_at, h.channel, h.is_satisfied, h.points
    from survey_households h join units u on u.community_id = h.community_id and u.id = h.unit_id
    join buildings b on b.community_id = u.community_id and b.id = u.building_id
    where h.community_id = ${communityId} and h.survey_id = any (${[...surveyIds]}::uuid[]) and h.answered_at is not null
    order by h.answered_at, h.id`.execute(tx);
  return rows;
}

export async function listClosedIn(
  tx: Tx,
  communityId: string,
  span: { from: Instant; until: Instant },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from surveys where community_id = ${communityId} and state = 'closed' and closed_at >= ${span.from} and closed_at < ${span.until}
    order by closed_at`.execute(tx);
  return rows.map((row) => row.id);
}

export async function listEnded(tx: Tx, today: Day): Promise<{ communityId: string; id: string }[]> {
  const { rows } = await sql<{ communityId: string; id: string }>`
    select community_id, id from surveys where state = 'open' and ends_on < ${today}`.execute(tx);
  return rows;
}
