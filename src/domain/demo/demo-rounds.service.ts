// Carries the planned visits and surveys of the demo out through the real services, each step at its own time.
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { type Instant, msOf } from '../../kernel/time.ts';
import type { Call } from '../access/call.ts';
import type { Improvement, ImprovementNoun } from '../improvements/improvement.contract.ts';
import {
  completeImprovement,
  confirmImprovement,
  listImprovements,
  returnImprovement,
} from '../improvements/improvement.service.ts';
import {
  closeSurvey,
  createSurvey,
  enterAnswers,
  handOverSurvey,
  listSurveyHouseholds,
  listSurveyLinks,
  openSurvey,
  readSurvey,
} from '../surveys/survey.service.ts';
import { answerSurveyLink } from '../surveys/survey-link.service.ts';
import { addSurveyImprovement } from '../surveys/survey-results.service.ts';
import {
  cancelVisit,
  createVisit,
  missVisit,
  readVisit,
  recordVisit,
  rescheduleVisit,
  returnVisit,
  reviewVisit,
} from '../visits/visit.service.ts';
import type { Deed, Place } from './demo-history.service.ts';
import type { PlannedSurvey, SurveyStep } from './demo-surveys.rules.ts';
import type { ImprovementDeed, PlannedVisit, VisitStep } from './demo-visits.rules.ts';

export type Ground = {
  place: Place;
  callOf(username: string, at: Instant): Call;
};
export const idOf = ({ place }: Ground, username: string): string => {
  const actor = place.actors.get(username);
  if (!actor) throw new Error(`nobody is called ${username}`);
  return actor.accountId;
};

/** One after the other for each story; a step that the rules refuse ends it where it stands and is logged. */
export function chainOf<Step extends { at: Instant; do: string }>(
  { place }: Ground,
  steps: readonly Step[],
  take: (step: Step) => Promise<unknown>,
): Deed[] {
  const chain = {};
  let isEnded = false;
  return steps.map((step) => ({
    at: msOf(step.at),
    chain,
    alone: false,
    run: async () => {
      if (isEnded) return;
      try {
        await take(step);
      } catch (fault) {
        if (!(fault instanceof Refusal || fault instanceof BadInput)) throw fault;
        isEnded = true;
        place.house.log.warn('demo.step_refused', { code: fault.message, step: step.do });
      }
    },
  }));
}

export const visitDeeds = (ground: Ground, visits: readonly PlannedVisit[]): Deed[] =>
  visits.flatMap((visit) => {
    let id = '';
    return chainOf(ground, visit.steps, async (step) => {
      id = await carryOut(ground, visit, step, id);
    });
  });

/** What a handler gets where nothing was asked or sent along. */
const asked = <Body>(call: Call, id: string, body: Body) => ({
  params: { communityId: call.communityId, id },
  query: {},
  uploads: [],
  body,
});

async function carryOut(ground: Ground, visit: PlannedVisit, step: VisitStep, id: string): Promise<string> {
  const call = ground.callOf(step.by, step.at);
  if (step.do === 'appoint') {
    const unitId = ground.place.unitIds[visit.unit] as string;
    const { on: at, purpose, isInterview } = step;
    const body = { unitId, at, purpose, isInterview, visitorId: idOf(ground, visit.visitor) };
    return (await createVisit(call, asked(call, id, body))).id;
  }
  if (step.do === 'complete' || step.do === 'confirm' || step.do === 'send-back') {
    await improve(call, step, await improvementOf(call, { noun: 'visit', nounId: id }, 0));
    return id;
  }
  const { version } = await readVisit(call, { params: { id } });
  switch (step.do) {
    case 'reschedule':
      await rescheduleVisit(call, asked(call, id, { version, at: step.on }));
      break;
    case 'record': {
      const { heldAt, met, said, opinions, improvement } = step;
      const improvements = improvement
        ? [{ text: improvement.text, ownerId: idOf(ground, improvement.owner), dueOn: improvement.dueOn }]
        : [];
      await recordVisit(call, asked(call, id, { version, heldAt, met, said, opinions, improvements }));
      break;
    }
    case 'miss':
      await missVisit(call, asked(call, id, { version, reason: step.reason }));
      break;
    case 'cancel':
      await cancelVisit(call, asked(call, id, { version, reason: step.reason }));
      break;
    case 'review':
      await reviewVisit(call, asked(call, id, { version, comment: step.comment }));
      break;
    case 'return':
      await returnVisit(call, asked(call, id, { version, remark: step.remark }));
  }
  return id;
}

