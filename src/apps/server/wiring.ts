// Where all is wired: the outside world made once, slices' routes registered, links between slices that point upward.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Gate, registerRoutes } from '../../domain/access/gate.ts';
import { registerSessionRoutes } from '../../domain/access/session.routes.ts';
import { makeGate } from '../../domain/access/session.service.ts';
import { onCommunityMade } from '../../domain/access/setup.service.ts';
import { registerStaffRoutes } from '../../domain/access/staff.routes.ts';
import { linkAwayOf, linkLoadOf, linkWhereOf } from '../../domain/access/staff.service.ts';
import { approvalRoutes } from '../../domain/approvals/approval.contract.ts';
import { recountApprovals, sweepApprovals } from '../../domain/approvals/approval.jobs.ts';
import { approvalHandlers } from '../../domain/approvals/approval.routes.ts';
import { linkApprovals } from '../../domain/approvals/approval.service.ts';
import { attachmentRoutes } from '../../domain/attachments/attachment.contract.ts';
import { attachmentHandlers } from '../../domain/attachments/attachment.routes.ts';
import { linkAttachmentReader, sweepAttachments, sweepObjects } from '../../domain/attachments/attachment.service.ts';
import { feedLagMs, sealAudit } from '../../domain/audit/audit.service.ts';
import { registerBackupRoutes } from '../../domain/backups/backup.routes.ts';
import { booksRoutes } from '../../domain/books/books.contract.ts';
import { booksHandlers, receiptDetailHandlers } from '../../domain/books/books.routes.ts';
import { loadChart } from '../../domain/books/books.service.ts';
import { receiptDetailRoutes } from '../../domain/books/receipt-detail.contract.ts';
import { foldCounts } from '../../domain/cases/board.store.ts';
import { type CaseKind, caseKinds } from '../../domain/cases/case.contract.ts';
import { caseHandlers, caseRoutes } from '../../domain/cases/case.routes.ts';
import { mayReadCase } from '../../domain/cases/case.service.ts';
import { linkAnonymity } from '../../domain/cases/case-anonymity.service.ts';
import { notedCall } from '../../domain/cases/case-clocks.rules.ts';
import { noteDelivery } from '../../domain/cases/case-delivery.service.ts';
import { linkFollowUpSources, linkFollowUps } from '../../domain/cases/case-follow-up.service.ts';
import { mayReadCaseEvent, ownCases } from '../../domain/cases/case-link.service.ts';
import { linkNotedCall } from '../../domain/cases/case-note.service.ts';
import { linkPromiseKept, meetMessage } from '../../domain/cases/case-promise.service.ts';
import { sweepClocks } from '../../domain/cases/escalation.jobs.ts';
import {
  casesOfUnit,
  countOpenOf,
  findCases,
  unitsOfOrders,
  whereOf,
} from '../../domain/cases/household-cases.service.ts';
import { linkMissed } from '../../domain/cases/missed-promise.service.ts';
import { recountAll } from '../../domain/cases/recount.jobs.ts';
import { caseAddress } from '../../domain/cases/screens/parts/caseAddress.ts';
import { channelRoutes } from '../../domain/channels/channel.contract.ts';
import { channelHandlers } from '../../domain/channels/channel.routes.ts';
import { sendDeliveries } from '../../domain/channels/delivery.jobs.ts';
import { linkDeliveries, tellOutside } from '../../domain/channels/delivery.service.ts';
import { billingRunRoutes } from '../../domain/charges/billing-run.contract.ts';
import { billingRunHandlers } from '../../domain/charges/billing-run.routes.ts';
import { workBillingRuns } from '../../domain/charges/billing-work.service.ts';
import { readChargeForms } from '../../domain/charges/charge-import.service.ts';
import { chargeItemRoutes } from '../../domain/charges/charge-item.contract.ts';
import { chargeItemHandlers } from '../../domain/charges/charge-item.routes.ts';
import { chargeRoutes } from '../../domain/charges/charge-view.contract.ts';
import { chargeHandlers } from '../../domain/charges/charge-view.routes.ts';
import { feeNoticeRoutes } from '../../domain/charges/fee-notice.contract.ts';
import { feeNoticeHandlers } from '../../domain/charges/fee-notice.routes.ts';
import { meterRoutes } from '../../domain/charges/meter.contract.ts';
import { meterHandlers } from '../../domain/charges/meter.routes.ts';
import { mayReadReading } from '../../domain/charges/meter.service.ts';
import { readPaymentHistory, takeHistoryBack } from '../../domain/charges/payment-history.service.ts';
import { calendarRoutes } from '../../domain/clocks/calendar.contract.ts';
import { calendarHandlers } from '../../domain/clocks/calendar.routes.ts';
import { loadHolidays } from '../../domain/clocks/calendar.service.ts';
import { repeatUntilTakenOver } from '../../domain/complaints/complaint.jobs.ts';
import {
  complaintHandlers,
  complaintMonthHandlers,
  complaintServed,
} from '../../domain/complaints/complaint.routes.ts';
import { complaintSource } from '../../domain/complaints/complaint.service.ts';
import { hiddenFrom, opaqueFor } from '../../domain/complaints/complaint-anonymity.service.ts';
import { againstWords, complaintCauseWords, severityWords } from '../../domain/complaints/complaint-case.words.ts';
import { countFailures } from '../../domain/complaints/complaint-failure.service.ts';
import { complaintIndicators } from '../../domain/complaints/complaint-indicators.service.ts';
import { complaintLowering } from '../../domain/complaints/complaint-lowering.service.ts';
import { complaintMonthRoutes } from '../../domain/complaints/complaint-month.contract.ts';
import { linkComplaintMonths } from '../../domain/complaints/complaint-month.service.ts';
import { contactRoutes } from '../../domain/contacts/contact.contract.ts';
import { contactHandlers, ledgerReviewHandlers, telephoneCallHandlers } from '../../domain/contacts/contact.routes.ts';
import { settleEnquiryLine, settleLines } from '../../domain/contacts/contact.service.ts';
import { ledgerReviewRoutes } from '../../domain/contacts/ledger-review.contract.ts';
import { telephoneCallRoutes } from '../../domain/contacts/telephone-call.contract.ts';
import { dailyCloseHandlers } from '../../domain/daily-closes/daily-close.routes.ts';
import { isCounted } from '../../domain/daily-closes/daily-close.store.ts';
import { dailyCloseRoutes } from '../../domain/daily-closes/daily-close-view.contract.ts';
import { moneyAlarmRoutes } from '../../domain/daily-closes/money-alarm.contract.ts';
import { moneyAlarmHandlers } from '../../domain/daily-closes/money-alarm.routes.ts';
import { sweepMoney } from '../../domain/daily-closes/money-alarm.service.ts';
import { makeFilled } from '../../domain/demo/demo.service.ts';
import { doorstepRoutes } from '../../domain/doorstep/doorstep.contract.ts';
import { doorstepHandlers } from '../../domain/doorstep/doorstep.routes.ts';
import { collectAtDoor } from '../../domain/doorstep/doorstep.service.ts';
import { emergencyServed } from '../../domain/emergencies/emergency.contract.ts';
import { repeatUntilCommanded } from '../../domain/emergencies/emergency.jobs.ts';
import { emergencyHandlers } from '../../domain/emergencies/emergency.routes.ts';
import { emergencySource } from '../../domain/emergencies/emergency.service.ts';
import { enquiryRoutes } from '../../domain/enquiries/enquiry.contract.ts';
import { enquiryHandlers } from '../../domain/enquiries/enquiry.routes.ts';
import { linkEnquiryAnswered } from '../../domain/enquiries/enquiry.service.ts';
import { enquirySource } from '../../domain/enquiries/enquiry-follow-up.service.ts';
import { registerFeedRoutes } from '../../domain/feed/feed.routes.ts';
import { type FeedOptions, openFeed } from '../../domain/feed/feed.service.ts';
import { sweepFollowUps, warnOfShares } from '../../domain/follow-ups/follow-up.jobs.ts';
import { followUpHandlers, followUpRoutes } from '../../domain/follow-ups/follow-up.routes.ts';
import { followUpIndicators } from '../../domain/follow-ups/follow-up-indicators.service.ts';
import { followUpLinks } from '../../domain/follow-ups/follow-up-make.service.ts';
import { listLastVerdicts } from '../../domain/follow-ups/follow-up-month.store.ts';
import { improvementRoutes } from '../../domain/improvements/improvement.contract.ts';
import { improvementHandlers } from '../../domain/improvements/improvement.routes.ts';
import { warnOfImprovements } from '../../domain/improvements/improvement.service.ts';
import { indicatorRoutes } from '../../domain/indicators/indicator.contract.ts';
import { indicatorHandlers } from '../../domain/indicators/indicator.routes.ts';
import { linkIndicatorWords } from '../../domain/indicators/indicator-export.words.ts';
import { freezeMonths } from '../../domain/indicators/indicator-freeze.jobs.ts';
import { linkIndicators } from '../../domain/indicators/indicator-month.service.ts';
import { linkDayGate } from '../../domain/ledger/ledger.service.ts';
import { letterRoutes } from '../../domain/letters/letter.contract.ts';
import { letterHandlers } from '../../domain/letters/letter.routes.ts';
import { mayReadLetter } from '../../domain/letters/letter.service.ts';
import { notificationRoutes } from '../../domain/notifications/notification.contract.ts';
import { notificationHandlers } from '../../domain/notifications/notification.routes.ts';
import { onArrival, onTold, sendOutbox } from '../../domain/notifications/notification.service.ts';
import { countDueOutbox } from '../../domain/notifications/notification.store.ts';
import { readOldComplaints } from '../../domain/old-cases/old-case.service.ts';
import { originRoutes } from '../../domain/old-cases/origin.contract.ts';
import { originHandlers } from '../../domain/old-cases/origin.service.ts';
import { linkUnitsOfOrders } from '../../domain/parties/own-households.service.ts';
import { registerPartyRoutes } from '../../domain/parties/party.routes.ts';
import { linkParties } from '../../domain/parties/party.service.ts';
import { depositRoutes } from '../../domain/payments/deposit.contract.ts';
import { depositHandlers } from '../../domain/payments/deposit.routes.ts';
import { mayReadDeposit } from '../../domain/payments/deposit.service.ts';
import { paymentRoutes } from '../../domain/payments/payment.contract.ts';
import { paymentHandlers } from '../../domain/payments/payment.routes.ts';
import { linkDoorstep } from '../../domain/payments/payment.service.ts';
import { reversalApprovals } from '../../domain/payments/payment-reversal.service.ts';
import { prepaidRefundRoutes } from '../../domain/payments/prepaid-refund.contract.ts';
import { prepaidRefundHandlers } from '../../domain/payments/prepaid-refund.routes.ts';
import { prepaidRefundApprovals } from '../../domain/payments/prepaid-refund.service.ts';
import { chargeForRepair } from '../../domain/payments/repair-charge.service.ts';
import { mayReadWaiver, waiverApprovals } from '../../domain/payments/waiver.service.ts';
import { linkCasesOfUnit, linkWarrantiesOfUnit } from '../../domain/places/household.service.ts';
import { registerImportRoutes } from '../../domain/places/import.routes.ts';
import { linkImportForm, linkImportReader, markInterruptedImports } from '../../domain/places/import-run.service.ts';
import { linkImportUndo } from '../../domain/places/import-undo.service.ts';
import { namePinyin } from '../../domain/places/search.rules.ts';
import { linkCasesFound, linkReceiptsFound } from '../../domain/places/search.service.ts';
import { daysCaughtUp, indexEnded, indexParty } from '../../domain/places/search-index.service.ts';
import { registerUnitRoutes } from '../../domain/places/unit.routes.ts';
import { priceListRoutes } from '../../domain/price-lists/price-list.contract.ts';
import { priceListHandlers } from '../../domain/price-lists/price-list.routes.ts';
import { adoptSampleList, linkSampleList, priceListApprovals } from '../../domain/price-lists/price-list.service.ts';
import { receiptRoutes } from '../../domain/receipts/receipt.contract.ts';
import { receiptHandlers } from '../../domain/receipts/receipt.routes.ts';
import { findReceipts } from '../../domain/receipts/receipt-search.service.ts';
import { repairHandlers, repairRoutes } from '../../domain/repairs/repair.routes.ts';
import { repairSource } from '../../domain/repairs/repair.service.ts';
import { repairCategoryWords, urgencyWords } from '../../domain/repairs/repair.words.ts';
import { readCases } from '../../domain/repairs/repair-import.service.ts';
import { repairIndicators } from '../../domain/repairs/repair-indicators.service.ts';
import { linkRepairCharge } from '../../domain/repairs/repair-money.service.ts';
import { meetByNotice } from '../../domain/repairs/repair-notice.service.ts';
import { replayRoutes } from '../../domain/replays/replay.contract.ts';
import { replayHandlers } from '../../domain/replays/replay.routes.ts';
import { markInterruptedReplays } from '../../domain/replays/replay.service.ts';
import { rosterRoutes } from '../../domain/rosters/roster.contract.ts';
import { rosterHandlers } from '../../domain/rosters/roster.routes.ts';
import { findAway } from '../../domain/rosters/roster.service.ts';
import { scorecardRoutes } from '../../domain/scorecards/scorecard.contract.ts';
import { scorecardHandlers } from '../../domain/scorecards/scorecard.routes.ts';
import { standardHandlers } from '../../domain/standards/standard.routes.ts';
import { adoptPreset, linkPresets } from '../../domain/standards/standard.service.ts';
import { enterStandards, linkStandardAsking } from '../../domain/standards/standard-edit.service.ts';
import { standardRoutes } from '../../domain/standards/standard-view.contract.ts';
import { statementRoutes } from '../../domain/statements/statement.contract.ts';
import { statementHandlers } from '../../domain/statements/statement.routes.ts';
import { surveyRoutes } from '../../domain/surveys/survey.contract.ts';
import { surveyHandlers } from '../../domain/surveys/survey.routes.ts';
import { closeEnded } from '../../domain/surveys/survey.service.ts';
import { surveyIndicators } from '../../domain/surveys/survey-results.service.ts';
import { timeRoutes } from '../../domain/time/time.contract.ts';
import { timeHandlers } from '../../domain/time/time.routes.ts';
import { visitRoutes } from '../../domain/visits/visit.contract.ts';
import { warnOfVisits } from '../../domain/visits/visit.jobs.ts';
import { visitHandlers } from '../../domain/visits/visit.routes.ts';
import { visitIndicators } from '../../domain/visits/visit-indicators.service.ts';
import { readContractorList } from '../../domain/warranties/contractor-import.service.ts';
import { contractorTemplateName, contractorTemplateSheets } from '../../domain/warranties/contractor-import.words.ts';
import { warrantyRoutes } from '../../domain/warranties/warranty.contract.ts';
import { warrantyHandlers } from '../../domain/warranties/warranty.routes.ts';
import { warrantiesOfUnit } from '../../domain/warranties/warranty.service.ts';
import { workbenchRoutes } from '../../domain/workbench/workbench.contract.ts';
import { workbenchHandlers } from '../../domain/workbench/workbench.routes.ts';
import { dayMs, dayOf, plusDays } from '../../kernel/time.ts';
import { type Access, openDatabase } from '../../platform/database/database.ts';
import type { House } from '../../platform/house.ts';
import { makeApp } from '../../platform/http/app.ts';
import { docsPage } from '../../platform/http/docs-page.ts';
import type { Log } from '../../platform/log.ts';
import { type Metrics, makeMetrics } from '../../platform/metrics.ts';
import { makeFolderStore } from '../../platform/object-store.ts';
import { makeOutbound } from '../../platform/outbound/outbound.ts';
import type { OutboundOptions } from '../../platform/outbound/outbound-answer.ts';
import { makeSecrets } from '../../platform/secrets.ts';
import { machineMs, makeTimeSource, type TimeSource } from '../../platform/time-source.ts';
import { standardApprovals, standardAsking } from './standard-approval.ts';
import { startTimers, type Timers } from './timers.ts';
import { wording } from './wording.ts';

