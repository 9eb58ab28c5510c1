// Time line 经过 of a case: newest first, each step with how long it took against its limit; all, moves, or talk.
import { useState } from 'react';
import { msBetween } from '../../../../kernel/time.ts';
import { TimeLine, type TimeLineEntry } from '../../../../ui/TimeLine.tsx';
import type { ClockKind } from '../../../clocks/clock.contract.ts';
import { clockKindWords, limitInWords, momentInWords } from '../../../clocks/clock.words.ts';
import { casePageWords as words } from '../../board.words.ts';
import type { CaseEventKind, ClockAnswer, TimelineEntry } from '../../case.contract.ts';
import { eventSourceWords } from '../../case.words.ts';
import { foldSteps } from './foldSteps.ts';
import { Photos } from './Photos.tsx';

type Filter = 'all' | 'moves' | 'talk';
const kindsOf: Record<Filter, readonly CaseEventKind[] | null> = {
  all: null,
  moves: ['move', 'clock', 'approval', 'link'],
  talk: ['note', 'call', 'message', 'photo'],
};

/** A pause below a minute between two steps says nothing. */
const worthSayingMs = 60_000;

export function CaseTimeLine(props: {
  communityId: string;
  timeline: readonly TimelineEntry[];
  clocks: readonly ClockAnswer[];
  sayEntry: (entry: TimelineEntry) => string;
  kindWords?: Partial<Record<ClockKind, string>>;
}) {
  const [filter, setFilter] = useState<Filter>('all');
  const inOrder = [...props.timeline].sort((a, b) => a.at.localeCompare(b.at) || a.seq - b.seq);
  const folded = foldSteps(inOrder);
  const entries = folded
    .filter(({ entry }) => kindsOf[filter]?.includes(entry.kind) ?? true)
    .map(({ entry, also }) => shownEntry(entry, also, inOrder.slice(0, inOrder.indexOf(entry)), props))
    .reverse();
  return (
    <>
      <fieldset className="chips timefilter no-print" aria-label={words.filterLabel}>
        {(['all', 'moves', 'talk'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className={filter === one ? 'chip on' : 'chip'}
            aria-pressed={filter === one}
            onClick={() => setFilter(one)}
          >
            {words.filters[one]}
          </button>
        ))}
      </fieldset>
      {entries.length === 0 ? <p className="faint inset">{words.noTalk}</p> : null}
      <TimeLine entries={entries} label={words.timeline} />
    </>
  );
}

/** Only what moved the due date: a pause after it, or against an agreed date, was spent like the rest. */
const pausedMsOf = (clock: ClockAnswer, until: string): number =>
  clock.why.reduce(
    (sum, part) => (part.code === 'paused' && part.moves ? sum + msBetween(part.from, part.until ?? until) : sum),
    0,
  );

function shownEntry(
  entry: TimelineEntry,
  also: readonly TimelineEntry[],
  before: readonly TimelineEntry[],
  props: Parameters<typeof CaseTimeLine>[0],
): TimeLineEntry {
  const stopped = props.clocks.filter(
    (clock) => clock.stoppedAt === entry.at && (clock.state === 'met' || clock.state === 'missed'),
  );
  const lastMove = entry.kind === 'move' ? before.findLast((one) => one.kind === 'move') : undefined;
  const sinceMs = lastMove === undefined ? 0 : msBetween(lastMove.at, entry.at);
  const notes = [
    ...(entry.source === 'staff-web' || entry.source === 'system' ? [] : [eventSourceWords[entry.source]]),
    ...(msBetween(entry.at, entry.recordedAt) > worthSayingMs
      ? [
          (entry.action === 'escalated' ? words.recordedAfterDowntime : words.recordedAt)(
            momentInWords(entry.recordedAt, entry.at),
          ),
        ]
      : []),
    ...(sinceMs >= worthSayingMs ? [words.sinceBefore(sinceMs)] : []),
    ...stopped.map((clock) => {
      const started = clock.why.find((part) => part.code === 'started');
      return words.against(
        props.kindWords?.[clock.kind] ?? clockKindWords[clock.kind],
        clock.state === 'met',
        msBetween(clock.startedAt, entry.at),
        pausedMsOf(clock, entry.at),
        started === undefined ? '' : limitInWords(started.limit),
      );
    }),
  ];
  const said = [entry, ...also].map(props.sayEntry).join(words.andAlso);
  const isBad = entry.action === 'escalated' || stopped.some((clock) => clock.state === 'missed');
  const isGood = stopped.some((clock) => clock.state === 'met');
  const hasMore = entry.text !== null || entry.attachmentIds.length > 0;
  return {
    id: entry.id,
    at: entry.at,
    ...(isBad ? { tone: 'bad' as const } : isGood ? { tone: 'good' as const } : {}),
    title: entry.kind === 'clock' ? <b>{said}</b> : said,
    ...(notes.length > 0 ? { note: notes.join(' · ') } : {}),
    ...(hasMore
      ? {
          more: (
            <>
              {entry.text === null ? null : <p className="said">{entry.text}</p>}
              <Photos communityId={props.communityId} ids={entry.attachmentIds} />
            </>
          ),
        }
      : {}),
  };
}
