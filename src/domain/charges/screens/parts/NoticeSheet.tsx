// One fee notice on A4: to whom, each sum with how it came about, what is owed from before, the whole in figures and capitals.
import { yuanOfFen } from '../../../../kernel/money.ts';
import type { Day } from '../../../../kernel/time.ts';
import type { FeeNotice } from '../../fee-notice.contract.ts';
import { feeNoticeWords as words } from '../../fee-notice.words.ts';

export function NoticeSheet(props: { notice: FeeNotice; community: string; text: string; day: Day }) {
  const { notice } = props;
  const c = words.columns;
  const row = (line: FeeNotice['lines'][number], isEarlier: boolean) => (
    <tr key={line.chargeId}>
      <td>
        {line.item}
        {isEarlier ? <small> {line.month}</small> : null}
      </td>
      <td className="how">
        {line.explanation.map((sentence) => (
          <div key={sentence}>{sentence}</div>
        ))}
      </td>
      <td>
        {line.dueOn}
        {line.overdueDays > 0 ? <small> {words.overdue(line.overdueDays)}</small> : null}
      </td>
      <td className="right">{yuanOfFen(line.amountFen)}</td>
      <td className="right">{yuanOfFen(line.openFen)}</td>
    </tr>
  );
  return (
    <article className="paper noticesheet">
      <h1>
        {props.community} {words.title}
      </h1>
      <div className="noticehead">
        <b>{words.to(notice.payerName, notice.unit.label)}</b>
        <span>{words.thisMonth(notice.month)}</span>
      </div>
      <table>
        <thead>
          <tr>
            <th>{c.item}</th>
            <th>{c.how}</th>
            <th>{c.due}</th>
            <th className="right">{c.amount}</th>
            <th className="right">{c.open}</th>
          </tr>
        </thead>
        <tbody>
          {notice.lines.map((line) => row(line, false))}
          {notice.earlier.length === 0 ? null : (
            <tr>
              <th colSpan={5}>{words.earlier}</th>
            </tr>
          )}
          {notice.earlier.map((line) => row(line, true))}
        </tbody>
        <tfoot>
          <tr>
            <th>{words.toPay}</th>
            <td colSpan={3}>
              {words.capitals} {notice.toPayInCapitals}
            </td>
            <th className="right">{yuanOfFen(notice.toPayFen)}</th>
          </tr>
        </tfoot>
      </table>
      <p>
        <b>{words.by(notice.dueOn)}</b>
      </p>
      {props.text === '' ? null : (
        <section>
          <b>{words.howToPay}</b>
          {props.text.split('\n').map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      )}
      <footer>
        <span>
          {props.community} {words.office}
        </span>
        <span>{words.issued(props.day)}</span>
      </footer>
    </article>
  );
}
