// Words 词 of payments taken elsewhere 缴费历史: what was wrong with a row, and how a household reads what it paid before.
import { yuanOfFen } from '../../kernel/money.ts';
import type { PaidElsewhere } from './payment-history.contract.ts';
import type { HistoryRejectionCode } from './payment-history.rules.ts';

export const historyRejectionWords: Record<HistoryRejectionCode, string> = {
  required: '请填写',
  not_a_number: '请写成数字（元），最多两位小数',
  not_a_day: '请写成日期，例如 2020-01-01',
  unknown_unit: '没有这个房屋；请先导入房屋，写成 楼栋-单元-房号',
  unknown_item: '没有这个收费项目；名称要和“收费项目”里的一致',
  period_reversed: '结束时间早于开始时间',
  period_too_long: '一笔最多十年，请核对起止时间',
  nothing_paid: '实缴金额要大于 0；没有缴的不是缴费历史',
  more_than_due: '实缴多于应缴；多出的部分请在收费时作为预收另行登记',
  paid_in_future: '缴费时间在今天以后，请核对',
  already_billed: '这段时间里有月份已经在本系统出过账，请核对',
  too_long: '文字太长',
  no_known_header: '没有认出表头：需要“房屋、收费项目、开始时间、结束时间、缴费时间、应缴金额、实缴金额”这几列',
};

/** As the household's statement tells it. */
export function paidElsewhereInWords(one: PaidElsewhere): string[] {
  const due = one.dueFen === one.paidFen ? '' : `（原应缴 ${yuanOfFen(one.dueFen)} 元）`;
  return [
    `${one.paidOn} 在以前的系统缴 ${yuanOfFen(one.paidFen)} 元${due}，缴 ${one.from} 至 ${one.until}`,
    ...(one.receiptCode === '' ? [] : [`原收据号 ${one.receiptCode}`]),
    ...(one.cashier === '' ? [] : [`收银员 ${one.cashier}`]),
    ...(one.note === '' ? [] : [one.note]),
  ];
}
