// What of a repair goes onto its paper, and the few readings that both forms share.
import { dayOf, type Instant, wallTimeOf } from '../../../../kernel/time.ts';
import type { RepairAnswer } from '../../repair.contract.ts';
import {
  doorCheckWords,
  partCheckWords,
  repairWords,
  settlementWords,
  siteCheckWords,
  timelineInWords,
} from '../../repair.words.ts';
import { repairPageWords } from '../../repair-page.words.ts';
import {
  customerPartsOf,
  type LaidOut,
  type PaperOrder,
  type PaperPart,
  paperParts,
} from '../../repair-paper.rules.ts';
import { boxes, paperWords as words } from '../../repair-paper.words.ts';

export type PaperProps = {
  repair: RepairAnswer;
  communityName: string;
  categoryWord: string;
  isAgain: boolean;
  laid: LaidOut;
};

export const moment = (at: Instant | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

/** What was written beside each set of photos; a drawn signature is no photo. */
function captionsOf(repair: RepairAnswer): string[] {
  const shown = repair.timeline.filter(
    (entry) => entry.attachmentIds.length > 0 && entry.facts.evidence !== 'drawing' && entry.action !== 'agree',
  );
  const ofSteps = new Set(repair.timeline.flatMap((entry) => entry.attachmentIds));
  const ofReport = repair.attachmentIds.filter((id) => !ofSteps.has(id)).length;
  return [
    ...(ofReport > 0 ? [words.photosOfReport(ofReport)] : []),
    ...shown.map((entry) =>
      [
        words.photosOf(moment(entry.at).slice(5), timelineInWords(entry), entry.attachmentIds.length),
        entry.kind === 'photo' || entry.kind === 'note' ? entry.text : null,
      ]
        .filter((part) => part !== null && part !== '')
        .join(words.colon),
    ),
  ];
}

export const paperOrderOf = (repair: RepairAnswer): PaperOrder => ({
  content: repair.description,
  result: repair.result ?? '',
  parts: paperParts(repair.quote?.lines ?? [], repair.materials),
  captions: captionsOf(repair),
});

export const timeOf = (repair: RepairAnswer, action: string): string =>
  moment(repair.timeline.findLast((entry) => entry.action === action)?.at);

/** Who does the work; a firm signs for the order on arrival (RP7). */
export const workerOf = (repair: RepairAnswer): string => {
  if (repair.contractor === null) return repair.technician?.name ?? '';
  const firm = repair.contractorFirm?.name ?? repair.contractor.name;
  const signed = repair.contractorSigned;
  return words.signedFor(firm, signed ? `${moment(signed.at).slice(5)} ${signed.by?.name ?? ''}` : null);
};

/** The urgency's neighbours: what whoever takes the paper has to know of the order. */
export const flagsInWords = (repair: RepairAnswer): string =>
  [
    repair.underWarranty ? words.warranty : null,
    repair.repeatedFault ? words.flags.repeated : null,
    repair.reworkCount > 0 ? words.flags.rework(repair.reworkCount) : null,
    repair.flags.includes('re-classed') ? words.flags.reclassed : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');

const ticksOf = <Code extends string>(
  repair: RepairAnswer,
  action: string,
  fact: string,
  all: Record<Code, string>,
) => {
  const ticked = repair.timeline.findLast((entry) => entry.action === action)?.facts[fact];
  return boxes(
    Object.values(all),
    (Array.isArray(ticked) ? ticked : []).map((code: Code) => all[code]),
  );
};
export const doorLine = (repair: RepairAnswer): string => ticksOf(repair, 'arrive', 'doorChecks', doorCheckWords);
export const siteLine = (repair: RepairAnswer): string => ticksOf(repair, 'finish', 'siteChecks', siteCheckWords);

/** RP11: paid, on the monthly bill, free; open until one of them is known. */
export const settlementLine = (repair: RepairAnswer): string =>
  boxes(
    words.settlement,
    repair.finishedAt === null || repair.settlement === 'open' ? [] : [settlementWords[repair.settlement]],
  );

export const partsLine = (repair: RepairAnswer): string => {
  const brought = customerPartsOf(repair.timeline);
  if (brought.length === 0) return words.partChecks;
  return brought
    .map((one) => words.partFound(one.name, partCheckWords[one.check], one.check !== 'passed' && one.customerTold))
    .join('；');
};

export const satisfiedLine = (repair: RepairAnswer): string =>
  boxes(
    words.satisfaction,
    repair.satisfied === null ? [] : [repair.satisfied ? repairWords.satisfied : repairWords.notSatisfied],
  );

export const sumOf = (repair: RepairAnswer): string => {
  if (repair.chargedFen > 0) return repairPageWords.yuan(repair.chargedFen);
  return repair.quote === null ? '' : repairPageWords.yuan(repair.quote.amountFen);
};

/** Labour, material, name: the first is told only where somebody said so. */
export const partName = (part: PaperPart): string =>
  part.kind === undefined || part.kind === 'other' ? part.name : `${repairPageWords.lineKinds[part.kind]} ${part.name}`;
