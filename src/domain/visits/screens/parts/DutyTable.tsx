// A month by people 月度完成: how many households each visited, has agreed, and still lacks (FU7).
import type { Month } from '../../../../kernel/time.ts';
import { Card } from '../../../../ui/Card.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import { roleWords } from '../../../access/role.words.ts';
import { monthAfter } from '../../../indicators/indicator.rules.ts';
import { indicatorPageWords } from '../../../indicators/indicator.words.ts';
import { visitPageWords } from '../../visit-page.words.ts';
import { isMonth, useVisitMonth } from '../useVisits.ts';

const words = visitPageWords.duty;

export function DutyTable(props: {
  month: Month;
  current: Month;
  onMonth: (month: Month) => void;
  onPerson: (id: string) => void;
}) {
  const { month, current } = props;
  const found = useVisitMonth(month);
  const items = found.data?.items ?? [];
  const all = found.data?.perPerson ?? 0;
  return (
    <Card
      title={visitPageWords.month(month)}
      note={items.length === 0 ? undefined : words.met(items.filter((one) => one.missing === 0).length, items.length)}
      flush
    >
      <div className="visitfilters no-print">
        <button type="button" className="btn" onClick={() => props.onMonth(monthAfter(month, -1))}>
          {indicatorPageWords.before}
        </button>
        <div className="field">
          <input
            type="month"
            className="num"
            aria-label={visitPageWords.monthField}
            value={month}
            max={current}
            onChange={(event) =>
              isMonth(event.target.value) && event.target.value <= current && props.onMonth(event.target.value)
            }
          />
        </div>
        <button
          type="button"
          className="btn"
          disabled={month >= current}
          onClick={() => props.onMonth(monthAfter(month))}
        >
          {indicatorPageWords.after}
        </button>
      </div>
      <Problem error={found.error} retry={() => void found.refetch()} />
      {found.data === undefined ? (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      ) : items.length === 0 ? (
        <EmptyState title={words.none}>
          <p>{words.noneText}</p>
        </EmptyState>
      ) : (
        <>
          <p className="muted visitfilters">{visitPageWords.dutyRule(all)}</p>
          <div className="tablebox">
            <table className="data">
              <thead>
                <tr>
                  <th scope="col">{words.person}</th>
                  <th scope="col">{words.missing}</th>
                  <th scope="col">{words.households}</th>
                  <th scope="col">{words.visits}</th>
                  <th scope="col">{words.ahead}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.person.id}>
                    <td>
                      <button type="button" className="linklike" onClick={() => props.onPerson(one.person.id)}>
                        {one.person.name}
                      </button>{' '}
                      <span className="faint">{one.person.roles.map((role) => roleWords[role]).join('、')}</span>
                    </td>
                    <td>
                      {one.missing === 0 ? (
                        <span className="tag met">{words.done}</span>
                      ) : (
                        <span className="tag late num">{words.lacks(one.missing)}</span>
                      )}
                    </td>
                    <td className="num nowrap">
                      {words.of(one.households, all)}
                      <span className="dutyshare" aria-hidden="true">
                        <i style={{ width: `${Math.min(1, all === 0 ? 1 : one.households / all) * 100}%` }} />
                      </span>
                    </td>
                    <td className="num">{one.visits}</td>
                    <td className="num">{one.ahead}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </Card>
  );
}
