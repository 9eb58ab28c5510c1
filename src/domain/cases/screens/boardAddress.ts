// The board's filters as they stand in the address, and as the server is asked.
import type { z } from 'zod';
import { flagCodec, oneOfCodec, textCodec, type ValuesOf } from '../../../ui/addressState.ts';
import { type boardQuerySchema, boardSorts, caseKinds } from '../case.contract.ts';

export const boardCodecs = {
  view: oneOfCodec(['table', 'kanban'], 'table'),
  kind: oneOfCodec(['all', ...caseKinds], 'all'),
  /** `open`, `all`, or one state. */
  state: textCodec('open'),
  overdue: flagCodec(),
  /** '' anybody, `me`, `none`, or an account. */
  responsible: textCodec(),
  unit: textCodec(),
  /** '' all, `hotline`, or `hotline:投诉`. */
  origin: textCodec(),
  q: textCodec(),
  sort: oneOfCodec(boardSorts, 'due'),
  /** The case that lies open beside the list. */
  open: textCodec(),
};
export type BoardFilters = ValuesOf<typeof boardCodecs>;

/** What "clear" leaves standing. */
export const noFilters = {
  kind: 'all',
  state: 'open',
  overdue: false,
  responsible: '',
  unit: '',
  origin: '',
  q: '',
} as const satisfies Partial<BoardFilters>;

export const isFiltered = (filters: BoardFilters): boolean =>
  Object.entries(noFilters).some(([name, value]) => filters[name as keyof typeof noFilters] !== value);

export type BoardAsk = Partial<z.input<typeof boardQuerySchema>>;

export function askOf(filters: BoardFilters): BoardAsk {
  return {
    ...(filters.kind === 'all' ? {} : { kind: filters.kind }),
    ...(filters.state === 'all' ? {} : { state: filters.state }),
    ...(filters.overdue ? { overdue: 'true' as const } : {}),
    ...(filters.responsible === '' ? {} : { responsible: filters.responsible }),
    ...(filters.unit === '' ? {} : { unit: filters.unit }),
    ...(filters.origin === '' ? {} : { origin: filters.origin }),
    ...(filters.q.trim() === '' ? {} : { q: filters.q.trim() }),
    sort: filters.sort,
  };
}
