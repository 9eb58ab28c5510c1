// A repair 报修 as its page and the panel beside a list show it: what it is, what can be done, its clocks, what happened.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseHead, type MoveLook } from '../../../cases/screens/parts/CaseHead.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { type TimeLineBox, TimeLineCard } from '../../../cases/screens/parts/TimeLineCard.tsx';
import { standardName } from '../../../standards/standard.words.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import { getRepair, type RepairAnswer, type RepairMove } from '../../repair.contract.ts';
import {
  pauseReasonWords,
  repairCategoryWords,
  repairClockWords,
  repairFlagWords,
  repairMoveWords,
  repairStateWords,
  timelineInWords,
  urgencyWords,
} from '../../repair.words.ts';
import { repairPageWords as words } from '../../repair-page.words.ts';
import { MoveDialog, type OpenMove, refusalInWords } from './MoveDialog.tsx';
import { RepairFacts } from './RepairFacts.tsx';
import { raisedFlags, repairLook, urgencyTone } from './repairLook.ts';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';

const faces = { repair: repairLook };
const hotkeys: Partial<Record<RepairMove, string>> = {
  dispatch: 'd',
  amend: 'e',
  accept: 'a',
  pause: 'p',
  resume: 'r',
  finish: 'w',
  quote: 'q',
  transfer: 't',
};
const moveLook: MoveLook = {
  wordOf: (name) => repairMoveWords[name as RepairMove] ?? name,
  refusalInWords,
  isSaid: (refusal) => refusal !== 'repair.move_not_allowed',
  hotkeys,
  buttonsShown: 3,
};

export function useRepair(id: string) {
  const { id: communityId } = useCommunity();
  return useQuery({
    queryKey: ['repair', communityId, id],
    queryFn: ({ signal }) => call(getRepair, { params: { communityId, id }, signal }),
  });
}

export function useStandard() {
  const { id: communityId } = useCommunity();
  const may = useMay();
  return useQuery({
    // A contractor knows the categories by their usual names.
    enabled: may('standard.read'),
    queryKey: ['standard', communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function RepairCase({ id }: { id: string }) {
  const repair = useRepair(id);
  if (repair.data) return <LoadedRepair repair={repair.data} />;
  return <CaseNotLoaded error={repair.error} retry={() => void repair.refetch()} />;
}

function LoadedRepair({ repair }: { repair: RepairAnswer }) {
  const standard = useStandard();
  const preset = standard.data?.document.preset ?? 'luxury';
  const categories = standard.data?.document.repair.categories;
  const categoryWord = (code: string): string =>
    categories?.find((one) => one.code === code)?.name ??
    (repairCategoryWords as Readonly<Record<string, string>>)[code] ??
    code;
  const [dialog, setDialog] = useState<OpenMove | null>(null);
  const [note, setNote] = useState<TimeLineBox | null>(null);
  const may = useMay();
  const community = useCommunity();
  const tone = urgencyTone(repair.urgency);
  const mayRemind = may('case.remind') && repair.endedAt === null;
  // A contractor's account reads no standard.
  const isOfFirm = !may('standard.read');
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <CaseHead
            subject={repair}
            tags={
              <>
                <span className={tone === 'plain' ? 'tag' : `tag ${tone}`}>{urgencyWords[repair.urgency]}</span>
                <span className="tag accent">{repairStateWords[repair.state]}</span>
              </>
            }
            flags={repair.flags.map((flag) => ({
              name: flag,
              word: (repairFlagWords as Readonly<Record<string, string>>)[flag] ?? flag,
              isRaised: raisedFlags.includes(flag),
            }))}
            title={firstLine(repair.description)}
            firstContact={words.firstContact}
            look={moveLook}
            onMove={(name) => setDialog(name as OpenMove)}
            onRemind={mayRemind ? () => setNote('reminder') : null}
          >
            <Link className="btn quiet" to={`/c/${community.code}/repairs/${repair.id}/print`}>
              {words.print}
            </Link>
          </CaseHead>
          <RepairFacts
            repair={repair}
            document={standard.data?.document}
            categoryWord={categoryWord}
            onTellContractor={isOfFirm ? null : () => setNote('contractor-call')}
          />
        </section>
        <TimeLineCard
          subject={repair}
          sayEntry={timelineInWords}
          kindWords={repairClockWords}
          box={note}
          onBox={setNote}
          isQuiet={dialog !== null}
          mayRemind={mayRemind}
          withPhotos
        />
      </div>
      <div className="stack">
        <CaseClocks
          clocks={repair.clocks}
          policyName={(version) => standardName(preset, Number(version) || 1)}
          kindWords={repairClockWords}
          startedBy={words.startedBy}
          pauseReason={repair.pause ? pauseReasonWords[repair.pause.reason] : null}
        />
        <BesideCards communityId={repair.communityId} caseId={repair.id} kind="repair" />
        {repair.unitId === null ? null : (
          <HouseholdCard
            caseId={repair.id}
            code={repair.code}
            unitId={repair.unitId}
            faces={faces}
            categoryWord={categoryWord}
          />
        )}
      </div>
      {dialog === null ? null : (
        <MoveDialog
          key={dialog}
          move={dialog}
          repair={repair}
          document={standard.data?.document}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}

/** The first line of what was said, cut where a sentence ends if it is long. */
function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  if (line.length <= 40) return line;
  const end = line.slice(0, 60).search(/[。；;！!？?]/);
  return end > 8 ? line.slice(0, end) : `${line.slice(0, 40)}…`;
}
