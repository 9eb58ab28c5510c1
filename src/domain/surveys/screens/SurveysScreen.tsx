// The page 满意度调查: every survey with what it came to, the trend over them, and a new questionnaire.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { dayOf } from '../../../kernel/time.ts';
import { Card } from '../../../ui/Card.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { uiWords } from '../../../ui/ui.words.ts';
import { useCommunity, useMay } from '../../access/screens/parts/session.ts';
import type { Survey } from '../survey.contract.ts';
import { surveyStateWords } from '../survey.words.ts';
import { surveyPageWords as words } from '../survey-page.words.ts';
import { SurveyEditor } from './parts/SurveyEditor.tsx';
import { useRefreshSurveys, useSurveys } from './useSurveys.ts';
import './parts/surveys.css';

/** Columns that give way on a phone. */
const wideOnly: readonly string[] = ['index', 'endsOn', 'handed'];

export function SurveysScreen() {
  const community = useCommunity();
  const may = useMay();
  const found = useSurveys();
  const refresh = useRefreshSurveys();
  const [isCreating, setCreating] = useState(false);
  const items = found.data?.items ?? [];
  const create = may('survey.write') ? (
    <button type="button" className="btn primary no-print" onClick={() => setCreating(true)}>
      {words.create}
    </button>
  ) : null;
  return (
    <div className="stack">
      <PageHead title={words.title} note={community.name}>
        {create}
      </PageHead>
      <p className="muted no-print">{words.lead}</p>
      <Problem error={found.error} retry={() => void found.refetch()} />
      {found.data === undefined ? (
        <div className="busyline" role="status" aria-label={uiWords.loading} />
      ) : (
        <p className="notice plain num">{words.nextBy(found.data.everyMonths, found.data.nextBy)}</p>
      )}
      {found.data && items.length === 0 ? (
        <Card>
          <EmptyState title={words.none} action={create}>
            <p>{words.noneText}</p>
          </EmptyState>
        </Card>
      ) : null}
      <Trend items={items.filter((one) => one.figures.rate !== null).reverse()} />
      {items.length === 0 ? null : (
        <Card title={words.rows} flush>
          <div className="tablebox">
            <table className="data">
              <thead>
                <tr>
                  {Object.entries(words.columns).map(([key, word]) => (
                    <th key={key} scope="col" className={wideOnly.includes(key) ? 'wideonly' : undefined}>
                      {word}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <td className="anywhere">
                      <Link to={`/c/${community.code}/surveys/${one.id}`}>{one.title}</Link>
                    </td>
                    <td>
                      <span className={one.state === 'open' ? 'tag accent' : 'tag'}>{surveyStateWords[one.state]}</span>
                    </td>
                    <td className="num">{words.percent(one.figures.rate)}</td>
                    <td className="num wideonly">{words.points(one.figures.index)}</td>
                    <td className="num nowrap">
                      {one.state === 'draft' ? '—' : words.answered(one.figures.answered, one.figures.asked)}
                    </td>
                    <td className="num nowrap wideonly">{one.endsOn}</td>
                    <td className="num nowrap wideonly">{one.handed === null ? '—' : dayOf(one.handed.at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {isCreating ? (
        <SurveyEditor
          survey={null}
          onClose={() => setCreating(false)}
          onDone={async () => {
            setCreating(false);
            await refresh();
          }}
        />
      ) : null}
    </div>
  );
}

/** Oldest first, rate and index as bars of a hundred beside each other. */
function Trend({ items }: { items: readonly Survey[] }) {
  if (items.length < 2) return null;
  return (
    <Card title={words.trend}>
      <ol className="surveytrend">
        {items.map((one) => (
          <li key={one.id}>
            <span className="anywhere">{one.title}</span>
            <span className="faint">{words.columns.rate}</span>
            <Bar share={one.figures.rate ?? 0} target={one.targets.rate} />
            <b className="num">{words.percent(one.figures.rate)}</b>
            <span className="faint">{words.columns.index}</span>
            <Bar share={(one.figures.index ?? 0) / 100} target={one.targets.index / 100} />
            <b className="num">{words.points(one.figures.index)}</b>
          </li>
        ))}
      </ol>
    </Card>
  );
}

export const Bar = ({ share, target }: { share: number; target?: number }) => (
  <span className="surveybar" aria-hidden="true">
    <i style={{ width: `${Math.min(1, share) * 100}%` }} />
    {target === undefined ? null : <b style={{ left: `${target * 100}%` }} />}
  </span>
);
