// The state of a unit 房屋状态: a word, with the colour it has on the building map.
import type { UnitState } from '../../import.contract.ts';
import { unitStateWords } from '../../place.words.ts';

export const UnitStateTag = ({ state }: { state: UnitState }) => (
  <span className={`tag unit-${state}`}>{unitStateWords[state]}</span>
);
