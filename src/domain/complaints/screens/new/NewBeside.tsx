// Beside the registration: the level that the facts give, the six rules, and complaints that look like the same event.
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import type { Sibling } from '../../complaint.contract.ts';
import { complaintCaseStateWords, severityWords } from '../../complaint-case.words.ts';
import { ruleExplained, complaintNewWords as words } from '../../complaint-page.words.ts';
import { higher, type Proposal, rankOf } from '../../complaint-severity.rules.ts';
import type { Severity } from '../../complaint-shapes.contract.ts';
import { severityTag } from '../parts/complaintLook.ts';

/** Live: what is typed says its level at once, and why (CP2). */
export function ProposedLevel(props: {
  proposal: Proposal;
  chosen: Severity;
  isRecorded: boolean;
  /** What the chosen level sets going: `1 分钟内须由总经理接手`. */
  limit: string;
  policy: StandardDocument['complaint'];
  contradictions: readonly string[];
}) {
  const { proposal, chosen, policy } = props;
  const level = higher(proposal.severity, chosen);
  const also = proposal.fired.slice(1);
  return (
    <Card title={words.level} flush>
      <div className="line" aria-live="polite">
        <div className="row wrap">
          <span className={severityTag(level)}>{severityWords[level]}</span>
          <span className="faint">{props.limit}</span>
        </div>
        <p className="levelwhy">
          <span className="faint">{words.proposedNow(severityWords[proposal.severity])}</span>
          <br />
          {ruleExplained(proposal.rule, policy)}
        </p>
        {also.length === 0 ? null : (
          <p className="faint">
            {words.alsoFired}: {also.map((one) => ruleExplained(one.rule, policy)).join('；')}
          </p>
        )}
        {rankOf(chosen) > rankOf(proposal.severity) ? (
          <p className="faint">{words.chosenHigher(severityWords[chosen])}</p>
        ) : null}
        {rankOf(proposal.severity) > rankOf(chosen) ? <p>{words.willRise(severityWords[proposal.severity])}</p> : null}
        {props.contradictions.map((fault) => (
          <p key={fault} className="notice bad">
            {words.contradicts}: {fault}
          </p>
        ))}
      </div>
    </Card>
  );
}

export function SixRules() {
  return (
    <Card title={words.rules.title} flush>
      <ol className="line sixrules">
        {words.rules.items.map(([name, text]) => (
          <li key={name}>
            <b>{name}</b>
            <span className="muted">{text}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

export function SameEvent(props: {
  siblings: readonly Sibling[];
  joined: { id: string; code: string } | null;
  isRecorded: boolean;
  isBusy: boolean;
  onJoin: (sibling: Sibling) => void;
  onLeave: () => void;
}) {
  const community = useCommunity();
  const { joined } = props;
  const shown = props.siblings.filter((one) => one.id !== joined?.id);
  return (
    <Card title={words.siblings.title} flush>
      {joined === null ? null : (
        <div className="line row wrap" role="status">
          <Sign name="met" />
          <span className="grow">
            {props.isRecorded ? words.siblings.joinedNow(joined.code) : words.siblings.joined(joined.code)}
          </span>
          {props.isRecorded ? null : (
            <button type="button" className="btn quiet" onClick={props.onLeave}>
              {words.siblings.leave}
            </button>
          )}
        </div>
      )}
      {shown.length === 0 && joined === null ? <p className="line muted">{words.siblings.none}</p> : null}
      {shown.map((one) => (
        <div key={one.id} className="line col">
          <div className="row wrap">
            <Link className="code num" to={caseAddress(community.code, one.id, 'complaint')} target="_blank">
              {one.code}
            </Link>
            <span className={severityTag(one.severity)}>{severityWords[one.severity]}</span>
            <span className="tag">{complaintCaseStateWords[one.state]}</span>
            <span className="grow" />
            <span className="faint num">{words.siblings.points(one.points)}</span>
          </div>
          <div className="cut three muted">{one.summary}</div>
          <div className="row wrap">
            <span className="faint grow">
              {[
                one.unit ?? one.place,
                words.siblings.counters(one.raisings, one.people),
                ...one.because.map((reason) => words.siblings.because[reason]),
              ]
                .filter((part) => part)
                .join(' · ')}
            </span>
            <button type="button" className="btn" disabled={props.isBusy} onClick={() => props.onJoin(one)}>
              {words.siblings.join}
            </button>
          </div>
        </div>
      ))}
    </Card>
  );
}
