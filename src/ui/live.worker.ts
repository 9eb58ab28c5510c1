// The one place of a browser that holds the live streams; every tab of it listens here.
import { followCommunity, type LiveMessage } from './liveStream.ts';

/** What a tab says: which community it shows, and that it is still there. */
export type TabMessage = { type: 'follow'; communityId: string } | { type: 'here' } | { type: 'leave' };

/** A tab that crashed can't say goodbye; it says "here" each 30 s. */
const forgottenAfterMs = 90_000;

type Tab = { port: MessagePort; communityId: string | null; heardAt: number };
const tabs = new Set<Tab>();
const streams = new Map<string, { stop: AbortController; isConnected: boolean }>();

function tell(message: LiveMessage): void {
  const stream = streams.get(message.communityId);
  if (stream && message.type === 'state') stream.isConnected = message.isConnected;
  for (const tab of tabs) if (tab.communityId === message.communityId) tab.port.postMessage(message);
}

function balance(): void {
  const wanted = new Set([...tabs].map((tab) => tab.communityId).filter((id) => id !== null));
  for (const [communityId, stream] of streams) {
    if (wanted.has(communityId)) continue;
    stream.stop.abort();
    streams.delete(communityId);
  }
  for (const communityId of wanted) {
    if (streams.has(communityId)) continue;
    const stop = new AbortController();
    streams.set(communityId, { stop, isConnected: false });
    void followCommunity(communityId, tell, stop.signal);
  }
}

(self as unknown as SharedWorkerGlobalScope).onconnect = (event) => {
  const [port] = event.ports;
  if (!port) return;
  const tab: Tab = { port, communityId: null, heardAt: Date.now() };
  tabs.add(tab);
  port.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    tab.heardAt = Date.now();
    if (data.type === 'leave') tabs.delete(tab);
    if (data.type === 'follow') {
      tab.communityId = data.communityId;
      const stream = streams.get(data.communityId);
      if (stream) {
        const { communityId } = data;
        port.postMessage({ type: 'state', communityId, isConnected: stream.isConnected } satisfies LiveMessage);
        port.postMessage({ type: 'refresh', communityId } satisfies LiveMessage);
      }
    }
    balance();
  };
};

setInterval(() => {
  for (const tab of tabs) if (Date.now() - tab.heardAt > forgottenAfterMs) tabs.delete(tab);
  balance();
}, 30_000);
