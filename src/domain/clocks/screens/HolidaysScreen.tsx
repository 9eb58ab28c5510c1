// Holiday tables 放假安排 in the manager's hands: the years there are, which one is missing, one loaded when it is announced.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { call } from '../../../ui/call.ts';
import { Problem } from '../../../ui/Problem.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { SettingsTabs } from '../../access/screens/parts/SettingsTabs.tsx';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import { calendarRoutes } from '../calendar.contract.ts';
import { dayInWords, holidayInWords, calendarPageWords as words } from '../calendar.words.ts';
import { LoadYearDialog } from './parts/LoadYearDialog.tsx';
import { OwnDays } from './parts/OwnDays.tsx';

/** The first address in a source; what ships names the publisher before it. */
const addressOf = (source: string): string | undefined => /https:\/\/\S+/.exec(source)?.[0];

export function HolidaysScreen() {
  const community = useCommunity();
  const may = useMay();
  const client = useQueryClient();
  const [isLoading, setLoading] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const years = useQuery({
    queryKey: ['holidays', community.id],
    queryFn: ({ signal }) => call(calendarRoutes.listHolidayYears, { params: { communityId: community.id }, signal }),
  });
  if (years.error) return <Problem error={years.error} retry={() => void years.refetch()} />;
  if (!years.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const { items, missing } = years.data;
  return (
    <div className="stack">
      <SettingsTabs current="holidays" />
      <div className="row wrap pagehead">
        <h1>{words.title}</h1>
        <span className="grow" />
        {may('holiday.write') ? (
          <button type="button" className="btn primary" onClick={() => setLoading(true)}>
            {words.load}
          </button>
        ) : null}
      </div>
      <p className="muted">{words.lead}</p>
      {done === null ? null : (
        <p className="notice good" role="status">
          <Sign name="met" />
          {done}
        </p>
      )}
      {missing.length === 0 ? null : (
        <div className="notice warn" role="alert">
          <Sign name="warning" />
          <div>
            <b>{words.missing(missing.join('、'))}</b>
            <p>{words.missingText}</p>
          </div>
        </div>
      )}
      <Card flush>
        <div className="tablebox">
          <table className="data">
            <thead>
              <tr>
                <th>{words.columns.year}</th>
                <th>{words.columns.off}</th>
                <th>{words.columns.work}</th>
                <th>{words.columns.source}</th>
              </tr>
            </thead>
            <tbody>
              {[...items].reverse().map((year) => {
                const address = addressOf(year.source);
                return (
                  <tr key={year.year}>
                    <td className="num">
                      <b>{year.year}</b>
                    </td>
                    <td>{year.off.map(holidayInWords).join('；')}</td>
                    <td>{year.work.length === 0 ? words.noWork : year.work.map(dayInWords).join('、')}</td>
                    <td className="nowrap">
                      {year.loadedAt === null ? words.shipped : words.loadedOn(dayOf(year.loadedAt))}
                      {address === undefined ? null : (
                        <>
                          {' '}
                          <a className="linklike" href={address} target="_blank" rel="noreferrer">
                            {words.paper}
                          </a>
                        </>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Card>
      <OwnDays communityId={community.id} mayWrite={may('holiday.write')} onDone={setDone} />
      {isLoading ? (
        <LoadYearDialog
          communityId={community.id}
          known={items.map((one) => one.year)}
          onClose={() => setLoading(false)}
          onLoaded={({ year, recounted }) => {
            setLoading(false);
            setDone(words.loaded(year, recounted));
            void client.invalidateQueries({ queryKey: ['holidays', community.id] });
          }}
        />
      ) : null}
    </div>
  );
}
