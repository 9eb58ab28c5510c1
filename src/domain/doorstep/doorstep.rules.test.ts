// Collection at the door (MN5a): each line one case.
import { describe, expect, it } from 'vitest';
import { allowsFrom } from '../../kernel/moves.ts';
import { BadInput, Refusal } from '../../kernel/refusal.ts';
import { collectionMoves, collectionStates } from './doorstep.contract.ts';
import { appointmentFault, collectionMoveTable, decideHandIn, isLateCash, isLateCollection } from './doorstep.rules.ts';

const noon = '2026-11-26T04:00:00.000Z';
const said = (act: () => unknown): string => {
  try {
    act();
    return 'yes';
  } catch (caught) {
    if (caught instanceof Refusal) return caught.code;
    if (caught instanceof BadInput) return caught.faults.map(({ path, code }) => `${path} ${code}`).join();
    throw caught;
  }
};

describe('MN5a: collection at the door', () => {
  it('knows for each state and move whether it may be', () => {
    const may = Object.fromEntries(
      collectionStates.map((state) => [
        state,
        collectionMoves.filter((move) => allowsFrom(collectionMoveTable[move], state)).join(' '),
      ]),
    );
    expect(may).toEqual({ appointed: 'reschedule collect miss cancel', collected: '', missed: '', cancelled: '' });
  });

  it('is appointed ahead, and late once its hour is over', () => {
    expect(appointmentFault('2026-11-26T03:59:59.000Z', noon)).toBe('in_the_past');
    expect(appointmentFault(noon, noon)).toBeNull();
    expect(isLateCollection({ state: 'appointed', at: '2026-11-26T03:59:59.000Z' }, noon)).toBe(true);
    expect(isLateCollection({ state: 'collected', at: '2026-11-26T03:59:59.000Z' }, noon)).toBe(false);
  });

  it.each([
    ['on its way, not due yet', '2026-11-26T13:00:00.000Z', null, false],
    ['on its way at the due second', noon, null, false],
    ['on its way over it', '2026-11-26T03:59:59.000Z', null, true],
    ['handed in at the due second', '2026-11-25T13:00:00.000Z', '2026-11-25T13:00:00.000Z', false],
    ['handed in a second late: missed for good', '2026-11-25T13:00:00.000Z', '2026-11-25T13:00:01.000Z', true],
  ])('the same day’s promise: %s', (_name, dueAt, handedInAt, late) =>
    expect(isLateCash({ dueAt, handedInAt }, noon)).toBe(late),
  );

  const cash = { collectorId: 'butler', cashFen: 30_000, handedInAt: null };
  it.each<[string, Partial<typeof cash> & { handedInAt?: string | null }, string, number, string, string]>([
    ['by another, as it was taken', {}, 'finance', 30_000, '', 'yes'],
    ['by the collector', {}, 'butler', 30_000, '', 'doorstep.own_cash'],
    ['twice', { handedInAt: noon as never }, 'finance', 30_000, '', 'doorstep.handed_in_already'],
    ['short, without a word', {}, 'finance', 29_900, '', 'reason cash_differs'],
    ['short, with its reason', {}, 'finance', 29_900, '找零差错', 'yes'],
    ['nothing at all, with its reason', {}, 'finance', 0, '途中被窃，已报警', 'yes'],
    ['less than nothing', {}, 'finance', -1, '', 'countedFen amount_negative'],
  ])('handed in %s', (_name, over, receiver, countedFen, reason, answer) =>
    expect(said(() => decideHandIn({ ...cash, ...over }, receiver, { countedFen, reason }))).toBe(answer),
  );
});
