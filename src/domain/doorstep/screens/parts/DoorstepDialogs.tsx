// The dialogs of collections at the door: arranging, moving, ending one, and receiving the cash that was carried.
import { useState } from 'react';
import { readYuan, yuanOfFen } from '../../../../kernel/money.ts';
import { dayOf } from '../../../../kernel/time.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { serverNow } from '../../../../ui/now.ts';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { instantOfField } from '../../../../ui/wallTime.ts';
import { ColleaguePicker } from '../../../access/screens/parts/ColleaguePicker.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { noUnit, UnitField } from '../../../places/screens/parts/UnitField.tsx';
import { type Carried, type Collection, doorstepRoutes } from '../../doorstep.contract.ts';
import { doorstepWords as words } from '../../doorstep.words.ts';

type Ended = { onClose: () => void; onDone: () => Promise<unknown> };

const evening = () => `${dayOf(serverNow())}T19:00`;

export function ArrangeDialog({ onClose, onDone }: Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [unit, setUnit] = useState(noUnit);
  const [at, setAt] = useState(evening);
  const [collectorId, setCollector] = useState('');
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={words.arrange}
      isOpen
      submitWord={words.arrange}
      isReady={unit.id !== null && at !== ''}
      shownFields={['unitId', 'at', 'collectorId', 'note']}
      onClose={onClose}
      onSubmit={async () => {
        const body = { unitId: unit.id ?? '', at: instantOfField(at) ?? '', note };
        await call(doorstepRoutes.arrangeCollection, {
          params: { communityId },
          body: { ...body, ...(collectorId === '' ? {} : { collectorId }) },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <UnitField
            communityId={communityId}
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
          <ColleaguePicker
            communityId={communityId}
            label={words.collector}
            none={words.self}
            value={collectorId}
            fault={fault('collectorId')}
            onChange={setCollector}
          />
          <TextBox
            label={words.note}
            isOptional
            value={note}
            maxLength={200}
            placeholder={words.notePlaceholder}
            fault={fault('note')}
            onText={setNote}
          />
        </>
      )}
    </FormDialog>
  );
}

export function RescheduleDialog({ one, onClose, onDone }: { one: Collection } & Ended) {
  const { id: communityId } = useCommunity();
  const [at, setAt] = useState(evening);
  return (
    <FormDialog
      title={`${words.reschedule} ${one.unit}`}
      isOpen
      submitWord={words.reschedule}
      shownFields={['at']}
      onClose={onClose}
      onSubmit={async () => {
        const body = { version: one.version, at: instantOfField(at) ?? '' };
        await call(doorstepRoutes.rescheduleCollection, { params: { communityId, id: one.id }, body });
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <Field
          label={words.at}
          type="datetime-local"
          value={at}
          fault={fault('at')}
          onChange={(event) => setAt(event.target.value)}
        />
      )}
    </FormDialog>
  );
}

export function EndDialog({ one, name, onClose, onDone }: { one: Collection; name: 'miss' | 'cancel' } & Ended) {
  const { id: communityId } = useCommunity();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={name === 'miss' ? words.missTitle(one.unit) : words.cancelTitle(one.unit)}
      isOpen
      isRisky
      submitWord={words[name]}
      shownFields={['reason']}
      onClose={onClose}
      onSubmit={async () => {
        const asked = { params: { communityId, id: one.id }, body: { version: one.version, reason } };
        await (name === 'miss'
          ? call(doorstepRoutes.missCollection, asked)
          : call(doorstepRoutes.cancelCollection, asked));
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
      )}
    </FormDialog>
  );
}

export function HandInDialog({ one, onClose, onDone }: { one: Carried } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [counted, setCounted] = useState('');
  const [reason, setReason] = useState('');
  const { fen } = readYuan(counted);
  return (
    <FormDialog
      title={words.handInTitle(one.collector.name)}
      isOpen
      submitWord={words.handIn}
      isReady={counted.trim() !== ''}
      shownFields={['countedFen', 'reason']}
      onClose={onClose}
      onSubmit={async () => {
        await call(doorstepRoutes.handInCash, {
          params: { communityId, id: one.id },
          body: { countedFen: fen ?? (/^0+(\.0+)?$/.test(counted.trim()) ? 0 : -1), reason },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <p className="num">{words.sum(yuanOfFen(one.cashFen), one.payments)}</p>
          <Field
            label={words.counted}
            inputMode="decimal"
            value={counted}
            fault={fault('countedFen')}
            onChange={(event) => setCounted(event.target.value)}
          />
          <TextBox
            label={words.whyDiffers}
            isOptional
            value={reason}
            onText={setReason}
            maxLength={200}
            fault={fault('reason')}
          />
        </>
      )}
    </FormDialog>
  );
}
