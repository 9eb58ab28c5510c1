// Improvements 改进措施 with what may be done next, and the dialog that does it.
import { useState } from 'react';
import { dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { type Improvement, type ImprovementMove, improvementRoutes } from '../../improvement.contract.ts';
import {
  improvementMoveWords,
  improvementNounWords,
  improvementStateWords,
  improvementPartWords as words,
} from '../../improvement.words.ts';
import './improvements.css';

type Open = { improvement: Improvement; move: ImprovementMove };

export function ImprovementList(props: {
  items: readonly Improvement[];
  onChanged: () => Promise<unknown>;
  /** Named where the list mixes what visits and surveys led to. */
  isMixed?: boolean;
}) {
  const [open, setOpen] = useState<Open | null>(null);
  return (
    <>
      <ul className="improvementlist">
        {props.items.map((one) => (
          <li key={one.id}>
            <div className="row wrap">
              <span className={one.isOverdue ? 'tag late' : one.state === 'confirmed' ? 'tag met' : 'tag'}>
                {one.isOverdue ? words.overdue : improvementStateWords[one.state]}
              </span>
              {props.isMixed ? <span className="faint">{improvementNounWords[one.noun]}</span> : null}
              <span className="grow" />
              <span className="faint num">
                {words.owner} {one.owner.name} · {words.dueOn} {one.dueOn}
              </span>
            </div>
            <p>{one.text}</p>
            {one.done === null ? null : (
              <p className="muted">
                {words.doneBy(one.done.by.name, dayOf(one.done.at))}：{one.done.result}
              </p>
            )}
            {one.remark === null ? null : (
              <p className="muted">
                {words.remark}：{one.remark}
              </p>
            )}
            {one.settled === null ? null : (
              <p className="faint">
                {words.settledBy(improvementStateWords[one.state], one.settled.by.name, dayOf(one.settled.at))}
              </p>
            )}
            {one.moves.some((move) => move.allowed) ? (
              <div className="row wrap no-print">
                {one.moves
                  .filter((move) => move.allowed)
                  .map((move) => (
                    <button
                      key={move.name}
                      type="button"
                      className="btn"
                      onClick={() => setOpen({ improvement: one, move: move.name })}
                    >
                      {improvementMoveWords[move.name]}
                    </button>
                  ))}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <MoveDialog
          {...open}
          onClose={() => setOpen(null)}
          onDone={async () => {
            setOpen(null);
            await props.onChanged();
          }}
        />
      )}
    </>
  );
}

function MoveDialog(props: Open & { onClose: () => void; onDone: () => Promise<unknown> }) {
  const { improvement, move } = props;
  const attempt = useIdempotencyKey();
  const [text, setText] = useState('');
  const [dueOn, setDueOn] = useState('');
  const submit = async () => {
    const options = { params: { communityId: improvement.communityId, id: improvement.id }, key: attempt.key };
    const { version } = improvement;
    if (move === 'complete')
      await call(improvementRoutes.completeImprovement, { ...options, body: { version, result: text } });
    else if (move === 'confirm') await call(improvementRoutes.confirmImprovement, { ...options, body: { version } });
    else if (move === 'return')
      await call(improvementRoutes.returnImprovement, {
        ...options,
        body: { version, remark: text, ...(dueOn === '' ? {} : { dueOn }) },
      });
    else await call(improvementRoutes.dropImprovement, { ...options, body: { version, remark: text } });
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.moveOf(improvementMoveWords[move], improvement.text.slice(0, 24))}
      isOpen
      isRisky={move === 'drop'}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={improvementMoveWords[move]}
      isReady={move === 'confirm' || text.trim() !== ''}
      shownFields={['result', 'remark', 'dueOn']}
    >
      {(fault) => (
        <>
          <p>{words.ask[move]}</p>
          {move === 'confirm' ? null : (
            <TextBox
              label={move === 'complete' ? words.result : words.remark}
              value={text}
              rows={3}
              maxLength={1000}
              fault={fault(move === 'complete' ? 'result' : 'remark')}
              onText={setText}
            />
          )}
          {move === 'return' ? (
            <Field
              label={words.newDueOn}
              type="date"
              value={dueOn}
              hint={words.keepDueOn}
              fault={fault('dueOn')}
              onChange={(event) => setDueOn(event.target.value)}
            />
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
