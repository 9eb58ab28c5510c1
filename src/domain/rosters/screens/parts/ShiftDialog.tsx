// Entering a duty shift 值班: who, in which of their posts, from when until when.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { Role } from '../../../access/role.contract.ts';
import { roleWords } from '../../../access/role.words.ts';
import { rosterRoutes } from '../../roster.contract.ts';
import { rosterPageWords } from '../../roster.words.ts';
import { type RosterDialog, SpanFields, StaffField, useRosterEntry } from './RosterFields.tsx';

const words = rosterPageWords.shiftDialog;

export function ShiftDialog(props: RosterDialog & { rolesOf: (staffId: string) => readonly Role[] }) {
  const entry = useRosterEntry(props);
  const { staffId, from, until } = entry;
  const [chosen, setRole] = useState<Role | ''>('');
  const roles = staffId === '' ? [] : props.rolesOf(staffId);
  const role = chosen !== '' && roles.includes(chosen) ? chosen : (roles[0] ?? '');
  const submit = async () => {
    if (role === '') return;
    await entry.send((key) =>
      call(rosterRoutes.createShift, {
        params: { communityId: props.communityId },
        body: { staffId, role, from: instantOfField(from) ?? '', until: instantOfField(until) ?? '' },
        key,
      }),
    );
  };
  return (
    <FormDialog
      title={words.title}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={role !== '' && from !== '' && until !== ''}
      shownFields={['staffId', 'role', 'from', 'until']}
    >
      {(fault) => (
        <>
          <StaffField entry={entry} label={words.staff} own={props.own} fault={fault} />
          <Choice
            label={words.role}
            value={role}
            words={Object.fromEntries(roles.map((one) => [one, roleWords[one]])) as Record<Role, string>}
            fault={fault('role')}
            onChange={setRole}
          />
          <SpanFields entry={entry} words={words} mustEnd fault={fault} />
          <p className="faint">{words.roleHint}</p>
        </>
      )}
    </FormDialog>
  );
}
