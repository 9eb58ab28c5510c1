// Words of the block that says where an old matter came from.
import { caseSourceWords } from '../cases/board.words.ts';

export const originWords = {
  title: '来源',
  source: caseSourceWords,
  names: { source: '导入自', number: '原编号', kind: '原类别', channel: '原渠道', named: '署名', transfers: '转办' },
  anonymous: '匿名',
  named: '署名',
  transfers: (count: number) => (count === 0 ? '未转办' : `${count} 次`),
} as const;
