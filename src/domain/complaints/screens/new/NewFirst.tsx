// The first save 先存下: level, unit and phone, in the order of the talk; the clocks run from it (CP1, CP3).
import type { RefObject } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { type Channel, channels } from '../../../cases/case.contract.ts';
import { channelWords, postWords } from '../../../cases/case.words.ts';
import { limitInWords } from '../../../clocks/clock.words.ts';
import { relationWords } from '../../../parties/party.words.ts';
import { UnitPicker } from '../../../places/screens/parts/UnitPicker.tsx';
import type { Household } from '../../../places/unit.contract.ts';
import type { StandardDocument } from '../../../standards/standard.contract.ts';
import { severityWords } from '../../complaint-case.words.ts';
import { respondRule } from '../../complaint-clocks.rules.ts';
import { complaintNewWords as words } from '../../complaint-page.words.ts';
import { type Severity, severities } from '../../complaint-shapes.contract.ts';
import { severityTone } from '../parts/complaintLook.ts';
import type { NewPart } from './newPart.ts';

/** The technician's own channel is written at the door. */
const deskChannels: readonly Channel[] = channels.filter((one) => one !== 'technician');
const deskChannelWords: Readonly<Record<string, string>> = Object.fromEntries(
  deskChannels.map((one) => [one, channelWords[one]]),
);
const writtenChannels: readonly Channel[] = ['letter', 'complaint-box', 'email'];
const peopleShown = 4;

export function NewFirst(
  props: NewPart & {
    communityId: string;
    document: StandardDocument | undefined;
    people: Household['people'];
    unitField: RefObject<HTMLInputElement | null>;
    phoneField: RefObject<HTMLInputElement | null>;
  },
) {
  const { draft, faults, change } = props;
  const isRecorded = draft.recorded !== null;
  const onFile = props.people.find((one) => one.name === draft.name.trim())?.phone ?? null;
  const isUnreachable = !draft.anonymous && draft.unitId === null && draft.phone.trim() === '';
  return (
    <Card title={words.steps.first}>
      <div className="col gap">
        <LevelChoice
          value={draft.severity}
          isLocked={isRecorded}
          document={props.document}
          onChange={(severity) => change({ severity })}
        />
        {isRecorded ? null : (
          <label className="choice anonymous">
            <input
              type="checkbox"
              name="anonymous"
              checked={draft.anonymous}
              onChange={(event) => change({ anonymous: event.target.checked })}
            />
            <span>
              {words.anonymous} <kbd>Alt N</kbd> <span className="faint">{words.anonymousHint}</span>
            </span>
          </label>
        )}
        {isRecorded && draft.anonymous ? <p className="notice plain">{words.anonymousOn}</p> : null}
        <div className="threefields">
          {draft.anonymous ? null : (
            <>
              <UnitPicker
                communityId={props.communityId}
                label={words.unit}
                placeholder={words.unitPlaceholder}
                inputRef={props.unitField}
                text={draft.unitText}
                chosenId={draft.unitId}
                fault={faults.unitId}
                onText={(unitText) => change({ unitText, unitId: null })}
                onChoose={(unit) => {
                  change({ unitId: unit.id, unitText: unit.label });
                  props.phoneField.current?.focus();
                }}
              />
              <PhoneField {...props} onFile={onFile} />
              <div>
                <Field
                  label={words.name}
                  name="contact.name"
                  maxLength={60}
                  autoComplete="off"
                  placeholder={words.namePlaceholder}
                  value={draft.name}
                  fault={faults['contact.name']}
                  onChange={(event) => change({ name: event.target.value })}
                />
                {props.people.length > 0 && draft.name === '' ? (
                  <div className="row wrap people">
                    {props.people.slice(0, peopleShown).map((one) => (
                      <button
                        key={one.relationId}
                        type="button"
                        className="chip"
                        tabIndex={-1}
                        onClick={() => change({ name: one.name })}
                      >
                        {one.name} {relationWords[one.relation]}
                      </button>
                    ))}
                  </div>
                ) : null}
              </div>
            </>
          )}
          <Choice
            label={words.channel}
            value={draft.channel}
            words={deskChannelWords}
            onChange={(channel) => change({ channel: channel as Channel })}
          />
        </div>
        {writtenChannels.includes(draft.channel) ? <p className="notice plain">{words.letterHint}</p> : null}
        {isUnreachable && !isRecorded && draft.account !== '' ? <p className="faint">{words.noContact}</p> : null}
        {isRecorded ? null : (
          <div className="row wrap">
            <button type="button" className="btn primary tall" aria-keyshortcuts="Control+Enter" onClick={props.onSave}>
              {props.isSaving ? words.saving : words.saveFirst} <kbd>Ctrl ↵</kbd>
            </button>
            <span className="faint grow">{words.keys}</span>
          </div>
        )}
      </div>
    </Card>
  );
}

function PhoneField({
  draft,
  faults,
  change,
  phoneField,
  onFile,
}: NewPart & { phoneField: RefObject<HTMLInputElement | null>; onFile: string | null }) {
  const fault = faults['contact.phone'];
  return (
    <div className="field">
      <label htmlFor="complaintphone">{words.phone}</label>
      <input
        id="complaintphone"
        ref={phoneField}
        name="contact.phone"
        type="tel"
        autoComplete="off"
        maxLength={40}
        value={draft.phone}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={fault === undefined ? undefined : 'complaintphonefault'}
        onChange={(event) => change({ phone: event.target.value })}
      />
      {onFile === null ? null : <span className="hint">{words.phoneOnFile(onFile)}</span>}
      {fault === undefined ? null : (
        <span id="complaintphonefault" className="fault">
          {fault}
        </span>
      )}
    </div>
  );
}

function LevelChoice(props: {
  value: Severity;
  isLocked: boolean;
  document: StandardDocument | undefined;
  onChange: (severity: Severity) => void;
}) {
  return (
    <fieldset className="levels" disabled={props.isLocked}>
      <legend>
        {words.level} <span className="faint">{words.levelHint}</span>
      </legend>
      {severities.map((severity, index) => (
        <label key={severity} className={`level ${severityTone(severity)}`}>
          <input
            type="radio"
            name="severity"
            checked={props.value === severity}
            onChange={() => props.onChange(severity)}
          />
          <span className="row">
            <b className="grow">{severityWords[severity]}</b>
            <kbd>{words.levelKey(index + 1)}</kbd>
          </span>
          <span className="faint">{limitOf(props.document, severity)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** `1 分钟内须由总经理接手`: what the choice sets going. */
export function limitOf(document: StandardDocument | undefined, severity: Severity): string {
  const rule = document && respondRule(document, severity);
  if (!rule?.limit) return '';
  const within = 'minutes' in rule.limit ? words.minutes(rule.limit.minutes) : limitInWords(rule.limit);
  return rule.stopsOn === 'take-over'
    ? words.takenOverIn(postWords[rule.owner.at(-1) ?? 'manager'], within)
    : words.signedForIn(within);
}
