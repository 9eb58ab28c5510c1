// The work order 派工单 on paper (RP2, RP16): three labelled A5 copies, one on three-part paper, or a form for the radio
// without name, room and phone (PR4).
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf, type Instant, wallTimeOf } from '../../../kernel/time.ts';
import { deviceStore } from '../../../ui/device.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { channelWords } from '../../cases/case.words.ts';
import type { RepairAnswer } from '../repair.contract.ts';
import { doorCheckWords, repairCategoryWords, repairWords, siteCheckWords, urgencyWords } from '../repair.words.ts';
import { buildingInWords, repairPageWords, paperWords as words } from '../repair-page.words.ts';
import { useRepair, useStandard } from './parts/RepairCase.tsx';
import './print.css';

const ways = ['laser', 'matrix', 'radio'] as const;
type Way = (typeof ways)[number];
/** So many lines stay free for what is found on site. */
const materialLines = 4;
/** What a box holds in the usual letters, and in the small ones: the sheet stays one page whatever was said. */
const roomyLetters = 90;
const mostLetters = 270;
const mostLines = 7;

const moment = (at: Instant | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;
const printedMark = (id: string) => `guanjia:printed:${id}`;

export function RepairPrintScreen() {
  const { repairId } = useParams({ strict: false }) as { repairId?: string };
  const id = repairId ?? '';
  const community = useCommunity();
  const repair = useRepair(id);
  const standard = useStandard();
  const [way, setWay] = useState<Way>(
    () => ways.find((one) => one === deviceStore.getItem('guanjia:paper')) ?? 'laser',
  );
  const [isAgain, setAgain] = useState(() => deviceStore.getItem(printedMark(id)) !== null);
  if (repair.error) return <Problem error={repair.error} retry={() => void repair.refetch()} />;
  if (!repair.data) return <div className="busyline" role="status" aria-label={repairPageWords.loading} />;
  const document = standard.data?.document.repair;
  const categoryWord =
    document?.categories.find((one) => one.code === repair.data.category)?.name ??
    (repairCategoryWords as Readonly<Record<string, string>>)[repair.data.category] ??
    repair.data.category;
  const copies = document?.orderCopies.value ?? (['stub', 'repair', 'customer'] as const);
  const choose = (next: Way) => {
    setWay(next);
    deviceStore.setItem('guanjia:paper', next);
  };
  const print = () => {
    window.print();
    deviceStore.setItem(printedMark(id), '1');
    setAgain(true);
  };
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={`/c/${community.code}/repairs/${id}`}>
          {words.back}
        </Link>
        <fieldset className="choices inline" aria-label={words.howPrint}>
          {ways.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="way" checked={way === one} onChange={() => choose(one)} />
              {words[one]}
            </label>
          ))}
        </fieldset>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={print}>
          {words.print}
        </button>
      </div>
      {way === 'radio' ? (
        <RadioForm repair={repair.data} categoryWord={categoryWord} />
      ) : way === 'matrix' ? (
        <WorkOrder
          repair={repair.data}
          communityName={community.name}
          categoryWord={categoryWord}
          copy={words.allCopies}
          isAgain={isAgain}
        />
      ) : (
        copies.map((copy) => (
          <WorkOrder
            key={copy}
            repair={repair.data}
            communityName={community.name}
            categoryWord={categoryWord}
            copy={words.copyOf(repairWords.copies[copy])}
            isAgain={isAgain}
          />
        ))
      )}
    </div>
  );
}

