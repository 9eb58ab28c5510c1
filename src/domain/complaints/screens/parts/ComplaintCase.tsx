// A complaint 投诉 as its page and the panel beside a list show it: its level and why, what can be done, its clocks, the
// others of the same event, what happened.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { caseKindWords } from '../../../cases/case.words.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseHead, type MoveLook, titleLine } from '../../../cases/screens/parts/CaseHead.tsx';
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
/** What has to be done first. */
const saidRefusals: readonly string[] = [
  'complaint.not_classified',
  'complaint.facts_missing',
  'complaint.follow_up_open',
  'complaint.call_backs_open',
  'complaint.reopen_too_late',
];
const moveLook: MoveLook = {
  wordOf: (name) => complaintCaseMoveWords[name as ComplaintMove] ?? name,
  refusalInWords,
  isSaid: (refusal) => saidRefusals.includes(refusal),
  hotkeys,
  buttonsShown: 3,
};

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
  const community = useCommunity();
  const document = useStandard(complaint.communityId);
  const [dialog, setDialog] = useState<ComplaintMove | null>(null);
  const [box, setBox] = useState<TimeLineBox | null>(null);
  const mayRemind = useMay()('case.remind') && complaint.endedAt === null;
  const mayMove = (name: ComplaintMove) => complaint.moves.some((move) => move.name === name && move.allowed);
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <CaseHead
            subject={complaint}
            tags={
              <>
                <span className="tag">{caseKindWords.complaint}</span>
                <span className={severityTag(complaint.severity)}>{severityWords[complaint.severity]}</span>
                <span className="tag accent">{complaintCaseStateWords[complaint.state]}</span>
              </>
            }
            flags={complaint.flags.map((flag) => ({
              name: flag,
              word: (complaintCaseFlagWords as Readonly<Record<string, string>>)[flag] ?? flag,
              isRaised: raisedComplaintFlags.includes(flag),
            }))}
            title={titleLine(
              complaint.account ?? complaint.demand ?? complaint.place ?? complaint.unit ?? words.noAccount,
            )}
            firstContact={words.firstContact}
            look={moveLook}
            onMove={(name) => setDialog(name as ComplaintMove)}
            onRemind={mayRemind ? () => setBox('reminder') : null}
          >
            <Link className="btn quiet" to={`/c/${community.code}/complaints/${complaint.id}/print`}>
              {words.print}
            </Link>
          </CaseHead>
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
