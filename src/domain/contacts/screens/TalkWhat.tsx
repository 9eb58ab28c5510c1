// What it is about 什么事: the words, what becomes of them, and for a repair its kind, urgency and price.
import { Link } from '@tanstack/react-router';
import type { Instant } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { ColleaguePicker } from '../../access/screens/parts/ColleaguePicker.tsx';
import { caseAddress } from '../../cases/screens/parts/caseAddress.ts';
import type { Household } from '../../places/unit.contract.ts';
import type { PriceItem } from '../../price-lists/price-list.contract.ts';
import { priceListPageWords as priceWords } from '../../price-lists/price-list.words.ts';
import { PriceItemPicker } from '../../price-lists/screens/parts/PriceItemPicker.tsx';
import { urgencies } from '../../repairs/repair.contract.ts';
import { urgencyWords } from '../../repairs/repair.words.ts';
import { WarrantyField } from '../../warranties/screens/parts/WarrantyField.tsx';
import { contactOutcomes } from '../contact.contract.ts';
import { newContactWords as words } from '../new-contact.words.ts';
import { categoryOf, urgencyOf } from './newContact.ts';
import type { TalkPart } from './talkFaults.ts';
import { Choices, DescriptionField, TimeField } from './talkFields.tsx';

const outcomeOrder = [...contactOutcomes].sort((a, b) => Number(b === 'case') - Number(a === 'case'));

export function TalkWhat(
  props: TalkPart & {
    communityId: string;
    communityCode: string;
    categories: readonly { code: string; name: string }[];
    priceItems: readonly PriceItem[];
    callBackAt: Instant | null;
    /** Open orders of the same kind in the same room. */
    duplicates: Household['openCases'];
  },
) {
  const { talk, faults, change } = props;
  const isRepair = talk.outcome === 'case';
  const category = categoryOf(talk);
  const urgency = urgencyOf(talk);
  return (
    <Card title={words.steps.what}>
      <div className="stack">
        <DescriptionField
          value={talk.description}
          fault={faults.description}
          onChange={(description) => change({ description })}
        />
        <Choices
          name="outcome"
          label={words.steps.outcome}
          hint={words.outcomeHints[talk.outcome]}
          value={talk.outcome}
          isLocked={talk.recorded !== null}
          options={outcomeOrder.map((outcome) => [outcome, words.outcomes[outcome]])}
          onChange={(outcome) => change({ outcome })}
        />
        {talk.outcome === 'call-back' ? (
          <TimeField
            name="callBack"
            label={words.callBackAt}
            isNeeded={false}
            text={talk.callBack}
            at={props.callBackAt}
            fault={faults.callBack}
            onText={(callBack) => change({ callBack })}
          />
        ) : null}
        {talk.outcome === 'message' ? (
          <ColleaguePicker
            communityId={props.communityId}
            name="messageToId"
            label={words.messageTo}
            none={words.messageToNone}
            value={talk.messageToId}
            fault={faults.messageToId}
            onChange={(messageToId) => change({ messageToId })}
          />
        ) : null}
        {isRepair || talk.outcome === 'answered' ? null : (
          <Choices
            name="askKind"
            label={words.askKind}
            value={talk.askKind}
            options={[
              ['enquiry', words.askKinds.enquiry],
              ['suggestion', words.askKinds.suggestion],
            ]}
            onChange={(askKind) => change({ askKind })}
          />
        )}
        {isRepair ? (
          <>
            <Choices
              name="category"
              label={words.category}
              hint={talk.category === null && category !== null ? words.suggested : undefined}
              fault={faults.category}
              value={category}
              options={props.categories.map((one) => [one.code, one.name])}
              onChange={(code) => change({ category: code, part: '' })}
            />
            <WarrantyField
              communityId={props.communityId}
              unitId={talk.place === null ? talk.unitId : null}
              place={talk.place}
              category={category}
              part={talk.part}
              isMajor={urgency === 'major'}
              onPart={(part) => change({ part })}
            />
            <Choices
              name="urgency"
              label={words.urgency}
              hint={talk.urgency === null && talk.description !== '' ? words.suggested : undefined}
              value={urgency}
              options={urgencies.map((one) => [one, urgencyWords[one]])}
              onChange={(one) => change({ urgency: one })}
            />
            <div className="talkgrid two">
              <PriceItemPicker
                name="priceItem"
                label={priceWords.pick}
                items={props.priceItems}
                category={category}
                none={priceWords.pickNone}
                others={[['unlisted', priceWords.pickUnlisted]]}
                value={talk.priceItem}
                onChange={(priceItem) => change({ priceItem })}
              />
              {talk.priceItem === 'unlisted' ? null : (
                <label className="choice hurry">
                  <input
                    type="checkbox"
                    name="hurry"
                    checked={talk.hurry}
                    onChange={(event) => change({ hurry: event.target.checked })}
                  />
                  {priceWords.hurry}
                </label>
              )}
            </div>
          </>
        ) : null}
        {props.duplicates.map((one) => (
          <div key={one.id} className="notice warn" role="status">
            <Sign name="warning" />
            <span className="grow">
              <b>{words.duplicate(one.code)}</b> {words.duplicateStay}
            </span>
            <Link to={caseAddress(props.communityCode, one.id)}>{words.duplicateLook}</Link>
          </div>
        ))}
      </div>
    </Card>
  );
}
