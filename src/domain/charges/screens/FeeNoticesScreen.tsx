// Fee notices 收费通知单 (MN3): a sheet a household, printed in bulk, as a Word file, or told to those with an account.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sumFen, yuanOfFen } from '../../../kernel/money.ts';
import { dayOf } from '../../../kernel/time.ts';
import { textCodec } from '../../../ui/addressState.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { serverNow } from '../../../ui/now.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useIdempotencyKey } from '../../../ui/useIdempotencyKey.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { unitRoutes } from '../../places/unit.contract.ts';
import { feeNoticeRoutes } from '../fee-notice.contract.ts';
import { feeNoticeWords as words } from '../fee-notice.words.ts';
import { NoticeSheet } from './parts/NoticeSheet.tsx';
import '../../../ui/paper.css';
import './charging.css';
import './notices.css';

const codecs = { month: textCodec(), building: textCodec(), unit: textCodec(), open: textCodec() };
const pageUnits = 100;

export function FeeNoticesScreen() {
  const { id: communityId, name } = useCommunity();
  const maySend = useMay()('fee-notice.send');
  const today = dayOf(serverNow());
  const [address, setAddress] = useAddressState(codecs);
  const [isSending, setSending] = useState(false);
  const [said, setSaid] = useState('');
  const attempt = useIdempotencyKey();
  const params = { communityId };
  const month = address.month || today.slice(0, 7);
  const chosen = {
    month,
    ...(address.building === '' ? {} : { buildingId: address.building }),
    ...(address.unit === '' ? {} : { unitId: address.unit }),
  };
  const open = address.open === 'all' ? ('false' as const) : ('true' as const);
  const buildings = useQuery({
    queryKey: ['building', communityId],
    queryFn: ({ signal }) => call(unitRoutes.listBuildings, { params, signal }),
  });
  const notices = useInfiniteQuery({
    queryKey: ['fee-notice', communityId, chosen, open],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(feeNoticeRoutes.listFeeNotices, {
        params,
        query: { ...chosen, open, limit: pageUnits, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const sheets = notices.data?.pages.flatMap((page) => page.items) ?? [];
  const query = new URLSearchParams({ ...chosen, open });
  return (
    <div className="stack">
      <div className="no-print stack">
        <div className="row wrap pagehead">
          <h1>
            {words.title} <span className="faint">{name}</span>
          </h1>
          <span className="grow" />
          <span className="row wrap">
            {maySend ? (
              <>
                <button type="button" className="btn" onClick={() => setSending(true)}>
                  {words.send}
                </button>
                <a className="btn" href={`/api/v1/communities/${communityId}/fee-notices/document?${query}`} download>
                  {words.word}
                </a>
              </>
            ) : null}
            <button type="button" className="btn primary" disabled={sheets.length === 0} onClick={() => window.print()}>
              {words.print}
            </button>
          </span>
        </div>
        <p className="muted">{words.lead}</p>
        <div className="row wrap readingtools">
          <label className="field">
            <span className="label">{words.month}</span>
            <input type="month" value={month} onChange={(event) => setAddress({ month: event.target.value })} />
          </label>
          <SelectField
            label={words.building}
            value={address.building}
            onChange={(building) => setAddress({ building, unit: '' })}
          >
            <option value="">{words.allBuildings}</option>
            {(buildings.data?.items ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
          <label className="row">
            <input
              type="checkbox"
              checked={open === 'true'}
              onChange={(event) => setAddress({ open: event.target.checked ? '' : 'all' })}
            />
            {words.onlyOpen}
          </label>
        </div>
        <Problem error={notices.error} />
        {said === '' ? null : <p className="notice good">{said}</p>}
        {notices.isLoading ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
        {notices.data && sheets.length === 0 ? (
          <Card>
            <EmptyState title={words.none}>
              <p>{words.noneText}</p>
            </EmptyState>
          </Card>
        ) : null}
        {sheets.length > 0 ? (
          <div className="row wrap">
            <span className="num">
              {words.counted(sheets.length, yuanOfFen(sumFen(sheets.map(({ toPayFen }) => toPayFen))))}
            </span>
            {notices.hasNextPage ? (
              <button type="button" className="btn" onClick={() => void notices.fetchNextPage()}>
                {words.more}
              </button>
            ) : null}
          </div>
        ) : null}
      </div>
      <div className="noticesheets">
        {sheets.map((notice) => (
          <NoticeSheet
            key={`${notice.unit.id} ${notice.payer.role} ${notice.payer.partyId}`}
            notice={notice}
            community={name}
            text={notices.data?.pages[0]?.noticeText ?? ''}
            day={today}
          />
        ))}
      </div>
      <FormDialog
        title={words.send}
        isOpen={isSending}
        onClose={() => setSending(false)}
        submitWord={words.send}
        onSubmit={async () => {
          const answer = await call(feeNoticeRoutes.sendFeeNotices, { params, body: chosen, key: attempt.key });
          attempt.renew();
          setSaid(words.sent(answer.told, answer.withoutAccount));
          setSending(false);
        }}
      >
        {() => <p>{words.sendAsk}</p>}
      </FormDialog>
    </div>
  );
}
