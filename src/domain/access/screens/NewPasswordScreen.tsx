// A new password 新密码 before anything else is open: the one in use was chosen by somebody else.
import { type FormEvent, useState } from 'react';
import { call } from '../../../ui/call.ts';
import { Field } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { newPasswordSchema, sessionRoutes } from '../session.contract.ts';
import { sessionWords } from '../session.words.ts';
import { Gate } from './parts/Gate.tsx';

const words = sessionWords.me;

export function NewPasswordScreen(props: { username: string; onDone: () => void; onCancel: () => void }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problem = error instanceof ProblemError ? error : null;
  const isWrong = problem?.code === 'session.wrong_credentials';
  const fault = problem?.at('newPassword');
  const isLongEnough = newPasswordSchema.safeParse(newPassword).success;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isBusy || currentPassword === '' || !isLongEnough) return;
    setBusy(true);
    setError(null);
    try {
      await call(sessionRoutes.changePassword, { body: { currentPassword, newPassword } });
      props.onDone();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Gate title={words.mustChangeTitle} lead={words.mustChangeLead}>
      <form className="col steps" onSubmit={(event) => void submit(event)} noValidate>
        {isWrong || fault ? null : <Problem error={error} />}
        <input type="text" name="username" autoComplete="username" value={props.username} readOnly hidden />
        <Field
          label={words.currentPassword}
          type="password"
          autoComplete="current-password"
          autoFocus
          value={currentPassword}
          fault={
            isWrong
              ? words.wrongPassword
              : isTried && currentPassword === ''
                ? sessionWords.signIn.missingPassword
                : undefined
          }
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={words.newPassword}
          type="password"
          autoComplete="new-password"
          hint={sessionWords.setup.adminPasswordHint}
          value={newPassword}
          fault={isTried && !isLongEnough ? sessionWords.setup.faults.password : fault}
          onChange={(event) => setNew(event.target.value)}
        />
        <button type="submit" className="btn primary wide tall" aria-busy={isBusy}>
          {sessionWords.secondFactor.submit}
        </button>
        <button type="button" className="btn wide" onClick={props.onCancel}>
          {words.signOut}
        </button>
      </form>
    </Gate>
  );
}
