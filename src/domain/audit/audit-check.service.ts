// What `verify` asks of the audit 审计: each chain holds from its first link, and nothing waits unsealed for long.
import { instantOf, minuteMs } from '../../kernel/time.ts';
import type { Breach, Check } from '../../platform/checks.ts';
import { type Database, sql } from '../../platform/database/database.ts';
import { machineMs } from '../../platform/time-source.ts';
import { checkChain, sealAudit } from './audit.service.ts';

export const chainsHold: Check = async function* (tx) {
  const { rows } = await sql<{ communityId: string }>`
    select community_id from audit_heads union select community_id from audit_seals order by 1`.execute(tx);
  for (const { communityId } of rows)
    for (const { no, what } of await checkChain(tx, communityId))
      yield { communityId, what: `chain_${what}`, facts: { no } };
};

/** The sealer runs several times a second; this long without a number means that it does not run. */
const longestWaitMs = 10 * minuteMs;

/** A row is numbered, or is waiting for its number since a moment ago. Its id tells when it was made. */
export const everyEntryIsSealed: Check = async function* (tx): AsyncGenerator<Breach> {
  const { rows } = await sql<{ communityId: string; id: string; queued: boolean }>`
    select l.community_id, l.id, u.audit_id is not null as queued
    from audit_log l left join audit_seals s on s.community_id = l.community_id and s.audit_id = l.id
    left join audit_unsealed u on u.community_id = l.community_id and u.audit_id = l.id
    where s.audit_id is null order by l.id`.execute(tx);
  for (const { communityId, id, queued } of rows) {
    const madeMs = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    if (!queued) yield { communityId, what: 'entry_forgotten', facts: { auditId: id } };
    else if (machineMs() - madeMs > longestWaitMs)
      yield { communityId, what: 'entry_unsealed', facts: { auditId: id, since: instantOf(madeMs) } };
  }
};

/** Numbers all that waits, also where no program serves. */
export async function sealAll(database: Database): Promise<void> {
  while ((await sealAudit(database)) > 0);
}