async function improvementOf(
  call: Call,
  from: { noun: ImprovementNoun; nounId: string },
  which: number,
): Promise<Improvement> {
  const query = { ...from, limit: 50 };
  const { items } = await listImprovements(call, { ...asked(call, '', undefined), query });
  const one = items[which];
  if (!one) throw new Error(`no improvement ${which} of ${from.noun}`);
  return one;
}

async function improve(call: Call, deed: ImprovementDeed, { id, version }: Improvement): Promise<void> {
  if (deed.do === 'complete') await completeImprovement(call, asked(call, id, { version, result: deed.result }));
  if (deed.do === 'confirm') await confirmImprovement(call, asked(call, id, { version }));
  if (deed.do === 'send-back') {
    const { remark, dueOn } = deed;
    await returnImprovement(call, asked(call, id, { version, remark, dueOn }));
  }
}

type Asked = { id: string; path: string };

export const surveyDeeds = (ground: Ground, surveys: readonly PlannedSurvey[]): Deed[] =>
  surveys.flatMap((survey) => {
    const kept: Kept = { id: '', households: [] };
    return chainOf(ground, survey.steps, (step) => keepSurvey(ground, kept, step));
  });

type Kept = { id: string; households: Asked[] };

async function keepSurvey(ground: Ground, kept: Kept, step: SurveyStep): Promise<void> {
  const call = ground.callOf(step.by, step.at);
  const version = async () => (await readSurvey(call, { params: { id: kept.id } })).version;
  switch (step.do) {
    case 'draft':
      kept.id = (await createSurvey(call, asked(call, '', step.body))).id;
      return;
    case 'open':
      await openSurvey(call, asked(call, kept.id, { version: await version() }));
      kept.households = await householdsOf(call, kept.id);
      return;
    case 'answer': {
      // A small town has fewer homes than a sample asks for.
      const household = kept.households[step.place];
      if (!household) return;
      const { channel, answers } = step;
      if (channel === 'link') {
        const token = household.path.slice(household.path.indexOf('#') + 1);
        await answerSurveyLink(call, asked(call, '', { token, answers }));
      } else {
        const input = asked(call, kept.id, { channel, answers });
        await enterAnswers(call, { ...input, params: { ...input.params, householdId: household.id } });
      }
      return;
    }
    case 'close':
      await closeSurvey(call, asked(call, kept.id, { version: await version() }));
      return;
    case 'hand-over':
      await handOverSurvey(call, asked(call, kept.id, { version: await version(), note: step.note }));
      return;
    case 'improve': {
      const { text, dueOn } = step;
      await addSurveyImprovement(call, asked(call, kept.id, { text, dueOn, ownerId: idOf(ground, step.owner) }));
      return;
    }
    case 'complete':
      await improve(call, step, await improvementOf(call, { noun: 'survey', nounId: kept.id }, step.which));
  }
}

/** Those asked, in the order they were drawn, each with its link. */
async function householdsOf(call: Call, id: string): Promise<Asked[]> {
  const all: Asked[] = [];
  let cursor: string | undefined;
  do {
    const input = { ...asked(call, id, undefined), query: { limit: 200, cursor } };
    const [homes, links] = [await listSurveyHouseholds(call, input), await listSurveyLinks(call, input)];
    for (const [index, home] of homes.items.entries()) all.push({ id: home.id, path: links.items[index]?.path ?? '' });
    cursor = homes.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
