// One channel: what goes there, whether it is on, how it went last, and what can be done with it.
import { Sign } from '../../../../ui/Sign.tsx';
import type { Channel } from '../../channel.contract.ts';
import {
  channelGroupWords,
  channelKindWords,
  deliveryFaultWords,
  channelPageWords as words,
} from '../../channel.words.ts';
import { momentOf } from '../../message.words.ts';

export type TestResult = { text: string; isGood: boolean };

export function ChannelRow(props: {
  channel: Channel;
  isBusy: boolean;
  /** Of the test just sent. */
  result: TestResult | null;
  onTest: () => void;
  onSwitch: () => void;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const { channel, isBusy, result } = props;
  const { name } = channel;
  const why =
    channel.lastErrorCode === null ? null : (deliveryFaultWords[channel.lastErrorCode] ?? channel.lastErrorCode);
  return (
    <li className="card channel">
      <div className="row wrap channelhead">
        <h2 className="anywhere">{name}</h2>
        <span className={channel.isOn ? 'tag good' : 'tag'}>{channel.isOn ? words.isOn : words.isOff}</span>
        <span className="muted">{channelKindWords[channel.kind]}</span>
      </div>
      <p className="channelwhere">
        {words.goes}{' '}
        {channel.groups.map((group) => (
          <span key={group} className="tag accent">
            {channelGroupWords[group].name}
          </span>
        ))}{' '}
        {words.to} <span className="anywhere">{channel.host}</span>
        {channel.mail === null ? null : (
          <span className="faint"> · {words.addresses(channel.mail.destinations.length)}</span>
        )}
      </p>
      <p className="faint num channelhealth">
        <span>{channel.lastSentAt === null ? words.neverSent : words.lastSent(momentOf(channel.lastSentAt))}</span>
        {channel.waiting === 0 ? null : <span>{words.waiting(channel.waiting)}</span>}
        {channel.failed === 0 ? null : <span className="channelbad">{words.failed(channel.failed)}</span>}
      </p>
      {channel.isHostAllowed ? null : (
        <p className="notice bad">
          <Sign name="warning" />
          {words.hostClosed}
        </p>
      )}
      {why === null || !channel.isHostAllowed || result !== null ? null : (
        <p className="notice warn">
          <Sign name="warning" />
          {channel.resumesAt === null ? why : words.resting(momentOf(channel.resumesAt), why)}
        </p>
      )}
      {result === null ? null : (
        <p className={`notice ${result.isGood ? 'good' : 'bad'}`} role={result.isGood ? 'status' : 'alert'}>
          <Sign name={result.isGood ? 'met' : 'warning'} />
          {result.text}
        </p>
      )}
      <div className="row wrap channelacts">
        <button
          type="button"
          className="btn"
          aria-label={words.testOf(name)}
          aria-busy={isBusy}
          disabled={isBusy}
          onClick={props.onTest}
        >
          {isBusy ? words.testing : words.test}
        </button>
        <button type="button" className="btn" aria-label={words.editOf(name)} onClick={props.onEdit}>
          {words.edit}
        </button>
        <button
          type="button"
          className={channel.isOn ? 'btn' : 'btn primary'}
          aria-label={channel.isOn ? words.switchOffOf(name) : words.switchOnOf(name)}
          disabled={isBusy}
          onClick={props.onSwitch}
        >
          {channel.isOn ? words.off : words.on}
        </button>
        <span className="grow" />
        <button type="button" className="btn quiet" aria-label={words.removeOf(name)} onClick={props.onRemove}>
          {words.remove}
        </button>
      </div>
    </li>
  );
}
