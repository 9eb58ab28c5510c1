// A complaint 投诉 as its page and the panel beside a list show it: its level and why, what can be done, its clocks, the
// others of the same event, what happened.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { MoveButtons } from '../../../../ui/MoveButtons.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Popover } from '../../../../ui/Popover.tsx';
import { useKeys } from '../../../../ui/useKeys.ts';
import { briefMoment } from '../../../../ui/wallTime.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { casePageWords } from '../../../cases/board.words.ts';
import { caseKindWords, channelWords } from '../../../cases/case.words.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { type TimeLineBox, TimeLineCard } from '../../../cases/screens/parts/TimeLineCard.tsx';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { standardName } from '../../../standards/standard.words.ts';
import { complaintRoutes } from '../../complaint.contract.ts';
import {
  complaintCaseFlagWords,
  complaintCaseMoveWords,
  complaintCaseStateWords,
  severityWords,
} from '../../complaint-case.words.ts';
import { complaintPageWords as words } from '../../complaint-page.words.ts';
import type { ComplaintAnswer, ComplaintMove } from '../../complaint-shapes.contract.ts';
import { complaintStepInWords } from '../../complaint-timeline.words.ts';
import { ComplaintFactsCard } from './ComplaintFactsCard.tsx';
import { complaintLook, raisedComplaintFlags, severityTag } from './complaintLook.ts';
import { GroupCard } from './GroupCard.tsx';
import { LevelCard } from './LevelCard.tsx';
import { LoweringCard } from './LoweringCard.tsx';
import { MoveDialog, refusalInWords } from './MoveDialog.tsx';
import { useStandard } from './useStandard.ts';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';
import './complaint.css';

const looks = { complaint: complaintLook };
const hotkeys: Partial<Record<ComplaintMove, string>> = {
  'take-over': 'j',
  classify: 'd',
  send: 's',
  accept: 'a',
  amend: 'e',
  respond: 'r',
  resolve: 'w',
  wait: 'p',
  resume: 'o',
  'tell-customer': 't',
  forward: 'f',
};
/** So many moves stand as buttons; the rest is a click away. */
const buttonsShown = 3;

export function useComplaint(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['complaint', communityId, id],
    queryFn: ({ signal }) => call(complaintRoutes.getComplaint, { params: { communityId, id }, signal }),
  });
}

export function ComplaintCase({ id }: { id: string }) {
  const complaint = useComplaint(id);
  if (complaint.data) return <LoadedComplaint complaint={complaint.data} />;
  return <CaseNotLoaded error={complaint.error} retry={() => void complaint.refetch()} />;
}

