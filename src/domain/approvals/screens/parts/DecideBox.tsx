// The decision by keyboard: A yes, T back, N no; a remark is kept until it is sent, also over a sign-out.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Day, dayOf, plusDays } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { MoveButtons } from '../../../../ui/MoveButtons.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { roleWords } from '../../../access/role.words.ts';
import { type Approval, approvalRoutes, type PersonalMove } from '../../approval.contract.ts';
import {
  approvalFieldWords,
  approvalMoveWords,
  approvalProblems,
  approvalPageWords as words,
} from '../../approval.words.ts';

const hotkeys: Partial<Record<PersonalMove, string>> = { approve: 'a', return: 't', reject: 'n' };

export function DecideBox({ approval, onDecided }: { approval: Approval; onDecided: () => void }) {
  const client = useQueryClient();
  const draft = useDraft(`approval:${approval.id}`, { remark: '' });
  const [toStep, setToStep] = useState(0);
  const [day, setDay] = useState<Day | null>(plusDays(dayOf(serverNow()), 1));
  const [busy, setBusy] = useState<PersonalMove | null>(null);
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const sent = useIdempotencyKey();
  const remark = draft.value.remark.trim();
  const mayDecide = approval.moves.some((move) => move.name === 'approve' && move.allowed);
  const isEarlierThere = mayDecide && approval.step > 1;

  const act = async (name: PersonalMove) => {
    if (busy !== null) return;
    setError(null);
    // Why not is owed to the asker: the field waits for it, nothing is sent.
    if ((name === 'reject' || name === 'return') && remark === '') {
      box.current?.focus();
      setError(new ProblemError({ status: 422, code: 'bad_input', title: words.remarkMust }));
      return;
    }
    setBusy(name);
    const base = { params: { communityId: approval.communityId, id: approval.id }, key: sent.key };
    const { version } = approval;
    const said = remark === '' ? {} : { remark };
    try {
      if (name === 'approve')
        await call(approvalRoutes.approveApproval, {
          ...base,
          body: { version, ...said, ...(approval.takesDay && day !== null ? { inForceOn: day } : {}) },
        });
      else if (name === 'reject') await call(approvalRoutes.rejectApproval, { ...base, body: { version, remark } });
      else if (name === 'return')
        await call(approvalRoutes.returnApproval, { ...base, body: { version, remark, toStep } });
      else await call(approvalRoutes.withdrawApproval, { ...base, body: { version, ...said } });
      draft.clear();
      onDecided();
    } catch (caught) {
      setError(caught);
    } finally {
      sent.renew();
      setBusy(null);
      await client.invalidateQueries({ queryKey: ['approval', approval.communityId] });
    }
  };

  return (
    <Card title={words.moves}>
      <div className="col decidebox">
        <label className="field">
          <span className="label">{words.remark}</span>
          <textarea
            ref={box}
            rows={3}
            maxLength={1000}
            value={draft.value.remark}
            onChange={(event) => draft.setValue({ remark: event.target.value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && mayDecide) {
                event.preventDefault();
                void act('approve');
              }
            }}
          />
          {mayDecide ? <span className="hint">{words.remarkHint}</span> : null}
        </label>
        {mayDecide && approval.takesDay ? <DayField label={words.inForceOn} value={day} onChange={setDay} /> : null}
        {isEarlierThere ? (
          <label className="field">
            <span className="label">{words.toStep}</span>
            <select value={toStep} onChange={(event) => setToStep(Number(event.target.value))}>
              <option value={0}>{words.toAsker(approval.askedBy?.name)}</option>
              {approval.steps
                .filter((one) => one.step < approval.step)
                .map((one) => (
                  <option key={one.step} value={one.step}>
                    {words.toEarlier(one.step, roleWords[one.role])}
                  </option>
                ))}
            </select>
          </label>
        ) : null}
        <Problem error={error} fieldWords={approvalFieldWords} />
        <MoveButtons
          label={words.moves}
          likely="approve"
          busy={busy}
          onMove={(name) => void act(name as PersonalMove)}
          moves={approval.moves.map((move) => ({
            name: move.name,
            word: approvalMoveWords[move.name],
            isAllowed: move.allowed,
            reason: move.reason === undefined ? undefined : approvalProblems.titles[move.reason]?.({}).zh,
            ...(hotkeys[move.name] ? { hotkey: hotkeys[move.name] } : {}),
          }))}
        />
      </div>
    </Card>
  );
}
