// One approval in full: what is asked, whose step it is, its clock, what was said, and the decision.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { ClockBar } from '../../../../ui/ClockBar.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TimeLine } from '../../../../ui/TimeLine.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { roleWords } from '../../../access/role.words.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { whyInWords } from '../../../clocks/clock.words.ts';
import { type Approval, approvalRoutes } from '../../approval.contract.ts';
import { entryInWords, approvalPageWords as words } from '../../approval.words.ts';
import { moment, StateTag } from './ApprovalRow.tsx';
import { DecideBox } from './DecideBox.tsx';

export function ApprovalPanel(props: { id: string; onDecided: () => void }) {
  const community = useCommunity();
  const one = useQuery({
    queryKey: ['approval', community.id, 'one', props.id],
    queryFn: ({ signal }) =>
      call(approvalRoutes.getApproval, { params: { communityId: community.id, id: props.id }, signal }),
  });
  if (one.error) return <Problem error={one.error} retry={() => void one.refetch()} />;
  if (!one.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const approval = one.data;
  const clock = approval.clocks.at(-1);
  return (
    <div className="stack approval">
      <Card
        title={
          <>
            {approval.title} <StateTag state={approval.state} />
          </>
        }
        note={approval.code}
        actions={
          approval.page === null ? null : (
            <Link
              className="btn"
              to={`/c/${community.code}/${approval.page.split('?')[0]}`}
              search={searchOf(approval.page)}
            >
              {words.openSubject}
            </Link>
          )
        }
      >
        <ul className="approvallines">
          {approval.lines.map((line) => (
            <li key={line} className="anywhere">
              {line}
            </li>
          ))}
        </ul>
        <Facts
          items={[
            {
              name: words.asker,
              value: `${approval.askedBy?.name ?? words.askerHidden} · ${moment(approval.askedAt)}`,
            },
            ...(approval.reason ? [{ name: words.reason, value: approval.reason, full: true }] : []),
          ]}
        />
        <Steps approval={approval} />
        {clock ? (
          <div className="approvalclock">
            <ClockBar facts={clock} label={words.clock} why={whyInWords(clock.why, { policyName: words.policy })} />
            {approval.state === 'pending' ? (
              <span className="faint num">{words.expires(moment(approval.expiresAt))}</span>
            ) : null}
          </div>
        ) : null}
      </Card>
      {approval.moves.length > 0 ? <DecideBox approval={approval} onDecided={props.onDecided} /> : null}
      <Card title={words.timeline}>
        <TimeLine
          label={words.timeline}
          entries={[...approval.timeline].reverse().map((entry) => ({
            id: entry.id,
            at: entry.at,
            ...(entry.action === 'approve' ? { tone: 'good' as const } : {}),
            ...(entry.action === 'reject' || entry.action === 'lapse' ? { tone: 'bad' as const } : {}),
            title: entryInWords(entry),
            more: entry.remark === null ? undefined : <p className="anywhere remark">{entry.remark}</p>,
          }))}
        />
      </Card>
    </div>
  );
}

const searchOf = (page: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(page.split('?')[1] ?? ''));

function Steps({ approval }: { approval: Approval }) {
  const own = approval.steps[approval.step - 1]?.role;
  const isMoved = own !== undefined && own !== approval.dutyRole;
  return (
    <>
      <ol className="approvalsteps" aria-label={words.chain}>
        {approval.steps.map((one) => (
          <li key={one.step} className={one.state} aria-current={one.state === 'open' ? 'step' : undefined}>
            {words.step(one.step, roleWords[one.role])}
          </li>
        ))}
      </ol>
      {approval.state !== 'pending' ? null : (
        <p className="muted">
          {isMoved ? `${words.moved(roleWords[own], roleWords[approval.dutyRole])}。` : ''}
          {approval.deciders.length === 0
            ? words.nobody
            : words.decidersNow(
                approval.deciders
                  .map((who) => (words.via[who.via] === '' ? who.name : `${who.name}（${words.via[who.via]}）`))
                  .join('、'),
              )}
        </p>
      )}
    </>
  );
}
