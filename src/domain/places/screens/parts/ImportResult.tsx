// What an import would do or did: counts by noun, what wasn't read, and the rows that were wrong with what is expected.
import { Card, Facts } from '../../../../ui/Card.tsx';
import { addressOf } from '../../../../ui/call.ts';
import { Sign } from '../../../../ui/Sign.tsx';
import { ignoredSheetWords } from '../../import.words.ts';
import { importNounWords, importPageWords, importProfileWords } from '../../import-page.words.ts';
import { type ImportAnswer, importRoutes } from '../../import-run.contract.ts';
import { placeProblems } from '../../place.words.ts';

const words = importPageWords.result;
const rejectedWords = importPageWords.rejected;
const sheetReason = (reason: string) =>
  reason in ignoredSheetWords ? ignoredSheetWords[reason as keyof typeof ignoredSheetWords] : reason;

export function ImportResult({ answer }: { answer: ImportAnswer }) {
  const { summary } = answer;
  const nouns = [...new Set([...Object.keys(summary.created), ...Object.keys(summary.changed)])].filter(
    (noun) => (summary.created[noun] ?? 0) + (summary.changed[noun] ?? 0) > 0,
  );
  const columnsBySheet = new Map<string, string[]>();
  for (const { sheet, column } of summary.ignoredColumns)
    columnsBySheet.set(sheet, [...(columnsBySheet.get(sheet) ?? []), column]);
  const reason = answer.errorCode === null ? null : placeProblems.titles[answer.errorCode]?.({}).zh;
  return (
    <>
      <Card title={answer.dryRun ? words.previewTitle : words.doneTitle} note={answer.fileName}>
        <div className="col">
          {answer.state === 'done' ? (
            <p className="notice good" role="status">
              <Sign name="met" />
              {answer.written === 0 ? words.doneNothing : words.done(answer.written)}
            </p>
          ) : null}
          {answer.state === 'failed' || answer.state === 'rejected' ? (
            <div className="notice bad" role="alert">
              <Sign name="warning" />
              <div>
                <b>{answer.state === 'failed' ? words.failed : words.rejectedAll}</b>
                {reason ? <div>{reason}</div> : null}
              </div>
            </div>
          ) : null}
          {answer.state === 'previewed' && nouns.length === 0 && answer.rejectedCount === 0 ? (
            <p className="notice plain" role="status">
              <Sign name="note" />
              {importPageWords.nothingToDo}
            </p>
          ) : null}
          <div className="tally">
            <Tally word={words.rows} value={answer.rows} />
            <Tally word={words.accepted} value={answer.accepted} look="good" />
            <Tally word={words.rejected} value={answer.rejectedCount} look={answer.rejectedCount > 0 ? 'bad' : ''} />
          </div>
          {nouns.length === 0 ? null : (
            <table className="data dense plain">
              <caption className="unseen">{answer.dryRun ? words.changes : words.changed}</caption>
              <thead>
                <tr>
                  <th>{answer.dryRun ? words.changes : words.changed}</th>
                  <th className="right">{words.created}</th>
                  <th className="right">{words.updated}</th>
                </tr>
              </thead>
              <tbody>
                {nouns.map((noun) => (
                  <tr key={noun}>
                    <td>{importNounWords[noun] ?? noun}</td>
                    <td className="right">{(summary.created[noun] ?? 0).toLocaleString('zh-CN')}</td>
                    <td className="right">{(summary.changed[noun] ?? 0).toLocaleString('zh-CN')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {summary.unchanged > 0 ? <p className="muted">{words.unchanged(summary.unchanged)}</p> : null}
          {summary.profiles.length > 0 ? (
            <Facts
              items={[
                {
                  name: words.profile,
                  value: summary.profiles.map((code) => importProfileWords[code] ?? code).join('、'),
                },
              ]}
            />
          ) : null}
          {summary.ignoredSheets.length + summary.ignoredColumns.length > 0 ? (
            <details className="why">
              <summary>{words.ignored}</summary>
              <ul>
                {summary.ignoredSheets.map((one) => (
                  <li key={one.sheet}>{words.ignoredSheet(one.sheet, sheetReason(one.reason))}</li>
                ))}
                {[...columnsBySheet].map(([sheet, columns]) => (
                  <li key={sheet}>{words.ignoredColumn(sheet, columns.join('、'))}</li>
                ))}
              </ul>
            </details>
          ) : null}
        </div>
      </Card>
      {answer.rejectedCount > 0 ? <RejectedRows answer={answer} /> : null}
    </>
  );
}

const Tally = (props: { word: string; value: number; look?: string }) => (
  <div className={`tallyone ${props.look ?? ''}`}>
    <span>{props.word}</span>
    <b className="num">{words.lines(props.value)}</b>
  </div>
);

function RejectedRows({ answer }: { answer: ImportAnswer }) {
  const { rejected, rejectedCount } = answer;
  const report = addressOf(importRoutes.readImportReport.path, { communityId: answer.communityId, id: answer.id });
  const isHidden = rejected.some((one) => one.read === '***');
  return (
    <Card
      title={rejectedWords.title}
      note={
        rejected.length < rejectedCount
          ? rejectedWords.shown(rejected.length, rejectedCount)
          : rejectedWords.all(rejectedCount)
      }
      actions={
        <a className="btn quiet" href={report} download>
          {words.report}
        </a>
      }
      flush
    >
      {isHidden ? <p className="line faint">{rejectedWords.hidden}</p> : null}
      <div className="tablebox rejectedrows">
        <table className="data dense">
          <thead>
            <tr>
              <th>{rejectedWords.sheet}</th>
              <th className="right">{rejectedWords.row}</th>
              <th>{rejectedWords.column}</th>
              <th>{rejectedWords.read}</th>
              <th>{rejectedWords.expected}</th>
            </tr>
          </thead>
          <tbody>
            {rejected.map((one) => (
              <tr key={`${one.sheet} ${one.row} ${one.column} ${one.code}`}>
                <td className="nowrap">{one.sheet}</td>
                <td className="right">{one.row}</td>
                <td className="nowrap">{one.column}</td>
                <td className="anywhere read">
                  {one.read === '' ? <span className="faint">{rejectedWords.blank}</span> : one.read}
                </td>
                <td>{one.expected}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
