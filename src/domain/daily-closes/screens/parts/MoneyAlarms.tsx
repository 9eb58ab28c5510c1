// Alarms over money 资金报警 (MN6): what nobody has looked into yet stands first, with whom it is about; and the check of a
// receipt's number.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { FormDialog } from '../../../../ui/FormDialog.tsx';
import { follows } from '../../../../ui/live.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { TextBox } from '../../../../ui/TextBox.tsx';
import { useCommunity, useMay } from '../../../access/screens/parts/session.ts';
import { type MoneyAlarm, moneyAlarmRoutes } from '../../money-alarm.contract.ts';
import { moneyAlarmInWords, receiptCheckWords, moneyAlarmWords as words } from '../../money-alarm.words.ts';

export function MoneyAlarms() {
  const { id: communityId } = useCommunity();
  const list = useQuery({
    queryKey: ['money-alarms', communityId],
    meta: follows('money-alarm'),
    queryFn: ({ signal }) => call(moneyAlarmRoutes.listMoneyAlarms, { params: { communityId }, signal }),
  });
  const items = list.data?.items ?? [];
  const open = items.filter((one) => one.settled === null);
  return (
    <Card title={words.title} note={open.length === 0 ? undefined : open.length} flush>
      <Problem error={list.error} />
      {list.data && open.length === 0 ? <p className="line muted">{words.none}</p> : null}
      {[...open, ...items.filter((one) => one.settled !== null).slice(0, 5)].map((one) => (
        <AlarmLine key={one.id} alarm={one} />
      ))}
      <ReceiptCheck />
    </Card>
  );
}

function AlarmLine({ alarm }: { alarm: MoneyAlarm }) {
  const { id: communityId } = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isSettling, setSettling] = useState(false);
  const [note, setNote] = useState('');
  return (
    <div className="line custodyline">
      <div className="row wrap">
        <span className={alarm.settled === null ? 'tag alarm' : 'tag'}>{words.kinds[alarm.kind]}</span>
        {alarm.about === null ? null : <b>{alarm.about.name}</b>}
        <span className="anywhere num">{moneyAlarmInWords(alarm)}</span>
        <span className="faint num">{words.moment(alarm.at)}</span>
        <span className="grow" />
        {alarm.settled === null && may('money-alarm.settle') ? (
          <button type="button" className="btn small" onClick={() => setSettling(true)}>
            {words.settle}
          </button>
        ) : null}
      </div>
      {alarm.settled === null ? null : (
        <p className="faint anywhere">
          {words.settled(alarm.settled.by.name, alarm.settled.at)}：{alarm.settled.note}
        </p>
      )}
      {isSettling ? (
        <FormDialog
          title={words.settleTitle}
          isOpen
          submitWord={words.settle}
          shownFields={['note']}
          onClose={() => setSettling(false)}
          onSubmit={async () => {
            await call(moneyAlarmRoutes.settleMoneyAlarm, { params: { communityId, id: alarm.id }, body: { note } });
            setSettling(false);
            await client.invalidateQueries({ queryKey: ['money-alarms', communityId] });
          }}
        >
          {(fault) => (
            <>
              <p>{moneyAlarmInWords(alarm)}</p>
              <TextBox label={words.note} value={note} onText={setNote} maxLength={500} fault={fault('note')} />
            </>
          )}
        </FormDialog>
      ) : null}
    </div>
  );
}

function ReceiptCheck() {
  const { id: communityId } = useCommunity();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const check = useMutation({
    mutationFn: (asked: string) =>
      call(moneyAlarmRoutes.checkReceipt, { params: { communityId }, body: { code: asked } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['money-alarms', communityId] }),
  });
  return (
    <form
      className="line row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== '') check.mutate(code.trim());
      }}
    >
      <label className="row">
        <span className="muted">{words.check}</span>
        <input
          value={code}
          maxLength={20}
          placeholder={words.checkPlaceholder}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      <button type="submit" className="btn small" aria-busy={check.isPending}>
        {words.checkSubmit}
      </button>
      {check.data ? (
        <span className={check.data.found === 'outside' ? 'tag alarm' : 'tag good'} role="status">
          {words.checked(check.data.code, receiptCheckWords[check.data.found])}
        </span>
      ) : null}
      <Problem error={check.error} />
    </form>
  );
}
