// First start 首次启动: organization, first community, standard and administrator, with the secret of the terminal.
import { type FormEvent, useState } from 'react';
import type { ZodError } from 'zod';
import { call, setCsrfToken } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { ProblemError } from '../../../ui/problem.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { useDraft } from '../../../ui/useDraft.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { presetSchema, type SetupBody, sessionRoutes, setupBodySchema } from '../session.contract.ts';
import { sessionWords } from '../session.words.ts';
import { Gate } from './parts/Gate.tsx';

const words = sessionWords.setup;
const presets = presetSchema.options;

/** `#secret=…` never reaches the server's log; it is taken out of the address at once. */
function secretOfAddress(): string {
  const secret = new URLSearchParams(window.location.hash.slice(1)).get('secret') ?? '';
  if (secret !== '') history.replaceState(history.state, '', window.location.pathname);
  return secret;
}

function faultsOf(error: ZodError | undefined, form: SetupBody): Partial<Record<keyof SetupBody, string>> {
  const shaped: Partial<Record<keyof SetupBody, string>> = {
    communityCode: words.faults.code,
    adminUsername: words.faults.username,
    adminPassword: words.faults.password,
  };
  const faults: Partial<Record<keyof SetupBody, string>> = {};
  for (const issue of error?.issues ?? []) {
    const name = issue.path[0] as keyof SetupBody;
    faults[name] ??= form[name] === '' ? words.faults.required : (shaped[name] ?? words.faults.required);
  }
  return faults;
}

export function SetupScreen(props: { onSetUp: () => void }) {
  const [secretFromTerminal] = useState(secretOfAddress);
  // Secret and password stay in memory; only the rest is kept as a draft.
  const draft = useDraft('setup', {
    organizationName: '',
    communityName: '',
    communityCode: '',
    preset: 'standard' as SetupBody['preset'],
    adminUsername: 'admin',
    adminName: '',
  });
  const [secret, setSecret] = useState(secretFromTerminal);
  const [adminPassword, setAdminPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = useIdempotencyKey();

  const form: SetupBody = { ...draft.value, secret, adminPassword };
  const parsed = setupBodySchema.safeParse(form);
  const faults = isTried ? faultsOf(parsed.error, form) : {};
  const problem = error instanceof ProblemError ? error : null;
  const faultAt = (name: keyof SetupBody) => faults[name] ?? problem?.at(name);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isBusy || !parsed.success) return;
    setBusy(true);
    setError(null);
    try {
      const { csrfToken } = await call(sessionRoutes.setup, { body: parsed.data, key: attempt.key });
      setCsrfToken(csrfToken);
      attempt.renew();
      draft.clear();
      props.onSetUp();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  if (problem?.status === 404)
    return (
      <Gate title={words.title}>
        <EmptyState
          title={words.isUsed}
          action={
            <a className="btn primary" href="/">
              {words.toSignIn}
            </a>
          }
        />
      </Gate>
    );
  const set = (change: Partial<typeof draft.value>) => draft.setValue((before) => ({ ...before, ...change }));
  return (
    <Gate title={words.title} lead={words.lead} wide>
      <form className="col" onSubmit={(event) => void submit(event)} noValidate>
        <Problem error={error} hideFields={Object.keys(form)} />
        {secretFromTerminal === '' ? (
          <Field
            label={words.secret}
            hint={words.secretHint}
            fault={faultAt('secret')}
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        ) : null}
        <fieldset>
          <Field
            label={words.organization}
            fault={faultAt('organizationName')}
            value={form.organizationName}
            onChange={(event) => set({ organizationName: event.target.value })}
            autoComplete="organization"
            autoFocus
          />
          <Field
            label={words.community}
            fault={faultAt('communityName')}
            value={form.communityName}
            onChange={(event) => set({ communityName: event.target.value })}
            autoComplete="off"
          />
          <Field
            label={words.code}
            hint={words.codeHint}
            fault={faultAt('communityCode')}
            value={form.communityCode}
            onChange={(event) => set({ communityCode: event.target.value.toUpperCase() })}
            autoComplete="off"
            spellCheck={false}
          />
        </fieldset>
        <fieldset>
          <legend>{words.preset}</legend>
          <div className="choices">
            {presets.map((preset) => (
              <label key={preset}>
                <input type="radio" name="preset" checked={form.preset === preset} onChange={() => set({ preset })} />
                <span>{words.presets[preset].word}</span>
                <span className="faint">{words.presets[preset].note}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{words.administrator}</legend>
          <Field
            label={words.adminName}
            fault={faultAt('adminName')}
            value={form.adminName}
            onChange={(event) => set({ adminName: event.target.value })}
            autoComplete="name"
          />
          <Field
            label={words.adminUsername}
            hint={words.adminUsernameHint}
            fault={faultAt('adminUsername')}
            value={form.adminUsername}
            onChange={(event) => set({ adminUsername: event.target.value })}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <Field
            label={words.adminPassword}
            hint={words.adminPasswordHint}
            fault={faultAt('adminPassword')}
            type="password"
            value={adminPassword}
            onChange={(event) => setAdminPassword(event.target.value)}
            autoComplete="new-password"
          />
        </fieldset>
        <button type="submit" className={`btn primary wide tall${isBusy ? ' busy' : ''}`} aria-busy={isBusy}>
          {isBusy ? uiWords.saving : words.submit}
        </button>
      </form>
    </Gate>
  );
}
