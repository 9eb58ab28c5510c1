// The order in which every move of a case answers (api.md): own or not, version, and only then its state.
import { badField, forbidden, notFound, staleVersion } from '../../kernel/refusal.ts';

export function checkOrder(ask: {
  mayMove: boolean;
  /** Contractor and resident may not learn that it exists. */
  isOutsider: boolean;
  permission: string;
  version: number | undefined;
  current: number;
}): void {
  if (!ask.mayMove) throw ask.isOutsider ? notFound('case') : forbidden(ask.permission);
  if (ask.version === undefined) throw badField('version', 'required');
  if (ask.version !== ask.current) throw staleVersion(ask.current);
}