// Money: the rules are loaded with the program; their stores and routes take their place here.
import '../../domain/charges/charge-posting.service.ts';
import '../../domain/ledger/balance.rules.ts';

/** Where migrations, standards and web files lie, in the source tree and beside the bundle alike. */
export const productFolder = (): string => findUp(import.meta.dirname);

function findUp(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    if ((JSON.parse(text) as { name?: string }).name === 'guanjia') return folder;
  } catch {
    // Not here: one folder up.
  }
  const parent = join(folder, '..');
  if (parent === folder) throw new Error('the product folder was not found');
  return findUp(parent);
}

export const productVersion = (): string =>
  (JSON.parse(readFileSync(join(productFolder(), 'package.json'), 'utf8')) as { version: string }).version;

export type HouseOptions = {
  access: Access;
  secretKey: Buffer;
  dataDir: string;
  log: Log;
  time?: TimeSource;
  outbound?: Partial<OutboundOptions>;
};

/** The outside world as services see it. */
export function makeHouse(options: HouseOptions): House {
  const root = productFolder();
  loadHolidays(join(root, 'standards/holidays.json'));
  linkPresets(join(root, 'standards'));
  linkSampleList(join(root, 'standards'));
  loadChart(join(root, 'standards/accounts.json'));
  linkSlices();
  const house: House = {
    database: openDatabase(options.access, (fault) => options.log.error('database.connection_lost', {}, fault)),
    time: options.time ?? makeTimeSource(),
    secrets: makeSecrets(options.secretKey),
    objects: makeFolderStore(join(options.dataDir, 'attachments')),
    outbound: makeOutbound(options.outbound),
    log: options.log,
    committed: () => {},
  };
  return house;
}

