// When somebody comes, and until when it is done 什么时候.
import { Card } from '../../../ui/Card.tsx';
import { newContactWords as words } from '../new-contact.words.ts';
import type { Times } from './newContact.ts';
import type { TalkPart } from './talkFaults.ts';
import { TimeField } from './talkFields.tsx';

export function TalkWhen(props: TalkPart & { needed: readonly string[]; times: Times }) {
  const { talk, faults, change } = props;
  return (
    <Card title={words.steps.when}>
      <div className="talkgrid two">
        <TimeField
          name="appointment"
          label={words.appointment}
          isNeeded={props.needed.includes('appointmentAt')}
          text={talk.appointment}
          at={props.times.appointmentAt}
          fault={faults.appointment}
          onText={(appointment) => change({ appointment })}
        />
        <TimeField
          name="agreed"
          label={words.agreed}
          isNeeded={props.needed.includes('agreedAt')}
          text={talk.agreed}
          at={props.times.agreedAt}
          fault={faults.agreed}
          onText={(agreed) => change({ agreed })}
        />
      </div>
    </Card>
  );
}
