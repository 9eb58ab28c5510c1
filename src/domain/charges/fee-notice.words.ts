// Words 词 of fee notices 收费通知单: the page, the sheet and the document.
import { yuanOfFen } from '../../kernel/money.ts';
import type { Month } from '../../kernel/time.ts';
import type { OutDocument } from '../../platform/documents/write-document.ts';
import { payerWords } from './charge.words.ts';
import type { FeeNotice } from './fee-notice.contract.ts';

export const feeNoticeWords = {
  title: '收费通知单',
  lead: '一户一张：本月应收逐项说明怎么算的，附此前未缴。可以成批打印、下载 Word，或发给有账号的住户。',
  month: '月份',
  building: '楼栋',
  allBuildings: '全部楼栋',
  onlyOpen: '只要未缴清的',
  print: '打印',
  word: '下载 Word',
  send: '发送给住户',
  sendAsk: '给这个月还有未缴的、有账号的住户发一条通知？',
  sent: (told: number, without: number) => `已通知 ${told} 人；${without} 户没有账号，请打印送达`,
  none: '这个月没有要通知的',
  noneText: '先出账入账，或换一个月份、楼栋。',
  counted: (count: number, yuan: string) => `${count} 张，合计 ${yuan} 元`,
  more: '再取一些',
  to: (name: string, unit: string) => `${name === '' ? '住户' : name}（${unit}）`,
  columns: { item: '收费项目', how: '计算', due: '截止日', amount: '金额（元）', open: '未缴（元）' },
  thisMonth: (month: Month) => `${Number(month.slice(0, 4))} 年 ${Number(month.slice(5))} 月应收`,
  earlier: '此前未缴',
  toPay: '应缴合计',
  capitals: '大写',
  overdue: (days: number) => `逾期 ${days} 天`,
  by: (day: string) => `请于 ${day} 前缴纳`,
  howToPay: '缴费须知',
  office: '客户服务中心',
  issued: (day: string) => `开单日期 ${day}`,
  back: '返回',
};

const lineCells = (
  { item, explanation, dueOn, overdueDays, amountFen, openFen }: FeeNotice['lines'][number],
  month: string | null,
) => [
  month === null ? item : `${item} ${month}`,
  explanation.join('\n'),
  overdueDays > 0 ? `${dueOn}\n${feeNoticeWords.overdue(overdueDays)}` : dueOn,
  yuanOfFen(amountFen),
  yuanOfFen(openFen),
];

export const feeNoticeFileName = (month: Month): string => `${feeNoticeWords.title} ${month}.docx`;

/** One table a household: its lines, what is owed from before, and the sum with its capitals. */
export function noticeDocument(
  notices: readonly FeeNotice[],
  { community, month, noticeText }: { community: string; month: Month; noticeText: string },
): OutDocument {
  const w = feeNoticeWords;
  return {
    title: `${community} ${w.title}`,
    isLandscape: false,
    lines: [w.thisMonth(month), ...noticeText.split('\n').filter((line) => line.trim() !== '')],
    tables: notices.map((notice) => ({
      name: `${w.to(notice.payerName, notice.unit.label)} · ${payerWords[notice.payer.role]} · ${w.by(notice.dueOn)}`,
      columns: [
        { header: w.columns.item, width: 20 },
        { header: w.columns.how, width: 44 },
        { header: w.columns.due, width: 14 },
        { header: w.columns.amount, width: 12 },
        { header: w.columns.open, width: 12 },
      ],
      rows: [
        ...notice.lines.map((line) => lineCells(line, null)),
        ...notice.earlier.map((line) => lineCells(line, `（${w.earlier} ${line.month ?? ''}）`)),
        [w.toPay, `${w.capitals} ${notice.toPayInCapitals}`, '', '', yuanOfFen(notice.toPayFen)],
      ],
    })),
    signs: [w.office],
  };
}
