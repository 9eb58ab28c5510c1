// Accounts and posts 账号与职位: find, make, disable, give and take back posts. No household data stands here.
import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useEffect, useState } from 'react';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { type Column, DataTable } from '../../../ui/DataTable.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { accountWords } from '../account.words.ts';
import { roleWords } from '../role.words.ts';
import { type Account, staffRoutes } from '../staff.contract.ts';
import { AccountPanel, type AreaEditor } from './parts/AccountPanel.tsx';
import { NewAccountDialog } from './parts/NewAccountDialog.tsx';
import { SettingsTabs } from './parts/SettingsTabs.tsx';
import { useMay } from './parts/session.ts';

const words = accountWords;
const codecs = { q: textCodec(), open: textCodec() };
const pageSize = 50;

/** Each post once, however many communities it is held in. */
const postsOf = (account: Account) => [...new Set(account.grants.map((grant) => roleWords[grant.role]))];

const columns: Column<Account>[] = [
  { key: 'name', word: words.columns.name, cell: (one) => <b className="anywhere">{one.name}</b> },
  { key: 'username', word: words.columns.username, cell: (one) => <span className="num">{one.username}</span> },
  {
    key: 'posts',
    word: words.columns.posts,
    cell: (one) =>
      one.grants.length === 0 ? (
        <span className="faint">{words.noPosts}</span>
      ) : (
        <span className="tags">
          {postsOf(one).map((post) => (
            <span key={post} className="tag">
              {post}
            </span>
          ))}
        </span>
      ),
  },
  {
    key: 'factor',
    word: words.columns.factor,
    cell: (one) => <span className="muted">{one.hasSecondFactor ? words.on : words.off}</span>,
  },
  {
    key: 'state',
    word: words.columns.state,
    cell: (one) => (
      <span className={one.disabledAt === null ? 'tag good' : 'tag high'}>
        {one.disabledAt === null ? words.active : words.disabled}
      </span>
    ),
  },
];

export function AccountsScreen(props: { AreaEditor: AreaEditor }) {
  const may = useMay();
  const client = useQueryClient();
  const [address, setAddress] = useAddressState(codecs);
  const [typed, setTyped] = useState(address.q);
  const q = useSettled(typed.trim());
  const [isMaking, setMaking] = useState(false);
  const [handOver, setHandOver] = useState<{ account: Account; password: string } | null>(null);
  useEffect(() => {
    if (q !== address.q) setAddress({ q });
  }, [q, address.q, setAddress]);

  const accounts = useInfiniteQuery({
    queryKey: ['account', 'list', q],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(staffRoutes.listAccounts, {
        query: { limit: pageSize, ...(q === '' ? {} : { q }), ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = accounts.data?.pages.flatMap((page) => page.items) ?? [];
  const open = rows.find((one) => one.id === address.open) ?? null;
  const changed = () => void client.invalidateQueries({ queryKey: ['account'] });
  useKeys({ escape: () => setAddress({ open: '' }) }, open !== null && handOver === null && !isMaking);
  return (
    <div className="stack">
      <SettingsTabs current="accounts" />
      <div className="row wrap pagehead">
        <h1>{words.title}</h1>
        <span className="faint num">
          {accounts.data ? (accounts.hasNextPage ? words.foundMore(rows.length) : words.found(rows.length)) : ''}
        </span>
        <span className="grow" />
        {may('account.write') ? (
          <button type="button" className="btn primary" onClick={() => setMaking(true)}>
            {words.create}
          </button>
        ) : null}
      </div>
      {may('account.write') ? null : (
        <p className="notice plain">
          <Sign name="note" />
          {words.managerNote}
        </p>
      )}
      <div className={open === null ? '' : 'settingsbeside'}>
        <div className="stack">
          <div className="searchbox">
            <Sign name="find" />
            <input
              type="search"
              aria-label={words.search}
              placeholder={words.searchHint}
              value={typed}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          <Problem error={accounts.error} retry={() => void accounts.refetch()} />
          <section className="card">
            <DataTable
              name="accounts"
              label={words.title}
              rows={rows}
              keyOf={(one) => one.id}
              nameOf={(one) => one.name}
              columns={columns}
              onOpen={(one) => setAddress({ open: one.id })}
              openKey={address.open === '' ? null : address.open}
              isLoading={accounts.isPending || accounts.isPlaceholderData}
              empty={
                accounts.error ? null : (
                  <EmptyState title={q === '' ? words.none.title : uiWords.empty.filtered}>
                    {q === '' ? <p>{words.none.text}</p> : null}
                  </EmptyState>
                )
              }
            />
            {accounts.hasNextPage ? (
              <div className="row tablefoot">
                <button type="button" className="btn" onClick={() => void accounts.fetchNextPage()}>
                  {uiWords.table.more}
                </button>
              </div>
            ) : null}
          </section>
        </div>
        {open === null ? null : (
          <AccountPanel
            key={open.id}
            account={open}
            AreaEditor={props.AreaEditor}
            onChanged={changed}
            onHandOver={(account, password) => setHandOver({ account, password })}
            onClose={() => setAddress({ open: '' })}
          />
        )}
      </div>
      {isMaking ? (
        <NewAccountDialog
          onClose={() => setMaking(false)}
          onMade={(account, password) => {
            changed();
            setAddress({ open: account.id });
            setHandOver({ account, password });
          }}
        />
      ) : null}
      {handOver === null ? null : <HandOver {...handOver} onClose={() => setHandOver(null)} />}
    </div>
  );
}

/** Shown once; copied only where the browser allows it (a secure address). */
function HandOver(props: { account: Account; password: string; onClose: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const line = words.handOver.line(props.account.username, props.password);
  return (
    <Modal
      open
      title={words.handOver.title}
      onCancel={props.onClose}
      mask={{ closable: false }}
      footer={
        <div className="row dialogfoot">
          {'clipboard' in navigator ? (
            <button
              type="button"
              className="btn"
              onClick={() => void navigator.clipboard.writeText(line).then(() => setCopied(true))}
            >
              {isCopied ? words.handOver.copied : words.handOver.copy}
            </button>
          ) : null}
          <button type="button" className="btn primary" onClick={props.onClose}>
            {words.handOver.done}
          </button>
        </div>
      }
    >
      <div className="col">
        <p>{words.handOver.text(props.account.name)}</p>
        <p className="handover">{line}</p>
      </div>
    </Modal>
  );
}
