// Words for every code that an answer can carry: each slice brings its own, this is where they meet.
import { accessProblems } from '../../domain/access/access.words.ts';
import { staffProblems } from '../../domain/access/staff.words.ts';
import { approvalFieldWords, approvalProblems } from '../../domain/approvals/approval.words.ts';
import { attachmentProblems } from '../../domain/attachments/attachment.words.ts';
import { caseFieldFaultWords } from '../../domain/cases/case.words.ts';
import { channelFieldWords, channelProblems } from '../../domain/channels/channel.words.ts';
import { billingRunProblems, readingFaults } from '../../domain/charges/billing-run.words.ts';
import { chargeFaults } from '../../domain/charges/charge.words.ts';
import { chargingFaults, chargingFieldWords, chargingProblems } from '../../domain/charges/charge-item.words.ts';
import { calendarFieldWords, calendarProblems } from '../../domain/clocks/calendar.words.ts';
import { complaintCaseFieldWords, complaintCaseProblems } from '../../domain/complaints/complaint-case.words.ts';
import { contactFieldWords, contactProblems } from '../../domain/contacts/contact.words.ts';
import { dailyCloseFieldWords, dailyCloseProblems } from '../../domain/daily-closes/daily-close.words.ts';
import { moneyAlarmProblems } from '../../domain/daily-closes/money-alarm.words.ts';
import { doorstepFieldWords, doorstepProblems } from '../../domain/doorstep/doorstep.words.ts';
import { emergencyFieldWords, emergencyProblems } from '../../domain/emergencies/emergency.words.ts';
import { enquiryFieldWords, enquiryProblems } from '../../domain/enquiries/enquiry.words.ts';
import { followUpFieldWords, followUpProblems } from '../../domain/follow-ups/follow-up.words.ts';
import { improvementFieldWords, improvementProblems } from '../../domain/improvements/improvement.words.ts';
import { indicatorFieldWords, indicatorProblems } from '../../domain/indicators/indicator.words.ts';
import { ledgerProblems } from '../../domain/ledger/ledger.words.ts';
import { letterFieldWords, letterProblems } from '../../domain/letters/letter.words.ts';
import { partyProblems } from '../../domain/parties/party.words.ts';
import { paymentFieldWords, paymentProblems, waiverDepositProblems } from '../../domain/payments/payment.words.ts';
import { prepaidRefundProblems } from '../../domain/payments/prepaid-refund.words.ts';
import { placeProblems } from '../../domain/places/place.words.ts';
import { priceListFieldWords, priceListProblems } from '../../domain/price-lists/price-list.words.ts';
import { receiptFieldWords, receiptProblems } from '../../domain/receipts/receipt.words.ts';
import {
  repairFieldFaultWords,
  repairFieldWords,
  repairProblems,
  repairRefusalWords,
} from '../../domain/repairs/repair.words.ts';
import { replayProblems } from '../../domain/replays/replay.words.ts';
import { rosterFieldWords, rosterProblems } from '../../domain/rosters/roster.words.ts';
import { standardEditFieldWords, standardEditProblems } from '../../domain/standards/standard-edit.words.ts';
import { surveyFieldWords, surveyProblems } from '../../domain/surveys/survey.words.ts';
import { visitFieldWords, visitProblems } from '../../domain/visits/visit.words.ts';
import { warrantyFieldWords, warrantyProblems } from '../../domain/warranties/warranty.words.ts';
import { fromChinese, type ProblemWords } from '../../kernel/words.ts';
import type { Wording } from '../../platform/http/problem.ts';

const titles: ProblemWords = {
  ...ledgerProblems.titles,
  ...billingRunProblems,
  ...chargingProblems,
  ...paymentProblems.titles,
  ...waiverDepositProblems,
  ...prepaidRefundProblems,
  ...moneyAlarmProblems,
  ...doorstepProblems.titles,
  ...receiptProblems.titles,
  ...dailyCloseProblems.titles,
  ...accessProblems.titles,
  ...staffProblems.titles,
  ...partyProblems.titles,
  ...placeProblems.titles,
  ...contactProblems.titles,
  ...attachmentProblems.titles,
  ...enquiryProblems.titles,
  ...complaintCaseProblems.titles,
  ...emergencyProblems.titles,
  ...followUpProblems.titles,
  ...approvalProblems.titles,
  ...replayProblems.titles,
  ...standardEditProblems.titles,
  ...priceListProblems.titles,
  ...letterProblems.titles,
  ...rosterProblems.titles,
  ...calendarProblems.titles,
  ...channelProblems.titles,
  ...warrantyProblems.titles,
  ...improvementProblems.titles,
  ...visitProblems.titles,
  ...surveyProblems.titles,
  ...fromChinese(repairRefusalWords),
  ...repairProblems,
};
const faults: ProblemWords = {
  ...chargeFaults,
  ...chargingFaults,
  ...readingFaults,
  ...ledgerProblems.faults,
  ...receiptProblems.faults,
  ...dailyCloseProblems.faults,
  ...paymentProblems.faults,
  ...doorstepProblems.faults,
  ...emergencyProblems.faults,
  ...complaintCaseProblems.faults,
  ...fromChinese(caseFieldFaultWords),
  ...fromChinese(repairFieldFaultWords),
  ...contactProblems.faults,
  ...attachmentProblems.faults,
  ...partyProblems.faults,
  ...placeProblems.faults,
  ...approvalProblems.faults,
  ...standardEditProblems.faults,
  ...priceListProblems.faults,
  ...letterProblems.faults,
  ...rosterProblems.faults,
  ...indicatorProblems.faults,
  ...calendarProblems.faults,
  ...channelProblems.faults,
  ...followUpProblems.faults,
  ...warrantyProblems.faults,
  ...improvementProblems.faults,
  ...visitProblems.faults,
  ...surveyProblems.faults,
  // Said in both languages with their facts; a slice's own wording of the same code is for its screens.
  ...accessProblems.faults,
};
const fields: Record<string, string> = {
  ...chargingFieldWords,
  ...emergencyFieldWords,
  ...surveyFieldWords,
  ...improvementFieldWords,
  ...visitFieldWords,
  ...receiptFieldWords,
  ...dailyCloseFieldWords,
  ...paymentFieldWords,
  ...doorstepFieldWords,
  ...letterFieldWords,
  ...complaintCaseFieldWords,
  ...followUpFieldWords,
  month: '月份',
  ...warrantyFieldWords,
  ...rosterFieldWords,
  ...indicatorFieldWords,
  ...calendarFieldWords,
  ...channelFieldWords,
  ...contactFieldWords,
  ...enquiryFieldWords,
  ...repairFieldWords,
  ...standardEditFieldWords,
  ...approvalFieldWords,
  ...priceListFieldWords,
};

export const wording: Wording = {
  title: (code, facts, locale) => titles[code]?.(facts)[locale] ?? code,
  fault: (code, facts, locale) => faults[code]?.(facts)[locale] ?? code,
  field: (path, locale) => (locale === 'zh' ? (fields[path] ?? fields[path.split('.').at(-1) ?? path] ?? path) : path),
};

/** For the test that every refusal code of every contract has its words. */
export const knownCodes = { titles: Object.keys(titles), faults: Object.keys(faults) };
