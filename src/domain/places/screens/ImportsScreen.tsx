// Import 导入 (PP4): a workbook is tried first, then taken in; the chosen file survives every refusal.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DragEvent, useEffect, useId, useRef, useState } from 'react';
import { newId } from '../../../kernel/id.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { addressOf, call } from '../../../ui/call.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { SettingsTabs } from '../../access/screens/parts/SettingsTabs.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { importKindWords, importPageWords } from '../import-page.words.ts';
import {
  type ImportKind,
  importKinds,
  importPermissions,
  importRoutes,
  terminalKinds,
} from '../import-run.contract.ts';
import { ImportHistory } from './parts/ImportHistory.tsx';
import { ImportResult } from './parts/ImportResult.tsx';
import './parts/households.css';
import './parts/imports.css';

const words = importPageWords;
const codecs = { import: textCodec(), kind: textCodec() };
/** Old messages are taken in by the command of the server. */
const atThePage = importKinds.filter((kind) => kind !== 'cases' && !terminalKinds.includes(kind));
const askAgainMs = 1000;

/** What one means to do with this file: sent again after a lost answer under the same key. */
type Intent = { dryRun: boolean; acceptPartial: boolean; key: string };

export function ImportsScreen() {
  const community = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [address, setAddress] = useAddressState(codecs);
  const [file, setFile] = useState<File | null>(null);
  /** The import that tried exactly the chosen file. */
  const [triedId, setTriedId] = useState('');
  const [acceptPartial, setPartial] = useState(false);
  const [sending, setSending] = useState<Intent | null>(null);
  const [last, setLast] = useState<Intent | null>(null);
  const [error, setError] = useState<unknown>(null);
  const params = { communityId: community.id };
  const kinds = atThePage.filter((one) => may(importPermissions[one]));
  const kind = kinds.find((one) => one === address.kind) ?? kinds[0] ?? 'households';
  const shown = useQuery({
    queryKey: ['import', community.id, address.import],
    queryFn: ({ signal }) => call(importRoutes.readImport, { params: { ...params, id: address.import }, signal }),
    enabled: address.import !== '',
    refetchInterval: ({ state }) =>
      state.data?.state === 'running' || state.data?.state === 'received' ? askAgainMs : false,
  });
  const answer = address.import === '' ? undefined : shown.data;
  const isRunning = answer?.state === 'running' || answer?.state === 'received';
  const isTried = triedId !== '' && answer?.id === triedId && !isRunning;
  const hasFaults = (answer?.rejectedCount ?? 0) > 0;
  const mayWrite = isTried && answer.state === 'previewed' && (!hasFaults || (acceptPartial && answer.accepted > 0));
  const finished = answer && !isRunning ? `${answer.id} ${answer.state}` : '';

  useEffect(() => {
    // A run that came to its end is news for the list of imports and for the households.
    if (finished === '') return;
    void client.invalidateQueries({ queryKey: ['import', community.id, 'list'] });
    if (!finished.endsWith('done')) return;
    for (const noun of ['unit', 'contractor', 'warranty'])
      void client.invalidateQueries({ queryKey: [noun, community.id] });
  }, [finished, client, community.id]);

  const choose = (next: File | null) => {
    if (next === null) return;
    setFile(next);
    setTriedId('');
    setLast(null);
    setError(null);
  };
  const send = async (dryRun: boolean) => {
    if (file === null || sending !== null) return;
    const isAgain = last !== null && last.dryRun === dryRun && last.acceptPartial === acceptPartial;
    const intent = isAgain ? last : { dryRun, acceptPartial, key: newId() };
    setSending(intent);
    setLast(intent);
    setError(null);
    const form = new FormData();
    form.set('kind', kind);
    form.set('dryRun', String(dryRun));
    form.set('acceptPartial', String(acceptPartial));
    form.set('file', file, file.name);
    try {
      const started = await call(importRoutes.startImport, { params, form, key: intent.key });
      client.setQueryData(['import', community.id, started.id], started);
      setLast(null);
      setTriedId(dryRun ? started.id : '');
      setAddress({ import: started.id });
      void client.invalidateQueries({ queryKey: ['import', community.id, 'list'] });
    } catch (caught) {
      setError(caught);
    } finally {
      setSending(null);
    }
  };
  return (
    <div className="stack">
      <SettingsTabs current="imports" />
      <div className="row wrap pagehead">
        <h1>{words.title}</h1>
        <span className="muted">{words.lead}</span>
        <span className="grow" />
        <a className="btn" href={addressOf(importRoutes.readImportTemplate.path, params, { kind })} download>
          {words.template}
        </a>
      </div>
      <div className="halves">
        <div className="stack">
          <Card title={importKindWords[kind]}>
            <div className="col importform">
              <KindPicker
                kinds={kinds}
                kind={kind}
                isDisabled={sending !== null || isRunning}
                onPick={(next) => {
                  setTriedId('');
                  setLast(null);
                  setAddress({ kind: next, import: '' });
                }}
              />
              <DropZone file={file} onChoose={choose} isDisabled={sending !== null} />
              <label className="row partial">
                <input type="checkbox" checked={acceptPartial} onChange={(event) => setPartial(event.target.checked)} />
                <span>
                  {words.partial}
                  <span className="faint block">{words.partialHint}</span>
                </span>
              </label>
              <Problem error={error} />
              {isTried && hasFaults && !acceptPartial ? (
                <p className="notice warn">
                  <Sign name="warning" />
                  {words.mustMend}
                </p>
              ) : null}
              <div className="row wrap">
                <button
                  type="button"
                  className={mayWrite ? 'btn' : 'btn primary'}
                  disabled={file === null || sending !== null || isRunning}
                  aria-busy={sending?.dryRun === true}
                  onClick={() => void send(true)}
                >
                  {words.tryRun}
                </button>
                <button
                  type="button"
                  className={mayWrite ? 'btn primary' : 'btn'}
                  disabled={!mayWrite || sending !== null}
                  aria-busy={sending?.dryRun === false}
                  onClick={() => void send(false)}
                >
                  {words.write}
                </button>
                {sending === null ? null : (
                  <span className="muted" role="status">
                    {words.upload}
                  </span>
                )}
              </div>
              {sending === null ? null : <div className="busyline" />}
            </div>
          </Card>
          {address.import !== '' && shown.error ? (
            <Problem error={shown.error} retry={() => void shown.refetch()} />
          ) : null}
          {isRunning && answer ? (
            <Card title={answer.dryRun ? words.trying : words.writing} note={answer.fileName}>
              <div className="col" role="status">
                <span className="num">{words.progress(answer.rowsRead)}</span>
                <div className="busyline" />
              </div>
            </Card>
          ) : null}
          {answer && !isRunning ? <ImportResult answer={answer} /> : null}
          {answer?.state === 'done' && may('household.read') ? (
            <div>
              <Link to={`/c/${community.code}/${resultPage[answer.kind].path}`} className="btn">
                {resultPage[answer.kind].word}
              </Link>
            </div>
          ) : null}
        </div>
        <div className="stack">
          <ImportHistory
            communityId={community.id}
            openId={address.import}
            onOpen={(id) => setAddress({ import: id }, { keep: true })}
          />
        </div>
      </div>
    </div>
  );
}