let linked = false;
/** Links upward, each a typed function: what happens in a slice above when something happens in one below. */
function linkSlices(): void {
  if (linked) return;
  linked = true;
  linkNotedCall(notedCall);
  linkDayGate(isCounted);
  onArrival(async (tx, call, arrival) => {
    await meetByNotice(tx, call, arrival);
    await meetMessage(tx, call, arrival);
  });
  onTold(tellOutside);
  linkDeliveries({
    addressOf: (community, id, kind) => caseAddress(community, id, kind as CaseKind),
    note: noteDelivery,
  });
  linkPromiseKept(settleLines);
  linkEnquiryAnswered(settleEnquiryLine);
  linkAttachmentReader(caseKinds, mayReadCase);
  linkAttachmentReader(['case-event'], mayReadCaseEvent);
  linkAttachmentReader(['incoming-document'], mayReadLetter);
  linkAttachmentReader(['deposit-event'], mayReadDeposit);
  linkAttachmentReader(['waiver'], mayReadWaiver);
  linkAttachmentReader(['meter-reading'], mayReadReading);
  onCommunityMade(async (tx, community) => {
    await adoptPreset(tx, community.id, community.preset, community.accountId, community.createdAt);
    await adoptSampleList(tx, community.id, community.accountId, community.createdAt);
  });
  linkParties({ reindex: indexParty, sortKey: namePinyin });
  linkUnitsOfOrders(unitsOfOrders);
  linkCasesOfUnit(casesOfUnit);
  linkWarrantiesOfUnit(warrantiesOfUnit);
  linkCasesFound(findCases);
  linkReceiptsFound(findReceipts);
  linkLoadOf(countOpenOf);
  linkWhereOf(whereOf);
  linkAwayOf(findAway);
  linkImportReader('cases', readCases);
  linkImportReader('complaints', readOldComplaints);
  linkIndicators([
    ...repairIndicators,
    ...complaintIndicators,
    ...followUpIndicators,
    ...visitIndicators,
    ...surveyIndicators,
  ]);
  linkIndicatorWords({
    repair: { level: urgencyWords, category: repairCategoryWords },
    complaint: {
      level: severityWords,
      category: { ...repairCategoryWords, ...againstWords },
      cause: complaintCauseWords,
    },
  });
  linkComplaintMonths({
    verdictsOf: listLastVerdicts,
    categoryWord: (category) => (repairCategoryWords as Readonly<Record<string, string>>)[category] ?? category,
  });
  linkImportReader('contractors', readContractorList);
  linkImportReader('charges', readChargeForms);
  linkImportReader('payments', readPaymentHistory);
  linkImportUndo('payments', takeHistoryBack);
  linkImportForm('contractors', { name: contractorTemplateName, sheets: contractorTemplateSheets });
  linkFollowUps(followUpLinks);
  linkFollowUpSources([repairSource, complaintSource, emergencySource, enquirySource]);
  linkMissed('complaint', countFailures);
  linkAnonymity({ hiddenFrom, opaqueFor });
  linkApprovals([
    priceListApprovals,
    standardApprovals,
    complaintLowering,
    reversalApprovals,
    prepaidRefundApprovals,
    waiverApprovals,
  ]);
  linkRepairCharge(chargeForRepair);
  linkDoorstep(collectAtDoor);
  linkStandardAsking(standardAsking);
}