/** Letters written over the boxes where they are known, empty boxes where a pen is to write. */
function WorkOrder(props: {
  repair: RepairAnswer;
  communityName: string;
  categoryWord: string;
  copy: string;
  isAgain: boolean;
}) {
  const { repair } = props;
  const timeOf = (action: string) => repair.timeline.findLast((entry) => entry.action === action)?.at;
  const lines = repair.quote?.lines ?? [];
  return (
    <article className="paper order">
      <header>
        <span>{props.communityName}</span>
        <h1>{words.title}</h1>
        <span className="copy">
          {props.copy}
          {props.isAgain ? ` · ${words.again}` : ''}
        </span>
      </header>
      <table className="form">
        <tbody>
          <tr>
            <th>{words.code}</th>
            <td className="num">{repair.code}</td>
            <th>{words.receivedAt}</th>
            <td className="num">{moment(repair.receivedAt)}</td>
          </tr>
          <tr>
            <th>{words.unit}</th>
            <td>{repair.unit ?? repair.place}</td>
            <th>{words.taker}</th>
            <td>
              {repair.firstContact?.name} {channelWords[repair.channel]}
            </td>
          </tr>
          <tr>
            <th>{words.contact}</th>
            <td>{repair.contact.name}</td>
            <th>{words.phone}</th>
            <td className="num">{repair.contact.phone}</td>
          </tr>
          <tr>
            <th>{words.urgency}</th>
            <td>
              {urgencyWords[repair.urgency]}
              {repair.underWarranty ? ` · ${words.warranty}` : ''}
            </td>
            <th>{words.category}</th>
            <td>{props.categoryWord}</td>
          </tr>
          <tr>
            <th>{words.appointment}</th>
            <td className="num">{moment(repair.appointmentAt)}</td>
            <th>{words.agreed}</th>
            <td className="num">{moment(repair.agreedAt)}</td>
          </tr>
          <tr>
            <th>{words.content}</th>
            <td colSpan={3} className="content">
              <PaperText text={repair.description} />
            </td>
          </tr>
          <tr>
            <th>{words.worker}</th>
            <td>{repair.contractorFirm?.name ?? repair.contractor?.name ?? repair.technician?.name}</td>
            <th>{words.dispatchedAt}</th>
            <td className="num">{moment(timeOf('dispatch'))}</td>
          </tr>
          {repair.contractor === null ? null : (
            <tr>
              <th>{words.contractorSign}</th>
              <td>
                {repair.contractorSigned ? moment(repair.contractorSigned.at) : ''} {repair.contractorSigned?.by?.name}
              </td>
              <th>{words.warrantyUntil}</th>
              <td className="num">{repair.warranty?.isUnder ? repair.warranty.lastDay : ''}</td>
            </tr>
          )}
          <tr>
            <th>{words.arrivedAt}</th>
            <td className="num">{moment(timeOf('arrive'))}</td>
            <th>{words.finishedAt}</th>
            <td className="num">{moment(repair.finishedAt)}</td>
          </tr>
          <tr>
            <th>{words.door}</th>
            <td colSpan={3} className="checks">
              {Object.values(doorCheckWords)
                .map((word) => `${words.blank}${word}`)
                .join(words.gap)}
            </td>
          </tr>
        </tbody>
      </table>
      <table className="form lines">
        <thead>
          <tr>
            {words.materialsHead.map((word) => (
              <th key={word}>{word}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.name}${line.amountFen}`}>
              <td>{line.name}</td>
              <td className="num right">{line.quantity}</td>
              <td className="num right">{repairPageWords.yuan(line.unitPriceFen)}</td>
              <td className="num right">{repairPageWords.yuan(line.amountFen)}</td>
            </tr>
          ))}
          {Array.from(
            { length: Math.max(1, materialLines - lines.length - (repair.contractor === null ? 0 : 1)) },
            (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: empty lines differ in nothing else
              <tr key={index}>
                <td />
                <td />
                <td />
                <td />
              </tr>
            ),
          )}
          <tr>
            <th>{words.sum}</th>
            <td colSpan={2}>{words.settlement}</td>
            <td className="num right">{repair.quote ? repairPageWords.yuan(repair.quote.amountFen) : ''}</td>
          </tr>
        </tbody>
      </table>
      <table className="form">
        <tbody>
          <tr>
            <th>{words.parts}</th>
            <td colSpan={3}>{words.partChecks}</td>
          </tr>
          <tr>
            <th>{words.result}</th>
            <td colSpan={3} className="content">
              <PaperText text={repair.result ?? ''} />
            </td>
          </tr>
          <tr>
            <th>{words.site}</th>
            <td colSpan={3} className="checks">
              {Object.values(siteCheckWords)
                .map((word) => `${words.blank}${word}`)
                .join(words.gap)}
            </td>
          </tr>
          <tr>
            <th>{words.opinion}</th>
            <td>{words.satisfied}</td>
            <th>{words.customerSign}</th>
            <td />
          </tr>
          <tr>
            <th>{words.workerSign}</th>
            <td />
            <th>{words.headSign}</th>
            <td />
          </tr>
        </tbody>
      </table>
    </article>
  );
}

/** Text longer than its box is written smaller; what is still too long ends in a word that says where the rest stands. */
function PaperText({ text }: { text: string }) {
  const written = text.trim().replaceAll(/\s*\n\s*/g, '\n');
  if (written.length <= roomyLetters) return written;
  return (
    <>
      <div className="small">{written}</div>
      {written.length > mostLetters || written.split('\n').length > mostLines ? (
        <div className="rest">{words.rest}</div>
      ) : null}
    </>
  );
}

function RadioForm(props: { repair: RepairAnswer; categoryWord: string }) {
  const { repair } = props;
  const building = buildingInWords(repair.unit);
  const dueOf = (kind: string) =>
    repair.clocks.find((clock) => clock.kind === kind && (clock.state === 'running' || clock.state === 'paused'))
      ?.dueAt;
  return (
    <article className="paper radio">
      <h1>{words.radioTitle}</h1>
      <p className="big num">{repair.code}</p>
      <table className="form">
        <tbody>
          <tr>
            <th>{words.building}</th>
            <td>{building}</td>
          </tr>
          <tr>
            <th>{words.urgency}</th>
            <td>{urgencyWords[repair.urgency]}</td>
          </tr>
          <tr>
            <th>{words.category}</th>
            <td>{props.categoryWord}</td>
          </tr>
          <tr>
            <th>{words.dueAt}</th>
            <td className="num">{moment(dueOf('on-site'))}</td>
          </tr>
          <tr>
            <th>{words.doneBy}</th>
            <td className="num">{moment(dueOf('complete'))}</td>
          </tr>
        </tbody>
      </table>
      <p className="say">
        {words.readAloud({
          code: repair.code,
          building,
          category: props.categoryWord,
          urgency: urgencyWords[repair.urgency],
        })}
      </p>
      <p className="faint">{words.radioHint}</p>
    </article>
  );
}
