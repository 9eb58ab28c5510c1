// The month's report 回访月报: read as it stands or as it was handed over, signed by two, and as a workbook (FU5).

import { newId } from '../../kernel/id.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/database/database.ts';
import { workbookBytes } from '../../platform/spreadsheet/write-workbook.ts';
import { accountNames } from '../access/account.service.ts';
import { type Call, effect, RawAnswer, readIn } from '../access/call.ts';
import { record } from '../audit/audit.service.ts';
import { notify } from '../notifications/notification.service.ts';
import { maskPhonesInText } from '../parties/phone.rules.ts';
import { textsOf } from './follow-up.store.ts';
import type { MonthAnalysis } from './follow-up-analysis.contract.ts';
import { analysisSheets, exportName, listSheet } from './follow-up-export.words.ts';
import { listMonth, reckonMonth } from './follow-up-month.service.ts';
import { checkAcknowledge, checkHandOver, type FrozenMonth, freeze } from './follow-up-report.rules.ts';
import { acknowledgeReport, findReport, insertReport, type ReportRow } from './follow-up-report.store.ts';

export async function readMonth(tx: Tx, call: Call, month: string): Promise<MonthAnalysis> {
  const report = await findReport(tx, call.communityId, month);
  if (!report) {
    const { analysis } = await reckonMonth(tx, call, month);
    return { ...analysis, handOver: { dueOn: analysis.exportBy, handed: null, acknowledged: null } };
  }
  const { handedAt, handedBy, acknowledgedAt, acknowledgedBy } = report;
  const names = await accountNames(tx, [handedBy, acknowledgedBy]);
  const by = (id: string) => ({ id, name: names.get(id) ?? '' });
  return {
    ...(await thawed(tx, call, report.content)),
    handOver: {
      dueOn: report.dueOn,
      handed: { at: handedAt, by: by(handedBy) },
      acknowledged:
        acknowledgedAt === null || acknowledgedBy === null ? null : { at: acknowledgedAt, by: by(acknowledgedBy) },
    },
  };
}

/** With what customers said, as far as it was not erased since. */
async function thawed(tx: Tx, call: Call, content: FrozenMonth): Promise<Omit<MonthAnalysis, 'handOver'>> {
  const { lackingTextIds, ...analysis } = content;
  const texts = await textsOf(tx, call.communityId, Object.values(lackingTextIds));
  const said = <Row extends { followUpId: string; lacking: string | null }>(rows: readonly Row[]): Row[] =>
    rows.map((row) => {
      const text = texts.get(lackingTextIds[row.followUpId] ?? '');
      return { ...row, lacking: text === undefined ? null : maskPhonesInText(text) };
    });
  return { ...analysis, failed: said(analysis.failed), notReached: said(analysis.notReached) };
}

export const readFollowUpMonth = (call: Call, month: string): Promise<MonthAnalysis> =>
  readIn(call, (tx) => readMonth(tx, call, month));

/** The supervisor's signature: from here on the report is what it was. */
export async function handOverMonth(call: Call, month: string): Promise<MonthAnalysis> {
  const { communityId, now } = call;
  await effect(call, newId(), async (tx) => {
    checkHandOver(month, await findReport(tx, communityId, month), now);
    const { analysis, lackingTextIds } = await reckonMonth(tx, call, month);
    const isMine = await insertReport(tx, communityId, {
      month,
      content: freeze(analysis, lackingTextIds),
      dueOn: analysis.exportBy,
      handedAt: now,
      handedBy: call.actor.accountId,
    });
    if (!isMine) throw new Refusal('follow-up.report_handed');
    await sign(tx, call, month, 'hand-over');
    await notify(tx, {
      communityId,
      kind: 'follow-up-report',
      facts: { month },
      to: [{ role: 'manager' }],
      channel: 'bell',
      thing: `follow-up-report:${month}`,
      now,
    });
  });
  return readFollowUpMonth(call, month);
}

/** The manager's signature below it. */
export async function acknowledgeMonth(call: Call, month: string): Promise<MonthAnalysis> {
  const { communityId, now } = call;
  const by = call.actor.accountId;
  await effect(call, newId(), async (tx) => {
    const report: ReportRow | undefined = await findReport(tx, communityId, month);
    checkAcknowledge(report, by);
    if (!(await acknowledgeReport(tx, communityId, month, { at: now, by })))
      throw new Refusal('follow-up.report_acknowledged');
    await sign(tx, call, month, 'acknowledge');
  });
  return readFollowUpMonth(call, month);
}

const sign = (tx: Tx, call: Call, month: string, act: 'hand-over' | 'acknowledge') =>
  record(tx, call, {
    action: `follow-up-report.${act}`,
    noun: 'follow-up',
    nounId: null,
    changed: { month: [null, month] },
  });

/** The month's list and its analysis; numbers and names as on the screen, phones masked. */
export async function exportFollowUpMonth(call: Call, month: string): Promise<RawAnswer> {
  const sheets = await readIn(call, async (tx) => [
    listSheet(month, await listMonth(tx, call, month)),
    ...analysisSheets(await readMonth(tx, call, month)),
  ]);
  return new RawAnswer(await workbookBytes(sheets), {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(exportName(month))}`,
    'cache-control': 'no-store',
  });
}
