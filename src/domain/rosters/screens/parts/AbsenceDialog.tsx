// Entering an absence 请假: who, from when until when, why, and who stands in.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { AbsenceReason } from '../../roster.contract.ts';
import { rosterRoutes } from '../../roster.contract.ts';
import { absenceReasonWords, rosterPageWords } from '../../roster.words.ts';
import { type RosterDialog, SpanFields, StaffField, useRosterEntry } from './RosterFields.tsx';

const words = rosterPageWords.absenceDialog;

export function AbsenceDialog(
  props: RosterDialog & {
    /** All who could stand in. */
    all: Readonly<Record<string, string>>;
  },
) {
  const entry = useRosterEntry(props);
  const { staffId, from, until } = entry;
  const [reason, setReason] = useState<AbsenceReason>('leave');
  const [standInId, setStandIn] = useState('');
  const submit = () =>
    entry.send((key) =>
      call(rosterRoutes.createAbsence, {
        params: { communityId: props.communityId },
        body: {
          staffId,
          from: instantOfField(from) ?? '',
          until: instantOfField(until) ?? null,
          reason,
          standInId: standInId === '' ? null : standInId,
        },
        key,
      }),
    );
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
          <StaffField entry={entry} label={words.staff} own={props.own} fault={fault} />
          <SpanFields entry={entry} words={words} mustEnd={false} fault={fault} />
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
