// A meter entered, and a meter exchanged: the old one's last figure and the new one's first (MN4).
import { useState } from 'react';
import { type Day, dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { DayField } from '../../../../ui/DayField.tsx';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import { readingPageWords as words } from '../../charging-page.words.ts';
import { type MeterView, meterRoutes } from '../../meter.contract.ts';
import { scaledOf } from '../../rule-draft.rules.ts';

const w = words.meter;

export function MeterDialog(props: {
  communityId: string;
  itemId: string;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}) {
  const attempt = useIdempotencyKey();
  const [code, setCode] = useState('');
  const [unit, setUnit] = useState(noUnit);
  const [dial, setDial] = useState('5');
  const [installedOn, setInstalled] = useState<Day | null>(`${dayOf(serverNow()).slice(0, 4)}-01-01`);
  const [start, setStart] = useState('0');
  const isStart = scaledOf(start, 3) !== null;
  return (
    <FormDialog
      title={words.addMeter}
      isOpen
      onClose={props.onClose}
      submitWord={words.addMeter}
      isReady={code.trim() !== '' && installedOn !== null && isStart && (unit.text === '' || unit.id !== null)}
      shownFields={['code', 'unitId', 'dialFigures', 'installedOn', 'start']}
      onSubmit={async () => {
        await call(meterRoutes.createMeter, {
          params: { communityId: props.communityId },
          body: {
            itemId: props.itemId,
            code,
            unitId: unit.id,
            dialFigures: Number(dial),
            installedOn: installedOn ?? '',
            start: scaledOf(start, 3) ?? 0,
          },
          key: attempt.key,
        });
        attempt.renew();
        await props.onDone();
      }}
    >
      {(fault) => (
        <>
          <Field
            label={w.code}
            maxLength={40}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            fault={fault('code')}
          />
          <UnitField
            communityId={props.communityId}
            label={w.unit}
            value={unit}
            onChange={setUnit}
            fault={fault('unitId')}
          />
          <div className="pair">
            <Field
              label={w.dial}
              inputMode="numeric"
              value={dial}
              onChange={(event) => setDial(event.target.value)}
              fault={fault('dialFigures')}
            />
            <Field
              label={w.start}
              inputMode="decimal"
              value={start}
              onChange={(event) => setStart(event.target.value)}
              fault={isStart ? fault('start') : words.badReading}
            />
          </div>
          <DayField label={w.installedOn} value={installedOn} onChange={setInstalled} fault={fault('installedOn')} />
        </>
      )}
    </FormDialog>
  );
}

export function ExchangeDialog(props: { meter: MeterView; onClose: () => void; onDone: () => Promise<unknown> }) {
  const { meter } = props;
  const attempt = useIdempotencyKey();
  const today = dayOf(serverNow());
  const [on, setOn] = useState<Day | null>(today);
  const [final, setFinal] = useState('');
  const [start, setStart] = useState('0');
  const [newCode, setNewCode] = useState('');
  const [reason, setReason] = useState('');
  const [finalThousandths, startThousandths] = [scaledOf(final, 3), scaledOf(start, 3)];
  return (
    <FormDialog
      title={`${meter.unit?.label ?? meter.code} · ${words.exchange}`}
      isOpen
      onClose={props.onClose}
      submitWord={words.exchange}
      isReady={on !== null && finalThousandths !== null && startThousandths !== null}
      shownFields={['on', 'final', 'start', 'newCode', 'reason']}
      onSubmit={async () => {
        await call(meterRoutes.exchangeMeter, {
          params: { communityId: meter.communityId, id: meter.id },
          body: { on: on ?? '', final: finalThousandths ?? 0, start: startThousandths ?? 0, newCode, reason },
          key: attempt.key,
        });
        attempt.renew();
        await props.onDone();
      }}
    >
      {(fault) => (
        <>
          <DayField label={words.on} value={on} onChange={setOn} until={today} fault={fault('on')} />
          <div className="pair">
            <Field
              label={words.final}
              inputMode="decimal"
              value={final}
              onChange={(event) => setFinal(event.target.value)}
              fault={final !== '' && finalThousandths === null ? words.badReading : fault('final')}
            />
            <Field
              label={words.start}
              inputMode="decimal"
              value={start}
              onChange={(event) => setStart(event.target.value)}
              fault={startThousandths === null ? words.badReading : fault('start')}
            />
          </div>
          <Field
            label={words.newCode}
            maxLength={40}
            value={newCode}
            onChange={(event) => setNewCode(event.target.value)}
            fault={fault('newCode')}
          />
          <Field
            label={words.confirmReason}
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
