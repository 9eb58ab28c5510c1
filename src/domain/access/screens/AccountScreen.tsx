// My account 我的账号: another password, the second factor, signing out on every device.
import { type FormEvent, useState } from 'react';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { Field } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { newPasswordSchema, sessionRoutes } from '../session.contract.ts';
import { sessionWords } from '../session.words.ts';
import { useSession } from './parts/session.ts';
import { SecondFactorScreen } from './SecondFactorScreen.tsx';

const words = sessionWords.me;
const factorWords = sessionWords.secondFactor;

export function AccountScreen() {
  const { me, refresh, signOut } = useSession();
  const [setsUpFactor, setSetsUpFactor] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const signOutEverywhere = async () => {
    setError(null);
    try {
      await call(sessionRoutes.signOutEverywhere);
      await signOut();
    } catch (caught) {
      setError(caught);
    }
  };

  if (setsUpFactor)
    return (
      <SecondFactorScreen
        onDone={() => {
          setSetsUpFactor(false);
          void refresh();
        }}
        onCancel={() => setSetsUpFactor(false)}
      />
    );
  return (
    <div className="stack account">
      <h1>{words.account}</h1>
      <p className="muted">{`${me.user.name} · ${me.user.username}`}</p>
      <PasswordCard onChanged={refresh} />
      <Card title={factorWords.title}>
        <div className="row wrap">
          <span className="grow">{me.secondFactor === 'on' ? factorWords.isOn : factorWords.isOff}</span>
          {me.secondFactor === 'on' ? null : (
            <button type="button" className="btn" onClick={() => setSetsUpFactor(true)}>
              {factorWords.setUpTitle}
            </button>
          )}
        </div>
      </Card>
      <Card title={words.devices}>
        <Problem error={error} />
        <div className="row wrap">
          <span className="grow muted">{words.signOutEverywhereLead}</span>
          <button type="button" className="btn" onClick={() => void signOutEverywhere()}>
            {words.signOutEverywhere}
          </button>
        </div>
      </Card>
    </div>
  );
}

function PasswordCard({ onChanged }: { onChanged: () => Promise<void> }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isLongEnough = newPasswordSchema.safeParse(newPassword).success;
  const isWrong = error instanceof ProblemError && error.code === 'session.wrong_credentials';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setDone(false);
    if (isBusy || currentPassword === '' || !isLongEnough) return;
    setBusy(true);
    setError(null);
    try {
      await call(sessionRoutes.changePassword, { body: { currentPassword, newPassword } });
      await onChanged();
      setCurrent('');
      setNew('');
      setTried(false);
      setDone(true);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={words.changePassword}>
      <form className="col" onSubmit={(event) => void submit(event)} noValidate>
        {isWrong ? null : <Problem error={error} />}
        {isDone ? (
          <p className="notice good" role="status">
            {words.passwordChanged}
          </p>
        ) : null}
        <Field
          label={words.currentPassword}
          type="password"
          autoComplete="current-password"
          value={currentPassword}
          fault={isWrong ? words.wrongPassword : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={words.newPassword}
          type="password"
          autoComplete="new-password"
          hint={sessionWords.setup.adminPasswordHint}
          value={newPassword}
          fault={
            isTried && !isLongEnough
              ? sessionWords.setup.faults.password
              : error instanceof ProblemError
                ? error.at('newPassword')
                : undefined
          }
          onChange={(event) => setNew(event.target.value)}
        />
        <div>
          <button type="submit" className="btn primary" aria-busy={isBusy}>
            {uiWords.save}
          </button>
        </div>
      </form>
    </Card>
  );
}
