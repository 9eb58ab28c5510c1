// How a code becomes a sentence: Chinese for screens, English for the interface's readers.

export type Said = { zh: string; en: string };
/** Facts of a refusal or fault → the sentence. Missing facts must not break it. */
export type Say = (facts: Record<string, unknown>) => Said;
export type ProblemWords = Record<string, Say>;

/** The same sentence whatever the facts. */
export const plain =
  (zh: string, en: string): Say =>
  () => ({ zh, en });
