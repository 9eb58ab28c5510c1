// A complaint 投诉 as its page and the panel beside a list show it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { MoveButtons } from '../../../../ui/MoveButtons.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useKeys } from '../../../../ui/useKeys.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { casePageWords } from '../../../cases/board.words.ts';
import { caseKindWords, channelWords } from '../../../cases/case.words.ts';
import { BesideCards } from '../../../cases/screens/parts/BesideCards.tsx';
import { CaseClocks } from '../../../cases/screens/parts/CaseClocks.tsx';
import { CaseNotLoaded } from '../../../cases/screens/parts/CaseNotLoaded.tsx';
import { CaseTimeLine } from '../../../cases/screens/parts/CaseTimeLine.tsx';
import { ContactPhone } from '../../../cases/screens/parts/ContactPhone.tsx';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { HouseholdCard } from '../../../cases/screens/parts/HouseholdCard.tsx';
import { NoteBox, type NoteKind } from '../../../cases/screens/parts/NoteBox.tsx';
import { clockKindWords, momentInWords } from '../../../clocks/clock.words.ts';
import { standardName } from '../../../standards/standard.words.ts';
import { standardRoutes } from '../../../standards/standard-view.contract.ts';
import { complaintMoveRoutes, complaintRoutes } from '../../complaint.contract.ts';
import { complaintEntryInWords } from '../../complaint.words.ts';
import {
  complaintCaseMoveWords,
  complaintCaseProblems,
  complaintCaseStateWords,
  complaintSourceWords,
} from '../../complaint-case.words.ts';
import { complaintPageWords as words } from '../../complaint-page.words.ts';
import type { ComplaintAnswer, ComplaintMove } from '../../complaint-shapes.contract.ts';
import { complaintLook } from './complaintLook.ts';
import '../../../cases/screens/parts/board.css';
import '../../../cases/screens/parts/case.css';

