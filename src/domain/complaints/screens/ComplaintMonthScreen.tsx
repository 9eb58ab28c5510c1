// The complaints of a month on paper 投诉月报 (CP11): statistics and register as sheets in A4 across, both as workbook and
// document, and the choice of whom to visit again.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Month, monthOf } from '../../../kernel/time.ts';
import { oneOfCodec, textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { addressOf, call } from '../../../ui/call.ts';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { lookOf } from '../../cases/screens/parts/caseFace.ts';
import { monthAfter } from '../../indicators/indicator.rules.ts';
import {
  type ComplaintMonth,
  complaintMonthRoutes,
  complaintPapers,
  monthExtents,
  paperFormats,
} from '../complaint-month.contract.ts';
import { type Paper, paperOf, reasonsOf, complaintMonthWords as words } from '../complaint-month-paper.words.ts';
import '../../../ui/paper.css';
import './complaint-month.css';

const codecs = {
  month: textCodec(),
  paper: oneOfCodec(complaintPapers, 'statistics'),
  extent: oneOfCodec(monthExtents, 'cutoff'),
};
const isMonth = (text: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

export function ComplaintMonthScreen() {
  const community = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const { paper, extent } = address;
  const current = monthOf(serverNow());
  const month = isMonth(address.month) && address.month <= current ? address.month : current;
  const params = { communityId: community.id, month };
  const facts = useQuery({
    queryKey: ['complaint-month', community.id, month, extent],
    queryFn: ({ signal }) => call(complaintMonthRoutes.readComplaintMonth, { params, query: { extent }, signal }),
    placeholderData: keepPreviousData,
  });
  const go = (to: Month) => to <= current && setAddress({ month: to });
  const extents = words.extents(facts.data?.cutoffDay ?? 30);
  return (
    <div className="paperpage monthpapers">
      <h1 className="no-print">
        {words.title} <span className="faint">{community.name}</span>
      </h1>
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/indicators?month=${month}`}>
          {words.back}
        </Link>
        <span className="row">
          <button type="button" className="btn" onClick={() => go(monthAfter(month, -1))}>
            {words.before}
          </button>
          <input
            className="monthinput num"
            type="month"
            aria-label={words.month}
            value={month}
            max={current}
            onChange={(event) => isMonth(event.target.value) && go(event.target.value)}
          />
          <button type="button" className="btn" disabled={month >= current} onClick={() => go(monthAfter(month))}>
            {words.after}
          </button>
        </span>
        <Choices
          label={words.paper}
          of={complaintPapers}
          chosen={paper}
          wordOf={(one) => words.papers[one]}
          onChoose={(one) => setAddress({ paper: one })}
        />
        <Choices
          label={words.extent}
          of={monthExtents}
          chosen={extent}
          wordOf={(one) => extents[one]}
          onChoose={(one) => setAddress({ extent: one })}
        />
        <span className="row wrap">
          {paperFormats.map((format) => (
            <a
              key={format}
              className="btn"
              href={addressOf(complaintMonthRoutes.exportComplaintMonth.path, { ...params, paper }, { extent, format })}
              download
            >
              {words[format]}
            </a>
          ))}
          <button type="button" className="btn primary" onClick={() => window.print()}>
            {words.print}
          </button>
        </span>
      </div>
      <Problem error={facts.error} retry={() => void facts.refetch()} />
      {facts.data ? (
        <>
          <Visits facts={facts.data} communityId={community.id} communityCode={community.code} />
          <Sheet
            paper={paperOf(paper, facts.data, (category) => lookOf('repair')?.categoryWord(category) ?? category)}
            house={community.name}
          />
        </>
      ) : (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      )}
    </div>
  );
}

function Choices<One extends string>(props: {
  label: string;
  of: readonly One[];
  chosen: One;
  wordOf: (one: One) => string;
  onChoose: (one: One) => void;
}) {
  return (
    <fieldset className="choices inline" aria-label={props.label}>
      {props.of.map((one) => (
        <label key={one} className="choice">
          <input type="radio" name={props.label} checked={one === props.chosen} onChange={() => props.onChoose(one)} />
          {props.wordOf(one)}
        </label>
      ))}
    </fieldset>
  );
}

function Visits({
  facts,
  communityId,
  communityCode,
}: {
  facts: ComplaintMonth;
  communityId: string;
  communityCode: string;
}) {
  const cache = useQueryClient();
  const { key, renew } = useIdempotencyKey();
  const choose = useMutation({
    mutationFn: (body: { choose: string[]; drop: string[] }) =>
      call(complaintMonthRoutes.chooseComplaintVisits, {
        params: { communityId, month: facts.month },
        body,
        key,
      }),
    onSuccess: renew,
    onSettled: () => cache.invalidateQueries({ queryKey: ['complaint-month', communityId, facts.month] }),
  });
  const offered = facts.items
    .filter((one) => !one.anonymous)
    .sort((a, b) => Number(b.isChosen) - Number(a.isChosen) || b.reasons.length - a.reasons.length);
  return (
    <div className="visitcard no-print">
      <Card title={words.visits} note={words.visitsNote(facts.items.filter((one) => one.isChosen).length)}>
        <p className="muted">{offered.length === 0 ? words.noVisits : words.visitsHint}</p>
        <Problem error={choose.error} />
        <ul className="visits">
          {offered.map((one) => (
            <li key={one.id}>
              <label className="row">
                <input
                  type="checkbox"
                  aria-label={words.choose(one.code)}
                  checked={one.isChosen}
                  disabled={choose.isPending}
                  onChange={() =>
                    choose.mutate(one.isChosen ? { choose: [], drop: [one.id] } : { choose: [one.id], drop: [] })
                  }
                />
                <span className="num nowrap">{words.placeOf(one)}</span>
                <span>{words.customerOf(one)}</span>
                <span className="soonword">{reasonsOf(one)}</span>
              </label>
              <Link className="num nowrap" to={caseAddress(communityCode, one.id, 'complaint')}>
                {one.code}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Sheet({ paper, house }: { paper: Paper; house: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className="sheetscroll" aria-label={paper.title} tabIndex={0}>
      <article className="paper wide">
        <header>
          <span>{house}</span>
          <h1>{paper.title}</h1>
          <span className="copy">{paper.mark}</span>
        </header>
        {paper.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {paper.tables.map((table) => {
          const whole = table.columns.reduce((sum, column) => sum + column.width, 0);
          return (
            <section key={table.name}>
              <h2>{table.name}</h2>
              <table className="form lines monthtable">
                <colgroup>
                  {table.columns.map((column) => (
                    <col key={column.header} style={{ width: `${(column.width / whole) * 100}%` }} />
                  ))}
                </colgroup>
                <thead>
                  <tr>
                    {table.columns.map((column) => (
                      <th key={column.header} scope="col">
                        {column.header}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {table.rows.map((row) => (
                    <tr key={row.slice(0, 2).join(' ')}>
                      {row.map((cell, index) => (
                        <td key={table.columns[index]?.header}>{cell}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          );
        })}
        <p className="signline">
          {paper.signs.map((sign) => (
            <span key={sign}>{words.sign(sign)}</span>
          ))}
        </p>
      </article>
    </section>
  );
}