function LoadedComplaint({ complaint }: { complaint: ComplaintAnswer }) {
  const document = useStandard(complaint.communityId);
  const [dialog, setDialog] = useState<ComplaintMove | null>(null);
  const [box, setBox] = useState<TimeLineBox | null>(null);
  const mayRemind = useMay()('case.remind') && complaint.endedAt === null;
  const mayMove = (name: ComplaintMove) => complaint.moves.some((move) => move.name === name && move.allowed);
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <Head complaint={complaint} onMove={setDialog} onRemind={mayRemind ? () => setBox('reminder') : null} />
          <ComplaintFactsCard complaint={complaint} />
        </section>
        <TimeLineCard
          subject={complaint}
          sayEntry={complaintStepInWords}
          kindWords={clockKindWords}
          box={box}
          onBox={setBox}
          isQuiet={dialog !== null}
          mayRemind={mayRemind}
          withPhotos
        />
      </div>
      <div className="stack">
        <CaseClocks
          clocks={complaint.clocks}
          policyName={(version) => standardName(document?.preset ?? 'luxury', Number(version) || 1)}
          kindWords={clockKindWords}
          startedBy={words.startedBy}
          pauseReason={null}
        />
        {complaint.lowering === null ? null : <LoweringCard complaint={complaint} lowering={complaint.lowering} />}
        <LevelCard complaint={complaint} policy={document?.complaint} />
        <GroupCard complaint={complaint} onJoin={mayMove('link') ? () => setDialog('link') : null} />
        <BesideCards communityId={complaint.communityId} caseId={complaint.id} kind="complaint" />
        {complaint.unitId === null ? null : (
          <HouseholdCard
            caseId={complaint.id}
            code={complaint.code}
            unitId={complaint.unitId}
            faces={looks}
            categoryWord={complaintLook.categoryWord}
          />
        )}
      </div>
      {dialog === null ? null : (
        <MoveDialog key={dialog} move={dialog} complaint={complaint} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

function Head(props: {
  complaint: ComplaintAnswer;
  onMove: (move: ComplaintMove) => void;
  onRemind: (() => void) | null;
}) {
  const { complaint, onMove } = props;
  const community = useCommunity();
  const allowed = complaint.moves.filter((move) => move.allowed);
  const shown = allowed.slice(0, buttonsShown);
  const rest = allowed.slice(buttonsShown);
  // What the state alone forbids says nothing new beside the state; what else is in the way of a likely step does.
  const refused = complaint.moves.filter((move) => !move.allowed && saidRefusals.includes(move.reason ?? ''));
  const wordOf = (name: string) => complaintCaseMoveWords[name as ComplaintMove] ?? name;
  useKeys(
    Object.fromEntries(
      rest.flatMap((move) => {
        const key = hotkeys[move.name as ComplaintMove];
        return key ? [[key, () => onMove(move.name as ComplaintMove)]] : [];
      }),
    ),
  );
  return (
    <header className="casehead">
      <div className="titles">
        <div className="row wrap">
          <span className="tag">{caseKindWords.complaint}</span>
          <span className={severityTag(complaint.severity)}>{severityWords[complaint.severity]}</span>
          <span className="tag accent">{complaintCaseStateWords[complaint.state]}</span>
          {complaint.flags.map((flag) => (
            <span key={flag} className={raisedComplaintFlags.includes(flag) ? 'tag raised' : 'tag'}>
              {(complaintCaseFlagWords as Readonly<Record<string, string>>)[flag] ?? flag}
            </span>
          ))}
          <span className="faint num">
            {[
              complaint.code,
              words.received(briefMoment(complaint.receivedAt, serverNow()), channelWords[complaint.channel]),
              ...(complaint.firstContact ? [words.firstContact(complaint.firstContact.name)] : []),
            ].join(' · ')}
          </span>
        </div>
        <h1 className="anywhere">{titleOf(complaint)}</h1>
      </div>
      <div className="acts no-print">
        <MoveButtons
          label={words.moves}
          moves={[...shown, ...refused].map((move) => ({
            name: move.name,
            word: wordOf(move.name),
            isAllowed: move.allowed,
            reason: move.reason === undefined ? undefined : refusalInWords(move.reason),
            hotkey: hotkeys[move.name as ComplaintMove],
          }))}
          onMove={(name) => onMove(name as ComplaintMove)}
        />
        {props.onRemind ? (
          <button type="button" className="btn" aria-keyshortcuts="u" onClick={props.onRemind}>
            {casePageWords.remind} <kbd>U</kbd>
          </button>
        ) : null}
        {rest.length > 0 ? (
          <Popover kind="menu" className="btn" name={words.moreMoves} label="⋯">
            {rest.map((move) => (
              <button key={move.name} type="button" onClick={() => onMove(move.name as ComplaintMove)}>
                <span className="grow">{wordOf(move.name)}</span>
                {hotkeys[move.name as ComplaintMove] ? (
                  <kbd>{hotkeys[move.name as ComplaintMove]?.toUpperCase()}</kbd>
                ) : null}
              </button>
            ))}
          </Popover>
        ) : null}
        <Link className="btn quiet" to={`/c/${community.code}/complaints/${complaint.id}/print`}>
          {words.print}
        </Link>
      </div>
    </header>
  );
}

/** Refusals worth a line on the page: what has to be done first. */
const saidRefusals: readonly string[] = [
  'complaint.not_classified',
  'complaint.facts_missing',
  'complaint.follow_up_open',
  'complaint.call_backs_open',
  'complaint.reopen_too_late',
];

const titleLetters = 60;
function titleOf(complaint: ComplaintAnswer): string {
  const text = complaint.account ?? complaint.demand ?? complaint.place ?? complaint.unit ?? words.noAccount;
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > titleLetters ? `${line.slice(0, titleLetters)}…` : line;
}
