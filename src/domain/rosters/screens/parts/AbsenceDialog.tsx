// Entering an absence 请假: who, from when until when, why, and who stands in.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { AbsenceReason } from '../../roster.contract.ts';
import { rosterRoutes } from '../../roster.contract.ts';
import { absenceReasonWords, rosterPageWords } from '../../roster.words.ts';

const words = rosterPageWords.absenceDialog;

export function AbsenceDialog(props: {
  communityId: string;
  /** Those one may enter something for, and all who could stand in: id → name and posts. */
  own: Readonly<Record<string, string>>;
  all: Readonly<Record<string, string>>;
  /** Wall times to begin with. */
  from: string;
  until: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [staffId, setStaff] = useState('');
  const [from, setFrom] = useState(props.from);
  const [until, setUntil] = useState(props.until);
  const [reason, setReason] = useState<AbsenceReason>('leave');
  const [standInId, setStandIn] = useState('');
  const submit = async () => {
    await call(rosterRoutes.createAbsence, {
      params: { communityId: props.communityId },
      body: {
        staffId,
        from: instantOfField(from) ?? '',
        until: instantOfField(until) ?? null,
        reason,
        standInId: standInId === '' ? null : standInId,
      },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.title}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={staffId !== '' && from !== ''}
      shownFields={['staffId', 'from', 'until', 'reason', 'standInId']}
    >
      {(fault) => (
        <>
          <Choice
            label={words.staff}
            value={staffId}
            words={props.own}
            none={words.choose}
            fault={fault('staffId')}
            onChange={setStaff}
          />
          <div className="pair">
            <Field
              label={words.from}
              type="datetime-local"
              required
              value={from}
              fault={fault('from')}
              onChange={(event) => setFrom(event.target.value)}
            />
            <Field
              label={words.until}
              type="datetime-local"
              value={until}
              fault={fault('until')}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
          <p className="faint">{words.untilHint}</p>
          <Choice
            label={words.reason}
            value={reason}
            words={absenceReasonWords}
            fault={fault('reason')}
            onChange={(chosen) => setReason(chosen === '' ? 'leave' : chosen)}
          />
          <p className="faint">{words.reasonHint}</p>
          <Choice
            label={words.standIn}
            value={standInId}
            words={props.all}
            none={words.noStandIn}
            fault={fault('standInId')}
            onChange={setStandIn}
          />
        </>
      )}
    </FormDialog>
  );
}