const leaveMs = 3_000;

export type Server = {
  app: FastifyInstance;
  timers: Timers;
  /** Every route there is, for the test that asks each of them. */
  routes: { method: string; url: string }[];
  close(): Promise<void>;
};

export type ServerOptions = {
  webFolder?: string | null;
  tls?: { cert: Buffer; key: Buffer } | null;
  trustProxy?: boolean;
  timers?: boolean;
  /** Answers `GET /metrics`. */
  metrics?: boolean;
  /** Shorter rhythms for tests. */
  feed?: Partial<FeedOptions>;
};

export async function makeServer(house: House, options: ServerOptions = {}): Promise<Server> {
  const secure = Boolean(options.tls) || options.trustProxy === true;
  const webFolder = options.webFolder === undefined ? join(productFolder(), 'dist/web') : options.webFolder;
  const app = await makeApp({
    log: house.log,
    wording,
    webFolder,
    tls: options.tls ?? null,
    trustProxy: options.trustProxy ?? false,
    version: productVersion(),
  });
  const routes: Server['routes'] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push({ method: one, url });
  });
  const metrics = options.metrics ? metricsOf(house) : null;
  metrics?.watch(app);
  const timed = metrics?.timed ?? ((_name: string, work: () => Promise<number>) => work);
  const gate = makeGate(house, { secure });
  registerSessionRoutes(app, house, gate, { secure });
  registerSlices(app, house, gate);
  registerFeedRoutes(
    app,
    gate,
    openFeed(
      house,
      { caseNouns: caseKinds, casesInReach: ownCases, hidingNouns: ['complaint', 'approval'], hiddenFrom },
      options.feed,
    ),
  );
  const isFilled = makeFilled(house);
  const onceFilled = (work: () => Promise<number>) => async () => ((await isFilled()) ? work() : 0);
  const timers = startTimers(
    house,
    {
      seal: timed('seal', () => sealAudit(house.database)),
      sweep: timed(
        'sweep',
        onceFilled(
          async () =>
            (await enterStandards(house)) +
            (await sweepClocks(house)) +
            (await repeatUntilTakenOver(house)) +
            (await repeatUntilCommanded(house)) +
            (await sweepApprovals(house)),
        ),
      ),
      send: timed(
        'send',
        onceFilled(() => sendOutbox(house)),
      ),
      post: timed(
        'post',
        onceFilled(() => sendDeliveries(house)),
      ),
      bill: timed(
        'bill',
        onceFilled(() => workBillingRuns(house)),
      ),
      housekeep: timed('housekeep', onceFilled(makeHousekeeping(house))),
    },
    options.timers ?? true,
  );
  house.committed = timers.poke;
  registerStateRoutes(app, house, metrics, isFilled);
  await app.ready();
  return {
    app,
    timers,
    routes,
    close: async () => {
      await timers.stop();
      // Requests under way may end; a line that says nothing (opened ahead, half dead) is cut. Again and again: a browser
      // whose stream was cut comes back at once, and one that does so before the door is shut would hold it open.
      const cut = setInterval(() => app.server.closeAllConnections(), leaveMs);
      await app.close().finally(() => clearInterval(cut));
    },
  };
}

