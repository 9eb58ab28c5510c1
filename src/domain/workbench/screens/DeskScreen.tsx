// Desk 工作台: the promise that runs out next, then my cases, then what yesterday left; all of it live.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { newId } from '../../../kernel/id.ts';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { ClockBar } from '../../../ui/ClockBar.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useKeys } from '../../../ui/useKeys.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { addCaseNote, type BoardRow } from '../../cases/case.contract.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { clockKindWords, whyInWords } from '../../clocks/clock.words.ts';
import { contactRoutes } from '../../contacts/contact.contract.ts';
import { contactStateWords } from '../../contacts/contact.words.ts';
import { type Desk, workbenchRoutes } from '../workbench.contract.ts';
import { categoryWord, levelWord, stateWord, deskWords as words } from '../workbench.words.ts';
import './desk.css';

/** The stream tells of changes; a promise that runs out by itself changes nothing that it could tell. */
const askAgainMs = 60_000;
const ledgerLines = 6;

export function DeskScreen() {
  const community = useCommunity();
  const may = useMay();
  const navigate = useNavigate();
  const desk = useQuery({
    queryKey: ['case', community.id, 'desk'],
    queryFn: ({ signal }) => call(workbenchRoutes.getDesk, { params: { communityId: community.id }, signal }),
    refetchInterval: askAgainMs,
  });
  const open = (row: BoardRow) => void navigate({ to: caseAddress(community.code, row.id, row.kind) });

  if (desk.data === undefined)
    return desk.error === null ? (
      <div className="busyline" role="status" aria-label={uiWords.loading} />
    ) : (
      <Problem error={desk.error} retry={() => void desk.refetch()} />
    );
  const { next, mine, yesterday, counts } = desk.data;
  return (
    <div className="beside desk">
      <h1 className="unseen">{words.heading}</h1>
      <div className="stack">
        {next === null ? (
          <section className="card hero calm">
            <EmptyState title={words.nothingDue.title}>
              <p>{words.nothingDue.text}</p>
            </EmptyState>
          </section>
        ) : (
          <NextPromise next={next} onOpen={() => open(next.case)} />
        )}
        <Card title={words.mine} note={words.mineNote(mine.length)} flush>
          {mine.length === 0 ? (
            <EmptyState title={words.mineEmpty.title}>
              <p>{words.mineEmpty.text}</p>
            </EmptyState>
          ) : (
            <MineTable rows={mine} onOpen={open} />
          )}
        </Card>
      </div>
      <div className="stack">
        <Counts counts={counts} />
        <Card title={words.yesterday} note={words.yesterdayNote(yesterday.total)} flush>
          {yesterday.items.length === 0 ? (
            <p className="line muted">{words.yesterdayEmpty}</p>
          ) : (
            <ul>
              {yesterday.items.slice(0, ledgerLines).map((row) => (
                <li key={row.id} className="line deskline">
                  <Link to={caseAddress(community.code, row.id, row.kind)} className="grow">
                    <b className="num">{row.code}</b>
                    <span className="muted">{row.unit ?? row.place ?? ''}</span>
                    <span className="faint cut">{row.summary}</span>
                  </Link>
                  <span className="tag">{stateWord(row.kind, row.state)}</span>
                </li>
              ))}
              {yesterday.total > ledgerLines ? (
                <li className="line">
                  <Link to={`/c/${community.code}/cases`}>{words.yesterdayMore(yesterday.total - ledgerLines)}</Link>
                </li>
              ) : null}
            </ul>
          )}
        </Card>
        {may('contact.read') ? <NewestLedger /> : null}
      </div>
    </div>
  );
}

function NextPromise({ next, onOpen }: { next: NonNullable<Desk['next']>; onOpen: () => void }) {
  const level = levelWord(next.case);
  const isLate = next.dueAt !== null && next.dueAt < serverNow();
  const whom = next.owner.name ?? next.case.responsible?.name ?? words.nobody;
  useKeys({ o: onOpen });
  return (
    <section className={isLate ? 'card hero late' : 'card hero'} aria-label={isLate ? words.nextLate : words.next}>
      <div className="heroclock">
        <span className="faint">{isLate ? words.nextLate : words.next}</span>
        <ClockBar facts={next} label={clockKindWords[next.kind]} big />
      </div>
      <div className="grow herotext">
        <p className="row wrap">
          {level === null ? null : <span className={`tag ${levelTone(next.case.level)}`}>{level}</span>}
          <b className="num">{next.case.code}</b>
          <span>{next.case.unit ?? next.case.place ?? ''}</span>
          <span className="muted cut three">{next.case.summary}</span>
        </p>
        <p className="muted">
          <b>{clockKindWords[next.kind]}</b> · {words.owner(whom)}
        </p>
        <details className="faint">
          <summary>{uiWords.why}</summary>
          <p className="why">{whyInWords(next.why, { policyName: words.policy })}</p>
        </details>
      </div>
      <div className="row heroacts">
        <button type="button" className="btn primary" onClick={onOpen}>
          {words.open}
          <kbd>O</kbd>
        </button>
        <Urge caseId={next.case.id} whom={whom} />
      </div>
    </section>
  );
}

