// The slip 住户回访记录表 on paper, A5 or A4: blank for the way to the door, or filled with what the customer said.
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { dayOf, wallTimeOf } from '../../../kernel/time.ts';
import { addressOf } from '../../../ui/call.ts';
import { deviceStore } from '../../../ui/device.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { attachmentRoutes } from '../../attachments/attachment.contract.ts';
import type { FollowUp } from '../follow-up.contract.ts';
import {
  attemptOutcomeWords,
  followUpChannelWords,
  followUpSubjectWords,
  questionWords,
  stepWords,
  verdictWords,
} from '../follow-up.words.ts';
import { followUpPanelWords, slipWords as words } from '../follow-up-page.words.ts';
import { followUpAddress } from './parts/followUpFacts.ts';
import { stepQuestions } from './recordDraft.ts';
import { useFollowUp } from './useFollowUps.ts';
import '../../../ui/paper.css';
import './parts/slip.css';

const sizes = ['a5', 'a4'] as const;
type Size = (typeof sizes)[number];
const sizeKept = 'guanjia:slip-size';
/** What a box holds on A5 in the usual letters; longer text is written smaller, and cut where it would leave the sheet. */
const roomyLetters = 90;
const mostLetters = 240;
const attemptsShown = 4;

const moment = (at: string | null | undefined): string =>
  at === null || at === undefined ? '' : `${dayOf(at)} ${wallTimeOf(at).slice(0, 5)}`;

export function FollowUpSlipScreen() {
  const { followUpId } = useParams({ strict: false }) as { followUpId?: string };
  const id = followUpId ?? '';
  const community = useCommunity();
  const followUp = useFollowUp(id);
  const [size, setSize] = useState<Size>(() => (deviceStore.getItem(sizeKept) === 'a4' ? 'a4' : 'a5'));
  const [isBlank, setBlank] = useState(false);
  if (followUp.error) return <Problem error={followUp.error} retry={() => void followUp.refetch()} />;
  if (!followUp.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const hasResult = followUp.data.result !== null;
  const choose = (next: Size) => {
    setSize(next);
    deviceStore.setItem(sizeKept, next);
  };
  return (
    <div className="paperpage">
      <div className="row wrap no-print papertools">
        <Link className="btn" to={followUpAddress(community.code, id)}>
          {words.back}
        </Link>
        <fieldset className="choices inline" aria-label={words.how}>
          {sizes.map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="size" checked={size === one} onChange={() => choose(one)} />
              {words.sizes[one]}
            </label>
          ))}
        </fieldset>
        {hasResult ? (
          <fieldset className="choices inline" aria-label={words.how}>
            {([false, true] as const).map((blank) => (
              <label key={String(blank)} className="choice">
                <input type="radio" name="blank" checked={isBlank === blank} onChange={() => setBlank(blank)} />
                {blank ? words.blank : words.filled}
              </label>
            ))}
          </fieldset>
        ) : null}
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => window.print()}>
          {words.print}
        </button>
      </div>
      <Slip
        followUp={isBlank ? { ...followUp.data, result: null, review: null, attempts: [] } : followUp.data}
        communityName={community.name}
        size={size}
      />
    </div>
  );
}

