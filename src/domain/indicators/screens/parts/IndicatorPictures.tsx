// The pictures of one figure: how it went over twelve months, what it is made of by groups, and when in the week. Whatever
// is touched opens the rows below.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Month } from '../../../../kernel/time.ts';
import { BarList } from '../../../../ui/BarList.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { HeatMap } from '../../../../ui/HeatMap.tsx';
import { LineChart } from '../../../../ui/LineChart.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import {
  type Grouping,
  type Indicator,
  type IndicatorGroups,
  indicatorRoutes,
  noGroup,
} from '../../indicator.contract.ts';
import {
  groupingWords,
  indicatorPageWords,
  indicatorWords,
  weekdayWords,
  pictureWords as words,
} from '../../indicator.words.ts';
import { groupWord, kindOf, type OpenGroup } from './groupWord.ts';

type Open = { figure: Indicator; group: OpenGroup | null; onGroup: (by: Grouping, key: string) => void };

const toneOf = (met: boolean | null) => (met === null ? 'plain' : met ? 'met' : 'late');
const choices: readonly Grouping[] = ['building', 'butler', 'department', 'level', 'category'];

export function IndicatorPictures(props: Open & { onMonth: (month: Month) => void }) {
  const isComplaint = kindOf(props.figure.name) === 'complaint';
  return (
    <div className="pictures no-print">
      <Trend figure={props.figure} onMonth={props.onMonth} />
      <Groups {...props} />
      {isComplaint ? (
        <>
          <Mix {...props} by="level" title={words.levels} />
          <Mix {...props} by="cause" title={words.causes} soFar={words.soFar} />
        </>
      ) : null}
      <Hours {...props} />
    </div>
  );
}

function Trend({ figure, onMonth }: { figure: Indicator; onMonth: (month: Month) => void }) {
  const { communityId, name, month } = figure;
  const trend = useQuery({
    queryKey: ['indicators', communityId, 'trend', name, month],
    queryFn: ({ signal }) =>
      call(indicatorRoutes.readIndicatorTrend, { params: { communityId, name }, query: { month }, signal }),
  });
  return (
    <Card title={words.trend(indicatorWords[name].name)}>
      <Problem error={trend.error} retry={() => void trend.refetch()} />
      {trend.data ? (
        <LineChart
          label={words.trend(indicatorWords[name].name)}
          points={trend.data.items.map((one) => ({
            key: one.month,
            label: words.shortMonth(one.month),
            name: indicatorPageWords.month(one.month),
            value: one.value,
            said: words.point(indicatorPageWords.value(one.value, figure.measure), one.numerator, one.denominator),
            target: one.target,
            targetSaid: one.target === null ? null : indicatorPageWords.value(one.target, figure.measure),
            tone: toneOf(one.met),
            isOpen: one.month === month,
          }))}
          targetWord={words.target}
          head={words.trendHead}
          onOpen={onMonth}
        />
      ) : (
        <Busy />
      )}
    </Card>
  );
}

const Busy = () => <div className="busyline" role="status" aria-label={uiWords.loading} />;

function useGroups({ communityId, name, month, numerator, denominator }: Indicator, by: Grouping) {
  return useQuery({
    // The figure's own counts are part of the key: when it changed, so did what it is made of.
    queryKey: ['indicators', communityId, 'groups', name, month, by, numerator, denominator],
    queryFn: ({ signal }) =>
      call(indicatorRoutes.listIndicatorGroups, { params: { communityId, name }, query: { month, by }, signal }),
  });
}

