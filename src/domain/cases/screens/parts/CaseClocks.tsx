// The clocks 时限 of a case: the pressing one opened with "why this time", the others a click away.
import type { Instant } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { nowMs } from '../../../../ui/now.ts';
import type { ClockKind, ClockState } from '../../../clocks/clock.contract.ts';
import { chargedInWords, clockKindWords, escalationRoleWords, whyInWords } from '../../../clocks/clock.words.ts';
import { casePageWords as words } from '../../board.words.ts';
import type { ClockAnswer } from '../../case.contract.ts';

const rank: Record<ClockState, number> = { running: 0, paused: 1, missed: 2, met: 3, void: 4 };

/** Running ones by what is due next, then the paused, then those that are over, the latest first. */
export function pressingFirst(clocks: readonly ClockAnswer[]): ClockAnswer[] {
  const due = (clock: ClockAnswer): Instant => clock.dueAt ?? '9999';
  return [...clocks].sort(
    (a, b) =>
      rank[a.state] - rank[b.state] ||
      (a.state === 'running'
        ? due(a).localeCompare(due(b))
        : (b.stoppedAt ?? b.startedAt).localeCompare(a.stoppedAt ?? a.startedAt)),
  );
}

export function CaseClocks(props: {
  clocks: readonly ClockAnswer[];
  policyName: (version: string) => string;
  kindWords?: Partial<Record<ClockKind, string>>;
  startedBy: string;
  pauseReason?: string | null;
}) {
  const clocks = pressingFirst(props.clocks);
  return (
    <Card title={words.clocks} flush>
      {clocks.length === 0 ? <div className="line faint">{words.noClocks}</div> : null}
      {clocks.map((clock, index) => {
        const name = props.kindWords?.[clock.kind] ?? clockKindWords[clock.kind];
        const owner = clock.owner.name ?? escalationRoleWords[clock.owner.role] ?? clock.owner.role;
        const isOpen = index === 0 && (clock.state === 'running' || clock.state === 'paused');
        return (
          <details key={clock.id} className="line clockline" open={isOpen || undefined}>
            <summary>
              <span className="clockname">
                <b>{name}</b>{' '}
                {clock.state === 'running' || clock.state === 'paused' ? (
                  <span className="faint">
                    {words.owner} {owner}
                  </span>
                ) : null}
              </span>
              <ClockBar
                facts={isLate(clock) ? { ...clock, dueAt: clock.overdueFrom ?? clock.dueAt } : clock}
                label={name}
                pauseReason={props.pauseReason ?? null}
              />
            </summary>
            <p className="why">{whyInWords(clock.why, { policyName: props.policyName, startedBy: props.startedBy })}</p>
            <p className="faint num clockcharge">{chargedInWords(clock.spentMinutesBy)}</p>
          </details>
        );
      })}
    </Card>
  );
}

const isLate = (clock: ClockAnswer): boolean =>
  clock.state === 'running' && clock.overdueFrom !== null && Date.parse(clock.overdueFrom) < nowMs();
