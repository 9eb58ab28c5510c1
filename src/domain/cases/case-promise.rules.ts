// Which clocks a promise to call back and a message for a colleague start and meet (spec/11: call-back, message).
import { isId } from '../../kernel/id.ts';
import { badField } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Role } from '../access/role.contract.ts';
import type { ClockCommand, ClockFact, Owner } from '../clocks/clock.contract.ts';
import type { StandardDocument } from '../standards/standard.contract.ts';
import { findRule, startByRule } from './case-clocks.rules.ts';

/** FD3: at the promised minute, else within the standard's limit. `key` tells promises of one case apart. */
export function callBackPromised(
  document: StandardDocument,
  promise: { at: Instant; promisedFor: Instant | null; key: string; owner: Owner },
): ClockCommand[] {
  const { at, promisedFor, key, owner } = promise;
  if (promisedFor !== null && promisedFor <= at) throw badField('at', 'in_the_past');
  return startByRule(findRule(document, 'call-back'), {
    at,
    key,
    owner,
    ...(promisedFor === null ? {} : { limit: { at: promisedFor } }),
  });
}

/** FD4: the called colleague owns it until it is read and acknowledged. */
export const messageLeft = (
  document: StandardDocument,
  message: { at: Instant; key: string; addressee: { id: string; role: Role } },
): ClockCommand[] =>
  startByRule(findRule(document, 'message'), {
    at: message.at,
    key: message.key,
    owner: { staffId: message.addressee.id, role: message.addressee.role },
  });

type OwnedClock = ClockFact & { ownerId: string | null };

/** Every message of this case that waits for this person is met by one acknowledgement. */
export const messagesRead = (
  clocks: readonly OwnedClock[],
  readerId: string,
  at: Instant,
  evidenceId: string,
): ClockCommand[] =>
  clocks
    .filter((clock) => clock.kind === 'message' && clock.ownerId === readerId)
    .filter((clock) => clock.state === 'running' || clock.state === 'paused')
    .map((clock) => ({ do: 'stop', kind: 'message', key: clock.key, at, evidenceId }));

/** Keys of the promises that these commands keep: whoever made them (a line of the ledger) is told. */
export const keptKeys = (commands: readonly ClockCommand[]): string[] =>
  commands.flatMap((command) =>
    // A call back owed after an order was handed back has a name for its key: nobody else waits for that one.
    command.do === 'stop' && (command.kind === 'call-back' || command.kind === 'message') && isId(command.key ?? '')
      ? [command.key as string]
      : [],
  );
