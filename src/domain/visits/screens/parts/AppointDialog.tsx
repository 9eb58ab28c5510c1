// Making an appointment for a visit 约定拜访: with whom, when, and who goes.
import { useState } from 'react';
import { dayOf, plusDays } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import { visitRoutes } from '../../visit.contract.ts';
import { visitPageWords } from '../../visit-page.words.ts';

const words = visitPageWords.dialog;

export function AppointDialog(props: { onClose: () => void; onDone: () => Promise<unknown> }) {
  const community = useCommunity();
  const may = useMay();
  const attempt = useIdempotencyKey();
  const [unit, setUnit] = useState(noUnit);
  const [at, setAt] = useState(`${plusDays(dayOf(serverNow()), 1)}T10:00`);
  const [visitorId, setVisitor] = useState('');
  const [purpose, setPurpose] = useState('');
  const [isInterview, setInterview] = useState(false);
  const submit = async () => {
    await call(visitRoutes.createVisit, {
      params: { communityId: community.id },
      body: {
        unitId: unit.id ?? '',
        at: instantOfField(at) ?? '',
        ...(visitorId === '' ? {} : { visitorId }),
        purpose: purpose.trim() === '' ? null : purpose,
        isInterview,
      },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={visitPageWords.appoint}
      isOpen
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={words.submit}
      isReady={unit.id !== null && at !== ''}
      shownFields={['unitId', 'at', 'visitorId', 'purpose']}
    >
      {(fault) => (
        <>
          <UnitField
            communityId={community.id}
            label={words.unit}
            placeholder={words.unitPlaceholder}
            value={unit}
            fault={fault('unitId')}
            onChange={setUnit}
          />
          <Field
            label={words.at}
            type="datetime-local"
            value={at}
            fault={fault('at')}
            onChange={(event) => setAt(event.target.value)}
          />
          {may('visit.arrange') ? (
            <>
              <ColleaguePicker
                communityId={community.id}
                label={words.visitor}
                none={words.self}
                value={visitorId}
                fault={fault('visitorId')}
                onChange={setVisitor}
              />
              <label className="row">
                <input type="checkbox" checked={isInterview} onChange={(event) => setInterview(event.target.checked)} />
                {words.interview}
              </label>
            </>
          ) : fault('visitorId') === undefined ? null : (
            <p className="notice bad" role="alert">
              {fault('visitorId')}
            </p>
          )}
          <TextBox
            label={words.purpose}
            isOptional
            value={purpose}
            maxLength={500}
            placeholder={words.purposePlaceholder}
            fault={fault('purpose')}
            onText={setPurpose}
          />
        </>
      )}
    </FormDialog>
  );
}
