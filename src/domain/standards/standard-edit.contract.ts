// The service standard being written: which figures may be set between which bounds, what a draft changes, and its moves.
import { z } from 'zod';

const range = z.tuple([z.number(), z.number()]);
/** One line of `standards/bounds.json`: a path, `*` for any part, and what may stand there. What has no line stays. */
export const boundSchema = z.strictObject({
  path: z.string(),
  type: z.enum(['int', 'share', 'flag', 'limit', 'time', 'spans', 'roles']),
  min: z.number().optional(),
  max: z.number().optional(),
  units: z
    .strictObject({ minutes: range, hours: range, workingDays: range, calendarDays: range, sameDay: z.literal(true) })
    .optional(),
});
export type Bound = z.infer<typeof boundSchema>;

/** A figure of one document that may be set: `clocks/on-site+ordinary/limit`, and what it was in the version before. */
export const editableSchema = boundSchema.extend({ value: z.unknown(), was: z.unknown() });
export type Editable = z.infer<typeof editableSchema>;

export const changeSchema = z.object({ path: z.string(), was: z.unknown(), is: z.unknown() });
export type Change = z.infer<typeof changeSchema>;

export const standardStates = ['draft', 'submitted', 'approved', 'in-force', 'replaced', 'dropped'] as const;
export type StandardState = (typeof standardStates)[number];
export const standardMoves = ['amend', 'submit', 'withdraw', 'drop', 'approve', 'return', 'enter', 'replace'] as const;
export type StandardMove = (typeof standardMoves)[number];
/** Those of whoever writes; the others follow from the approval and the day. */
export const writerMoves = ['amend', 'submit', 'withdraw', 'drop'] as const;
export type WriterMove = (typeof writerMoves)[number];

export const standardRefusals = [
  'standard.open_version',
  'standard.move_not_allowed',
  'standard.nothing_changed',
] as const;