/** Where what was taken in is seen. */
const resultPage: Record<ImportKind, { path: string; word: string }> = {
  households: { path: 'households', word: words.result.toHouseholds },
  cases: { path: 'cases', word: words.result.toCases },
  complaints: { path: 'cases', word: words.result.toCases },
  hotline: { path: 'cases', word: words.result.toCases },
  contractors: { path: 'contractors', word: words.result.toContractors },
  charges: { path: 'charge-items', word: words.result.toChargeItems },
  payments: { path: 'households', word: words.result.toHouseholds },
};

function KindPicker(props: {
  kinds: readonly ImportKind[];
  kind: ImportKind;
  isDisabled: boolean;
  onPick: (kind: ImportKind) => void;
}) {
  return (
    <fieldset className="segments wrap" aria-label={words.kind} disabled={props.isDisabled}>
      {props.kinds.map((kind) => (
        <label key={kind} className={props.kind === kind ? 'on' : undefined}>
          <input type="radio" name="kind" checked={props.kind === kind} onChange={() => props.onPick(kind)} />
          {importKindWords[kind]}
        </label>
      ))}
    </fieldset>
  );
}

function DropZone(props: { file: File | null; onChoose: (file: File | null) => void; isDisabled: boolean }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { file } = props;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!props.isDisabled) props.onChoose(event.dataTransfer.files[0] ?? null);
  };
  return (
    <label
      htmlFor={id}
      className={`dropzone${isOver ? ' over' : ''}${file === null ? '' : ' full'}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={input}
        id={id}
        type="file"
        accept=".xlsx,.xls"
        disabled={props.isDisabled}
        onChange={(event) => {
          props.onChoose(event.target.files?.[0] ?? null);
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = '';
        }}
      />
      {file === null ? (
        <>
          <b>{isOver ? words.drop : words.choose}</b>
          <span className="faint">{words.chooseHint}</span>
        </>
      ) : (
        <>
          <b className="anywhere">{words.chosen(file.name, words.megabytes(file.size))}</b>
          <span className="linklike">{isOver ? words.drop : words.another}</span>
        </>
      )}
      <span className="unseen">{props.isDisabled ? uiWords.saving : ''}</span>
    </label>
  );
}
