// Who speaks and from where 谁、哪里: the room or the place, the caller, the channel.
import type { RefObject } from 'react';
import { Card } from '../../../ui/Card.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Field } from '../../../ui/Field.tsx';
import type { Channel } from '../../cases/case.contract.ts';
import { channelWords } from '../../cases/case.words.ts';
import { relationWords } from '../../parties/party.words.ts';
import { UnitPicker } from '../../places/screens/parts/UnitPicker.tsx';
import type { Household } from '../../places/unit.contract.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import type { TalkPart } from './talkFaults.ts';
import { focusName, PersonChoice } from './talkFields.tsx';

/** Channels a desk meets; the others are written by the program or by those concerned. */
const { technician: _, ...deskChannels } = channelWords;
const deskChannelWords: Readonly<Record<string, string>> = deskChannels;

export function TalkWho(
  props: TalkPart & {
    communityId: string;
    people: Household['people'];
    /** The phone on file of whoever was named, masked. */
    onFile: string | null;
    unitField: RefObject<HTMLInputElement | null>;
    onPlaced: () => void;
  },
) {
  const { talk, faults, change, people, onFile, unitField } = props;
  return (
    <Card title={words.steps.who}>
      <div className="talkgrid">
        <div className="talkwide">
          {talk.place === null ? (
            <UnitPicker
              communityId={props.communityId}
              label={words.unit}
              placeholder={words.unitPlaceholder}
              inputRef={unitField}
              text={talk.unitText}
              chosenId={talk.unitId}
              fault={faults.where}
              onText={(unitText) => change({ unitText, unitId: null })}
              onChoose={(unit) => {
                change({ unitId: unit.id, unitText: unit.label });
                props.onPlaced();
                focusName('callerName');
              }}
            />
          ) : (
            <Field
              name="where"
              label={words.place}
              placeholder={words.placePlaceholder}
              value={talk.place}
              fault={faults.where}
              onChange={(event) => change({ place: event.target.value })}
            />
          )}
          <button
            type="button"
            className="btn quiet small"
            onClick={() => {
              change(talk.place === null ? { place: '', unitId: null, unitText: '' } : { place: null });
              requestAnimationFrame(() => (talk.place === null ? focusName('where') : unitField.current?.focus()));
            }}
          >
            {talk.place === null ? words.isPlace : words.isUnit}
          </button>
        </div>
        <div>
          <Field
            name="callerName"
            label={words.callerName}
            placeholder={words.callerNamePlaceholder}
            autoComplete="off"
            value={talk.callerName}
            fault={faults.callerName}
            onChange={(event) => change({ callerName: event.target.value })}
          />
          {people.length > 0 && talk.callerName === '' ? (
            <div className="row wrap choices">
              {people.slice(0, 5).map((one, index) => (
                <PersonChoice
                  key={one.relationId}
                  number={index + 1}
                  onChoose={() => {
                    change({ callerName: one.name });
                    focusName('callerPhone');
                  }}
                >
                  {`${one.name} ${relationWords[one.relation]}`}
                </PersonChoice>
              ))}
            </div>
          ) : null}
        </div>
        <Field
          name="callerPhone"
          label={words.callerPhone}
          type="tel"
          autoComplete="off"
          value={talk.callerPhone}
          fault={faults.callerPhone}
          hint={onFile === null ? undefined : words.callerPhoneHint(onFile)}
          onChange={(event) => change({ callerPhone: event.target.value })}
        />
        <Choice
          label={words.channel}
          value={talk.channel}
          words={deskChannelWords}
          onChange={(channel) => change({ channel: channel as Channel })}
        />
      </div>
    </Card>
  );
}