function Slip({ followUp, communityName, size }: { followUp: FollowUp; communityName: string; size: Size }) {
  const { result, review } = followUp;
  const tick = (isTicked: boolean) => (isTicked ? words.ticked : words.empty);
  return (
    <article className={`paper slip ${size}`}>
      <header>
        <span>{communityName}</span>
        <h1>{words.title}</h1>
        <span className="copy num">{followUp.code}</span>
      </header>
      <table className="form">
        <tbody>
          <Pair
            items={[
              [words.unit, followUp.unit ?? followUp.place],
              [words.customer, followUp.contact.name],
            ]}
          />
          <Pair
            items={[
              [words.phone, followUp.contact.phone],
              [words.kind, followUpSubjectWords[followUp.what]],
            ]}
          />
          <Pair
            items={[
              [words.caseCode, followUp.caseCode],
              [words.finishedAt, moment(followUp.finishedAt)],
            ]}
          />
          <Pair
            items={[
              [words.handlers, followUp.handlers.map((one) => one.name).join('、')],
              [words.dueAt, moment(followUp.visitDueAt ?? followUp.dueAt)],
            ]}
          />
          <Pair
            items={[
              [words.caller, result?.by.name ?? followUp.caller?.name],
              [words.at, moment(result?.at)],
            ]}
          />
          <Wide name={words.summary} text={followUp.summary} className="content" />
          <tr>
            <th>{words.way}</th>
            <td colSpan={3} className="checks">
              {Object.entries(followUpChannelWords).map(([channel, word]) => (
                <span key={channel} className="check">
                  {tick(result?.channel === channel)} {word}
                </span>
              ))}
            </td>
          </tr>
          {stepQuestions.map((question) => (
            <tr key={question}>
              <th>{questionWords[question]}</th>
              <td colSpan={3} className="checks">
                {stepWords.map((word, index) => (
                  <span key={word} className="check">
                    {tick(result?.[question] === index + 1)} {word}
                  </span>
                ))}
              </td>
            </tr>
          ))}
          <Wide name={questionWords.lacking} text={result?.lacking ?? ''} className="content" />
          <Wide name={questionWords.suggestions} text={result?.suggestions ?? ''} className="content" />
          <tr>
            <th>{words.verdict}</th>
            <td colSpan={3} className="checks">
              {Object.entries(verdictWords).map(([verdict, word]) => (
                <span key={verdict} className="check">
                  {tick(result?.verdict === verdict)} {word}
                </span>
              ))}
            </td>
          </tr>
          <tr>
            <th>{words.attempts}</th>
            <td colSpan={3} className="tries">
              {followUp.attempts.slice(-attemptsShown).map((one) => (
                <div key={one.id} className="num">
                  {moment(one.at)}{' '}
                  {followUpPanelWords.attempt(
                    one.by.name,
                    one.atDoor ? followUpPanelWords.atDoor : followUpPanelWords.byPhone,
                    attemptOutcomeWords[one.outcome],
                  )}
                </div>
              ))}
            </td>
          </tr>
          <tr>
            <th>{words.customerSign}</th>
            <td colSpan={3} className="sign">
              {result?.signed ? <Signature followUp={followUp} /> : result?.reason}
            </td>
          </tr>
          <Wide name={words.review} text={review?.comment ?? ''} className="opinion" />
          <Wide name={words.improvement} text={review?.improvement?.text ?? ''} className="opinion" />
          <Pair
            items={[
              [words.reviewer, review === null ? '' : `${review.by.name} ${moment(review.at)}`],
              [
                words.improvementOwner,
                review?.improvement ? `${review.improvement.owner.name} ${review.improvement.on}` : '',
              ],
            ]}
          />
        </tbody>
      </table>
      <p className="kept">{words.kept(followUp.keptUntil)}</p>
    </article>
  );
}

function Pair({ items }: { items: readonly (readonly [string, string | null | undefined])[] }) {
  return (
    <tr>
      {items.map(([name, value]) => (
        <Fragment key={name}>
          <th>{name}</th>
          <td className="num">{value}</td>
        </Fragment>
      ))}
    </tr>
  );
}

function Wide(props: { name: string; text: string; className: string }) {
  const written = props.text.trim().replaceAll(/\s*\n\s*/g, '\n');
  return (
    <tr>
      <th>{props.name}</th>
      <td colSpan={3} className={props.className}>
        {written.length <= roomyLetters ? (
          written
        ) : (
          <>
            <div className="small">{written}</div>
            {written.length > mostLetters ? <div className="rest">{words.rest}</div> : null}
          </>
        )}
      </td>
    </tr>
  );
}

/** What was drawn on the device is the last that was attached; a photo of the signed slip stands there as well. */
function Signature({ followUp }: { followUp: FollowUp }) {
  const [isMissing, setMissing] = useState(false);
  const id = followUp.result?.attachmentIds.at(-1);
  if (id === undefined || isMissing) return <>{words.signedOnFile}</>;
  const address = addressOf(
    attachmentRoutes.getAttachment.path,
    { communityId: followUp.communityId, id },
    { size: 'full' },
  );
  return <img src={address} alt={words.customerSign} onError={() => setMissing(true)} />;
}
