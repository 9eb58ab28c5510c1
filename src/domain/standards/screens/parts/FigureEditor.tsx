// The figures of a draft, each with what it was and its bounds; what is typed stays on this device until it is saved.
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { draftWords as words } from '../../standard-draft.words.ts';
import { isSame } from '../../standard-edit.rules.ts';
import { boundInWords, figureInWords, valueInWords } from '../../standard-edit.words.ts';
import { type StandardAnswer, standardRoutes } from '../../standard-view.contract.ts';
import { FigureField } from './FigureField.tsx';

export function FigureEditor(props: { standard: StandardAnswer; onSaved: () => Promise<unknown> }) {
  const { standard } = props;
  const draft = useDraft<Record<string, unknown>>(`standard:${standard.id}`, {});
  const [q, setQ] = useState('');
  const [isEditedOnly, setEditedOnly] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useIdempotencyKey();
  const edited = standard.editable.filter(
    (one) => one.path in draft.value && !isSame(draft.value[one.path], one.value),
  );
  const found = standard.editable.filter((one) => {
    const isEdited = one.path in draft.value || !isSame(one.was, one.value);
    if (isEditedOnly && !isEdited) return false;
    const text = figureInWords(one.path);
    return q.split(/\s+/).every((word) => text.includes(word));
  });
  const set = (path: string, value: unknown) => draft.setValue((before) => ({ ...before, [path]: value }));
  const reset = (path: string, was: unknown) => set(path, was);
  const faultOf = (path: string): string | undefined => {
    const index = edited.findIndex((one) => one.path === path);
    return index < 0 || !(error instanceof ProblemError) ? undefined : error.at(`changes.${index}.value`);
  };
  const save = async () => {
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await call(standardRoutes.amendStandard, {
        params: { communityId: standard.communityId, id: standard.id },
        body: {
          revision: standard.revision,
          changes: edited.map(({ path }) => ({ path, value: draft.value[path] })),
        },
        key: key.key,
      });
      key.renew();
      draft.clear();
      await props.onSaved();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={words.edit} flush>
      <div className="figuretools field">
        <input
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <label className="row">
          <input type="checkbox" checked={isEditedOnly} onChange={(event) => setEditedOnly(event.target.checked)} />
          {words.editedOnly}
        </label>
        <span className="grow" />
        <button
          type="button"
          className="btn primary"
          disabled={edited.length === 0}
          aria-busy={isBusy}
          onClick={() => void save()}
        >
          {words.save(edited.length)}
        </button>
      </div>
      <div className="figurenotes">
        <DraftNote draft={draft} />
        <Problem error={error} hideFields={edited.map((_one, index) => `changes.${index}.value`)} />
      </div>
      <ul className="figures">
        {found.map((one) => {
          const value = one.path in draft.value ? draft.value[one.path] : one.value;
          const bound = boundInWords(one);
          return (
            <li key={one.path} className={isSame(value, one.was) ? undefined : 'edited'}>
              <span className="figurename anywhere">{figureInWords(one.path)}</span>
              <span className="figureinput">
                <FigureField
                  figure={one}
                  label={figureInWords(one.path)}
                  value={value}
                  isFaulty={faultOf(one.path) !== undefined}
                  onChange={(next) => set(one.path, next)}
                />
                {faultOf(one.path) ? <span className="fault">{faultOf(one.path)}</span> : null}
              </span>
              <span className="faint num figurewas">
                {words.was(valueInWords(one.path, one.was))}
                {bound === '' ? '' : ` · ${words.range(bound)}`}
                {isSame(value, one.was) ? null : (
                  <button type="button" className="btn quiet" onClick={() => reset(one.path, one.was)}>
                    {words.undo}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {found.length === 0 ? <p className="muted figurenotes">{words.nothingFound}</p> : null}
    </Card>
  );
}
