// Somebody belongs to this unit from a day on (PP2): a person already known, or a new one.
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import type { Relation } from '../../../parties/party.contract.ts';
import { partyKindWords, relationWords } from '../../../parties/party.words.ts';
import { householdWords } from '../../household.words.ts';
import { type Household, type PartyItem, unitRoutes } from '../../unit.contract.ts';
import { PartyPicker } from './PartyPicker.tsx';

const words = householdWords.add;
const shownFields = ['partyId', 'name', 'phone', 'identity', 'email', 'sharePercent', 'fromOn'];

/** `` → none; undefined: not a share. */
export function readShare(text: string): number | null | undefined {
  const trimmed = text.trim().replace(/[%％]$/, '');
  if (trimmed === '') return null;
  const share = Number(trimmed);
  return /^\d{1,3}(\.\d{1,2})?$/.test(trimmed) && share > 0 && share <= 100 ? share : undefined;
}

const blank = () => ({
  isFresh: false,
  party: null as PartyItem | null,
  kind: 'person' as 'person' | 'company',
  name: '',
  phone: '',
  identity: '',
  email: '',
  relation: 'owner' as Relation,
  share: '',
  fromOn: dayOf(serverNow()) as Day | null,
});

export function AddPersonDialog(props: {
  communityId: string;
  household: Household;
  isOpen: boolean;
  onClose: () => void;
  onDone: (household: Household) => void;
}) {
  const { communityId, household } = props;
  const [form, setForm] = useState(blank);
  const [isTried, setTried] = useState(false);
  const [attempt, setAttempt] = useState(newId);
  const change = (part: Partial<typeof form>) => {
    setForm({ ...form, ...part });
    // Another content is another intent.
    setAttempt(newId());
  };
  const share = readShare(form.share);
  const faults = {
    party: !form.isFresh && form.party === null ? words.missingParty : undefined,
    name: form.isFresh && form.name.trim() === '' ? words.missingName : undefined,
    share: share === undefined ? words.badShare : undefined,
  };
  const done = (next: Household) => {
    setForm(blank());
    setTried(false);
    props.onDone(next);
    props.onClose();
  };
  const submit = async () => {
    setTried(true);
    if (faults.party ?? faults.name ?? faults.share) return;
    const relation = {
      relation: form.relation,
      sharePercent: form.relation === 'owner' ? (share ?? null) : null,
      ...(form.fromOn === null ? {} : { fromOn: form.fromOn }),
    };
    const params = { communityId, id: household.id };
    if (form.isFresh) {
      await call(unitRoutes.createParty, {
        params: { communityId },
        key: attempt,
        body: {
          kind: form.kind,
          name: form.name.trim(),
          phone: form.phone.trim() || null,
          identity: form.identity.trim() || null,
          email: form.email.trim() || null,
          unitId: household.id,
          ...relation,
        },
      });
      done(await call(unitRoutes.readHousehold, { params }));
    } else if (form.party)
      done(await call(unitRoutes.addRelation, { params, key: attempt, body: { partyId: form.party.id, ...relation } }));
  };
  const seen = (fault: string | undefined) => (isTried ? fault : undefined);
  return (
    <FormDialog
      title={`${words.title} · ${household.label}`}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      shownFields={shownFields}
    >
      {(fault) => (
        <>
          <fieldset className="segments">
            <legend className="unseen">{words.who}</legend>
            {[false, true].map((isFresh) => (
              <label key={String(isFresh)} className={form.isFresh === isFresh ? 'on' : undefined}>
                <input type="radio" checked={form.isFresh === isFresh} onChange={() => change({ isFresh })} />
                {isFresh ? words.fresh : words.existing}
              </label>
            ))}
          </fieldset>
          {form.isFresh ? (
            <>
              <div className="pair">
                <Choice
                  label={words.kind}
                  value={form.kind}
                  words={partyKindWords}
                  onChange={(kind) => kind !== '' && change({ kind })}
                />
                <Field
                  label={words.name}
                  value={form.name}
                  maxLength={100}
                  fault={seen(faults.name) ?? fault('name')}
                  onChange={(event) => change({ name: event.target.value })}
                />
              </div>
              <div className="pair">
                <Field
                  label={words.phone}
                  inputMode="tel"
                  autoComplete="off"
                  placeholder={words.optional}
                  value={form.phone}
                  fault={fault('phone')}
                  onChange={(event) => change({ phone: event.target.value })}
                />
                <Field
                  label={words.identity}
                  autoComplete="off"
                  placeholder={words.optional}
                  value={form.identity}
                  fault={fault('identity')}
                  onChange={(event) => change({ identity: event.target.value })}
                />
              </div>
              <p className="faint">{words.fieldsKept}</p>
            </>
          ) : (
            <PartyPicker
              communityId={communityId}
              label={words.party}
              value={form.party}
              onChange={(party) => change({ party })}
              fault={seen(faults.party) ?? fault('partyId')}
            />
          )}
          <div className="pair">
            <Choice
              label={words.relation}
              value={form.relation}
              words={relationWords}
              onChange={(relation) => relation !== '' && change({ relation })}
            />
            {form.relation === 'owner' ? (
              <Field
                label={words.share}
                inputMode="decimal"
                placeholder={words.optional}
                value={form.share}
                fault={seen(faults.share) ?? fault('sharePercent')}
                onChange={(event) => change({ share: event.target.value })}
              />
            ) : null}
          </div>
          <DayField
            label={words.fromOn}
            value={form.fromOn}
            fault={fault('fromOn')}
            onChange={(fromOn) => change({ fromOn })}
          />
        </>
      )}
    </FormDialog>
  );
}