/** A telephone call that hurries somebody up, kept as a call on the time line: it is no promise of its own. */
function Urge({ caseId, whom }: { caseId: string; whom: string }) {
  const community = useCommunity();
  const client = useQueryClient();
  const id = useId();
  const [text, setText] = useState('');
  const [step, setStep] = useState<'closed' | 'open' | 'busy' | 'done'>('closed');
  const [error, setError] = useState<unknown>(null);
  const [key, setKey] = useState(newId);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (step === 'busy') return;
    setStep('busy');
    setError(null);
    try {
      const said = text.trim();
      await call(addCaseNote, {
        params: { communityId: community.id, id: caseId },
        body: { kind: 'call', to: 'department', text: said === '' ? words.urge : `${words.urgeText}：${said}` },
        key,
      });
      setStep('done');
      setText('');
      setKey(newId());
      void client.invalidateQueries({ queryKey: ['case', community.id] });
    } catch (caught) {
      setError(caught);
      setStep('open');
    }
  };
  if (step === 'closed' || step === 'done')
    return (
      <>
        <button type="button" className="btn" onClick={() => setStep('open')}>
          {words.urge}
        </button>
        {step === 'done' ? (
          <span className="faint" role="status">
            {words.urged}
          </span>
        ) : null}
      </>
    );
  return (
    <form
      className="col urge"
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === 'Escape' && setStep('closed')}
    >
      <div className="field">
        <label htmlFor={id}>{words.urgeLead(whom)}</label>
        <input
          id={id}
          ref={(input) => input?.focus()}
          value={text}
          placeholder={words.urgePlaceholder}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Problem error={error} />
      <div className="row">
        <button type="submit" className="btn primary" aria-busy={step === 'busy'}>
          {words.urgeSave}
        </button>
        <button type="button" className="btn quiet" onClick={() => setStep('closed')}>
          {uiWords.cancel}
        </button>
      </div>
    </form>
  );
}

const levelTone = (level: string | null): string =>
  level === 'emergency' || level === 'critical' ? 'alarm' : level === 'major' || level === 'serious' ? 'high' : '';

function MineTable({ rows, onOpen }: { rows: readonly BoardRow[]; onOpen: (row: BoardRow) => void }) {
  const [at, setAt] = useState<string | null>(null);
  const index = rows.findIndex((row) => row.id === at);
  const move = (by: 1 | -1) => {
    const to = rows[index < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.max(0, Math.min(rows.length - 1, index + by))];
    if (to) setAt(to.id);
  };
  const openAt = () => {
    const row = rows[index];
    if (row) onOpen(row);
  };
  useKeys({ j: () => move(1), k: () => move(-1), enter: openAt });
  const onKeyDown = (event: KeyboardEvent) => {
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1) }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const today = dayOf(serverNow());
  return (
    <div className="tablebox">
      <table
        className="data minetable"
        aria-label={words.mine}
        aria-description={words.keys}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk the rows from here
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th>{words.columns.due}</th>
            <th>{words.columns.case}</th>
            <th>{words.columns.unit}</th>
            <th>{words.columns.state}</th>
            <th>{words.columns.responsible}</th>
            <th className="right">{words.columns.received}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.id}
              className={row.id === at ? 'opens at' : 'opens'}
              aria-current={row.id === at ? true : undefined}
              onClick={() => onOpen(row)}
            >
              <td>
                <RowClock row={row} />
              </td>
              <td className="casecell">
                <b className="num">{row.code}</b>
                <span className="faint cut">
                  {row.nextClockKind === null ? '' : `${clockKindWords[row.nextClockKind]} · `}
                  {row.summary === '' ? categoryWord(row.category) : row.summary}
                </span>
              </td>
              <td>
                <span className="roomcell num" title={row.unit ?? row.place ?? ''}>
                  {row.unit ?? row.place ?? ''}
                </span>
              </td>
              <td>
                <span className="tag">{stateWord(row.kind, row.state)}</span>
              </td>
              <td className="nowrap">{row.responsible?.name ?? <span className="faint">{words.nobody}</span>}</td>
              <td className="right nowrap">
                {dayOf(row.receivedAt) === today
                  ? wallTimeOf(row.receivedAt).slice(0, 5)
                  : dayOf(row.receivedAt).slice(5)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RowClock({ row }: { row: BoardRow }) {
  if (row.state === 'paused')
    return <ClockBar facts={{ state: 'paused', startedAt: row.receivedAt, dueAt: row.nextDueAt }} />;
  if (row.nextDueAt === null) return <span className="faint">{words.noClock}</span>;
  return <ClockBar facts={{ state: 'running', startedAt: row.receivedAt, dueAt: row.nextDueAt }} />;
}

function Counts({ counts }: { counts: Desk['counts'] }) {
  return (
    <Card title={words.today} flush>
      <dl className="deskcounts">
        {(['open', 'overdue', 'unassigned', 'receivedToday'] as const).map((name) => (
          <div key={name} className={name === 'overdue' && counts[name] > 0 ? 'hot' : undefined}>
            <dt>{words.counts[name]}</dt>
            <dd className="num">{counts[name]}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function NewestLedger() {
  const community = useCommunity();
  const ledger = useQuery({
    queryKey: ['contact', community.id, 'newest'],
    queryFn: ({ signal }) =>
      call(contactRoutes.listContacts, {
        params: { communityId: community.id },
        query: { limit: ledgerLines, day: dayOf(serverNow()) },
        signal,
      }),
  });
  return (
    <Card title={words.ledger} actions={<Link to={`/c/${community.code}/contacts`}>{words.ledgerAll}</Link>} flush>
      <Problem error={ledger.error} retry={() => void ledger.refetch()} />
      {ledger.data?.items.length === 0 ? <p className="line muted">{words.ledgerEmpty}</p> : null}
      <ul>
        {ledger.data?.items.map((contact) => (
          <li key={contact.id} className="line deskline">
            <time dateTime={contact.startedAt} className="faint">
              {wallTimeOf(contact.startedAt).slice(0, 5)}
            </time>
            <span className="grow">
              <span>{contact.unit ?? contact.callerName ?? ''}</span>
              <span className="faint cut">{contact.request}</span>
            </span>
            <span className="tag">{contact.caseCode ?? contactStateWords[contact.state]}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
