// An enquiry 咨询 or suggestion 建议 as its page and the panel beside a list show it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useCommunity, useSession } from '../../../access/screens/parts/session.ts';
import { caseKindWords } from '../../../cases/case.words.ts';
import { casePromiseRoutes } from '../../../cases/case-promise.contract.ts';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseHead, type MoveLook, titleLine } from '../../../cases/screens/parts/CaseHead.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { type TimeLineBox, TimeLineCard } from '../../../cases/screens/parts/TimeLineCard.tsx';
import { clockKindWords } from '../../../clocks/clock.words.ts';
import { standardName } from '../../../standards/standard.words.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import { type EnquiryAnswer, type EnquiryMove, enquiryRoutes } from '../../enquiry.contract.ts';
import {
  enquiryEntryInWords,
  enquiryMoveWords,
  enquiryProblems,
  enquiryStateWords,
  enquiryPageWords as words,
} from '../../enquiry.words.ts';
import { EnquiryDialog, type OpenDialog } from './EnquiryDialog.tsx';
import { enquiryLook, suggestionLook } from './enquiryLook.ts';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';

const looks = { enquiry: enquiryLook, suggestion: suggestionLook };
const moveLook: MoveLook = {
  wordOf: (name) => enquiryMoveWords[name as EnquiryMove],
  refusalInWords: (code) => enquiryProblems.titles[code]?.({}).zh ?? code,
  isSaid: (refusal) => refusal !== 'enquiry.move_not_allowed',
  hotkeys: { answer: 'a', assign: 't' },
  // All of them: there are few.
  buttonsShown: 6,
};

export function EnquiryCase({ id }: { id: string }) {
  const community = useCommunity();
  const enquiry = useQuery({
    queryKey: ['enquiry', community.id, id],
    queryFn: ({ signal }) => call(enquiryRoutes.getEnquiry, { params: { communityId: community.id, id }, signal }),
  });
  if (enquiry.data) return <LoadedEnquiry enquiry={enquiry.data} />;
  return <CaseNotLoaded error={enquiry.error} retry={() => void enquiry.refetch()} />;
}

function LoadedEnquiry({ enquiry }: { enquiry: EnquiryAnswer }) {
  const { me } = useSession();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const [note, setNote] = useState<TimeLineBox | null>(null);
  const params = { communityId: enquiry.communityId, id: enquiry.id };
  const standard = useQuery({
    queryKey: ['standard', enquiry.communityId],
    queryFn: ({ signal }) => call(standardRoutes.getStandard, { params: { communityId: enquiry.communityId }, signal }),
  });
  const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(enquiry.id) });
  const close = useMutation({
    mutationFn: () => call(enquiryRoutes.closeEnquiry, { params, body: { version: enquiry.version }, key: newId() }),
    onSettled: refresh,
  });
  const read = useMutation({
    mutationFn: () => call(casePromiseRoutes.readMessage, { params, body: {}, key: newId() }),
    onSettled: refresh,
  });
  const isOpen = enquiry.endedAt === null;
  const waitsForMe = enquiry.clocks.some(
    (clock) => clock.kind === 'message' && clock.state === 'running' && clock.owner.id === me.user.id,
  );
  const open = (name: string) => {
    if (name === 'close') close.mutate();
    else setDialog(name as OpenDialog);
  };
  const preset = standard.data?.document.preset ?? 'luxury';
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <CaseHead
            subject={enquiry}
            tags={
              <>
                <span className="tag">{caseKindWords[enquiry.kind]}</span>
                <span className="tag accent">{enquiryStateWords[enquiry.state]}</span>
              </>
            }
            flags={[]}
            title={titleLine(enquiry.description)}
            firstContact={words.firstContact}
            look={moveLook}
            onMove={open}
            onRemind={null}
          >
            {waitsForMe ? (
              <button type="button" className="btn primary" onClick={() => read.mutate()}>
                {words.readMessage}
              </button>
            ) : null}
            {isOpen ? (
              <>
                <button type="button" className="btn" onClick={() => setDialog('call-back')}>
                  {words.callBack}
                </button>
                <button type="button" className="btn" onClick={() => setDialog('message')}>
                  {words.message}
                </button>
              </>
            ) : null}
          </CaseHead>
          <Problem error={close.error ?? read.error} />
          <div className="casefacts">
            <Facts
              two
              items={[
                { name: words.contact, value: enquiry.contact.name ?? '—' },
                {
                  name: enquiry.unitId === null ? words.place : words.unit,
                  value: <span className="num">{enquiry.unit ?? enquiry.place ?? '—'}</span>,
                },
                { name: words.phone, value: <span className="num">{enquiry.contact.phone ?? '—'}</span> },
                { name: words.responsible, value: enquiry.responsible?.name ?? '—' },
                { name: words.description, value: <div className="longtext">{enquiry.description}</div>, full: true },
              ]}
            />
          </div>
        </section>
        <TimeLineCard
          subject={enquiry}
          sayEntry={enquiryEntryInWords}
          kindWords={clockKindWords}
          box={note}
          onBox={setNote}
          isQuiet={dialog !== null}
        />
      </div>
      <div className="stack">
        <CaseClocks
          clocks={enquiry.clocks}
          policyName={(version) => standardName(preset, Number(version) || 1)}
          kindWords={clockKindWords}
          startedBy={words.startedBy}
          pauseReason={null}
        />
        {enquiry.unitId === null ? null : (
          <HouseholdCard
            caseId={enquiry.id}
            code={enquiry.code}
            unitId={enquiry.unitId}
            faces={looks}
            categoryWord={(code) => code}
          />
        )}
      </div>
      {dialog === null ? null : (
        <EnquiryDialog key={dialog} dialog={dialog} enquiry={enquiry} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}
