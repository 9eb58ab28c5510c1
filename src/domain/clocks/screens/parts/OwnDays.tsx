// The community's own days 另行规定的日子: entered and taken back here; they win over the announced ones.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { calendarRoutes, type OwnDay } from '../../calendar.contract.ts';
import { calendarPageWords, dayInWords, exceptionKindWords } from '../../calendar.words.ts';

const words = calendarPageWords.own;

export function OwnDays(props: { communityId: string; mayWrite: boolean; onDone: (text: string) => void }) {
  const { communityId, mayWrite } = props;
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const days = useQuery({
    queryKey: ['calendar', communityId],
    queryFn: ({ signal }) => call(calendarRoutes.listOwnDays, { params: { communityId }, signal }),
  });
  const after = ({ recounted }: { recounted: number }) => {
    setAdding(false);
    props.onDone(words.done(recounted));
    return client.invalidateQueries({ queryKey: ['calendar', communityId] });
  };
  const remove = async (day: OwnDay) => {
    setError(null);
    try {
      await after(await call(calendarRoutes.removeOwnDay, { params: { communityId, id: day.id }, key: newId() }));
    } catch (caught) {
      setError(caught);
    }
  };
  const today = dayOf(serverNow());
  const items = days.data?.items ?? [];
  return (
    <Card
      title={words.title}
      flush
      actions={
        mayWrite ? (
          <button type="button" className="btn" onClick={() => setAdding(true)}>
            {words.add}
          </button>
        ) : null
      }
    >
      <div className="body">
        <p className="muted">{words.lead}</p>
        <Problem error={days.error ?? error} />
        {days.data && items.length === 0 ? <p className="faint">{words.none}</p> : null}
      </div>
      {items.length === 0 ? null : (
        <div className="tablebox">
          <table className="data">
            <thead>
              <tr>
                <th>{words.columns.day}</th>
                <th>{words.columns.kind}</th>
                <th>{words.columns.name}</th>
                {mayWrite ? <th>{words.columns.act}</th> : null}
              </tr>
            </thead>
            <tbody>
              {items.map((day) => (
                <tr key={day.id}>
                  <td className="nowrap num">
                    {day.day.slice(0, 4)} {dayInWords(day.day)}
                  </td>
                  <td>{exceptionKindWords[day.kind]}</td>
                  <td className="anywhere">{day.name}</td>
                  {mayWrite ? (
                    <td>
                      {day.day < today ? null : (
                        <button
                          type="button"
                          className="btn"
                          aria-label={words.removeOf(dayInWords(day.day))}
                          onClick={() => void remove(day)}
                        >
                          {words.remove}
                        </button>
                      )}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isAdding ? <AddDay communityId={communityId} onClose={() => setAdding(false)} onAdded={after} /> : null}
    </Card>
  );
}

function AddDay(props: {
  communityId: string;
  onClose: () => void;
  onAdded: (answer: { recounted: number }) => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [day, setDay] = useState<Day | null>(null);
  const [kind, setKind] = useState<OwnDay['kind']>('off');
  const [name, setName] = useState('');
  const submit = async () => {
    const answer = await call(calendarRoutes.addOwnDay, {
      params: { communityId: props.communityId },
      body: { day: day ?? '', kind, name: name.trim() },
      key: attempt.key,
    });
    attempt.renew();
    await props.onAdded(answer);
  };
  return (
    <FormDialog
      title={words.add}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={day !== null && name.trim() !== ''}
      shownFields={['day', 'name']}
    >
      {(fault) => (
        <>
          <DayField label={words.day} value={day} onChange={setDay} fault={fault('day')} />
          <Choice
            label={words.kind}
            value={kind}
            words={exceptionKindWords}
            onChange={(chosen) => setKind(chosen === '' ? 'off' : chosen)}
          />
          <Field
            label={words.name}
            maxLength={40}
            value={name}
            fault={fault('name')}
            onChange={(event) => setName(event.target.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