const looks = { complaint: complaintLook };
const hotkeys: Partial<Record<ComplaintMove, string>> = { resolve: 'a' };

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
  const client = useQueryClient();
  const [isResolving, setResolving] = useState(false);
  const [note, setNote] = useState<NoteKind | null>(null);
  const params = { communityId: complaint.communityId, id: complaint.id };
  const standard = useQuery({
    queryKey: ['standard', complaint.communityId],
    queryFn: ({ signal }) =>
      call(standardRoutes.getStandard, { params: { communityId: complaint.communityId }, signal }),
  });
  const close = useMutation({
    mutationFn: () => call(complaintMoveRoutes.close, { params, body: { version: complaint.version }, key: newId() }),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(complaint.id) }),
  });
  useKeys({ n: () => setNote('note'), c: () => setNote('call') }, !isResolving && note === null);
  const preset = standard.data?.document.preset ?? 'luxury';
  const { about } = complaint;
  return (
    <div className="beside">
      <div className="stack">
        <section className="card">
          <header className="casehead">
            <div className="titles">
              <div className="row wrap">
                <span className="tag high">{caseKindWords.complaint}</span>
                <span className="tag accent">{complaintCaseStateWords[complaint.state]}</span>
                {complaint.source === null ? null : (
                  <span className="tag raised">{complaintSourceWords[complaint.source]}</span>
                )}
                <span className="faint num">
                  {[
                    complaint.code,
                    `${momentInWords(complaint.receivedAt)} ${channelWords[complaint.channel]}`,
                    ...(complaint.firstContact ? [words.firstContact(complaint.firstContact.name)] : []),
                  ].join(' · ')}
                </span>
              </div>
              <h1 className="anywhere">{titleOf(complaint.account ?? complaint.code)}</h1>
            </div>
            <div className="acts no-print">
              <MoveButtons
                label={words.moves}
                moves={complaint.moves
                  .filter((move) => move.allowed && (move.name === 'close' || move.name === 'resolve'))
                  .map((move) => ({
                    name: move.name,
                    word: complaintCaseMoveWords[move.name as ComplaintMove],
                    isAllowed: move.allowed,
                    reason: move.reason === undefined ? undefined : complaintCaseProblems.titles[move.reason]?.({}).zh,
                    hotkey: hotkeys[move.name as ComplaintMove],
                  }))}
                busy={close.isPending ? 'close' : null}
                onMove={(name) => (name === 'close' ? close.mutate() : setResolving(true))}
              />
            </div>
          </header>
          <Problem error={close.error} />
          <div className="casefacts">
            <Facts
              two
              items={[
                { name: words.contact, value: complaint.contact.name ?? '—' },
                {
                  name: complaint.unitId === null ? words.place : words.unit,
                  value: <span className="num">{complaint.unit ?? complaint.place ?? '—'}</span>,
                },
                {
                  name: words.phone,
                  value: <ContactPhone unitId={complaint.unitId} contact={complaint.contact} code={complaint.code} />,
                },
                { name: words.responsible, value: complaint.responsible?.name ?? '—' },
                ...(about === null
                  ? []
                  : [
                      {
                        name: words.about,
                        full: true,
                        value: (
                          <>
                            <Link className="code num" to={caseAddress(community.code, about.id, about.kind)}>
                              {about.code}
                            </Link>{' '}
                            <span className="tag">{caseKindWords[about.kind]}</span>
                          </>
                        ),
                      },
                    ]),
                {
                  name: words.description,
                  value: <div className="longtext">{complaint.account ?? ''}</div>,
                  full: true,
                },
                {
                  name: words.resolution,
                  value:
                    complaint.result === null ? (
                      <span className="faint">{words.notYet}</span>
                    ) : (
                      <div className="longtext">{complaint.result}</div>
                    ),
                  full: true,
                },
              ]}
            />
          </div>
        </section>
        <Card
          title={casePageWords.timeline}
          flush
          actions={
            <span className="row no-print">
              <button type="button" className="btn quiet" aria-keyshortcuts="n" onClick={() => setNote('note')}>
                {casePageWords.note} <kbd>N</kbd>
              </button>
              <button type="button" className="btn quiet" aria-keyshortcuts="c" onClick={() => setNote('call')}>
                {casePageWords.call} <kbd>C</kbd>
              </button>
            </span>
          }
        >
          {note === null ? null : (
            <NoteBox
              key={note}
              communityId={complaint.communityId}
              caseId={complaint.id}
              kind={note}
              onClose={() => setNote(null)}
            />
          )}
          <CaseTimeLine
            communityId={complaint.communityId}
            timeline={complaint.timeline}
            clocks={complaint.clocks}
            sayEntry={complaintEntryInWords}
            kindWords={clockKindWords}
          />
        </Card>
      </div>
      <div className="stack">
        <CaseClocks
          clocks={complaint.clocks}
          policyName={(version) => standardName(preset, Number(version) || 1)}
          kindWords={clockKindWords}
          startedBy={words.startedBy}
          pauseReason={null}
        />
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
      {isResolving ? <ResolveDialog complaint={complaint} onClose={() => setResolving(false)} /> : null}
    </div>
  );
}

function ResolveDialog({ complaint, onClose }: { complaint: ComplaintAnswer; onClose: () => void }) {
  const client = useQueryClient();
  const attempt = useIdempotencyKey();
  const draft = useDraft(`complaint.resolve:${complaint.id}`, { text: '' });
  const text = draft.value.text.trim();
  return (
    <FormDialog
      title={words.resolveTitle}
      isOpen
      onClose={onClose}
      submitWord={complaintCaseMoveWords.resolve}
      isReady={text !== ''}
      shownFields={['text']}
      onSubmit={async () => {
        await call(complaintMoveRoutes.resolve, {
          params: { communityId: complaint.communityId, id: complaint.id },
          body: { version: complaint.version, result: text, cause: 'other' },
          key: attempt.key,
        });
        attempt.renew();
        draft.clear();
        await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(complaint.id) });
        onClose();
      }}
    >
      {(fault) => (
        <TextBox
          label={words.resolveText}
          hint={words.resolveHint}
          rows={4}
          maxLength={5000}
          value={draft.value.text}
          fault={fault('text')}
          onText={(next) => draft.setValue({ text: next })}
        />
      )}
    </FormDialog>
  );
}

const titleLetters = 60;
const titleOf = (text: string): string => {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > titleLetters ? `${line.slice(0, titleLetters)}…` : line;
};
