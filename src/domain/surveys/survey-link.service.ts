// The way in without an account 问卷链接: a random token opens the questions, takes one answer, and tells nothing of the
// household. A brake stops whoever tries tokens or knocks a thousand times.
import { canonical } from '../../kernel/canonical.ts';
import { notFound, Refusal } from '../../kernel/refusal.ts';
import { dayOf } from '../../kernel/time.ts';
import { machineMs } from '../../platform/time-source.ts';
import { type Call, type InputOf, systemCall } from '../access/call.ts';
import type { PublicSurvey, surveyRoutes } from './survey.contract.ts';
import { cleaned, isTaking, type Knocks, knock, linkBrake } from './survey.rules.ts';
import { keepAnswer, tokenHash } from './survey.service.ts';
import { findByToken, findSurvey, type SurveyRow } from './survey.store.ts';

type Input<Name extends keyof typeof surveyRoutes> = InputOf<(typeof surveyRoutes)[Name]>;

const knocked = new Map<string, Knocks>();
const mostRemembered = 20_000;

/** Before anything is looked up, so that a flood costs the database nothing. */
function brake(call: Call, token: string): void {
  const nowMs = machineMs();
  if (knocked.size > mostRemembered) for (const [key, one] of knocked) if (one.untilMs <= nowMs) knocked.delete(key);
  const doors = [
    [`a ${call.fromIp}`, linkBrake.perAddress],
    [`t ${tokenHash(token).toString('base64')}`, linkBrake.perToken],
  ] as const;
  for (const [door, most] of doors) {
    const { knocks, waitMs } = knock(knocked.get(door), nowMs, most);
    knocked.set(door, knocks);
    if (waitMs !== null)
      throw new Refusal('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }, 429);
  }
}

async function behind(call: Call, token: string) {
  const found = await call.house.database.everywhere(async (tx) => {
    const household = await findByToken(tx, tokenHash(token));
    const survey = household ? await findSurvey(tx, household.communityId, household.surveyId) : undefined;
    return household && survey ? { household, survey } : null;
  });
  if (!found) throw notFound('survey');
  return found;
}

const shown = (community: string, survey: SurveyRow, state: PublicSurvey['state']): PublicSurvey => ({
  community,
  title: survey.title,
  introduction: survey.introduction,
  // Somebody who comes too late, or again, is shown no form.
  questions: state === 'open' ? survey.questions : [],
  endsOn: survey.endsOn,
  state,
});

export async function openSurveyLink(call: Call, { body }: Input<'openSurveyLink'>): Promise<PublicSurvey> {
  brake(call, body.token);
  const { household, survey } = await behind(call, body.token);
  const isOpen = isTaking(survey, dayOf(call.now));
  return shown(household.community, survey, household.answers !== null ? 'answered' : isOpen ? 'open' : 'over');
}

/** The same answers sent again are the same answer: a phone whose line broke hears that it went through. */
export async function answerSurveyLink(call: Call, { body }: Input<'answerSurveyLink'>): Promise<PublicSurvey> {
  brake(call, body.token);
  try {
    return await answerOnce(call, body);
  } catch (fault) {
    // Its twin was quicker by a moment: now that one stands, the same answers are the same answer.
    if (fault instanceof Refusal && fault.code === 'survey.already_answered') return answerOnce(call, body);
    throw fault;
  }
}

async function answerOnce(call: Call, body: Input<'answerSurveyLink'>['body']): Promise<PublicSurvey> {
  const { household, survey } = await behind(call, body.token);
  const isSame = (kept: typeof household.answers) =>
    kept !== null && canonical(kept) === canonical(cleaned(body.answers));
  if (household.answers !== null) {
    if (household.channel === 'link' && isSame(household.answers))
      return shown(household.community, survey, 'answered');
    throw new Refusal('survey.already_answered');
  }
  if (!isTaking(survey, dayOf(call.now))) throw new Refusal('survey.over', { endsOn: survey.endsOn });
  const stranger: Call = {
    ...systemCall(call.house, household.communityId, { id: '', organizationId: '' }, call.now),
    requestId: call.requestId,
  };
  await call.house.database.write([household.communityId], (tx) =>
    keepAnswer(tx, stranger, survey, household.id, body.answers, 'link'),
  );
  call.house.committed();
  return shown(household.community, survey, 'answered');
}
