// One approval in the list: what, who asked, and the clock of the step it waits at.
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import type { Approval } from '../../approval.contract.ts';
import { approvalStateWords, approvalPageWords as words } from '../../approval.words.ts';

const tones: Partial<Record<Approval['state'], string>> = {
  approved: 'tag good',
  rejected: 'tag alarm',
  lapsed: 'tag alarm',
  pending: 'tag accent',
};

export const StateTag = ({ state }: { state: Approval['state'] }) => (
  <span className={tones[state] ?? 'tag'}>{approvalStateWords[state]}</span>
);

export const moment = (at: string): string => `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

export function ApprovalRow(props: { row: Approval; isOpen: boolean; onOpen: () => void }) {
  const { row } = props;
  const clock = row.clocks.at(-1);
  return (
    <li>
      <button
        type="button"
        className={props.isOpen ? 'approvalrow open' : 'approvalrow'}
        aria-current={props.isOpen ? 'true' : undefined}
        onClick={props.onOpen}
      >
        <span className="row">
          <b className="grow anywhere">{row.title}</b>
          <StateTag state={row.state} />
        </span>
        <span className="faint num">
          {row.code} · {words.askedBy(row.askedBy?.name, moment(row.askedAt))}
        </span>
        {row.state === 'pending' && clock ? <ClockBar facts={clock} label={words.clock} /> : null}
      </button>
    </li>
  );
}
