// How a kind of case 事项 shows itself on pages of all kinds: its words, the order of its states and its page. Kinds lie
// above this slice, so the app hands their faces over.
import type { ComponentType } from 'react';
import type { BoardRow, CaseKind } from '../../case.contract.ts';

export type LevelTone = 'alarm' | 'high' | 'raised' | 'plain';

export type CaseLook = {
  kind: CaseKind;
  /** States in the order of the work; ended ones last. */
  states: readonly string[];
  stateWord: (state: string) => string;
  isEnded: (state: string) => boolean;
  levelWord: (level: string) => string;
  levelTone: (level: string) => LevelTone;
  categoryWord: (category: string) => string;
  /** Why it came to it, where the kind keeps that. */
  causeWord?: (cause: string) => string;
  flagWord: (flag: string) => string;
  /** Flags that somebody has to answer for or to look into: lists show them beside the number. */
  raisedFlags?: readonly string[];
  /** Behind `/c/{community}/`. */
  pathOf: (id: string) => string;
};
export type CaseLooks = Partial<Record<CaseKind, CaseLook>>;

export type CaseFace = CaseLook & {
  /** The case as it lies beside a list. */
  Beside: ComponentType<{ id: string }>;
  /** What can be done with several chosen at once; told which of them are done with. */
  Bulk?: ComponentType<{ rows: readonly BoardRow[]; onDone: (ids: readonly string[]) => void }>;
};

export type CaseFaces = Partial<Record<CaseKind, CaseFace>>;

const known: CaseLooks = {};
/** The looks of every kind, told once by the app: a page of one kind shows cases of the others too. */
export const knowLooks = (looks: readonly CaseLook[]): void => {
  for (const look of looks) known[look.kind] = look;
};
export const lookOf = (kind: CaseKind): CaseLook | undefined => known[kind];

/** The words of what is raised about a row. */
export const raisedOf = (faces: CaseLooks, row: BoardRow): string[] => {
  const look = faces[row.kind] ?? known[row.kind];
  return row.flags.filter((flag) => look?.raisedFlags?.includes(flag)).map((flag) => look?.flagWord(flag) ?? flag);
};

/** A kind whose words have not been handed over shows its codes. */
export const stateWordOf = (faces: CaseLooks, kind: CaseKind, state: string): string =>
  (faces[kind] ?? known[kind])?.stateWord(state) ?? state;
