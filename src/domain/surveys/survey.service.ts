// Satisfaction surveys 满意度调查 kept by staff (FU8): drafted, opened to all or a drawn sample, entered, closed, handed on.
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '../../kernel/id.ts';
import { decodeCursor, pageOf } from '../../kernel/paging.ts';
import { BadInput, badField, notFound, Refusal, staleVersion } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, type InputOf, reachOf, readIn, systemCall } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { standardInForce } from '../standards/standard.service.ts';
import {
  type Survey,
  type SurveyHousehold,
  type SurveyMove,
  surveyMoves,
  type surveyRoutes,
} from './survey.contract.ts';
import type { SurveyHat } from './survey.moves.ts';
import {
  answerFaults,
  cleaned,
  drawnOf,
  figuresOf,
  isTaking,
  nextBy,
  refusalOf,
  scoreOf,
  surveyFaults,
} from './survey.rules.ts';
import {
  countSurveys,
  findSurvey,
  type HouseholdRow,
  insertHouseholds,
  insertSurvey,
  listEligible,
  listEnded,
  listHouseholdRows,
  listSurveyRows,
  listSurveysOfUnit,
  type SurveyRow,
  takeAnswer,
  updateSurvey,
} from './survey.store.ts';

type Input<Name extends keyof typeof surveyRoutes> = InputOf<(typeof surveyRoutes)[Name]>;

const hatsOf = (call: Call): SurveyHat[] => [
  ...(reachOf(call, 'survey.write') === null ? [] : (['keeper'] as const)),
  ...(reachOf(call, 'survey.enter') === null ? [] : (['enterer'] as const)),
];

// ── asked ───────────────────────────────────────────────────────────────────────────────────────────

export const listSurveys = (call: Call) =>
  readIn(call, async (tx) => {
    const rows = await listSurveyRows(tx, call.communityId);
    const { everyMonths } = (await standardInForce(tx, call.communityId)).document.followUp.survey.value;
    const last = rows.find((row) => row.openedAt !== null)?.openedAt ?? null;
    return {
      items: await shape(tx, call, rows),
      nextCursor: null,
      nextBy: last === null ? null : nextBy(dayOf(last), everyMonths),
      everyMonths,
    };
  });

export const readSurvey = (call: Call, { params }: { params: { id: string } }): Promise<Survey> =>
  readIn(call, async (tx) => {
    const row = await findSurvey(tx, call.communityId, params.id);
    const [shown] = row ? await shape(tx, call, [row]) : [];
    if (!shown) throw notFound('survey');
    return shown;
  });

const placeOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const [number] = decodeCursor(cursor, 1);
  if (typeof number !== 'number') throw badField('cursor', 'not_a_cursor');
  return number;
};

export const listSurveyHouseholds = (call: Call, { params, query }: Input<'listSurveyHouseholds'>) =>
  readIn(call, async (tx) => {
    if (!(await findSurvey(tx, call.communityId, params.id))) throw notFound('survey');
    const isAnswered = query.answered === undefined ? undefined : query.answered === 'true';
    const rows = await listHouseholdRows(
      tx,
      call.communityId,
      params.id,
      { isAnswered, q: query.q },
      { after: placeOf(query.cursor), limit: query.limit },
    );
    return pageOf(rows, query.limit, (row) => [row.number], shownHousehold);
  });

/** What a home was asked. Its answers count in the sums of buildings and areas only: nobody reads them by the home. */
export const listUnitSurveys = (call: Call, { params }: Input<'listUnitSurveys'>) =>
  readIn(call, async (tx) => ({ items: await listSurveysOfUnit(tx, call.communityId, params.unitId) }));

/** Of those who have not answered, for the letters: a room on the paper, only a random token in the address. */
export const listSurveyLinks = (call: Call, { params, query }: Input<'listSurveyLinks'>) =>
  readIn(call, async (tx) => {
    const survey = await findSurvey(tx, call.communityId, params.id);
    if (!survey) throw notFound('survey');
    const refused = refusalOf(survey.state, hatsOf(call), 'enter');
    if (refused) throw refused;
    const rows = await listHouseholdRows(
      tx,
      call.communityId,
      params.id,
      { isAnswered: false },
      { after: placeOf(query.cursor), limit: query.limit },
    );
    return pageOf(
      rows,
      query.limit,
      (row) => [row.number],
      (row) => ({
        number: row.number,
        unit: row.unit,
        path: `/s/#${call.house.secrets.open(row.tokenSealed, tokenSeal(row.id))}`,
      }),
    );
  });

