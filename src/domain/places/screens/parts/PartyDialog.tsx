// A person or company 住户资料: sealed fields with a look each, and what can be put right. A blank field stays as it is.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Facts } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { currentIn } from '../../../../ui/problem.ts';
import { useMay } from '../../../access/screens/parts/session.ts';
import {
  type Party,
  partyRoutes,
  partySchema,
  type RevealField as SealedField,
} from '../../../parties/party.contract.ts';
import { partyKindWords, relationWords, revealFieldWords } from '../../../parties/party.words.ts';
import { RevealField } from '../../../parties/screens/parts/RevealField.tsx';
import { householdWords } from '../../household.words.ts';

const words = householdWords.party;
const addWords = householdWords.add;
const sealed = ['phone', 'identity', 'email'] as const;

export function PartyDialog(props: { communityId: string; partyId: string; onClose: () => void }) {
  const { communityId, partyId } = props;
  const client = useQueryClient();
  const may = useMay();
  const party = useQuery({
    queryKey: ['party', communityId, partyId],
    queryFn: ({ signal }) => call(partyRoutes.readParty, { params: { communityId, id: partyId }, signal }),
  });
  const [change, setChange] = useState<Partial<Record<SealedField | 'name', string>> & { kind?: Party['kind'] }>({});
  const mayWrite = may('household.write');
  const filled = Object.entries(change).filter(([, value]) => value.trim() !== '');
  const submit = async () => {
    if (!party.data || filled.length === 0) return props.onClose();
    try {
      await call(partyRoutes.changeParty, {
        params: { communityId, id: partyId },
        ifMatch: party.data.version,
        body: Object.fromEntries(filled.map(([field, value]) => [field, value.trim()])),
      });
    } catch (error) {
      // What a colleague made of it meanwhile stands above what is typed; a second press is sent against that.
      const current = currentIn(partySchema, error);
      if (current) client.setQueryData(['party', communityId, partyId], current);
      throw error;
    }
    await client.invalidateQueries({ queryKey: ['party', communityId] });
    void client.invalidateQueries({ queryKey: ['unit', communityId] });
    props.onClose();
  };
  const known = party.data;
  return (
    <FormDialog
      title={known ? `${words.title} · ${known.name}` : words.title}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      isReady={mayWrite && filled.length > 0}
      widthPx={560}
      shownFields={['name', ...sealed]}
    >
      {(fault) => (
        <>
          <Problem error={party.error} />
          {known ? (
            <Facts
              items={[
                { name: addWords.kind, value: partyKindWords[known.kind] },
                ...sealed.map((field) => ({
                  name: revealFieldWords[field],
                  value: (
                    <RevealField
                      communityId={communityId}
                      partyId={partyId}
                      name={known.name}
                      field={field}
                      masked={known[field]}
                      mayReveal={may(field === 'identity' ? 'household.reveal-identity' : 'household.reveal-phone')}
                    />
                  ),
                })),
                {
                  name: words.units,
                  value: known.relations
                    .map(
                      (one) =>
                        `${one.unit} ${relationWords[one.relation]}${one.untilOn === null ? '' : ` ${one.untilOn}`}`,
                    )
                    .join('、'),
                },
              ]}
            />
          ) : (
            <div className="busyline" />
          )}
          {known && mayWrite ? (
            <section className="col changes" aria-label={words.change}>
              <h3>
                {words.change} <span className="faint">{words.keep}</span>
              </h3>
              <div className="pair">
                <Choice
                  label={addWords.kind}
                  value={change.kind ?? known.kind}
                  words={partyKindWords}
                  onChange={(kind) => kind !== '' && setChange({ ...change, kind })}
                />
                <Field
                  label={addWords.name}
                  maxLength={100}
                  placeholder={known.name}
                  value={change.name ?? ''}
                  fault={fault('name')}
                  onChange={(event) => setChange({ ...change, name: event.target.value })}
                />
              </div>
              <div className="pair">
                {sealed.slice(0, 2).map((field) => (
                  <Field
                    key={field}
                    label={revealFieldWords[field]}
                    autoComplete="off"
                    placeholder={known[field] ?? ''}
                    value={change[field] ?? ''}
                    fault={fault(field)}
                    onChange={(event) => setChange({ ...change, [field]: event.target.value })}
                  />
                ))}
              </div>
              <Field
                label={revealFieldWords.email}
                autoComplete="off"
                placeholder={known.email ?? ''}
                value={change.email ?? ''}
                fault={fault('email')}
                onChange={(event) => setChange({ ...change, email: event.target.value })}
              />
            </section>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
