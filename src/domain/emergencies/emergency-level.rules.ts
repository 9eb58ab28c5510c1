// The level of an emergency 突发事件, by facts: harm as CP2 measures it for complaints, and the least level of its category.
import type { FieldFault } from '../../kernel/refusal.ts';
import type { Role } from '../access/role.contract.ts';
import { contradictions, nothingStated, proposeSeverity, rankOf } from '../complaints/complaint-severity.rules.ts';
import type { Injury } from '../complaints/complaint-shapes.contract.ts';
import type { EmergencyCard, StandardDocument } from '../standards/standard.contract.ts';
import type { EmergencyCategory, EmergencyLevelFact, HarmInput, Severity } from './emergency.contract.ts';

/** As kept: null is not known. */
export type Harm = {
  people: number | null;
  deaths: number | null;
  injury: Injury | null;
  lossFen: number | null;
  mediaReports: number | null;
  mediaDays: number | null;
  mediaOutlets: number | null;
};
export const nothingKnown: Harm = {
  people: null,
  deaths: null,
  injury: null,
  lossFen: null,
  mediaReports: null,
  mediaDays: null,
  mediaOutlets: null,
};

/** What is said now over what was known before: a fact that is left out stays as it was. */
export const harmFrom = (input: HarmInput | undefined, before: Harm = nothingKnown): Harm => ({
  ...before,
  ...Object.fromEntries(Object.entries(input ?? {}).filter(([, value]) => value !== undefined)),
});

export const cardOf = (document: StandardDocument, category: EmergencyCategory): EmergencyCard | undefined =>
  document.emergency.cards.find((card) => card.code === category);

export type ProposedLevel = { severity: Severity; fact: EmergencyLevelFact };

/** The highest that speaks. Ten people who complain together (CP2) are no measure here: those harmed are counted apart. */
export function levelByFacts(document: StandardDocument, category: EmergencyCategory, harm: Harm): ProposedLevel {
  const byHarm = proposeSeverity(document.complaint, {
    lossFen: harm.lossFen ?? 0,
    people: 0,
    deaths: harm.deaths ?? 0,
    injury: harm.injury ?? 'none',
    mediaReports: harm.mediaReports ?? 0,
    mediaDays: harm.mediaDays ?? 0,
    mediaOutlets: harm.mediaOutlets ?? 0,
    unfulfilledPromise: false,
    raisings: 0,
    mishandledAt: null,
  });
  const least = cardOf(document, category)?.levelAtLeast ?? 'ordinary';
  if (rankOf(least) > rankOf(byHarm.severity)) return { severity: least, fact: 'category' };
  const fact = byHarm.rule.split('.')[1] as string;
  return { severity: byHarm.severity, fact: factNames[fact] ?? 'none' };
}

const factNames: Readonly<Record<string, EmergencyLevelFact>> = {
  loss: 'loss',
  death: 'death',
  injury: 'injury',
  media: 'media',
};

/** A missing fact contradicts nothing. */
export const harmFaults = (harm: Harm): FieldFault[] =>
  contradictions({ ...nothingStated, ...harm }).map((one) => ({ ...one, path: one.path.replace('facts.', 'harm.') }));

/** Whose it is to take it over at this level. */
export const deciderOf = (document: StandardDocument, severity: Severity): Role =>
  document.emergency.takenOverBy.value[severity];
export const reviewerOf = (document: StandardDocument, severity: Severity): Role =>
  document.emergency.reviewedBy.value[severity];

/** FU1: critical and major ones have a row of their own, the others are "others". */
export const followUpSubjectOf = (severity: Severity): 'major-critical-event' | 'other' =>
  rankOf(severity) >= rankOf('major') ? 'major-critical-event' : 'other';
