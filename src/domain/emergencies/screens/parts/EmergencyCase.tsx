// An emergency 突发事件 as its page and the panel beside a list show it: what can be done now, what happened and was done, who
// leads and who was sent where, the card, and afterwards the looking back and the follow-up.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { caseKindWords } from '../../../cases/case.words.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseHead, type MoveLook } from '../../../cases/screens/parts/CaseHead.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { type TimeLineBox, TimeLineCard } from '../../../cases/screens/parts/TimeLineCard.tsx';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { severityTag } from '../../../complaints/screens/parts/complaintLook.ts';
import { useStandard } from '../../../complaints/screens/parts/useStandard.ts';
import { emergencyCategoryWords, standardName } from '../../../standards/standard.words.ts';
import { type Emergency, type EmergencyMove, emergencyRoutes } from '../../emergency.contract.ts';
import {
  emergencyFlagWords,
  emergencyMoveWords,
  emergencyStateWords,
  emergencyStepInWords,
} from '../../emergency.words.ts';
import { emergencyPageWords as words } from '../../emergency-page.words.ts';
import { AfterwardsCard, CommandCard, ProcedureCard } from './EmergencyCards.tsx';
import { EmergencyFacts } from './EmergencyFacts.tsx';
import { emergencyLook } from './emergencyLook.ts';
import { MoveDialog, refusalInWords } from './MoveDialog.tsx';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';
import './emergency.css';

const looks = { emergency: emergencyLook };
type PersonalMove = Exclude<EmergencyMove, 'close'>;
const hotkeys: Partial<Record<EmergencyMove, string>> = {
  'take-over': 'j',
  deploy: 'd',
  measure: 'm',
  resolve: 'w',
  review: 'r',
  amend: 'e',
  raise: 'l',
};
const moveLook: MoveLook = {
  wordOf: (name) => emergencyMoveWords[name as EmergencyMove] ?? name,
  refusalInWords,
  isSaid: () => false,
  hotkeys,
  buttonsShown: 4,
};

export function useEmergency(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['emergency', communityId, id],
    queryFn: ({ signal }) => call(emergencyRoutes.getEmergency, { params: { communityId, id }, signal }),
  });
}

export function EmergencyCase({ id }: { id: string }) {
  const emergency = useEmergency(id);
  if (emergency.data) return <LoadedEmergency emergency={emergency.data} />;
  return <CaseNotLoaded error={emergency.error} retry={() => void emergency.refetch()} />;
}

function LoadedEmergency({ emergency }: { emergency: Emergency }) {
  const community = useCommunity();
  const document = useStandard(emergency.communityId);
  const [dialog, setDialog] = useState<PersonalMove | null>(null);
  const [box, setBox] = useState<TimeLineBox | null>(null);
  const mayRemind = useMay()('case.remind') && emergency.endedAt === null;
  return (
    <div className="beside emergencypage">
      <div className="stack">
        <section className="card">
          <CaseHead
            subject={emergency}
            tags={
              <>
                <span className="tag">{caseKindWords.emergency}</span>
                <span className={severityTag(emergency.severity)}>{severityWords[emergency.severity]}</span>
                <span className="tag accent">{emergencyStateWords[emergency.state]}</span>
              </>
            }
            flags={emergency.flags.map((flag) => ({
              name: flag,
              word: (emergencyFlagWords as Readonly<Record<string, string>>)[flag] ?? flag,
              isRaised: flag === 'reopened',
            }))}
            title={[emergencyCategoryWords[emergency.category], emergency.unit, emergency.place]
              .filter((part) => part !== null && part !== '')
              .join(' · ')}
            firstContact={words.firstContact}
            look={moveLook}
            onMove={(name) => setDialog(name as PersonalMove)}
            onRemind={mayRemind ? () => setBox('reminder') : null}
          >
            <Link className="btn quiet" to={`/c/${community.code}/emergencies/${emergency.id}/print`}>
              {words.print}
            </Link>
          </CaseHead>
          <EmergencyFacts emergency={emergency} />
        </section>
        <TimeLineCard
          subject={emergency}
          sayEntry={emergencyStepInWords}
          kindWords={clockKindWords}
          box={box}
          onBox={setBox}
          isQuiet={dialog !== null}
          mayRemind={mayRemind}
          withPhotos
        />
      </div>
      <div className="stack">
        <CommandCard emergency={emergency} />
        <CaseClocks
          clocks={emergency.clocks}
          policyName={(version) => standardName(document?.preset ?? 'luxury', Number(version) || 1)}
          kindWords={clockKindWords}
          startedBy={words.startedBy}
          pauseReason={null}
        />
        {emergency.state === 'reported' || emergency.state === 'handling' ? (
          <ProcedureCard document={document} category={emergency.category} />
        ) : (
          <AfterwardsCard emergency={emergency} />
        )}
        <BesideCards communityId={emergency.communityId} caseId={emergency.id} kind="emergency" />
        {emergency.unitId === null ? null : (
          <HouseholdCard
            caseId={emergency.id}
            code={emergency.code}
            unitId={emergency.unitId}
            faces={looks}
            categoryWord={emergencyLook.categoryWord}
          />
        )}
      </div>
      {dialog === null ? null : (
        <MoveDialog key={dialog} move={dialog} emergency={emergency} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}
