// A draft of the standard: what it changes in sentences, its moves, and the figures to set.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import type { Day } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { draftWords as words } from '../../standard-draft.words.ts';
import type { WriterMove } from '../../standard-edit.contract.ts';
import { changeInWords, standardEditProblems, standardMoveWords } from '../../standard-edit.words.ts';
import { type StandardAnswer, standardRoutes } from '../../standard-view.contract.ts';
import { FigureEditor } from './FigureEditor.tsx';

export function DraftCard({ standard }: { standard: StandardAnswer }) {
  const client = useQueryClient();
  const [dialog, setDialog] = useState<'submit' | 'drop' | null>(null);
  const [day, setDay] = useState<Day | null>(standard.inForceOn);
  const [error, setError] = useState<unknown>(null);
  const params = { communityId: standard.communityId, id: standard.id };
  const refresh = () => client.invalidateQueries({ queryKey: ['standard', standard.communityId] });
  const withdraw = async () => {
    setError(null);
    try {
      await call(standardRoutes.withdrawStandard, { params, body: { revision: standard.revision }, key: newId() });
    } catch (caught) {
      setError(caught);
    }
    await refresh();
  };
  const act = (name: WriterMove) => {
    if (name === 'withdraw') void withdraw();
    else if (name === 'submit' || name === 'drop') setDialog(name);
  };
  return (
    <div className="stack no-print">
      <Card
        title={words.changes(standard.changes.length)}
        actions={
          <div className="row wrap">
            {standard.moves
              .filter((move) => move.name !== 'amend')
              .map((move) => (
                <button
                  key={move.name}
                  type="button"
                  className={move.name === 'submit' ? 'btn primary' : 'btn'}
                  disabled={!move.allowed}
                  title={move.reason === undefined ? undefined : standardEditProblems.titles[move.reason]?.({}).zh}
                  onClick={() => act(move.name)}
                >
                  {standardMoveWords[move.name]}
                </button>
              ))}
          </div>
        }
      >
        {standard.remark === '' ? null : <p className="raised">{words.remark(standard.remark)}</p>}
        {standard.note === '' ? null : (
          <p className="muted">
            {words.note}：{standard.note}
          </p>
        )}
        <ul className="draftchanges">
          {standard.changes.map((change) => (
            <li key={change.path} className="anywhere">
              {changeInWords(change)}
            </li>
          ))}
        </ul>
        <Problem error={error} />
      </Card>
      {standard.editable.length === 0 ? null : <FigureEditor key={standard.id} standard={standard} onSaved={refresh} />}
      <FormDialog
        title={words.submitTitle}
        isOpen={dialog === 'submit'}
        onClose={() => setDialog(null)}
        submitWord={standardMoveWords.submit}
        isReady={day !== null}
        shownFields={['inForceOn']}
        onSubmit={async () => {
          const body = { revision: standard.revision, ...(day === null ? {} : { inForceOn: day }) };
          await call(standardRoutes.submitStandard, { params, body, key: newId() });
          setDialog(null);
          await refresh();
        }}
      >
        {(fault) => (
          <DayField
            label={words.inForceOn}
            value={day}
            onChange={setDay}
            hint={words.inForceHint}
            fault={fault('inForceOn')}
          />
        )}
      </FormDialog>
      <FormDialog
        title={words.dropTitle}
        isOpen={dialog === 'drop'}
        onClose={() => setDialog(null)}
        submitWord={standardMoveWords.drop}
        isRisky
        onSubmit={async () => {
          await call(standardRoutes.dropStandard, { params, body: { revision: standard.revision }, key: newId() });
          setDialog(null);
          await refresh();
        }}
      >
        {() => <p>{words.dropText}</p>}
      </FormDialog>
    </div>
  );
}
