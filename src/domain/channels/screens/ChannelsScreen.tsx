// Notification channels 通知渠道 in the administrator's hands: what goes out where, how it goes, a test, and what was given up.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { newId } from '../../../kernel/id.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { SettingsTabs } from '../../access/screens/parts/SettingsTabs.tsx';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { type Channel, channelRoutes } from '../channel.contract.ts';
import { deliveryFaultWords, channelPageWords as words } from '../channel.words.ts';
import { ChannelDialog } from './parts/ChannelDialog.tsx';
import { ChannelRow, type TestResult } from './parts/ChannelRow.tsx';
import { ChannelSettingsCard } from './parts/ChannelSettingsCard.tsx';
import { DeliveriesCard } from './parts/DeliveriesCard.tsx';
import './channels.css';

export function ChannelsScreen() {
  const community = useCommunity();
  const client = useQueryClient();
  const [open, setOpen] = useState<Channel | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Channel | null>(null);
  const [busyId, setBusy] = useState<string | null>(null);
  const [said, setSaid] = useState<{ id: string; result: TestResult } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const communityId = community.id;
  const channels = useQuery({
    queryKey: ['channel', communityId],
    queryFn: ({ signal }) => call(channelRoutes.listChannels, { params: { communityId }, signal }),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['channel', communityId] });
  const act = async (channel: Channel, work: () => Promise<TestResult | null>) => {
    if (busyId !== null) return;
    setBusy(channel.id);
    setError(null);
    setSaid(null);
    try {
      const result = await work();
      setSaid(result && { id: channel.id, result });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(null);
      await refresh();
    }
  };
  const paramsOf = (channel: Channel) => ({ communityId, id: channel.id });
  const test = (channel: Channel) =>
    act(channel, async () => {
      const { items } = await call(channelRoutes.testChannel, { params: paramsOf(channel) });
      const failed = items.find((one) => one.state !== 'sent');
      const why = deliveryFaultWords[failed?.errorCode ?? ''] ?? failed?.errorCode ?? '';
      return failed
        ? { text: words.testBad(channel.name, why), isGood: false }
        : { text: words.testGood(channel.name, items.length), isGood: true };
    });
  const turn = (channel: Channel) =>
    act(channel, async () => {
      const body = { isOn: !channel.isOn, version: channel.version };
      await call(channelRoutes.switchChannel, { params: paramsOf(channel), body, key: newId() });
      return null;
    });
  const remove = (channel: Channel) =>
    act(channel, async () => {
      setLeaving(null);
      const body = { version: channel.version };
      await call(channelRoutes.removeChannel, { params: paramsOf(channel), body, key: newId() });
      return null;
    });

  if (channels.error) return <Problem error={channels.error} retry={() => void channels.refetch()} />;
  if (!channels.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const { items, settings } = channels.data;
  return (
    <div className="stack">
      <SettingsTabs current="channels" />
      <div className="row wrap pagehead">
        <h1>{words.title}</h1>
        <span className="grow" />
        <button type="button" className="btn primary" onClick={() => setOpen('new')}>
          {words.create}
        </button>
      </div>
      <p className="muted">
        {words.lead}
        {words.quietHours}
      </p>
      <Problem error={error} />
      {items.length === 0 ? (
        <Card>
          <EmptyState title={words.none}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : (
        <ul className="channellist">
          {items.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              isBusy={busyId === channel.id}
              result={said?.id === channel.id ? said.result : null}
              onTest={() => void test(channel)}
              onSwitch={() => void turn(channel)}
              onEdit={() => setOpen(channel)}
              onRemove={() => setLeaving(channel)}
            />
          ))}
        </ul>
      )}
      <ChannelSettingsCard communityId={communityId} settings={settings} onSaved={refresh} />
      <DeliveriesCard communityId={communityId} channels={items} />
      {open === null ? null : (
        <ChannelDialog
          communityId={communityId}
          channel={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onDone={async () => {
            setOpen(null);
            await refresh();
          }}
        />
      )}
      <Modal
        open={leaving !== null}
        title={leaving === null ? '' : words.removeTitle(leaving.name)}
        okText={words.remove}
        cancelText={uiWords.cancel}
        okButtonProps={{ danger: true }}
        onCancel={() => setLeaving(null)}
        onOk={() => leaving !== null && void remove(leaving)}
      >
        <p>{words.removeText}</p>
      </Modal>
    </div>
  );
}
