// One entry of the roster looked at: its facts, and taken back or ended by those who keep it.
import { useState } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { currentIn } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { roleWords } from '../../../access/role.words.ts';
import { type Absence, absenceSchema, rosterRoutes, type Shift, shiftSchema } from '../../roster.contract.ts';
import { absenceReasonWords, momentInWords, rosterPageWords } from '../../roster.words.ts';

const words = rosterPageWords.entry;
export type Entry = { absence: Absence } | { shift: Shift };

export function EntryDialog(props: { entry: Entry; onClose: () => void; onDone: () => Promise<unknown> }) {
  const [entry, setEntry] = useState(props.entry);
  const attempt = useIdempotencyKey();
  const one = 'absence' in entry ? entry.absence : entry.shift;
  const hasBegun = one.from <= serverNow();
  const submit = async () => {
    const request = {
      params: { communityId: one.communityId, id: one.id },
      body: { version: one.version },
      key: attempt.key,
    };
    try {
      await ('absence' in entry ? call(rosterRoutes.endAbsence, request) : call(rosterRoutes.removeShift, request));
    } catch (error) {
      const [absence, shift] = [currentIn(absenceSchema, error), currentIn(shiftSchema, error)];
      if ('absence' in entry && absence) setEntry({ absence });
      if ('shift' in entry && shift) setEntry({ shift });
      throw error;
    }
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={'absence' in entry ? words.absence(one.staff.name) : words.shift(one.staff.name)}
      isOpen
      isRisky={!('absence' in entry && hasBegun)}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={'absence' in entry ? (hasBegun ? words.back : words.takeBack) : words.remove}
    >
      {() => (
        <>
          <Facts items={factsOf(entry)} />
          {'absence' in entry && entry.absence.standInIsAway ? (
            <p className="notice warn">
              <Sign name="warning" />
              {rosterPageWords.standInAway(entry.absence.standIn?.name ?? '')}
            </p>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}

function factsOf(entry: Entry) {
  if ('shift' in entry)
    return [
      { name: words.role, value: roleWords[entry.shift.role] },
      { name: words.from, value: momentInWords(entry.shift.from) },
      { name: words.until, value: momentInWords(entry.shift.until) },
    ];
  const { from, until, reason, standIn } = entry.absence;
  return [
    { name: words.from, value: momentInWords(from) },
    { name: words.until, value: until === null ? rosterPageWords.openEnd : momentInWords(until) },
    ...(reason === null ? [] : [{ name: words.reason, value: absenceReasonWords[reason] }]),
    { name: words.standIn, value: standIn?.name ?? rosterPageWords.noStandIn },
  ];
}
