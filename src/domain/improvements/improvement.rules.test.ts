import { describe, expect, it } from 'vitest';
import { improvementMoves, improvementStates } from './improvement.contract.ts';
import { hatsOf, improvementFaults, isOverdue, refusalOf, warnUntil } from './improvement.rules.ts';

const owner = { accountId: 'a', isLeader: false };
const owningLeader = { accountId: 'a', isLeader: true };
const leader = { accountId: 'b', isLeader: true };
const other = { accountId: 'c', isLeader: false };
const fact = { state: 'open' as const, ownerId: 'a', dueOn: '2026-11-30' };

describe('an improvement', () => {
  it('is reported by its owner and looked at by somebody else, never by the owner however high', () => {
    expect(hatsOf(fact, owner)).toEqual(['owner']);
    expect(hatsOf(fact, owningLeader)).toEqual(['owner']);
    expect(hatsOf(fact, leader)).toEqual(['leader']);
    expect(hatsOf(fact, other)).toEqual([]);
  });

  it('moves by its table alone: every state, move and asker', () => {
    const allowed = improvementStates.flatMap((state) =>
      improvementMoves.flatMap((name) =>
        Object.entries({ owner, owningLeader, leader, other }).flatMap(([who, asker]) =>
          refusalOf({ ...fact, state }, asker, name) === null ? [`${state} ${name} ${who}`] : [],
        ),
      ),
    );
    expect(allowed).toEqual([
      'open complete owner',
      'open complete owningLeader',
      'open complete leader',
      'open drop leader',
      'done confirm leader',
      'done return leader',
      'done drop leader',
    ]);
    expect(refusalOf(fact, other, 'complete')).toMatchObject({ code: 'improvement.not_yours', status: 403 });
    expect(refusalOf({ ...fact, state: 'confirmed' }, leader, 'drop')).toMatchObject({
      code: 'improvement.move_not_allowed',
      status: 409,
    });
  });

  it('is late from the day after its due day while nobody reported it done', () => {
    expect(isOverdue(fact, '2026-11-30')).toBe(false);
    expect(isOverdue(fact, '2026-12-01')).toBe(true);
    expect(isOverdue({ ...fact, state: 'done' }, '2026-12-01')).toBe(false);
  });

  it('is warned of so many days before its due day', () => {
    expect(warnUntil('2026-11-28', 2)).toBe('2026-11-30');
  });

  it('names every fault of a list at once', () => {
    const staffIds = new Set(['a']);
    const given = [
      { text: '装灯', ownerId: 'x', dueOn: '2026-11-25' },
      { text: '清洁', ownerId: 'a', dueOn: '2026-11-26' },
    ];
    expect(improvementFaults(given, { today: '2026-11-26', staffIds })).toEqual([
      { path: 'improvements.0.dueOn', code: 'day_gone' },
      { path: 'improvements.0.ownerId', code: 'not_staff_here' },
    ]);
    expect(improvementFaults(given.slice(0, 1), { today: '2026-11-26', staffIds }, '')[0]?.path).toBe('dueOn');
  });
});