function Groups({ figure, group, onGroup }: Open) {
  const [by, setBy] = useState<Grouping>(group && choices.includes(group.by) ? group.by : 'building');
  const groups = useGroups(figure, by);
  return (
    <Card
      title={words.by(indicatorWords[figure.name].name)}
      actions={
        <select
          className="bychoice"
          aria-label={words.byField}
          value={by}
          onChange={(event) => setBy(event.target.value as Grouping)}
        >
          {choices.map((one) => (
            <option key={one} value={one}>
              {groupingWords[one]}
            </option>
          ))}
        </select>
      }
    >
      <Problem error={groups.error} retry={() => void groups.refetch()} />
      <Bars
        groups={groups.data}
        isLoading={groups.isLoading}
        label={`${indicatorWords[figure.name].name} ${groupingWords[by]}`}
        figure={figure}
        openKey={group?.by === by ? group.key : ''}
        onOpen={(key) => onGroup(by, key)}
        said={(one) =>
          words.bar(one.numerator, one.denominator, indicatorPageWords.value(one.value, figure.measure), figure.per)
        }
        counted={(one) => (figure.per === 'households' ? one.rows : one.numerator)}
      />
    </Card>
  );
}

/** What the rows are made of, without judging them. */
function Mix(props: Open & { by: Grouping; title: string; soFar?: (share: number) => string }) {
  const { figure, group, by, onGroup, soFar } = props;
  const groups = useGroups(figure, by);
  const all = groups.data?.items.reduce((sum, one) => sum + one.rows, 0) ?? 0;
  return (
    <Card title={props.title}>
      <Problem error={groups.error} retry={() => void groups.refetch()} />
      <Bars
        groups={groups.data}
        isLoading={groups.isLoading}
        label={props.title}
        figure={figure}
        openKey={group?.by === by ? group.key : ''}
        onOpen={(key) => onGroup(by, key)}
        said={(one) => words.part(one.rows, all === 0 ? 0 : one.rows / all)}
        counted={(one) => one.rows}
        isPlain
        {...(soFar ? { soFar } : {})}
      />
    </Card>
  );
}

function Bars(props: {
  groups: IndicatorGroups | undefined;
  isLoading: boolean;
  label: string;
  figure: Indicator;
  openKey: string;
  onOpen: (key: string) => void;
  said: (one: IndicatorGroups['items'][number]) => string;
  counted: (one: IndicatorGroups['items'][number]) => number;
  isPlain?: boolean;
  soFar?: (share: number) => string;
}) {
  const { groups, figure } = props;
  if (!groups) return props.isLoading ? <Busy /> : null;
  // A place where nothing happened opens to nothing.
  const some = groups.items.filter((one) => one.rows > 0);
  // What nobody said anything about is no reason to begin with.
  const shown = [...some.filter((one) => one.key !== noGroup), ...some.filter((one) => one.key === noGroup)];
  if (shown.length === 0) return <p className="muted">{words.nothing}</p>;
  return (
    <BarList
      label={props.label}
      bars={shown.map((one) => ({
        key: one.key,
        name: groupWord({ by: groups.by, key: one.key }, one, figure),
        all: one.rows,
        counted: props.counted(one),
        said: props.said(one),
        tone: props.isPlain ? 'plain' : toneOf(one.met),
      }))}
      openKey={props.openKey}
      onOpen={props.onOpen}
      {...(props.soFar ? { soFar: props.soFar } : {})}
    />
  );
}

/** On a phone the day begins with the desk. */
const workFrom = 8;
const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

function Hours({ figure, group, onGroup }: Open) {
  const groups = useGroups(figure, 'hour');
  const counts = new Map(groups.data?.items.map((one) => [one.key, one.rows]));
  counts.delete(noGroup);
  return (
    <Card title={words.hours}>
      <Problem error={groups.error} retry={() => void groups.refetch()} />
      <HeatMap
        label={words.hours}
        columns={hours}
        startAt={workFrom}
        rows={weekdayWords.map((name, index) => ({
          name,
          cells: hours.map((hour) => {
            const key = `${index + 1}-${hour}`;
            return { key, count: counts.get(key) ?? 0 };
          }),
        }))}
        cellName={words.hour}
        openKey={group?.by === 'hour' ? group.key : ''}
        onOpen={(key) => onGroup('hour', key)}
      />
    </Card>
  );
}
