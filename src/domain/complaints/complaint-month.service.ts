// A month's complaints on paper (CP11): counts and register to the 30th or of the whole month, as workbook or document,
// and the choice of further visits. Of an anonymous one no paper tells taker, minute or number, whoever asks (CP12).
import { badField } from '../../kernel/refusal.ts';
import { type Month, monthOf } from '../../kernel/time.ts';
import type { Tx } from '../../platform/database/database.ts';
import { documentBytes } from '../../platform/documents/write-document.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { type Call, effect, RawAnswer, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { trendMonths } from '../indicators/indicator.contract.ts';
import { monthsUpTo, spanOf } from '../indicators/indicator.rules.ts';
import { readHeads, sourceOf } from '../indicators/indicator-month.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { standardInForce } from '../standards/standard.service.ts';
import type {
  ComplaintMonth,
  ComplaintPaper,
  MonthComplaint,
  MonthExtent,
  PaperFormat,
  VisitChoiceBody,
} from './complaint-month.contract.ts';
import {
  cutoffDayOf,
  endOf,
  punctualityOf,
  sectionsOf,
  tallyOf,
  untilOf,
  visitReasonsOf,
} from './complaint-month.rules.ts';
import { chooseVisits, dropVisits, listMonthComplaints, type MonthRecord } from './complaint-month.store.ts';
import { type CategoryWord, documentOf, paperName, paperOf, sheetsOf } from './complaint-month-paper.words.ts';
import { exportedTime } from './complaint-sight.rules.ts';

/** What the follow-up said, from the slice above that keeps it. */
export type VerdictsOf = (
  tx: Tx,
  communityId: string,
  caseIds: readonly string[],
) => Promise<ReadonlyMap<string, MonthComplaint['followUp']>>;
type Links = { verdictsOf: VerdictsOf; categoryWord: CategoryWord };
let links: Links | null = null;
/** Verdicts of follow-ups, and what the categories of repairs are called: both belong to other slices. */
export const linkComplaintMonths = (made: Links): void => {
  links = made;
};
const linked = (): Links => {
  if (!links) throw new Error('the papers of complaints are not linked');
  return links;
};

const checkMonth = (call: Call, month: Month): void => {
  if (month > monthOf(call.now)) throw badField('month', 'in_the_future');
};

const shown = (record: MonthRecord, followUp: MonthComplaint['followUp'], now: string): MonthComplaint => {
  const { complete, account, result, opinion, ...plain } = record;
  const { anonymous } = record;
  const punctuality = punctualityOf({ complete, dueAt: record.dueAt }, now);
  const hour = (at: string | null) => (at === null ? null : exportedTime(at, anonymous));
  const text = (body: string | null) => maskPhonesInText(body ?? '');
  return {
    ...plain,
    receivedAt: exportedTime(record.receivedAt, anonymous),
    dueAt: hour(record.dueAt),
    resolvedAt: hour(record.resolvedAt),
    toldAt: hour(record.toldAt),
    taker: anonymous ? null : record.taker,
    customer: anonymous ? null : record.customer,
    account: text(account),
    result: text(result),
    opinion: text(opinion),
    punctuality,
    followUp,
    reasons: visitReasonsOf({ ...plain, punctuality, followUp }),
  };
};

async function monthFacts(tx: Tx, call: Call, month: Month, extent: MonthExtent): Promise<ComplaintMonth> {
  const { communityId, now } = call;
  const { document } = await standardInForce(tx, communityId);
  const day = document.complaint.monthlyExportDay.value;
  const until = untilOf(month, extent, day);
  const records = await listMonthComplaints(tx, communityId, { from: spanOf(month).from, until: endOf(until) });
  const verdicts = await linked().verdictsOf(
    tx,
    communityId,
    records.map((one) => one.id),
  );
  const items = records
    .map((one) => shown(one, verdicts.get(one.id) ?? null, now))
    .sort((a, b) => (a.receivedAt === b.receivedAt ? (a.id < b.id ? -1 : 1) : a.receivedAt < b.receivedAt ? -1 : 1));
  const source = sourceOf('complaints-handled');
  const heads = source
    ? await readHeads(tx, { communityId, now, document }, [source], monthsUpTo(month, trendMonths))
    : [];
  return {
    month,
    extent,
    until,
    cutoffDay: cutoffDayOf(month, day),
    reckonedAt: now,
    total: tallyOf(items),
    sections: sectionsOf(items),
    trend: heads.map((head) => ({
      month: head.month,
      received: head.figure.denominator,
      handled: head.figure.numerator,
    })),
    items,
  };
}

export function readComplaintMonth(call: Call, month: Month, extent: MonthExtent): Promise<ComplaintMonth> {
  checkMonth(call, month);
  return readIn(call, (tx) => monthFacts(tx, call, month, extent));
}

const types: Record<PaperFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export async function exportComplaintMonth(
  call: Call,
  month: Month,
  ask: { paper: ComplaintPaper; extent: MonthExtent; format: PaperFormat },
): Promise<RawAnswer> {
  const paper = paperOf(ask.paper, await readComplaintMonth(call, month, ask.extent), linked().categoryWord);
  const body = ask.format === 'xlsx' ? await workbookBytes(sheetsOf(paper)) : await documentBytes(documentOf(paper));
  return new RawAnswer(body, {
    'content-type': types[ask.format],
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${paperName(ask.paper, month)}.${ask.format}`)}`,
    'cache-control': 'no-store',
  });
}

export async function chooseComplaintVisits(call: Call, month: Month, body: VisitChoiceBody): Promise<ComplaintMonth> {
  checkMonth(call, month);
  await effect(call, call.communityId, async (tx) => {
    const known = new Map((await listMonthComplaints(tx, call.communityId, spanOf(month))).map((one) => [one.id, one]));
    for (const list of ['choose', 'drop'] as const)
      if (body[list].some((id) => !known.has(id))) throw badField(list, 'unknown_complaint');
    // Nobody knows whom to visit.
    if (body.choose.some((id) => known.get(id)?.anonymous)) throw badField('choose', 'anonymous_has_none');
    await dropVisits(tx, call.communityId, body.drop);
    await chooseVisits(tx, call.communityId, month, body.choose, { id: call.actor.accountId, at: call.now });
    await record(tx, call, {
      action: 'complaint.visits',
      noun: 'community',
      nounId: call.communityId,
      changed: { chosen: [null, body.choose.length], dropped: [null, body.drop.length] },
    });
  });
  return readComplaintMonth(call, month, 'month');
}
