// Sign-in 登录: account and password, then the second factor where the account has one.
import { type FormEvent, useState } from 'react';
import { call, setCsrfToken } from '../../../ui/call.ts';
import { Field } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { sessionRoutes } from '../session.contract.ts';
import { sessionWords } from '../session.words.ts';
import { Gate } from './parts/Gate.tsx';

const words = sessionWords.signIn;
const factorWords = sessionWords.secondFactor;

export function SignInScreen(props: {
  onSignedIn: () => Promise<void>;
  /** Whose session ended while the page stood open. */
  expiredUsername?: string;
}) {
  const [username, setUsername] = useState(props.expiredUsername ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isTried, setTried] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isBusy || username.trim() === '' || password === '' || (asksCode && code.trim() === '')) return;
    setBusy(true);
    setError(null);
    try {
      const body = { username, password, ...(asksCode ? { code } : {}) };
      const { csrfToken } = await call(sessionRoutes.signIn, { body });
      setCsrfToken(csrfToken);
      await props.onSignedIn();
    } catch (caught) {
      const isFactor = caught instanceof ProblemError && caught.code === 'second_factor_required';
      if (isFactor && !asksCode) {
        setAsksCode(true);
        setTried(false);
      } else setError(caught);
      if (caught instanceof ProblemError && caught.code === 'session.wrong_code') setCode('');
    } finally {
      setBusy(false);
    }
  };

  const fault = (isMissing: boolean, text: string) => (isTried && isMissing ? text : undefined);
  return (
    <Gate title={asksCode ? factorWords.title : words.title} lead={asksCode ? factorWords.lead : words.lead}>
      <form className="col" onSubmit={(event) => void submit(event)} noValidate>
        {props.expiredUsername === undefined ? null : <p className="notice warn">{words.again}</p>}
        <Problem error={error} />
        {asksCode ? (
          <Field
            key="code"
            label={factorWords.code}
            hint={factorWords.codeHint}
            fault={fault(code.trim() === '', factorWords.missingCode)}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            autoFocus
          />
        ) : (
          <>
            <Field
              key="username"
              label={words.username}
              fault={fault(username.trim() === '', words.missingUsername)}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus={props.expiredUsername === undefined}
            />
            <Field
              key="password"
              label={words.password}
              hint={
                <button type="button" className="textual" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
                  {isShown ? words.hidePassword : words.showPassword}
                </button>
              }
              fault={fault(password === '', words.missingPassword)}
              type={isShown ? 'text' : 'password'}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
              autoFocus={props.expiredUsername !== undefined}
            />
          </>
        )}
        <button type="submit" className={`btn primary wide tall${isBusy ? ' busy' : ''}`} aria-busy={isBusy}>
          {isBusy ? uiWords.loading : asksCode ? factorWords.submit : words.submit}
        </button>
        {asksCode ? (
          <button
            type="button"
            className="btn quiet wide"
            onClick={() => {
              setAsksCode(false);
              setError(null);
              setCode('');
            }}
          >
            {factorWords.back}
          </button>
        ) : (
          <p className="faint">{words.forgotten}</p>
        )}
      </form>
    </Gate>
  );
}
