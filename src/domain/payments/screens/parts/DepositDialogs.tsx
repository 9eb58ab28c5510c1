// The dialogs of deposits 押金 and of asking for a waiver 减免: amounts are read as they are typed, faults stand at their fields.
import { useState } from 'react';
import { readYuan, yuanOfFen } from '../../../../kernel/money.ts';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { PhotoPicker } from '../../../cases/screens/parts/PhotoPicker.tsx';
import { depositKinds } from '../../../charges/charge.contract.ts';
import { chargeKindWords } from '../../../charges/charge.words.ts';
import type { Method } from '../../../ledger/ledger.contract.ts';
import { counterWords, depositWords as words } from '../../counter.words.ts';
import { type Deposit, depositRoutes } from '../../deposit.contract.ts';
import type { Due } from '../../payment.contract.ts';
import { Amount, MethodField } from './MoneyFields.tsx';

type Ended = { onClose: () => void; onDone: () => Promise<void> };

const fenOf = (typed: string): number => readYuan(typed).fen ?? 0;

export function TakeDepositDialog({ due, onClose, onDone }: { due: Due } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [kind, setKind] = useState<(typeof depositKinds)[number]>('renovation-deposit');
  const [method, setMethod] = useState<Method>('cash');
  const [amount, setAmount] = useState('');
  const [payerId, setPayerId] = useState('');
  const [note, setNote] = useState('');
  return (
    <FormDialog
      title={words.take}
      isOpen
      submitWord={words.take}
      shownFields={['amountFen']}
      onClose={onClose}
      onSubmit={async () => {
        const body = { unitId: due.unitId, kind, method, amountFen: fenOf(amount), note };
        await call(depositRoutes.takeDeposit, {
          params: { communityId },
          body: { ...body, ...(payerId === '' ? {} : { payerId }) },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <SelectField label={words.kind} value={kind} onChange={(value) => setKind(value as typeof kind)}>
            {depositKinds.map((one) => (
              <option key={one} value={one}>
                {chargeKindWords[one]}
              </option>
            ))}
          </SelectField>
          <Amount label={words.amount} value={amount} onValue={setAmount} fault={fault('amountFen')} />
          <MethodField label={words.method} value={method} onValue={setMethod} />
          <SelectField label={words.payer} value={payerId} fault={fault('payerId')} onChange={setPayerId}>
            <option value="">{words.owner}</option>
            {due.people.map((one) => (
              <option key={one.partyId} value={one.partyId}>
                {one.name}
              </option>
            ))}
          </SelectField>
          <Field label={words.note} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
        </>
      )}
    </FormDialog>
  );
}

export function DeductDialog({ deposit, due, onClose, onDone }: { deposit: Deposit; due: Due } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [chargeId, setChargeId] = useState('');
  const [photoIds, setPhotoIds] = useState<readonly string[]>([]);
  const own = due.charges.filter((one) => one.unitId === due.unitId);
  return (
    <FormDialog
      title={words.deductTitle}
      isOpen
      isRisky
      submitWord={words.deduct}
      shownFields={['amountFen', 'reason']}
      onClose={onClose}
      onSubmit={async () => {
        const body = { version: deposit.version, amountFen: fenOf(amount), reason, photoIds: [...photoIds] };
        await call(depositRoutes.deductDeposit, {
          params: { communityId, id: deposit.id },
          body: { ...body, ...(chargeId === '' ? {} : { chargeId }) },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <Amount label={words.amount} value={amount} onValue={setAmount} fault={fault('amountFen')} />
          <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
          <SelectField label={words.settles} value={chargeId} fault={fault('chargeId')} onChange={setChargeId}>
            <option value="">{words.noCharge}</option>
            {own.map((one) => (
              <option key={one.chargeId} value={one.chargeId}>
                {`${one.charge} ${one.month ?? ''} ${counterWords.yuan(one.openFen)}`}
              </option>
            ))}
          </SelectField>
          <div className="field">
            <span className="label">{words.photos}</span>
            <PhotoPicker communityId={communityId} ids={photoIds} onChange={setPhotoIds} />
          </div>
        </>
      )}
    </FormDialog>
  );
}

export function RefundDialog({ deposit, onClose, onDone }: { deposit: Deposit } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const [amount, setAmount] = useState(yuanOfFen(deposit.heldFen));
  const [method, setMethod] = useState<Method>('cash');
  return (
    <FormDialog
      title={words.refundTitle(deposit.payer?.name ?? '')}
      isOpen
      isRisky
      submitWord={words.refund}
      shownFields={['amountFen']}
      onClose={onClose}
      onSubmit={async () => {
        await call(depositRoutes.refundDeposit, {
          params: { communityId, id: deposit.id },
          body: { version: deposit.version, amountFen: fenOf(amount), payeeId: deposit.payer?.id ?? '', method },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <p className="muted">{words.refundLead}</p>
          <Amount label={words.amount} value={amount} onValue={setAmount} fault={fault('amountFen')} />
          <MethodField label={words.method} value={method} onValue={setMethod} />
        </>
      )}
    </FormDialog>
  );
}

export function WaiverDialog({ due, onClose, onDone }: { due: Due } & Ended) {
  const { id: communityId } = useCommunity();
  const attempt = useIdempotencyKey();
  const own = due.charges.filter((one) => one.unitId === due.unitId);
  const [chargeId, setChargeId] = useState(own[0]?.chargeId ?? '');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [attachmentIds, setAttachmentIds] = useState<readonly string[]>([]);
  return (
    <FormDialog
      title={words.waiveTitle}
      isOpen
      submitWord={words.waive}
      shownFields={['amountFen', 'reason']}
      onClose={onClose}
      onSubmit={async () => {
        await call(depositRoutes.askWaiver, {
          params: { communityId },
          body: { chargeId, amountFen: fenOf(amount), reason, attachmentIds: [...attachmentIds] },
          key: attempt.key,
        });
        attempt.renew();
        onClose();
        await onDone();
      }}
    >
      {(fault) => (
        <>
          <p className="muted">{words.waiveLead}</p>
          <SelectField label={words.waiveCharge} value={chargeId} fault={fault('chargeId')} onChange={setChargeId}>
            {own.map((one) => (
              <option key={one.chargeId} value={one.chargeId}>
                {`${one.charge} ${one.month ?? ''} ${counterWords.yuan(one.openFen)}`}
              </option>
            ))}
          </SelectField>
          <Amount label={words.amount} value={amount} onValue={setAmount} fault={fault('amountFen')} />
          <TextBox label={words.reason} value={reason} onText={setReason} maxLength={200} fault={fault('reason')} />
          <div className="field">
            <span className="label">{words.paper}</span>
            <PhotoPicker communityId={communityId} ids={attachmentIds} onChange={setAttachmentIds} />
          </div>
        </>
      )}
    </FormDialog>
  );
}
