// What was sent out and what was not: each with its reason; what was given up can be sent again or left.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Choice } from '../../../../ui/Choice.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { type Channel, channelRoutes, type Delivery } from '../../channel.contract.ts';
import { channelKindWords, channelPageWords, deliveryFaultWords, deliveryStateWords } from '../../channel.words.ts';
import { type Message, messageInWords, momentOf } from '../../message.words.ts';

const words = channelPageWords.deliveries;
const pageSize = 20;
const toneOf: Record<Delivery['state'], string> = { waiting: 'raised', sent: 'good', failed: 'alarm', dropped: '' };

export function DeliveriesCard(props: { communityId: string; channels: readonly Channel[] }) {
  const { communityId } = props;
  const client = useQueryClient();
  const [state, setState] = useState<Delivery['state'] | ''>('');
  const [error, setError] = useState<unknown>(null);
  const list = useInfiniteQuery({
    queryKey: ['channel', communityId, 'deliveries', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(channelRoutes.listDeliveries, {
        params: { communityId },
        query: {
          limit: pageSize,
          ...(state === '' ? {} : { state }),
          ...(pageParam === '' ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const decide = async (one: Delivery, what: 'retryDelivery' | 'dropDelivery') => {
    setError(null);
    try {
      await call(channelRoutes[what], { params: { communityId, id: one.id }, key: newId() });
    } catch (caught) {
      setError(caught);
    } finally {
      await client.invalidateQueries({ queryKey: ['channel', communityId] });
    }
  };
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = (one: Delivery): string =>
    props.channels.find((channel) => channel.id === one.channelId)?.name ?? words.gone;
  return (
    <Card
      title={words.title}
      flush
      actions={
        <Choice
          label={words.filter}
          isLabelHidden
          none={words.all}
          value={state}
          words={deliveryStateWords}
          onChange={setState}
        />
      }
    >
      {list.error || error ? (
        <div className="body">
          <Problem error={list.error ?? error} />
        </div>
      ) : null}
      {list.data && items.length === 0 ? <p className="faint inset">{words.none}</p> : null}
      {items.length === 0 ? null : (
        <ul className="deliverylist">
          {items.map((one) => (
            <li key={one.id}>
              <div className="row wrap">
                <span className={`tag ${toneOf[one.state]}`}>{deliveryStateWords[one.state]}</span>
                <b className="grow anywhere">{messageInWords({ ...one, kind: one.kind as Message['kind'] })}</b>
                <time dateTime={one.arisenAt} className="faint num nowrap">
                  {momentOf(one.arisenAt)}
                </time>
              </div>
              <div className="row wrap muted">
                <span className="grow anywhere">
                  {nameOf(one)} · {channelKindWords[one.channelKind]}
                  {one.errorCode === null ? null : ` · ${deliveryFaultWords[one.errorCode] ?? one.errorCode}`}
                  {one.state === 'waiting' && one.dueAt > one.arisenAt
                    ? ` · ${words.nextAt(momentOf(one.dueAt))}`
                    : null}
                </span>
                {one.state === 'failed' ? (
                  <>
                    <button type="button" className="btn" onClick={() => void decide(one, 'retryDelivery')}>
                      {words.retry}
                    </button>
                    <button type="button" className="btn quiet" onClick={() => void decide(one, 'dropDelivery')}>
                      {words.drop}
                    </button>
                  </>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage ? (
        <div className="body">
          <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
            {words.more}
          </button>
        </div>
      ) : null}
    </Card>
  );
}
