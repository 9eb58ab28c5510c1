// What happened to a case 经过, with what can be added to it: a note, a call, photos, a reminder; each has its key.
import { Card } from '../../../../ui/Card.tsx';
import { useKeys } from '../../../../ui/useKeys.ts';
import type { ClockKind } from '../../../clocks/clock.contract.ts';
import { casePageWords as words } from '../../board.words.ts';
import type { CaseAnswer, TimelineEntry } from '../../case.contract.ts';
import { CaseTimeLine } from './CaseTimeLine.tsx';
import { NoteBox, type NoteKind } from './NoteBox.tsx';
import { ReminderBox } from './ReminderBox.tsx';

export type TimeLineBox = NoteKind | 'reminder' | 'contractor-call';

export function TimeLineCard(props: {
  subject: Pick<CaseAnswer, 'communityId' | 'id' | 'timeline' | 'clocks' | 'responsible'>;
  sayEntry: (entry: TimelineEntry) => string;
  kindWords: Partial<Record<ClockKind, string>>;
  /** The box that stands open; a page opens the reminder from its head. */
  box: TimeLineBox | null;
  onBox: (box: TimeLineBox | null) => void;
  /** While a dialog is open its keys are its own. */
  isQuiet: boolean;
  mayRemind?: boolean;
  withPhotos?: boolean;
}) {
  const { subject, box, onBox } = props;
  const close = () => onBox(null);
  useKeys(
    {
      ...(props.mayRemind ? { u: () => onBox('reminder') } : {}),
      n: () => onBox('note'),
      c: () => onBox('call'),
    },
    !props.isQuiet && box === null,
  );
  return (
    <Card
      title={words.timeline}
      flush
      actions={
        <span className="row no-print">
          <button type="button" className="btn quiet" aria-keyshortcuts="n" onClick={() => onBox('note')}>
            {words.note} <kbd>N</kbd>
          </button>
          <button type="button" className="btn quiet" aria-keyshortcuts="c" onClick={() => onBox('call')}>
            {words.call} <kbd>C</kbd>
          </button>
          {props.withPhotos ? (
            <button type="button" className="btn quiet" onClick={() => onBox('photo')}>
              {words.photo}
            </button>
          ) : null}
        </span>
      }
    >
      {box === null ? null : box === 'reminder' ? (
        <ReminderBox
          communityId={subject.communityId}
          caseId={subject.id}
          responsible={subject.responsible?.name ?? null}
          onClose={close}
        />
      ) : (
        <NoteBox
          key={box}
          communityId={subject.communityId}
          caseId={subject.id}
          kind={box === 'contractor-call' ? 'call' : box}
          {...(box === 'contractor-call' ? { to: 'contractor' as const } : {})}
          onClose={close}
        />
      )}
      <CaseTimeLine
        communityId={subject.communityId}
        timeline={subject.timeline}
        clocks={subject.clocks}
        sayEntry={props.sayEntry}
        kindWords={props.kindWords}
      />
    </Card>
  );
}