// ── made and moved ──────────────────────────────────────────────────────────────────────────────────

export async function createSurvey(call: Call, { body }: Input<'createSurvey'>): Promise<Survey> {
  const id = await effect(call, newId(), async (tx, made) => {
    const faults = surveyFaults(body, dayOf(call.now));
    if (faults.length > 0) throw new BadInput(faults);
    await insertSurvey(tx, {
      ...body,
      sampleSize: body.sampleSize ?? null,
      communityId: call.communityId,
      id: made,
      madeBy: call.actor.accountId,
      madeAt: call.now,
    });
    await record(tx, call, { action: 'survey.draft', noun: 'survey', nounId: made });
  });
  return readSurvey(call, { params: { id } });
}

export const amendSurvey = (call: Call, { params, body }: Input<'amendSurvey'>) =>
  move(call, params.id, 'amend', body.version, async () => {
    const { version: _seen, ...draft } = body;
    const faults = surveyFaults(draft, dayOf(call.now));
    if (faults.length > 0) throw new BadInput(faults);
    return { ...draft, sampleSize: draft.sampleSize ?? null };
  });

export const openSurvey = (call: Call, { params, body }: Input<'openSurvey'>) =>
  move(call, params.id, 'open', body.version, async (tx, row) => {
    const faults = surveyFaults(row, dayOf(call.now));
    if (faults.length > 0) throw new BadInput(faults);
    const sampleSeed = randomBytes(16).toString('hex');
    const eligible = await listEligible(tx, call.communityId, dayOf(call.now));
    const drawn = drawnOf(eligible, row.sampleSize, sampleSeed);
    if (drawn.length === 0) throw new Refusal('survey.nobody_to_ask');
    await insertHouseholds(
      tx,
      call.communityId,
      row.id,
      drawn.map((unitId, index) => {
        const [id, token] = [newId(), randomBytes(16).toString('base64url')];
        return {
          id,
          unitId,
          number: index + 1,
          tokenHash: tokenHash(token),
          tokenSealed: call.house.secrets.seal(token, tokenSeal(id)),
        };
      }),
    );
    const { satisfiedFrom } = (await standardInForce(tx, call.communityId)).document.followUp.surveyScale.value;
    return { state: 'open', openedAt: call.now, sampleSeed, satisfiedFrom };
  });

export const closeSurvey = (call: Call, { params, body }: Input<'closeSurvey'>) =>
  move(call, params.id, 'close', body.version, async () => ({ state: 'closed', closedAt: call.now }));

export const handOverSurvey = (call: Call, { params, body }: Input<'handOverSurvey'>) =>
  move(call, params.id, 'hand-over', body.version, async () => ({
    handedAt: call.now,
    handedBy: call.actor.accountId,
    handedNote: body.note ?? null,
  }));

async function move(
  call: Call,
  id: string,
  name: SurveyMove,
  seen: number | undefined,
  change: (tx: Tx, row: SurveyRow) => Promise<Parameters<typeof updateSurvey>[3]>,
): Promise<Survey> {
  await effect(call, id, async (tx) => {
    const row = await findSurvey(tx, call.communityId, id, true);
    if (!row) throw notFound('survey');
    const version = seen ?? call.ifMatch;
    if (version === null || version === undefined) throw badField('version', 'required');
    if (version !== row.version) throw staleVersion(row.version);
    const refused = refusalOf(row.state, hatsOf(call), name);
    if (refused) throw refused;
    const after = await change(tx, row);
    await updateSurvey(tx, call.communityId, id, after);
    await record(tx, call, {
      action: `survey.${name}`,
      noun: 'survey',
      nounId: id,
      changed: {
        version: [row.version, row.version + 1],
        ...('state' in after && after.state ? { state: [row.state, after.state] } : {}),
      },
    });
  });
  return readSurvey(call, { params: { id } });
}

/** Ends what is over, as of itself; answers how many. */
export async function closeEnded(house: House): Promise<number> {
  const now = house.time.now();
  const ended = await house.database.everywhere((tx) => listEnded(tx, dayOf(now)));
  for (const { communityId, id } of ended)
    await house.database.write([communityId], async (tx) => {
      const row = await findSurvey(tx, communityId, id, true);
      if (!row || refusalOf(row.state, ['system'], 'close') !== null) return;
      await updateSurvey(tx, communityId, id, { state: 'closed', closedAt: now });
      await record(tx, systemCall(house, communityId, { id: '', organizationId: '' }, now), {
        action: 'survey.close',
        noun: 'survey',
        nounId: id,
        changed: { state: ['open', 'closed'] },
      });
    });
  if (ended.length > 0) house.committed();
  return ended.length;
}

