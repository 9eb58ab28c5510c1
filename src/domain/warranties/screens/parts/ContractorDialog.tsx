// A contractor 维保单位 entered or amended: the firm, what it takes on, how long, and who answers there.
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Day } from '../../../../kernel/time.ts';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { type Contractor, warrantyRoutes } from '../../warranty.contract.ts';
import { warrantyPageWords } from '../../warranty.words.ts';

const words = warrantyPageWords.dialog;

type Person = {
  key: string;
  id?: string;
  name: string;
  duty: string;
  phone: string;
  masked: string;
  accountId: string;
};
let made = 0;
const newPerson = (): Person => {
  made += 1;
  return { key: `new${made}`, name: '', duty: '', phone: '', masked: '', accountId: '' };
};

export function ContractorDialog(props: {
  communityId: string;
  /** null: a new one. */
  contractor: Contractor | null;
  categories: Readonly<Record<string, string>>;
  today: Day;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { contractor, communityId } = props;
  const attempt = useIdempotencyKey();
  const noteId = useId();
  const [name, setName] = useState(contractor?.name ?? '');
  const [trades, setTrades] = useState<readonly string[]>(contractor?.trades ?? []);
  const [from, setFrom] = useState<Day | null>(contractor?.activeFrom ?? props.today);
  const [until, setUntil] = useState<Day | null>(contractor?.activeUntil ?? null);
  const [note, setNote] = useState(contractor?.note ?? '');
  const [people, setPeople] = useState<Person[]>(
    () =>
      contractor?.people.map((one) => ({
        key: one.id,
        id: one.id,
        name: one.name,
        duty: one.duty,
        phone: '',
        masked: one.phone ?? '',
        accountId: one.account?.id ?? '',
      })) ?? [newPerson()],
  );
  const accounts = useQuery({
    queryKey: ['staff', communityId, 'contractor'],
    queryFn: ({ signal }) =>
      call(staffRoutes.listStaff, { params: { communityId }, query: { role: 'contractor' }, signal }),
  });
  const accountWords = Object.fromEntries(
    (accounts.data?.items ?? []).map((one) => [one.id, `${one.name}（${one.username}）`]),
  );
  const setPerson = (key: string, change: Partial<Person>) =>
    setPeople(people.map((one) => (one.key === key ? { ...one, ...change } : one)));
  const submit = async () => {
    const body = {
      name,
      trades: [...trades],
      activeFrom: from ?? '',
      activeUntil: until,
      note,
      people: people
        .filter((one) => one.name.trim() !== '' || one.phone !== '' || one.id !== undefined)
        .map((one) => ({
          ...(one.id === undefined ? {} : { id: one.id }),
          name: one.name,
          duty: one.duty,
          ...(one.phone.trim() === '' ? {} : { phone: one.phone }),
          accountId: one.accountId === '' ? null : one.accountId,
        })),
    };
    if (contractor === null)
      await call(warrantyRoutes.createContractor, { params: { communityId }, body, key: attempt.key });
    else
      await call(warrantyRoutes.amendContractor, {
        params: { communityId, id: contractor.id },
        body: { ...body, version: contractor.version },
        key: attempt.key,
      });
    attempt.renew();
    await props.onDone();
  };
  const personFields = people.flatMap((_, index) =>
    ['name', 'phone', 'accountId'].map((field) => `people.${index}.${field}`),
  );
  return (
    <FormDialog
      title={contractor === null ? words.contractor : words.amend(contractor.name)}
      isOpen
      widthPx={760}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={name.trim() !== '' && trades.length > 0 && from !== null}
      shownFields={['name', 'activeFrom', 'activeUntil', ...personFields]}
    >
      {(fault) => (
        <>
          <Field
            label={words.name}
            required
            maxLength={60}
            value={name}
            fault={fault('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <fieldset className="ticks trades">
            <legend>{words.trades}</legend>
            {Object.entries(props.categories).map(([code, word]) => (
              <label key={code} className="row">
                <input
                  type="checkbox"
                  checked={trades.includes(code)}
                  onChange={(event) =>
                    setTrades(event.target.checked ? [...trades, code] : trades.filter((one) => one !== code))
                  }
                />
                {word}
              </label>
            ))}
          </fieldset>
          <div className="pair">
            <DayField label={words.activeFrom} value={from} fault={fault('activeFrom')} onChange={setFrom} />
            <DayField label={words.activeUntil} value={until} fault={fault('activeUntil')} onChange={setUntil} />
          </div>
          <p className="faint">{words.activeUntilHint}</p>
          <fieldset className="firmpeople">
            <legend>{words.people}</legend>
            {people.map((one, index) => (
              <div key={one.key} className="firmperson">
                <Field
                  label={words.personName}
                  value={one.name}
                  maxLength={60}
                  fault={fault(`people.${index}.name`)}
                  onChange={(event) => setPerson(one.key, { name: event.target.value })}
                />
                <Field
                  label={words.duty}
                  value={one.duty}
                  maxLength={40}
                  onChange={(event) => setPerson(one.key, { duty: event.target.value })}
                />
                <Field
                  label={words.phone}
                  inputMode="tel"
                  value={one.phone}
                  placeholder={one.masked}
                  fault={fault(`people.${index}.phone`)}
                  onChange={(event) => setPerson(one.key, { phone: event.target.value })}
                />
                <Choice
                  label={words.account}
                  value={one.accountId}
                  words={accountWords}
                  none={words.noAccount}
                  fault={fault(`people.${index}.accountId`)}
                  onChange={(accountId) => setPerson(one.key, { accountId })}
                />
                <button
                  type="button"
                  className="btn quiet"
                  onClick={() => setPeople(people.filter((each) => each.key !== one.key))}
                >
                  {words.removePerson}
                </button>
              </div>
            ))}
            <button type="button" className="btn" onClick={() => setPeople([...people, newPerson()])}>
              {words.addPerson}
            </button>
            <p className="faint">{words.accountHint}</p>
          </fieldset>
          <div className="field">
            <label htmlFor={noteId}>{words.note}</label>
            <textarea
              id={noteId}
              rows={2}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
        </>
      )}
    </FormDialog>
  );
}
