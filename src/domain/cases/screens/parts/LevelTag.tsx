// The level of a case as a tag: its word, and more colour the graver it is.
import type { BoardRow } from '../../case.contract.ts';
import type { CaseLooks } from './caseFace.ts';

export function LevelTag({ row, faces }: { row: Pick<BoardRow, 'kind' | 'level'>; faces: CaseLooks }) {
  if (row.level === null) return null;
  const face = faces[row.kind];
  const tone = face?.levelTone(row.level) ?? 'plain';
  return <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{face?.levelWord(row.level) ?? row.level}</span>;
}
