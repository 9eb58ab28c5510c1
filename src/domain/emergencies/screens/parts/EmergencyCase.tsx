// An emergency 突发事件 as its page and the panel beside a list show it: what can be done now, what happened and was done, who
// leads and who was sent where, the card, and afterwards the looking back and the follow-up.
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
import { severityWords } from '../../../complaints/complaint-case.words.ts';
import { severityTag } from '../../../complaints/screens/parts/complaintLook.ts';
import { useStandard } from '../../../complaints/screens/parts/MoveFields.tsx';
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
/** So many moves stand as buttons; the rest is a click away. */
const buttonsShown = 4;

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
  const document = useStandard(emergency.communityId);
  const [dialog, setDialog] = useState<PersonalMove | null>(null);
  const [box, setBox] = useState<TimeLineBox | null>(null);
  const mayRemind = useMay()('case.remind') && emergency.endedAt === null;
  return (
    <div className="beside emergencypage">
      <div className="stack">
        <section className="card">
          <Head emergency={emergency} onMove={setDialog} onRemind={mayRemind ? () => setBox('reminder') : null} />
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

function Head(props: { emergency: Emergency; onMove: (move: PersonalMove) => void; onRemind: (() => void) | null }) {
  const { emergency, onMove } = props;
  const community = useCommunity();
  const allowed = emergency.moves.filter((move) => move.allowed);
  const shown = allowed.slice(0, buttonsShown);
  const rest = allowed.slice(buttonsShown);
  const wordOf = (name: string) => emergencyMoveWords[name as EmergencyMove] ?? name;
  useKeys(
    Object.fromEntries(
      rest.flatMap((move) => {
        const key = hotkeys[move.name as EmergencyMove];
        return key ? [[key, () => onMove(move.name as PersonalMove)]] : [];
      }),
    ),
  );
  return (
    <header className="casehead">
      <div className="titles">
        <div className="row wrap">
          <span className="tag">{caseKindWords.emergency}</span>
          <span className={severityTag(emergency.severity)}>{severityWords[emergency.severity]}</span>
          <span className="tag accent">{emergencyStateWords[emergency.state]}</span>
          {emergency.flags.map((flag) => (
            <span key={flag} className={flag === 'reopened' ? 'tag raised' : 'tag'}>
              {(emergencyFlagWords as Readonly<Record<string, string>>)[flag] ?? flag}
            </span>
          ))}
          <span className="faint num">
            {[
              emergency.code,
              words.received(briefMoment(emergency.receivedAt, serverNow()), channelWords[emergency.channel]),
              ...(emergency.firstContact ? [words.firstContact(emergency.firstContact.name)] : []),
            ].join(' · ')}
          </span>
        </div>
        <h1 className="anywhere">
          {[emergencyCategoryWords[emergency.category], emergency.unit, emergency.place]
            .filter((part) => part !== null && part !== '')
            .join(' · ')}
        </h1>
      </div>
      <div className="acts no-print">
        <MoveButtons
          label={words.moves}
          moves={shown.map((move) => ({
            name: move.name,
            word: wordOf(move.name),
            isAllowed: true,
            reason: move.reason === undefined ? undefined : refusalInWords(move.reason),
            hotkey: hotkeys[move.name as EmergencyMove],
          }))}
          onMove={(name) => onMove(name as PersonalMove)}
        />
        {props.onRemind ? (
          <button type="button" className="btn" aria-keyshortcuts="u" onClick={props.onRemind}>
            {casePageWords.remind} <kbd>U</kbd>
          </button>
        ) : null}
        {rest.length > 0 ? (
          <Popover kind="menu" className="btn" name={words.moreMoves} label="⋯">
            {rest.map((move) => (
              <button key={move.name} type="button" onClick={() => onMove(move.name as PersonalMove)}>
                <span className="grow">{wordOf(move.name)}</span>
                {hotkeys[move.name as EmergencyMove] ? (
                  <kbd>{hotkeys[move.name as EmergencyMove]?.toUpperCase()}</kbd>
                ) : null}
              </button>
            ))}
          </Popover>
        ) : null}
        <Link className="btn quiet" to={`/c/${community.code}/emergencies/${emergency.id}/print`}>
          {words.print}
        </Link>
      </div>
    </header>
  );
}
