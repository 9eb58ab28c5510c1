// What is agreed for one unit 计费约定: entered, ended with a day, or taken back.
import { useState } from 'react';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import {
  type ChargeItemView,
  type ChargeTermView,
  chargeItemRoutes,
  type TermKind,
  termKinds,
} from '../../charge-item.contract.ts';
import { termKindWords } from '../../charge-item.words.ts';
import { chargeItemPageWords as words } from '../../charging-page.words.ts';

const w = words.form;

export function ChargeTermDialog(props: {
  communityId: string;
  items: readonly ChargeItemView[];
  itemId: string | null;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [unit, setUnit] = useState(noUnit);
  const [kind, setKind] = useState<TermKind>('price');
  const [itemId, setItem] = useState(props.itemId ?? '');
  const [from, setFrom] = useState<Day | null>(`${dayOf(serverNow()).slice(0, 7)}-01`);
  const [until, setUntil] = useState<Day | null>(null);
  const [percent, setPercent] = useState('');
  const [classCode, setClass] = useState('car');
  const [reason, setReason] = useState('');
  const needsItem = kind === 'price' || kind === 'applies';
  const submit = async () => {
    await call(chargeItemRoutes.createChargeTerm, {
      params: { communityId: props.communityId },
      body: {
        kind,
        unitId: unit.id ?? '',
        itemId: kind === 'vacant' || itemId === '' ? null : itemId,
        from: from ?? '',
        until,
        percent: kind === 'price' || kind === 'free' ? Number(percent) : null,
        classCode: kind === 'vehicle' ? classCode : null,
        reason,
      },
      key: attempt.key,
    });
    attempt.renew();
    await props.onDone();
  };
  return (
    <FormDialog
      title={words.addTerm}
      isOpen
      widthPx={560}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={w.save}
      isReady={unit.id !== null && from !== null && (!needsItem || itemId !== '')}
      shownFields={['unitId', 'itemId', 'from', 'until', 'percent', 'classCode', 'reason']}
    >
      {(fault) => (
        <>
          <SelectField label={w.termKind} value={kind} onChange={(value) => setKind(value as TermKind)}>
            {termKinds.map((one) => (
              <option key={one} value={one}>
                {termKindWords[one]}
              </option>
            ))}
          </SelectField>
          <UnitField
            communityId={props.communityId}
            label={w.unit}
            value={unit}
            onChange={setUnit}
            fault={fault('unitId')}
          />
          {kind === 'vacant' ? null : (
            <SelectField label={w.item} value={itemId} onChange={setItem} fault={fault('itemId')}>
              <option value="">{needsItem ? '' : w.allItems}</option>
              {props.items.map((item) => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
            </SelectField>
          )}
          <div className="pair">
            <DayField label={w.from} value={from} onChange={setFrom} fault={fault('from')} />
            <DayField label={w.until} value={until} onChange={setUntil} fault={fault('until')} />
          </div>
          {kind === 'price' || kind === 'free' ? (
            <Field
              label={kind === 'price' ? w.percentPay : w.percentFree}
              inputMode="numeric"
              value={percent}
              onChange={(event) => setPercent(event.target.value)}
              fault={fault('percent')}
            />
          ) : null}
          {kind === 'vehicle' ? (
            <Field
              label={w.classCode}
              maxLength={20}
              value={classCode}
              onChange={(event) => setClass(event.target.value)}
              fault={fault('classCode')}
            />
          ) : null}
          <Field
            label={w.reason}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            fault={fault('reason')}
          />
        </>
      )}
    </FormDialog>
  );
}

export function EndTermDialog(props: {
  communityId: string;
  term: ChargeTermView;
  does: 'end' | 'remove';
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const { communityId, term, does } = props;
  const attempt = useIdempotencyKey();
  const [until, setUntil] = useState<Day | null>(dayOf(serverNow()));
  const params = { communityId, id: term.id };
  const submit = async () => {
    if (does === 'end')
      await call(chargeItemRoutes.endChargeTerm, {
        params,
        body: { version: term.version, until: until ?? '' },
        key: attempt.key,
      });
    else await call(chargeItemRoutes.removeChargeTerm, { params, body: { version: term.version }, key: attempt.key });
    await props.onDone();
  };
  return (
    <FormDialog
      title={`${term.unit.label} · ${does === 'end' ? words.endTerm : words.removeTerm}`}
      isOpen
      isRisky={does === 'remove'}
      onClose={props.onClose}
      onSubmit={submit}
      submitWord={does === 'end' ? words.endTerm : words.removeTerm}
      isReady={does === 'remove' || until !== null}
      shownFields={['until']}
    >
      {(fault) =>
        does === 'end' ? (
          <DayField label={w.untilDay} value={until} onChange={setUntil} fault={fault('until')} />
        ) : (
          <p>{words.removeTermAsk}</p>
        )
      }
    </FormDialog>
  );
}
