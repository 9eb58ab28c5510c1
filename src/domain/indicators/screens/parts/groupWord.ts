// What a group is called: a building's or butler's name from the answer, a code in the words of the kind of case.
import { departmentWords } from '../../../access/role.words.ts';
import type { CaseKind } from '../../../cases/case.contract.ts';
import { lookOf } from '../../../cases/screens/parts/caseFace.ts';
import { buildingInWords } from '../../../places/place.words.ts';
import {
  type Grouping,
  type IndicatorGroup,
  type IndicatorName,
  type IndicatorRowShown,
  noGroup,
} from '../../indicator.contract.ts';
import { noGroupWords, pictureWords } from '../../indicator.words.ts';

export type OpenGroup = { by: Grouping; key: string };

/** Whose words the codes of a figure's rows are in. */
export const kindOf = (name: IndicatorName): CaseKind => (/complaint/.test(name) ? 'complaint' : 'repair');

export function groupWord(
  { by, key }: OpenGroup,
  /** A row of the group, or the group itself, where its name stands. */
  known: Pick<IndicatorRowShown, 'building' | 'butlers'> | Pick<IndicatorGroup, 'label'> | null,
  { name }: { name: IndicatorName },
): string {
  if (key === noGroup) return noGroupWords[by];
  const look = lookOf(kindOf(name));
  switch (by) {
    case 'department':
      return (departmentWords as Readonly<Record<string, string>>)[key] ?? key;
    case 'level':
      return look?.levelWord(key) ?? key;
    case 'category':
      return look?.categoryWord(key) ?? key;
    case 'cause':
      return look?.causeWord?.(key) ?? key;
    case 'hour':
      return pictureWords.hourOf(key);
    default:
      if (known === null) return '';
      if ('label' in known && known.label === null) return noGroupWords[by];
      if (by === 'building') return buildingInWords(('label' in known ? known.label : known.building) ?? '');
      return 'label' in known ? (known.label ?? '') : known.butlers.join(' / ');
  }
}
