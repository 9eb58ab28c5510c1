// One account 账号 beside the list: posts given and taken back, password, disabling, a butler's area.
import { type ComponentType, useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { dayOf, wallTimeOf } from '../../../../kernel/time.ts';
import { Card, Facts } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { Sign } from '../../../../ui/Sign.tsx';
import { accountWords } from '../../account.words.ts';
import { isBelowManager } from '../../grant.rules.ts';
import type { Role } from '../../role.contract.ts';
import { departmentWords, roleWords } from '../../role.words.ts';
import { type Account, staffRoutes } from '../../staff.contract.ts';
import { firstPassword } from './firstPassword.ts';
import { FirstPasswordField } from './NewAccountDialog.tsx';
import { grantOf, type PostChoice, PostFields } from './PostFields.tsx';
import { useCommunity, useMay, useSession } from './session.ts';

const words = accountWords;
type Grant = Account['grants'][number];
/** Posts whose work has an area (spec/12). */
const withArea: readonly Role[] = ['butler', 'chief_butler', 'customer_assistant'];

export type AreaEditor = ComponentType<{ accountId: string; name: string }>;

export function AccountPanel(props: {
  account: Account;
  AreaEditor: AreaEditor;
  onChanged: (account: Account) => void;
  onHandOver: (account: Account, password: string) => void;
  onClose: () => void;
}) {
  const { account, onChanged } = props;
  const { me } = useSession();
  const community = useCommunity();
  const may = useMay();
  const [dialog, setDialog] = useState<'give' | 'reset' | 'disable' | Grant | null>(null);
  const [error, setError] = useState<unknown>(null);
  const params = { id: account.id };
  const isOneself = account.id === me.user.id;
  const isAdmin = community.roles.includes('admin');
  const close = () => setDialog(null);
  const mayEnd = (grant: Grant) =>
    !isOneself && (isAdmin || (grant.communityId === community.id && isBelowManager(grant.role)));
  const whereOf = (grant: Grant) =>
    grant.communityId === null
      ? words.posts.everywhere
      : (me.communities.find((one) => one.id === grant.communityId)?.name ?? words.posts.elsewhere);
  const enable = async () => {
    setError(null);
    try {
      onChanged(await call(staffRoutes.enableAccount, { params, key: newId() }));
    } catch (caught) {
      setError(caught);
    }
  };
  const hasArea = account.grants.some((one) => withArea.includes(one.role) && one.communityId === community.id);
  return (
    <aside className="stack" aria-label={account.name}>
      <Card
        title={<span className="anywhere">{account.name}</span>}
        actions={
          <button type="button" className="btn quiet" onClick={props.onClose}>
            {words.close} <kbd>Esc</kbd>
          </button>
        }
      >
        <div className="col">
          <Facts
            items={[
              { name: words.columns.username, value: account.username },
              {
                name: words.columns.state,
                value:
                  account.disabledAt === null
                    ? words.active
                    : words.disabledAt(`${dayOf(account.disabledAt)} ${wallTimeOf(account.disabledAt).slice(0, 5)}`),
              },
              { name: words.columns.factor, value: account.hasSecondFactor ? words.on : words.off },
            ]}
          />
          {isOneself ? (
            <p className="notice plain">
              <Sign name="note" />
              {words.oneself}
            </p>
          ) : null}
          <Problem error={error} />
          {may('account.write') && !isOneself ? (
            <div className="row wrap">
              <button type="button" className="btn" onClick={() => setDialog('reset')}>
                {words.account.reset}
              </button>
              {account.disabledAt === null ? (
                <button type="button" className="btn" onClick={() => setDialog('disable')}>
                  {words.account.disable}
                </button>
              ) : (
                <button type="button" className="btn" onClick={() => void enable()}>
                  {words.account.enable}
                </button>
              )}
            </div>
          ) : null}
        </div>
      </Card>
      <Card
        title={words.posts.title}
        flush
        actions={
          isOneself ? null : (
            <button type="button" className="btn quiet" onClick={() => setDialog('give')}>
              {words.posts.give}
            </button>
          )
        }
      >
        {account.grants.length === 0 ? <p className="line muted">{words.noPosts}</p> : null}
        {account.grants.map((grant) => (
          <div key={grant.id} className="line row wrap">
            <b>{roleWords[grant.role]}</b>
            <span className="muted">{whereOf(grant)}</span>
            {grant.department === null ? null : <span className="tag">{departmentWords[grant.department]}</span>}
            <span className="grow" />
            {mayEnd(grant) ? (
              <button
                type="button"
                className="linklike"
                aria-label={words.posts.endOf(roleWords[grant.role])}
                onClick={() => setDialog(grant)}
              >
                {words.posts.end}
              </button>
            ) : null}
          </div>
        ))}
      </Card>
      {hasArea ? <props.AreaEditor key={account.id} accountId={account.id} name={account.name} /> : null}
      {dialog === 'give' ? <GiveDialog account={account} onClose={close} onChanged={onChanged} /> : null}
      {dialog === 'reset' ? (
        <ResetDialog account={account} onClose={close} onChanged={onChanged} onHandOver={props.onHandOver} />
      ) : null}
      {dialog === 'disable' ? (
        <FormDialog
          title={words.account.disableTitle(account.name)}
          isOpen
          isRisky
          submitWord={words.account.disable}
          onClose={close}
          onSubmit={async () => {
            onChanged(await call(staffRoutes.disableAccount, { params, key: newId() }));
            close();
          }}
        >
          {() => <p>{words.account.disableText}</p>}
        </FormDialog>
      ) : null}
      {dialog !== null && typeof dialog === 'object' ? (
        <FormDialog
          title={words.posts.endOf(roleWords[dialog.role])}
          isOpen
          isRisky
          submitWord={words.posts.end}
          onClose={close}
          onSubmit={async () => {
            const ended = { ...params, grantId: dialog.id };
            onChanged(await call(staffRoutes.endGrant, { params: ended, key: newId() }));
            close();
          }}
        >
          {() => <p>{words.posts.endText}</p>}
        </FormDialog>
      ) : null}
    </aside>
  );
}

function GiveDialog(props: { account: Account; onClose: () => void; onChanged: (account: Account) => void }) {
  const { account } = props;
  const [post, setPost] = useState<PostChoice>({ role: '', where: '', department: '' });
  const community = useCommunity();
  const grant = grantOf(post, community.id);
  return (
    <FormDialog
      title={`${words.posts.give} · ${account.name}`}
      isOpen
      isReady={grant !== null}
      submitWord={words.posts.give}
      onClose={props.onClose}
      onSubmit={async () => {
        if (grant === null) return;
        const params = { id: account.id };
        props.onChanged(await call(staffRoutes.grantRole, { params, key: newId(), body: grant }));
        props.onClose();
      }}
    >
      {() => <PostFields post={post} onChange={setPost} />}
    </FormDialog>
  );
}

function ResetDialog(props: {
  account: Account;
  onClose: () => void;
  onChanged: (account: Account) => void;
  onHandOver: (account: Account, password: string) => void;
}) {
  const { account } = props;
  const [password, setPassword] = useState(firstPassword);
  return (
    <FormDialog
      title={words.account.resetTitle(account.name)}
      isOpen
      isRisky
      submitWord={words.account.reset}
      shownFields={['password']}
      onClose={props.onClose}
      onSubmit={async () => {
        const next = await call(staffRoutes.resetPassword, { params: { id: account.id }, body: { password } });
        props.onChanged(next);
        props.onClose();
        props.onHandOver(next, password);
      }}
    >
      {(fault) => (
        <>
          <p>{words.account.resetText}</p>
          <FirstPasswordField value={password} onChange={setPassword} fault={fault('password')} />
        </>
      )}
    </FormDialog>
  );
}