// ── answers entered by staff ────────────────────────────────────────────────────────────────────────

export async function enterAnswers(call: Call, { params, body }: Input<'enterAnswers'>): Promise<SurveyHousehold> {
  await effect(call, params.householdId, async (tx) => {
    const survey = await findSurvey(tx, call.communityId, params.id);
    const household = survey ? await findHousehold(tx, call, params.id, params.householdId) : undefined;
    if (!survey || !household) throw notFound('household');
    const refused = refusalOf(survey.state, hatsOf(call), 'enter');
    if (refused) throw refused;
    if (!isTaking(survey, dayOf(call.now))) throw new Refusal('survey.over', { endsOn: survey.endsOn });
    await keepAnswer(tx, call, survey, household.id, body.answers, body.channel);
  });
  return readIn(call, async (tx) => {
    const row = await findHousehold(tx, call, params.id, params.householdId);
    if (!row) throw notFound('household');
    return shownHousehold(row);
  });
}

const findHousehold = async (tx: Tx, call: Call, surveyId: string, id: string): Promise<HouseholdRow | undefined> =>
  (await listHouseholdRows(tx, call.communityId, surveyId, { id }, { after: 0, limit: 1 }))[0];

/** Whoever is first: by link or by hand, there is one answer a household. */
export async function keepAnswer(
  tx: Tx,
  call: Call,
  survey: SurveyRow,
  householdId: string,
  given: Parameters<typeof answerFaults>[1],
  channel: HouseholdRow['channel'] & string,
): Promise<void> {
  const faults = answerFaults(survey.questions, given);
  if (faults.length > 0) throw new BadInput(faults);
  const answers = cleaned(given);
  const isTaken = await takeAnswer(tx, call.communityId, householdId, {
    answers,
    answeredAt: call.now,
    channel,
    enteredBy: channel === 'link' ? null : call.actor.accountId,
    ...scoreOf(survey.questions, answers, survey.satisfiedFrom ?? 0),
  });
  if (!isTaken) throw new Refusal('survey.already_answered');
  // Which household it was stays out of the record and of the feed.
  await record(tx, call, {
    action: 'survey.answer',
    noun: 'survey',
    nounId: survey.id,
    changed: { channel: [null, channel] },
  });
}

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
const tokenSeal = (householdId: string): string => `survey-household:${householdId}`;

// ── shown ───────────────────────────────────────────────────────────────────────────────────────────

const shownHousehold = (row: HouseholdRow): SurveyHousehold => ({
  id: row.id,
  number: row.number,
  unit: { id: row.unitId, label: row.unit },
  answeredAt: row.answeredAt,
  channel: row.channel,
});

async function shape(tx: Tx, call: Call, rows: readonly SurveyRow[]): Promise<Survey[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((row) => [row.madeBy, row.handedBy]),
  );
  const person = (id: string) => ({ id, name: names.get(id) ?? '' });
  const counted = await countSurveys(
    tx,
    call.communityId,
    rows.map((row) => row.id),
  );
  const { satisfiedRate, index } = (await standardInForce(tx, call.communityId)).document.followUp.survey.value;
  const hats = hatsOf(call);
  return rows.map((row) => ({
    id: row.id,
    communityId: call.communityId,
    title: row.title,
    introduction: row.introduction,
    questions: row.questions,
    state: row.state,
    sampleSize: row.sampleSize,
    sampleSeed: row.state === 'closed' ? row.sampleSeed : null,
    endsOn: row.endsOn,
    madeBy: person(row.madeBy),
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    handed:
      row.handedAt === null || row.handedBy === null
        ? null
        : { at: row.handedAt, by: person(row.handedBy), note: row.handedNote },
    figures: figuresOf(
      counted.find((one) => one.surveyId === row.id) ?? { asked: 0, answered: 0, satisfied: 0, points: 0 },
    ),
    targets: { rate: satisfiedRate, index },
    moves: surveyMoves.map((name) => {
      const refused = refusalOf(row.state, hats, name);
      return refused === null ? { name, allowed: true } : { name, allowed: false, reason: refused.code };
    }),
    version: row.version,
  }));
}
