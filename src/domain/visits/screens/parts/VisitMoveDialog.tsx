// One move of a visit, with what it asks; the record keeps what was typed on this device until it is sent.
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField, wallField } from '../../../../ui/wallTime.ts';
import { type Visit, type VisitMove, visitRoutes } from '../../visit.contract.ts';
import { visitMoveWords } from '../../visit.words.ts';
import { visitPageWords as words } from '../../visit-page.words.ts';
import { RecordFields, recordOf, shownRecordFields, startRecord } from './RecordFields.tsx';

type Props = { visit: Visit; onClose: () => void; onDone: () => Promise<unknown> };

export function VisitMoveDialog(props: Props & { move: VisitMove }) {
  return props.move === 'record' ? <RecordDialog {...props} /> : <PlainDialog {...props} move={props.move} />;
}

function RecordDialog({ visit, onClose, onDone }: Props) {
  const attempt = useIdempotencyKey();
  const draft = useDraft(`visit.record:${visit.id}:${visit.version}`, startRecord(visit));
  const submit = async () => {
    await call(visitRoutes.recordVisit, {
      params: { communityId: visit.communityId, id: visit.id },
      body: recordOf(draft.value, visit.version),
      key: attempt.key,
    });
    draft.clear();
    await onDone();
  };
  return (
    <FormDialog
      title={`${visitMoveWords.record} · ${visit.unit.label}`}
      isOpen
      widthPx={640}
      onClose={onClose}
      onSubmit={submit}
      shownFields={shownRecordFields(draft.value)}
    >
      {(fault) => (
        <>
          <DraftNote draft={draft} />
          {visit.remark === null ? null : <p className="notice warn">{words.page.returned(visit.remark)}</p>}
          <RecordFields
            communityId={visit.communityId}
            draft={draft.value}
            set={(change) => draft.setValue((before) => ({ ...before, ...change }))}
            fault={fault}
          />
        </>
      )}
    </FormDialog>
  );
}

const textOf = {
  reschedule: null,
  miss: 'reason',
  cancel: 'reason',
  review: 'comment',
  return: 'remark',
} as const;

function PlainDialog({ visit, move, onClose, onDone }: Props & { move: Exclude<VisitMove, 'record'> }) {
  const attempt = useIdempotencyKey();
  const [text, setText] = useState('');
  const [at, setAt] = useState(wallField(visit.at));
  const field = textOf[move];
  const submit = async () => {
    const options = { params: { communityId: visit.communityId, id: visit.id }, key: attempt.key };
    const { version } = visit;
    if (move === 'reschedule')
      await call(visitRoutes.rescheduleVisit, { ...options, body: { version, at: instantOfField(at) ?? '' } });
    else if (move === 'miss') await call(visitRoutes.missVisit, { ...options, body: { version, reason: text } });
    else if (move === 'cancel') await call(visitRoutes.cancelVisit, { ...options, body: { version, reason: text } });
    else if (move === 'return') await call(visitRoutes.returnVisit, { ...options, body: { version, remark: text } });
    else
      await call(visitRoutes.reviewVisit, {
        ...options,
        body: { version, comment: text.trim() === '' ? null : text },
      });
    await onDone();
  };
  return (
    <FormDialog
      title={`${visitMoveWords[move]} · ${visit.unit.label}`}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitWord={visitMoveWords[move]}
      isRisky={move === 'cancel'}
      isReady={move === 'review' || (move === 'reschedule' ? at !== '' : text.trim() !== '')}
      shownFields={['at', 'reason', 'comment', 'remark']}
    >
      {(fault) => (
        <>
          <p>{words.ask[move]}</p>
          {field === null ? (
            <Field
              label={words.dialog.at}
              type="datetime-local"
              value={at}
              fault={fault('at')}
              onChange={(event) => setAt(event.target.value)}
            />
          ) : (
            <TextBox
              label={words.record[field]}
              isOptional={move === 'review'}
              value={text}
              rows={3}
              maxLength={move === 'miss' || move === 'cancel' ? 500 : 1000}
              fault={fault(field)}
              onText={setText}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
