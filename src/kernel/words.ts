// How a code becomes a sentence: Chinese for screens, English for the interface's readers.

export type Said = { zh: string; en: string };
/** Facts of a refusal or fault → the sentence. Missing facts must not break it. */
export type Say = (facts: Record<string, unknown>) => Said;
export type ProblemWords = Record<string, Say>;

/** The same sentence whatever the facts. */
export const plain =
  (zh: string, en: string): Say =>
  () => ({ zh, en });

/** `repair.agreed_date_missing` → `agreed date missing`: an English reader gets the code as words. */
const codeAsWords = (code: string): string => (code.split('.').at(-1) ?? code).replaceAll('_', ' ');

/** Words that a slice has in Chinese only. */
export const fromChinese = (words: Readonly<Record<string, string>>): ProblemWords =>
  Object.fromEntries(Object.entries(words).map(([code, zh]) => [code, plain(zh, codeAsWords(code))]));
