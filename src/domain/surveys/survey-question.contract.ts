// A question of a survey 调查题目 and its answer: four kinds, one shape for the builder, the paper and the phone.
import { z } from 'zod';

export const questionKinds = ['single', 'multiple', 'scale', 'text'] as const;
export type QuestionKind = (typeof questionKinds)[number];
export const scaleSteps = [1, 2, 3, 4, 5] as const;
export const longestText = 1000;

export const questionSchema = z.strictObject({
  kind: z.enum(questionKinds),
  text: z.string().trim().min(1).max(200),
  /** Of a choice; empty for a scale and a text. */
  options: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  isRequired: z.boolean().default(true),
  /** The one scale whose answer says whether the household is satisfied on the whole. */
  isOverall: z.boolean().default(false),
});
export type Question = z.output<typeof questionSchema>;

/** By the place of the question, `"0"`, `"1"`: the place of an option, several of them, a step 1–5, a text. */
export const answersSchema = z.record(
  z.string().regex(/^\d{1,2}$/),
  z.union([z.int(), z.array(z.int()).max(20), z.string().max(longestText)]),
);
export type Answers = z.infer<typeof answersSchema>;
