// A finished matter 办结的事 as the rows of FU1 see it: when it was done, and the term where it is an agreement that lasts.
import type { Instant } from '../../kernel/time.ts';

export type Matter = { doneAt: Instant | null; term?: { from: Instant; until: Instant } | undefined };
