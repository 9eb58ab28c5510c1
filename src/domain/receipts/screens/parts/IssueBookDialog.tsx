// Gives a book out 发放收据本: to whom, which numbers; the next range of the series is proposed.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../ui/call.ts';
import { Field } from '../../../../ui/Field.tsx';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { useIdempotencyKey } from '../../../../ui/useIdempotencyKey.ts';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { staffRoutes } from '../../../access/staff.contract.ts';
import { type ReceiptBookAnswer, receiptRoutes, type UsedAt } from '../../receipt.contract.ts';
import { booksPageWords as words } from '../../receipt-page.words.ts';

/** Books of a hundred are what paper has; finance writes another end where theirs differ. */
const usualLength = 100;
const takers = ['cashier', 'front_desk', 'finance'];

function nextRange(books: readonly ReceiptBookAnswer[], series: string) {
  const last = books.filter((one) => one.series === series).reduce((most, one) => Math.max(most, one.to), 0);
  return { from: String(last + 1), to: String(last + usualLength) };
}

export function IssueBookDialog(props: {
  books: readonly ReceiptBookAnswer[];
  onClose: () => void;
  onIssued: () => Promise<void>;
}) {
  const { id: communityId } = useCommunity();
  const firstSeries = props.books[0]?.series ?? 'A';
  const [draft, setDraft] = useState({
    series: firstSeries,
    ...nextRange(props.books, firstSeries),
    holderId: '',
    usedAt: 'counter' as UsedAt,
  });
  const attempt = useIdempotencyKey();
  const staff = useQuery({
    queryKey: ['staff', communityId, 'takers'],
    queryFn: ({ signal }) => call(staffRoutes.listStaff, { params: { communityId }, query: {}, signal }),
  });
  const holders = staff.data?.items.filter((one) => one.roles.some((role) => takers.includes(role))) ?? [];
  const change = (more: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...more }));
  return (
    <FormDialog
      title={words.issue}
      isOpen
      submitWord={words.issue}
      shownFields={['series', 'from', 'to', 'holderId']}
      onClose={props.onClose}
      onSubmit={async () => {
        try {
          await call(receiptRoutes.issueReceiptBook, {
            params: { communityId },
            body: { ...draft, from: Number(draft.from), to: Number(draft.to) },
            key: attempt.key,
          });
        } finally {
          // What was corrected is another request.
          attempt.renew();
        }
        await props.onIssued();
      }}
    >
      {(fault) => (
        <>
          <SelectField
            label={words.holder}
            value={draft.holderId}
            fault={fault('holderId')}
            onChange={(holderId) => change({ holderId })}
          >
            <option value="">{words.choose}</option>
            {holders.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
          <Field
            label={words.series}
            hint={words.seriesHint}
            value={draft.series}
            fault={fault('series')}
            onChange={(event) => {
              const series = event.target.value.toUpperCase();
              change({ series, ...nextRange(props.books, series) });
            }}
          />
          <div className="row">
            <Field
              label={words.from}
              inputMode="numeric"
              value={draft.from}
              fault={fault('from')}
              onChange={(event) => change({ from: event.target.value })}
            />
            <Field
              label={words.to}
              inputMode="numeric"
              value={draft.to}
              fault={fault('to')}
              onChange={(event) => change({ to: event.target.value })}
            />
          </div>
          <SelectField
            label={words.usedAt}
            value={draft.usedAt}
            onChange={(usedAt) => change({ usedAt: usedAt as UsedAt })}
          >
            <option value="counter">{words.counter}</option>
            <option value="doorstep">{words.doorstep}</option>
          </SelectField>
        </>
      )}
    </FormDialog>
  );
}
