// What of a complaint goes onto its paper. Of an anonymous one nothing that tells who: no name, room, number or taker, no
// minute, no signature, whoever prints it (spec/12 Anonymity): a paper lies about where a screen does not.
import { yuanOfFen } from '../../../../kernel/money.ts';
import { dayOf, type Instant, wallTimeOf } from '../../../../kernel/time.ts';
import { channelWords, postWords } from '../../../cases/case.words.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import {
  againstWords,
  answerHowWords,
  complaintCaseMoveWords,
  complaintCauseWords,
  injuryWords,
  severityWords,
  validityWords,
} from '../../complaint-case.words.ts';
import { ruleExplained } from '../../complaint-page.words.ts';
import { complaintPaperWords as words } from '../../complaint-paper.words.ts';
import type { AnswerHow, ComplaintAnswer } from '../../complaint-shapes.contract.ts';
import { exportedTime } from '../../complaint-sight.rules.ts';

export const moment = (at: Instant | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

export type PaperComplaint = ReturnType<typeof paperComplaintOf>;

export function paperComplaintOf(complaint: ComplaintAnswer, policy: StandardDocument['complaint'] | undefined) {
  const { anonymous, timeline } = complaint;
  /** Only to the hour where the minute could tell who stood at the desk. */
  const early = (at: Instant | null) => (at === null ? '' : moment(exportedTime(at, anonymous)));
  const stepOf = (action: string) => timeline.findLast((entry) => entry.action === action);
  const said = (action: string): string => {
    const entry = stepOf(action);
    return entry === undefined ? '' : words.by(entry.by?.name ?? '', moment(entry.at));
  };
  const told = stepOf('tell-customer');
  const complete = complaint.clocks.findLast((clock) => clock.kind === 'complete' && clock.state !== 'void');
  const how = told?.facts.how;
  const isSent = stepOf('send') !== undefined;
  return {
    communityId: complaint.communityId,
    code: complaint.code,
    anonymous,
    level: severityWords[complaint.severity],
    rule: ruleExplained(complaint.rule, policy),
    receivedAt: early(complaint.receivedAt),
    channel: channelWords[complaint.channel],
    taker: anonymous ? '' : (complaint.firstContact?.name ?? ''),
    customer: anonymous ? words.anonymous : (complaint.contact.name ?? ''),
    unit: anonymous ? '' : (complaint.unit ?? ''),
    phone: anonymous ? '' : (complaint.contact.phone ?? ''),
    occurredAt: early(complaint.occurredAt),
    place: complaint.place ?? '',
    against: [complaint.against === null ? null : againstWords[complaint.against], complaint.againstStaff?.name ?? null]
      .filter((part) => part !== null)
      .join(' '),
    account: complaint.account ?? '',
    demand: complaint.demand ?? '',
    facts: factsLine(complaint),
    validity: complaint.validity === 'undecided' ? '' : validityWords[complaint.validity],
    replyReason: complaint.replyReason ?? '',
    replyAt: moment(complaint.replyAt),
    wishedAt: moment(complaint.wishedAt),
    agreedAt: moment(complaint.agreedAt),
    upward: [
      ...timeline
        .filter((entry) => entry.action === 'forward')
        .map((entry) =>
          [
            words.by(entry.by?.name ?? '', early(entry.at)),
            complaintCaseMoveWords.forward,
            postWords[entry.facts.to as keyof typeof postWords] ?? '',
          ].join(' '),
        ),
      ...(complaint.takenOverAt === null
        ? []
        : [
            [
              words.by(complaint.inCharge?.name ?? '', early(complaint.takenOverAt)),
              complaintCaseMoveWords['take-over'],
            ].join(' '),
          ]),
    ],
    department: isSent ? againstWords[complaint.department] : '',
    sent: isSent ? (anonymous ? early(stepOf('send')?.at ?? null) : said('send')) : '',
    signedFor: said('accept'),
    handler: complaint.responsible?.name ?? '',
    dueAt: anonymous ? early(complete?.dueAt ?? null) : moment(complete?.dueAt),
    result: complaint.result ?? '',
    cause: complaint.cause === null ? '' : complaintCauseWords[complaint.cause],
    resolvedAt: said('resolve'),
    toldAt:
      complaint.toldAt === null
        ? ''
        : [
            words.by(anonymous ? '' : (told?.by?.name ?? ''), moment(complaint.toldAt)),
            typeof how === 'string' ? (answerHowWords[how as AnswerHow] ?? '') : '',
          ].join(' '),
    answer: complaint.answer ?? '',
    opinion: complaint.opinion ?? '',
    satisfied: complaint.satisfied,
    /** The drawing is the last that was attached to the telling. */
    signatureId: anonymous || !complaint.signed ? null : (told?.attachmentIds.at(-1) ?? null),
    filedAt: complaint.state === 'closed' ? moment(complaint.endedAt) : '',
  };
}

function factsLine({ facts, group }: ComplaintAnswer): string {
  return [
    facts.lossFen === undefined ? null : words.loss(yuanOfFen(facts.lossFen)),
    facts.peopleCount === undefined ? null : words.people(facts.peopleCount),
    facts.death ? words.death : null,
    facts.injury === undefined ? null : injuryWords[facts.injury],
    facts.mediaReports || facts.mediaDays || facts.mediaOutlets ? words.media : null,
    facts.unfulfilledPromise ? words.promise : null,
    group === null ? null : words.raisings(group.raisings, group.people),
  ]
    .filter((part) => part !== null)
    .join('，');
}
