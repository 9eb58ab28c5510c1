// Carries the planned emergencies of the demo out through the real services, each step at its own time.
import type { Call } from '../access/call.ts';
import { createEmergency, moveEmergency } from '../emergencies/emergency.service.ts';
import { readEmergency } from '../emergencies/emergency-view.service.ts';
import { recordFollowUp, reviewFollowUp } from '../follow-ups/follow-up.service.ts';
import { type FollowUpRow, listOfCase } from '../follow-ups/follow-up.store.ts';
import { planFollowUps } from '../follow-ups/follow-up-plan.service.ts';
import type { EmergencyStep, PlannedEmergency } from './demo-emergencies.rules.ts';
import { emergencyFollowUp as texts } from './demo-emergencies.words.ts';
import type { Deed } from './demo-history.service.ts';
import { chainOf, type Ground, idOf } from './demo-rounds.service.ts';

export const emergencyDeeds = (
  ground: Ground,
  emergencies: readonly PlannedEmergency[],
  preset: 'luxury' | 'standard',
): Deed[] =>
  emergencies.flatMap((planned) => {
    const made = { id: '' };
    return chainOf(ground, planned.steps, (step) => carryOut(ground, planned, step, made, preset));
  });

async function carryOut(
  ground: Ground,
  planned: PlannedEmergency,
  step: EmergencyStep,
  made: { id: string },
  preset: 'luxury' | 'standard',
): Promise<void> {
  const call = ground.callOf(step.by, step.at);
  if (step.do === 'report') {
    const { unit } = planned;
    const person = unit === null ? undefined : ground.place.callers(unit);
    made.id = await createEmergency(call, {
      ...step.body,
      ...(unit === null ? {} : { unitId: ground.place.unitIds[unit] as string }),
      ...(person ? { contact: { name: person.name, ...(person.phone ? { phone: person.phone } : {}) } } : {}),
    });
    return;
  }
  if (step.do === 'move') {
    const [first] = step.sent.map((username) => idOf(ground, username));
    const { version } = await readEmergency(call, made.id);
    await moveEmergency(call, step.name, made.id, {
      ...(step.name === 'measure' || step.name === 'deploy' ? {} : { version }),
      ...(step.name === 'take-over' && first ? { inChargeId: first } : {}),
      ...(step.name === 'deploy' ? { staffIds: step.sent.map((username) => idOf(ground, username)) } : {}),
      ...step.body,
    } as never);
    return;
  }
  // One that the sample left out is nobody's to ask about.
  const row = (await followUpsOf(call, made.id)).findLast((one) => one.state === wanted[step.do]);
  if (!row) return;
  const { id, version } = row;
  if (step.do === 'name') await planFollowUps(call, { items: [{ id, callerId: idOf(ground, step.caller) }] });
  if (step.do === 'ask')
    await recordFollowUp(call, id, {
      version,
      verdict: 'acceptable',
      ...texts.record,
      channel: 'phone',
      ...(preset === 'luxury' ? { reason: texts.reason } : {}),
    });
  if (step.do === 'confirm') await reviewFollowUp(call, id, { version, comment: texts.comment });
}

const wanted = { name: 'due', ask: 'due', confirm: 'recorded' } as const;

const followUpsOf = (call: Call, caseId: string): Promise<FollowUpRow[]> =>
  call.house.database.read([call.communityId], (tx) => listOfCase(tx, call.communityId, caseId));