/** Each minute what is small; over all stored files at most once a day. */
function makeHousekeeping(house: House): () => Promise<number> {
  let objectsSweptMs = machineMs();
  let warnedIn = '';
  let endedSince = plusDays(dayOf(house.time.now()), -daysCaughtUp);
  return async () => {
    let done = await house.database.everywhere(foldCounts);
    done += await markInterruptedImports(house);
    done += await markInterruptedReplays(house);
    done += await recountAll(house);
    done += await recountApprovals(house);
    done += await sweepAttachments(house);
    done += await sweepFollowUps(house);
    done += await closeEnded(house);
    done += await sweepMoney(house);
    const hour = house.time.now().slice(0, 13);
    if (warnedIn !== hour) {
      warnedIn = hour;
      done += await warnOfShares(house);
      done += await warnOfVisits(house);
      done += await warnOfImprovements(house);
    }
    const today = dayOf(house.time.now());
    if (endedSince < today) {
      const from = endedSince;
      done += await house.database.everywhere((tx) => indexEnded(tx, house, from, today));
      endedSince = today;
      // A figure becomes final at midnight at the earliest.
      done += await freezeMonths(house);
    }
    if (machineMs() - objectsSweptMs > dayMs) {
      objectsSweptMs = machineMs();
      done += await sweepObjects(house);
    }
    return done;
  };
}

