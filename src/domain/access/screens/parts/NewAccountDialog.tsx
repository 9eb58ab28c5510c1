// A new account 新建账号 with its first post and a first password that is shown once.
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { accountWords } from '../../account.words.ts';
import { newPasswordSchema } from '../../session.contract.ts';
import { type Account, staffRoutes } from '../../staff.contract.ts';
import { firstPassword } from './firstPassword.ts';
import { grantOf, type PostChoice, PostFields } from './PostFields.tsx';
import { useCommunity } from './session.ts';

const words = accountWords.newAccount;
const usernamePattern = /^[a-z][a-z0-9._-]{1,31}$/;

export function NewAccountDialog(props: { onClose: () => void; onMade: (account: Account, password: string) => void }) {
  const community = useCommunity();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState(firstPassword);
  const [post, setPost] = useState<PostChoice>({ role: '', where: '', department: '' });
  const [isTried, setTried] = useState(false);
  const isNamed = name.trim() !== '';
  const isUsername = usernamePattern.test(username.trim());
  const submit = async () => {
    setTried(true);
    if (!isNamed || !isUsername || !newPasswordSchema.safeParse(password).success) return;
    const grant = grantOf(post, community.id);
    const made = await call(staffRoutes.createAccount, {
      key: newId(),
      body: { name: name.trim(), username: username.trim(), password, grants: grant === null ? [] : [grant] },
    });
    props.onClose();
    props.onMade(made, password);
  };
  return (
    <FormDialog
      title={words.title}
      isOpen
      submitWord={words.submit}
      onClose={props.onClose}
      onSubmit={submit}
      shownFields={['name', 'username', 'password']}
    >
      {(fault) => (
        <>
          <div className="pair">
            <Field
              label={words.name}
              value={name}
              maxLength={60}
              autoComplete="off"
              fault={isTried && !isNamed ? words.missingName : fault('name')}
              onChange={(event) => setName(event.target.value)}
            />
            <Field
              label={words.username}
              value={username}
              maxLength={32}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              hint={words.usernameHint}
              fault={isTried && !isUsername ? words.badUsername : fault('username')}
              onChange={(event) => setUsername(event.target.value)}
            />
          </div>
          <PostFields post={post} onChange={setPost} />
          <FirstPasswordField value={password} onChange={setPassword} fault={fault('password')} />
        </>
      )}
    </FormDialog>
  );
}

export function FirstPasswordField(props: {
  value: string;
  onChange: (password: string) => void;
  fault: string | undefined;
}) {
  const isLong = newPasswordSchema.safeParse(props.value).success;
  return (
    <>
      <Field
        label={words.password}
        value={props.value}
        autoComplete="off"
        spellCheck={false}
        hint={words.passwordHint}
        fault={isLong ? props.fault : words.shortPassword}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <div>
        <button type="button" className="linklike" onClick={() => props.onChange(firstPassword())}>
          {words.another}
        </button>
      </div>
    </>
  );
}
