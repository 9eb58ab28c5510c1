// Enters a letter: who wrote, when, what; its scans; a case it belongs to, or a complaint opened for it.
import { useState } from 'react';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import { type DocumentKind, documentKinds, letterRoutes } from '../../letter.contract.ts';
import { documentKindWords, letterPageWords as words } from '../../letter.words.ts';

const empty = { kind: 'complaint' as DocumentKind, sender: '', subject: '', summary: '', phone: '', caseCode: '' };
const shown = ['sender', 'datedOn', 'receivedOn', 'subject', 'summary', 'phone', 'caseCode', 'unitId'];

export function EnterDocument(props: {
  isOpen: boolean;
  onClose: () => void;
  onEntered: (id: string) => Promise<void>;
}) {
  const { id: communityId } = useCommunity();
  const [draft, setDraft] = useState(empty);
  const [datedOn, setDatedOn] = useState<Day | null>(null);
  const [receivedOn, setReceivedOn] = useState<Day | null>(dayOf(serverNow()));
  const [attachmentIds, setAttachmentIds] = useState<readonly string[]>([]);
  const [unit, setUnit] = useState(noUnit);
  const entered = useIdempotencyKey();
  const text = (name: Exclude<keyof typeof empty, 'kind'>) => ({
    value: draft[name],
    onText: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
  });
  const input = (name: Exclude<keyof typeof empty, 'kind'>) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => text(name).onText(event.target.value),
  });
  const submit = async () => {
    const { phone, caseCode, ...said } = draft;
    try {
      const made = await call(letterRoutes.enterDocument, {
        params: { communityId },
        body: {
          ...said,
          datedOn: datedOn ?? '',
          receivedOn: receivedOn ?? '',
          ...(phone.trim() === '' ? {} : { phone }),
          ...(caseCode.trim() === '' ? {} : { caseCode }),
          // A case that stands already has its own home.
          ...(unit.id === null || caseCode.trim() !== '' ? {} : { unitId: unit.id }),
          attachmentIds: [...attachmentIds],
        },
        key: entered.key,
      });
      setDraft(empty);
      setDatedOn(null);
      setAttachmentIds([]);
      setUnit(noUnit);
      await props.onEntered(made.id);
    } finally {
      // What was corrected is another request.
      entered.renew();
    }
  };
  const today = dayOf(serverNow());
  return (
    <FormDialog
      title={words.enter}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.enter}
      shownFields={shown}
      widthPx={640}
    >
      {(fault) => (
        <>
          <Field label={words.sender} maxLength={60} {...input('sender')} fault={fault('sender')} />
          <DayField
            label={words.datedOn}
            value={datedOn}
            onChange={setDatedOn}
            until={today}
            fault={fault('datedOn')}
          />
          <DayField
            label={words.receivedOn}
            value={receivedOn}
            onChange={setReceivedOn}
            until={today}
            fault={fault('receivedOn')}
          />
          <SelectField
            label={words.kind}
            value={draft.kind}
            onChange={(kind) => setDraft((before) => ({ ...before, kind: kind as DocumentKind }))}
          >
            {documentKinds.map((kind) => (
              <option key={kind} value={kind}>
                {documentKindWords[kind]}
              </option>
            ))}
          </SelectField>
          <Field label={words.subject} maxLength={200} {...input('subject')} fault={fault('subject')} />
          <TextBox label={words.summary} rows={4} maxLength={5000} {...text('summary')} fault={fault('summary')} />
          <Field label={words.phone} inputMode="tel" {...input('phone')} fault={fault('phone')} />
          <Field
            label={words.caseCode}
            hint={words.caseCodeHint}
            maxLength={40}
            {...input('caseCode')}
            fault={fault('caseCode')}
          />
          {draft.caseCode.trim() === '' ? (
            <UnitField
              communityId={communityId}
              label={words.unit}
              placeholder={`${words.unitPlaceholder}；${words.unitHint}`}
              value={unit}
              fault={fault('unitId')}
              onChange={setUnit}
            />
          ) : null}
          <div className="field">
            <span>{words.scans}</span>
            <PhotoPicker communityId={communityId} ids={attachmentIds} onChange={setAttachmentIds} />
          </div>
        </>
      )}
    </FormDialog>
  );
}
