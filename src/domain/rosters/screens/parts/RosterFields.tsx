// What an absence and a shift have in common: who, and from when until when, as wall times.
import { useState } from 'react';
import { Choice } from '../../../../ui/Choice.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { rosterPageWords } from '../../roster.words.ts';

/** What both dialogs are handed. */
export type RosterDialog = {
  communityId: string;
  /** Those one may enter something for: id → name and posts. */
  own: Readonly<Record<string, string>>;
  /** Wall times to begin with. */
  from: string;
  until: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
};

export function useRosterEntry(props: RosterDialog) {
  const attempt = useIdempotencyKey();
  const [staffId, setStaff] = useState('');
  const [from, setFrom] = useState(props.from);
  const [until, setUntil] = useState(props.until);
  /** Sends under one key until it has gone through. */
  const send = async (work: (key: string) => Promise<unknown>) => {
    await work(attempt.key);
    attempt.renew();
    await props.onDone();
  };
  return { staffId, setStaff, from, setFrom, until, setUntil, send };
}
type RosterEntry = ReturnType<typeof useRosterEntry>;
type FaultOf = (path: string) => string | undefined;

export function StaffField(props: { entry: RosterEntry; label: string; own: RosterDialog['own']; fault: FaultOf }) {
  return (
    <Choice
      label={props.label}
      value={props.entry.staffId}
      words={props.own}
      none={rosterPageWords.absenceDialog.choose}
      fault={props.fault('staffId')}
      onChange={props.entry.setStaff}
    />
  );
}

export function SpanFields(props: {
  entry: RosterEntry;
  words: { from: string; until: string };
  /** An absence may be open, a shift ends. */
  mustEnd: boolean;
  fault: FaultOf;
}) {
  const { entry, words, fault } = props;
  return (
    <div className="pair">
      <Field
        label={words.from}
        type="datetime-local"
        required
        value={entry.from}
        fault={fault('from')}
        onChange={(event) => entry.setFrom(event.target.value)}
      />
      <Field
        label={words.until}
        type="datetime-local"
        required={props.mustEnd}
        value={entry.until}
        fault={fault('until')}
        onChange={(event) => entry.setUntil(event.target.value)}
      />
    </div>
  );
}