/** Each slice: its contract beside its handlers. */
function registerSlices(app: FastifyInstance, house: House, gate: Gate): void {
  registerRoutes(app, house, gate, standardRoutes, standardHandlers);
  registerRoutes(app, house, gate, calendarRoutes, calendarHandlers(recountAll));
  registerRoutes(app, house, gate, caseRoutes, caseHandlers);
  registerRoutes(app, house, gate, enquiryRoutes, enquiryHandlers);
  registerRoutes(app, house, gate, contactRoutes, contactHandlers);
  registerRoutes(app, house, gate, ledgerReviewRoutes, ledgerReviewHandlers);
  registerRoutes(app, house, gate, telephoneCallRoutes, telephoneCallHandlers);
  registerRoutes(app, house, gate, repairRoutes, repairHandlers);
  registerRoutes(app, house, gate, complaintServed, complaintHandlers);
  registerRoutes(app, house, gate, emergencyServed, emergencyHandlers);
  registerRoutes(app, house, gate, complaintMonthRoutes, complaintMonthHandlers);
  registerRoutes(app, house, gate, followUpRoutes, followUpHandlers);
  registerRoutes(app, house, gate, replayRoutes, replayHandlers);
  registerRoutes(app, house, gate, approvalRoutes, approvalHandlers);
  registerRoutes(app, house, gate, improvementRoutes, improvementHandlers);
  registerRoutes(app, house, gate, visitRoutes, visitHandlers);
  registerRoutes(app, house, gate, surveyRoutes, surveyHandlers);
  registerRoutes(app, house, gate, priceListRoutes, priceListHandlers);
  registerRoutes(app, house, gate, chargeItemRoutes, chargeItemHandlers);
  registerRoutes(app, house, gate, meterRoutes, meterHandlers);
  registerRoutes(app, house, gate, billingRunRoutes, billingRunHandlers);
  registerRoutes(app, house, gate, chargeRoutes, chargeHandlers);
  registerRoutes(app, house, gate, feeNoticeRoutes, feeNoticeHandlers);
  registerRoutes(app, house, gate, letterRoutes, letterHandlers);
  registerRoutes(app, house, gate, dailyCloseRoutes, dailyCloseHandlers);
  registerRoutes(app, house, gate, statementRoutes, statementHandlers);
  registerRoutes(app, house, gate, booksRoutes, booksHandlers);
  registerRoutes(app, house, gate, receiptDetailRoutes, receiptDetailHandlers);
  registerRoutes(app, house, gate, receiptRoutes, receiptHandlers);
  registerRoutes(app, house, gate, paymentRoutes, paymentHandlers);
  registerRoutes(app, house, gate, depositRoutes, depositHandlers);
  registerRoutes(app, house, gate, doorstepRoutes, doorstepHandlers);
  registerRoutes(app, house, gate, moneyAlarmRoutes, moneyAlarmHandlers);
  registerRoutes(app, house, gate, prepaidRefundRoutes, prepaidRefundHandlers);
  registerRoutes(app, house, gate, originRoutes, originHandlers);
  registerRoutes(app, house, gate, indicatorRoutes, indicatorHandlers);
  registerRoutes(app, house, gate, warrantyRoutes, warrantyHandlers);
  registerRoutes(app, house, gate, scorecardRoutes, scorecardHandlers);
  registerRoutes(app, house, gate, rosterRoutes, rosterHandlers);
  registerRoutes(app, house, gate, workbenchRoutes, workbenchHandlers);
  registerRoutes(app, house, gate, notificationRoutes, notificationHandlers);
  registerRoutes(app, house, gate, channelRoutes, channelHandlers);
  registerRoutes(app, house, gate, attachmentRoutes, attachmentHandlers);
  registerRoutes(app, house, gate, timeRoutes, timeHandlers);
  registerStaffRoutes(app, house, gate);
  registerPartyRoutes(app, house, gate);
  registerUnitRoutes(app, house, gate);
  registerImportRoutes(app, house, gate);
  registerBackupRoutes(app, house, gate);
}

