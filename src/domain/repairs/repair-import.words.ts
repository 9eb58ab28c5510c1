// The headers by which a list of messages 留言 is recognised, and what is said about its rows.
import type { RepairRejection } from './repair-import.contract.ts';

export type CaseListField = 'sourceNo' | 'reporter' | 'title' | 'reportedAt' | 'text';

export const caseListColumns: Record<CaseListField, readonly string[]> = {
  sourceNo: ['留言编号', '编号', '工单号', '单号'],
  reporter: ['留言用户', '报修人', '联系人'],
  title: ['留言主题', '主题', '标题'],
  reportedAt: ['留言时间', '报修时间', '时间', '登记时间'],
  text: ['留言详情', '报修内容', '内容', '详情'],
};

/** What the row should have held. */
export const repairRejectionExpected = (rejection: RepairRejection): string => {
  const row = rejection.facts?.row;
  const expected: Record<RepairRejection['code'], string> = {
    required: '不能为空',
    not_a_time: '应为日期时间，例如 2026-11-22 14:03',
    formula: '应为填写的值，不能是公式',
    cell_error: '应为填写的值，单元格里是公式错误',
    duplicate: `与第 ${row ?? ''} 行编号相同`,
    no_known_header: '没有找到认识的表头，列名应含留言时间和留言详情',
  };
  return expected[rejection.code];
};

export const repairRejectionWords = (rejection: RepairRejection): string => {
  const column = rejection.column === '' ? '' : `“${rejection.column}”`;
  const read = rejection.read === '' ? '是空的' : `读到“${rejection.read}”`;
  return `第 ${rejection.row} 行${column}：${read}，${repairRejectionExpected(rejection)}`;
};
