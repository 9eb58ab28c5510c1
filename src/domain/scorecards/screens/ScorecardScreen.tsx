// Scorecard 维保单位考核: a row a firm, each figure a button that opens its list; printed as a page, exported as a table.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { monthOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { briefMoment } from '../../../ui/wallTime.ts';
import { download, workbookFile, workbookType } from '../../../ui/workbookFile.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import { chargeParties } from '../../clocks/charge.rules.ts';
import { chargePartyWords } from '../../clocks/clock.words.ts';
import { repairCategoryWords, repairStateWords } from '../../repairs/repair.words.ts';
import { type Scorecard, type ScorecardCase, scorecardRoutes } from '../scorecard.contract.ts';
import { type Figure, figures } from '../scorecard.rules.ts';
import { figureWords, minutesInWords, scorecardWords as words } from '../scorecard.words.ts';
import './scorecards.css';

const codecs = { month: textCodec(), firm: textCodec(), figure: textCodec() };
const monthPattern = /^20\d\d-(0[1-9]|1[0-2])$/;

/** `2026-11` and so many months on. */
function plusMonths(month: string, ahead: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + ahead;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

export function ScorecardScreen() {
  const community = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const now = monthOf(serverNow());
  const month = monthPattern.test(address.month) && address.month <= now ? address.month : now;
  const cards = useQuery({
    queryKey: ['case', community.id, 'scorecards', month],
    queryFn: ({ signal }) =>
      call(scorecardRoutes.listScorecards, { params: { communityId: community.id }, query: { month }, signal }),
  });
  if (cards.error) return <Problem error={cards.error} retry={() => void cards.refetch()} />;
  if (!cards.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const shown = cards.data.items.filter((one) => (one.figures.orders ?? 0) > 0);
  const firm = shown.find((one) => one.contractor.id === address.firm);
  const figure = figures.find((one) => one === address.figure);
  const go = (ahead: number) => setAddress({ month: plusMonths(month, ahead), firm: '', figure: '' });
  const open = (id: string, chosen: Figure) => setAddress({ firm: id, figure: chosen });
  return (
    <div className="stack scorecards">
      <div className="row wrap pagehead">
        <h1>
          {words.title} <span className="faint">{community.name}</span>
        </h1>
        <b className="num">{month}</b>
        <span className="grow" />
        <span className="row wrap no-print">
          <button type="button" className="btn" onClick={() => go(-1)}>
            {words.monthBefore}
          </button>
          <button type="button" className="btn" disabled={month >= now} onClick={() => go(1)}>
            {words.monthAfter}
          </button>
          <button type="button" className="btn" disabled={shown.length === 0} onClick={() => saveCards(shown, month)}>
            {words.export}
          </button>
          <button type="button" className="btn" onClick={() => window.print()}>
            {words.print}
          </button>
        </span>
      </div>
      <p className="muted no-print">{words.lead}</p>
      {shown.length === 0 ? (
        <Card>
          <EmptyState title={words.none}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : (
        <Card flush>
          <div className="tablebox">
            <table className="data">
              <thead>
                <tr>
                  <th scope="col">{words.firm}</th>
                  <th scope="col">{figureWords.orders}</th>
                  <th scope="col">{words.told}</th>
                  <th scope="col">{words.arrived}</th>
                  <th scope="col">{words.finished}</th>
                  <th scope="col">{words.rework}</th>
                  <th scope="col">{words.satisfied}</th>
                  <th scope="col">{words.followedUp}</th>
                  <th scope="col">{words.minutes}</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((card) => (
                  <CardRow key={card.contractor.id} card={card} onOpen={(one) => open(card.contractor.id, one)} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {firm && figure ? (
        <Behind
          key={`${firm.contractor.id}${figure}${month}`}
          card={firm}
          figure={figure}
          month={month}
          onClose={() => setAddress({ firm: '', figure: '' })}
        />
      ) : null}
    </div>
  );
}

const countOf = (card: Scorecard, figure: Figure): number => card.figures[figure] ?? 0;

function CardRow({ card, onOpen }: { card: Scorecard; onOpen: (figure: Figure) => void }) {
  const whole = (figure: Figure) => <FigureButton card={card} figure={figure} onOpen={onOpen} />;
  const share = (all: Figure, bad: Figure) => (
    <>
      <span className="num">{words.percent(countOf(card, all) - countOf(card, bad), countOf(card, all))}</span>
      <span className="row figures">
        {whole(all)}
        {countOf(card, bad) > 0 ? <FigureButton card={card} figure={bad} onOpen={onOpen} isBad /> : null}
      </span>
    </>
  );
  return (
    <tr>
      <th scope="row" className="anywhere">
        {card.contractor.name}
      </th>
      <td>{whole('orders')}</td>
      <td>{share('told', 'told-late')}</td>
      <td>{share('arrived', 'arrived-late')}</td>
      <td>{share('finished', 'finished-late')}</td>
      <td>
        <span className="num">{words.percent(countOf(card, 'rework'), countOf(card, 'done'))}</span>
        <span className="row figures">
          {whole('done')}
          {countOf(card, 'rework') > 0 ? <FigureButton card={card} figure="rework" onOpen={onOpen} isBad /> : null}
        </span>
      </td>
      <td>{share('asked', 'not-satisfied')}</td>
      <td>{share('followed-up', 'followed-up-low')}</td>
      <td>
        <Minutes card={card} />
        {countOf(card, 'charged') > 0 ? whole('charged') : null}
      </td>
    </tr>
  );
}

function FigureButton(props: { card: Scorecard; figure: Figure; onOpen: (figure: Figure) => void; isBad?: boolean }) {
  const count = countOf(props.card, props.figure);
  return (
    <button
      type="button"
      className={props.isBad ? 'linklike num late' : 'linklike num'}
      disabled={count === 0}
      onClick={() => props.onOpen(props.figure)}
    >
      {figureWords[props.figure]} {count}
    </button>
  );
}

/** Whose time it was: the parts sum to the whole, so that they stand as one bar. */
function Minutes({ card }: { card: Scorecard }) {
  const parts = chargeParties
    .map((party) => ({ party, minutes: card.minutes[party] ?? 0 }))
    .filter((one) => one.minutes > 0);
  return (
    <div className="charge">
      <div className="chargebar" aria-hidden="true">
        {parts.map(({ party, minutes }) => (
          <i key={party} className={party} style={{ flexGrow: minutes }} />
        ))}
      </div>
      <span className="num">{minutesInWords(card.totalMinutes)}</span>
      <ul>
        {parts.map(({ party, minutes }) => (
          <li key={party} className="num">
            <i className={party} aria-hidden="true" /> {chargePartyWords[party]} {minutesInWords(minutes)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Behind(props: { card: Scorecard; figure: Figure; month: string; onClose: () => void }) {
  const community = useCommunity();
  const { contractor } = props.card;
  const list = useQuery({
    queryKey: ['case', community.id, 'scorecards', props.month, contractor.id, props.figure],
    queryFn: ({ signal }) =>
      call(scorecardRoutes.listScorecardCases, {
        params: { communityId: community.id, id: contractor.id },
        query: { month: props.month, figure: props.figure },
        signal,
      }),
  });
  const { columns } = words;
  return (
    <Card
      title={words.behind(contractor.name, figureWords[props.figure], props.month)}
      note={list.data?.items.length}
      flush
      actions={
        <button type="button" className="btn quiet no-print" onClick={props.onClose}>
          {words.close}
        </button>
      }
    >
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.data?.items.length === 0 ? <p className="line muted">{words.empty}</p> : null}
      <div className="tablebox">
        <table className="data">
          <thead>
            <tr>
              {Object.entries(columns).map(([key, word]) => (
                <th key={key} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.data?.items.map((row) => (
              <tr key={row.id}>
                <td className="num nowrap">
                  <Link to={caseAddress(community.code, row.id)}>{row.code}</Link>
                </td>
                <td className="anywhere">{row.unit ?? row.place}</td>
                <td className="nowrap">{categoryWord(row)}</td>
                <td className="nowrap">{stateWord(row)}</td>
                <td className="num nowrap">{briefMoment(row.receivedAt, serverNow())}</td>
                <td>
                  <KeptTag kept={row.told} />
                </td>
                <td>
                  <KeptTag kept={row.arrived} />
                </td>
                <td>
                  <KeptTag kept={row.finished} />
                </td>
                <td className="num">{row.reworks === 0 ? '–' : row.reworks}</td>
                <td className="num nowrap">{minutesInWords(row.minutes.contractor ?? 0)}</td>
                <td className="nowrap">{satisfactionWord(row)}</td>
                <td className="num">{row.followUpSatisfaction ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

const categoryWord = (row: ScorecardCase): string =>
  (repairCategoryWords as Readonly<Record<string, string>>)[row.category ?? ''] ?? row.category ?? '';
const stateWord = (row: ScorecardCase): string =>
  (repairStateWords as Readonly<Record<string, string>>)[row.state] ?? row.state;
const satisfactionWord = (row: ScorecardCase): string =>
  row.satisfied === null ? words.satisfaction.none : row.satisfied ? words.satisfaction.yes : words.satisfaction.no;

const KeptTag = ({ kept }: { kept: ScorecardCase['told'] }) =>
  kept === null ? (
    <span className="faint">–</span>
  ) : (
    <span className={kept === 'late' ? 'tag raised' : 'tag'}>{words.kept[kept]}</span>
  );

function saveCards(cards: readonly Scorecard[], month: string): void {
  const minuteHeads = chargeParties.map((party) => `${chargePartyWords[party]}${words.minutesUnit}`);
  const file = workbookFile({
    name: month,
    head: [words.firm, ...figures.map((figure) => figureWords[figure]), ...minuteHeads, words.totalMinutes],
    widths: [24, ...figures.map(() => 12), ...chargeParties.map(() => 16), 14],
    rows: cards.map((card) => [
      card.contractor.name,
      ...figures.map((figure) => String(countOf(card, figure))),
      ...chargeParties.map((party) => String(card.minutes[party] ?? 0)),
      String(card.totalMinutes),
    ]),
  });
  download(file, workbookType, `${words.sheet(month)}.xlsx`);
}