/** Process up; ready; the interface's own description. All without sign-in. */
function registerStateRoutes(
  app: FastifyInstance,
  house: House,
  metrics: Metrics | null,
  isFilled: () => Promise<boolean>,
): void {
  const hidden = { schema: { hide: true } as object };
  if (metrics)
    app.get('/metrics', hidden, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  app.get('/healthz', hidden, async () => ({ status: 'up' }));
  app.get('/readyz', hidden, async (_request, reply) => {
    const problem = await readiness(house, isFilled);
    if (problem) return reply.code(503).header('retry-after', '2').send({ status: 'not_ready', reason: problem });
    return { status: 'ready' };
  });
  app.get('/api/v1/openapi.json', hidden, async () => app.swagger());
  app.get('/api/docs', hidden, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .send(docsPage(app.swagger() as Parameters<typeof docsPage>[0], 'Guanjia API')),
  );
}

const metricsOf = (house: House): Metrics =>
  makeMetrics({
    guanjia_outbox_due: {
      help: 'Messages that should have gone by now',
      measure: () => house.database.everywhere((tx) => countDueOutbox(tx, house.time.now())),
    },
    guanjia_feed_lag_seconds: {
      help: 'How late browsers hear of changes: age of the oldest entry without a number',
      measure: async () => (await house.database.everywhere(feedLagMs)) / 1000,
    },
  });

async function readiness(house: House, isFilled: () => Promise<boolean>): Promise<string | null> {
  try {
    const { rows } = await house.database.pool.query<{ now: string; migrated: boolean }>(
      "select clock_timestamp() as now, to_regclass('schema_migrations') is not null as migrated",
    );
    const row = rows[0];
    if (!row?.migrated) return 'migrations';
    // Promises are counted on our clock and kept in the database: two clocks apart would judge them wrongly.
    const machineNow = Date.parse(house.time.now()) - house.time.offsetMs();
    if (Math.abs(Date.parse(row.now) - machineNow) > 2000) return 'clock_off';
    return (await isFilled()) ? null : 'demo';
  } catch {
    return 'database';
  }
}
