// Words for every code that an answer can carry: each slice brings its own, this is where they meet.
import { accessProblems } from '../../domain/access/access.words.ts';
import { staffProblems } from '../../domain/access/staff.words.ts';
import { partyProblems } from '../../domain/parties/party.words.ts';
import { placeProblems } from '../../domain/places/place.words.ts';
import type { ProblemWords } from '../../kernel/words.ts';
import type { Wording } from '../../platform/http/problem.ts';

const titles: ProblemWords = {
  ...accessProblems.titles,
  ...staffProblems.titles,
  ...partyProblems.titles,
  ...placeProblems.titles,
};
const faults: ProblemWords = { ...accessProblems.faults, ...partyProblems.faults, ...placeProblems.faults };

export const wording: Wording = {
  title: (code, facts, locale) => titles[code]?.(facts)[locale] ?? code,
  fault: (code, facts, locale) => faults[code]?.(facts)[locale] ?? code,
};

/** For the test that every refusal code of every contract has its words. */
export const knownCodes = { titles: Object.keys(titles), faults: Object.keys(faults) };
