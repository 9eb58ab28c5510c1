// A change of ownership 过户 (PP2): who leaves, who comes, on which day; read back before it is done.
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf, plusDays } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { currentIn } from '../../../../ui/problem.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { householdWords } from '../../household.words.ts';
import { type Household, householdSchema, type PartyItem, unitRoutes } from '../../unit.contract.ts';
import { readShare } from './AddPersonDialog.tsx';
import { PartyPicker } from './PartyPicker.tsx';

const words = householdWords.owner;
const addWords = householdWords.add;

export function ChangeOwnerDialog(props: {
  communityId: string;
  household: Household;
  isOpen: boolean;
  onClose: () => void;
  onDone: (household: Household) => void;
}) {
  const { communityId, household } = props;
  const owners = household.people.filter((one) => one.relation === 'owner');
  const today = dayOf(serverNow());
  const [staying, setStaying] = useState<readonly string[]>([]);
  const [party, setParty] = useState<PartyItem | null>(null);
  const [share, setShare] = useState('');
  const [onDay, setOnDay] = useState<Day | null>(today);
  const [isRead, setRead] = useState(false);
  const [attempt, setAttempt] = useState(newId);
  const percent = readShare(share);
  const leaving = owners.filter((one) => !staying.includes(one.partyId));
  const isReady = party !== null && onDay !== null && percent !== undefined && isRead;
  const touch = () => {
    setRead(false);
    setAttempt(newId());
  };
  const submit = async () => {
    if (party === null || onDay === null) return;
    const request = {
      params: { communityId, id: household.id },
      key: attempt,
      body: {
        version: household.version,
        fromPartyIds: leaving.map((one) => one.partyId),
        owners: [{ partyId: party.id, sharePercent: percent ?? null }],
        onDay,
      },
    };
    try {
      props.onDone(await call(unitRoutes.changeOwner, request));
    } catch (error) {
      // Other owners by now: they are shown, and what is about to happen has to be read again.
      const current = currentIn(householdSchema, error);
      if (current) {
        props.onDone(current);
        touch();
      }
      throw error;
    }
    setParty(null);
    setStaying([]);
    setShare('');
    touch();
    props.onClose();
  };
  return (
    <FormDialog
      title={`${words.title} · ${household.label}`}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={isReady}
      widthPx={560}
      shownFields={['onDay', 'owners.0.partyId', 'owners.0.sharePercent']}
    >
      {(fault) => (
        <>
          {owners.length === 0 ? null : (
            <fieldset className="field ticks">
              <legend>{words.leaving}</legend>
              {owners.map((one) => (
                <label key={one.relationId} className="row">
                  <input
                    type="checkbox"
                    checked={!staying.includes(one.partyId)}
                    onChange={(event) => {
                      setStaying(
                        event.target.checked ? staying.filter((id) => id !== one.partyId) : [...staying, one.partyId],
                      );
                      touch();
                    }}
                  />
                  <span className="anywhere">{one.name}</span>
                  {one.sharePercent === null ? null : (
                    <span className="faint">{householdWords.people.share(one.sharePercent)}</span>
                  )}
                </label>
              ))}
              <span className="hint">{words.leavingHint}</span>
            </fieldset>
          )}
          <PartyPicker
            communityId={communityId}
            label={words.coming}
            value={party}
            onChange={(next) => {
              setParty(next);
              touch();
            }}
            fault={fault('owners.0.partyId')}
          />
          <p className="faint">{words.newParty}</p>
          <div className="pair">
            <DayField
              label={words.onDay}
              value={onDay}
              until={today}
              onChange={(day) => {
                setOnDay(day);
                touch();
              }}
              fault={fault('onDay')}
            />
            <Field
              label={addWords.share}
              inputMode="decimal"
              placeholder={addWords.optional}
              value={share}
              fault={percent === undefined ? addWords.badShare : fault('owners.0.sharePercent')}
              onChange={(event) => {
                setShare(event.target.value);
                touch();
              }}
            />
          </div>
          {party === null || onDay === null ? null : (
            <section className="readback" aria-label={words.readBack}>
              <p>{leaving.length === 0 ? words.noneLeaves : words.leaves(leaving.map((one) => one.name).join('、'))}</p>
              <p>
                <b>{words.comes(party.name)}</b>
              </p>
              <p>{words.dates(plusDays(onDay, -1), onDay)}</p>
              <p className="row warnline">
                <Sign name="warning" />
                {words.fees}
              </p>
              <label className="row">
                <input type="checkbox" checked={isRead} onChange={(event) => setRead(event.target.checked)} />
                {words.confirm}
              </label>
            </section>
          )}
        </>
      )}
    </FormDialog>
  );
}
