// Entering a duty shift 值班: who, in which of their posts, from when until when.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import type { Role } from '../../../access/role.contract.ts';
import { roleWords } from '../../../access/role.words.ts';
import { rosterRoutes } from '../../roster.contract.ts';
import { rosterPageWords } from '../../roster.words.ts';

const words = rosterPageWords.shiftDialog;

export function ShiftDialog(props: {
  communityId: string;
  own: Readonly<Record<string, string>>;
  rolesOf: (staffId: string) => readonly Role[];
  from: string;
  until: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [staffId, setStaff] = useState('');
  const [chosen, setRole] = useState<Role | ''>('');
  const [from, setFrom] = useState(props.from);
  const [until, setUntil] = useState(props.until);
  const roles = staffId === '' ? [] : props.rolesOf(staffId);
  const role = chosen !== '' && roles.includes(chosen) ? chosen : (roles[0] ?? '');
  const submit = async () => {
    if (role === '') return;
    await call(rosterRoutes.createShift, {
      params: { communityId: props.communityId },
      body: { staffId, role, from: instantOfField(from) ?? '', until: instantOfField(until) ?? '' },
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
      isReady={role !== '' && from !== '' && until !== ''}
      shownFields={['staffId', 'role', 'from', 'until']}
    >
      {(fault) => (
        <>
          <Choice
            label={words.staff}
            value={staffId}
            words={props.own}
            none={rosterPageWords.absenceDialog.choose}
            fault={fault('staffId')}
            onChange={setStaff}
          />
          <Choice
            label={words.role}
            value={role}
            words={Object.fromEntries(roles.map((one) => [one, roleWords[one]])) as Record<Role, string>}
            fault={fault('role')}
            onChange={setRole}
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
              required
              value={until}
              fault={fault('until')}
              onChange={(event) => setUntil(event.target.value)}
            />
          </div>
          <p className="faint">{words.roleHint}</p>
        </>
      )}
    </FormDialog>
  );
}
