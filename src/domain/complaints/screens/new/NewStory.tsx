// The story 事情经过 of a complaint, the facts that decide its level, and what the customer is told: typed after the first
// save, into the case that stands already.
import type { RefObject } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { consentHowWords } from '../../../cases/case.words.ts';
import { Select } from '../../../cases/screens/parts/moveFields.tsx';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { againstWords } from '../../complaint-case.words.ts';
import { complaintNewWords as words } from '../../complaint-page.words.ts';
import { againsts } from '../../complaint-shapes.contract.ts';
import { consentHowBy } from '../parts/complaintDraft.ts';
import { FactsFields } from '../parts/FactsFields.tsx';
import { factsOf } from '../parts/moveDraft.ts';
import type { NewPart } from './newPart.ts';

export function NewStory(
  props: NewPart & {
    communityId: string;
    /** Major and critical owe reason and reply time to the customer at once (CP6). */
    owesReply: boolean;
    story: RefObject<HTMLDivElement | null>;
    setPhotos: (change: (before: readonly string[]) => string[]) => void;
  },
) {
  const { draft, faults, change } = props;
  return (
    <>
      <Card title={words.steps.story}>
        <div className="col gap" ref={props.story}>
          <TextBox
            label={words.account}
            rows={5}
            maxLength={10_000}
            placeholder={words.accountPlaceholder}
            value={draft.account}
            fault={faults.account}
            onText={(account) => change({ account })}
          />
          <TextBox
            label={words.demand}
            maxLength={10_000}
            placeholder={words.demandPlaceholder}
            value={draft.demand}
            fault={faults.demand}
            onText={(demand) => change({ demand })}
          />
          <div className="threefields">
            <Field
              label={words.where}
              name="place"
              maxLength={200}
              placeholder={words.wherePlaceholder}
              value={draft.place}
              hint={draft.unitId === null || draft.anonymous ? undefined : words.whereDefault(draft.unitText)}
              fault={faults.place}
              onChange={(event) => change({ place: event.target.value })}
            />
            <Field
              label={words.when}
              name="occurredAt"
              type="datetime-local"
              value={draft.occurredAt}
              fault={faults.occurredAt}
              onChange={(event) => change({ occurredAt: event.target.value })}
            />
            <Select
              label={words.against}
              value={draft.against}
              options={[['', words.unknown], ...againsts.map((one) => [one, againstWords[one]] as const)]}
              fault={faults.against}
              onChange={(against) => change({ against })}
            />
            <ColleaguePicker
              communityId={props.communityId}
              label={words.againstStaff}
              none={words.nobody}
              value={draft.againstStaffId}
              fault={faults.againstStaffId}
              onChange={(againstStaffId) => change({ againstStaffId })}
            />
          </div>
          <PhotoPicker communityId={props.communityId} ids={draft.photoIds} onChange={props.setPhotos} />
        </div>
      </Card>
      <Card title={words.steps.facts}>
        <FactsFields
          facts={draft.facts}
          faults={factsOf(draft.facts).faults}
          faultOf={(path) => faults[path]}
          onChange={(part) => change({ facts: { ...draft.facts, ...part } })}
        />
      </Card>
      <Card title={words.steps.reply} note={props.owesReply ? undefined : words.replyFree}>
        <div className="col gap">
          {props.owesReply ? <p className="notice warn">{words.replyNeeded}</p> : null}
          <TextBox
            label={words.replyReason}
            value={draft.replyReason}
            fault={faults.replyReason}
            onText={(replyReason) => change({ replyReason })}
          />
          <div className="threefields">
            {(['replyAt', 'wishedAt', 'agreedAt'] as const).map((field) => (
              <Field
                key={field}
                label={words[field]}
                name={field}
                type="datetime-local"
                value={draft[field]}
                fault={faults[field]}
                hint={field === 'agreedAt' ? words.agreedHint : undefined}
                onChange={(event) => change({ [field]: event.target.value })}
              />
            ))}
          </div>
          {draft.agreedAt === '' ? null : (
            <div className="threefields">
              <Field
                label={words.consentBy}
                maxLength={60}
                value={draft.consentBy}
                placeholder={draft.name}
                fault={faults.consent}
                onChange={(event) => change({ consentBy: event.target.value })}
              />
              <Select
                label={words.consentHow}
                value={draft.consentHow === '' ? consentHowBy(draft.channel) : draft.consentHow}
                options={[['', words.unknown], ...Object.entries(consentHowWords)]}
                onChange={(how) => change({ consentHow: how as typeof draft.consentHow })}
              />
            </div>
          )}
        </div>
      </Card>
    </>
  );
}
