// Words of the register of deposits 押金台账.
import { yuanOfFen } from '../../kernel/money.ts';
import { dayOf, type Instant, wallTimeOf } from '../../kernel/time.ts';

export const depositPageWords = {
  title: '押金台账',
  lead: '代住户保管的钱：还押着多少、还差什么才能退。到“收费”里办理扣、退。',
  held: '在押',
  all: '全部',
  which: '范围',
  loading: '正在读取押金',
  total: (fen: number) => `在押合计 ${yuanOfFen(fen)} 元`,
  columns: ['房号', '种类', '交押金的人', '收取时间', '收取（元）', '在押（元）', '状态', '收据'],
  moment: (at: Instant) => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`,
  given: '已退清',
  ready: '可退',
  more: '再看一些',
  noHeld: { title: '没有在押的押金', text: '收押金在“收费”里办理：找到房户，点“收押金”。' },
  export: '导出 Excel',
  exporting: '正在导出…',
  sheetName: '押金台账',
  fileName: (day: string) => `押金台账-${day}.xlsx`,
} as const;
