// Which ways of answering reach whom (CP7, CP8): every way for every kind of sender, and what a move makes of it.
import { describe, expect, it, test } from 'vitest';
import { complaint, ids, move, outcome, standing, supervisor, taker } from './complaint.fixture.ts';
import { isUnreachable, reaches } from './complaint-facts.rules.ts';
import { type AnswerHow, answerHows } from './complaint-shapes.contract.ts';

const senders = {
  'somebody with a telephone': { anonymous: false, hasContact: true, unitId: null },
  'a home without a telephone': { anonymous: false, hasContact: false, unitId: ids.unit },
  'a home with one': { anonymous: false, hasContact: true, unitId: ids.unit },
  'whoever only signed a letter': { anonymous: false, hasContact: false, unitId: null },
  'somebody anonymous': { anonymous: true, hasContact: false, unitId: null },
} as const;
type Sender = keyof typeof senders;

const known: readonly AnswerHow[] = ['live', 'call', 'visit', 'message', 'letter'];
const ways: Record<Sender, readonly AnswerHow[]> = {
  'somebody with a telephone': known,
  'a home without a telephone': known,
  'a home with one': known,
  // There is an address on the envelope, and nothing else: nobody can ring or call there.
  'whoever only signed a letter': ['live', 'letter', 'posted'],
  // A letter would go to nobody.
  'somebody anonymous': ['live', 'posted'],
};
const rows = Object.keys(senders) as Sender[];

describe('CP8: a way that reaches the sender', () => {
  test.each(rows)('%s', (sender) => {
    expect(answerHows.filter((how) => reaches(senders[sender], how))).toEqual(ways[sender]);
  });

  it('leaves two kinds of sender whom nobody can call', () => {
    expect(rows.filter((sender) => isUnreachable(senders[sender]))).toEqual([
      'whoever only signed a letter',
      'somebody anonymous',
    ]);
  });

  it('never takes what was kept of an anonymous one for a way to it', () => {
    const kept = { anonymous: true, hasContact: true, unitId: ids.unit };
    expect(answerHows.filter((how) => reaches(kept, how))).toEqual(['live', 'posted']);
  });

  test.each(rows)('an answer, the word of the end and an explanation ask it: %s', (sender) => {
    const facts = senders[sender];
    const fault = isUnreachable(facts) ? 'cannot_be_reached' : 'can_be_reached';
    for (const how of answerHows) {
      const reached = ways[sender].includes(how);
      const said = [
        outcome(() => move('respond', { complaint: complaint(facts), actor: taker, input: { how, answer: 'a' } })),
        outcome(() =>
          move('tell-customer', {
            complaint: standing('resolved', facts),
            actor: taker,
            input: { how, answer: 'a', unsignedReason: 'r' },
          }),
        ),
        outcome(() =>
          move('invalidate', {
            complaint: complaint(facts),
            actor: supervisor,
            input: { reason: 'r', explained: how },
          }),
        ),
      ];
      const wrong = [`how: ${fault}`, `how: ${fault}`, `explained: ${fault}`];
      expect(said, how).toEqual(reached ? ['recorded', 'customer-told', 'recorded'] : wrong);
    }
  });
});
