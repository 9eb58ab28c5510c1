// The lists of the month's analysis: what failed or was not reached, and what came again and again from one household.
import { Link } from '@tanstack/react-router';
import { Card } from '../../../../ui/Card.tsx';
import { useCommunity } from '../../../access/screens/parts/session.ts';
import { caseAddress } from '../../../cases/screens/parts/caseAddress.ts';
import { ShortTime } from '../../../cases/screens/parts/ShortTime.tsx';
import { repairCategoryWords } from '../../../repairs/repair.words.ts';
import type { MonthAnalysis } from '../../follow-up-analysis.contract.ts';
import { monthWords as words } from '../../follow-up-page.words.ts';
import { followUpAddress } from './followUpFacts.ts';
import { CaseRefs } from './RateTable.tsx';

const categoryWord = (code: string | null): string =>
  code === null ? words.none : ((repairCategoryWords as Readonly<Record<string, string>>)[code] ?? code);

export function FailedTable(props: { title: string; empty: string; rows: MonthAnalysis['failed'] }) {
  const community = useCommunity();
  const { columns } = words;
  return (
    <Card title={props.title} note={props.rows.length > 0 ? words.times(props.rows.length) : undefined} flush>
      {props.rows.length === 0 ? (
        <p className="line faint">{props.empty}</p>
      ) : (
        <div className="tablebox">
          <table className="data dense">
            <thead>
              <tr>
                {[columns.followUp, columns.case, columns.unit, columns.category, columns.satisfaction].map((word) => (
                  <th key={word}>{word}</th>
                ))}
                <th className="wide">{columns.lacking}</th>
                <th>{columns.at}</th>
                <th>{columns.complaint}</th>
              </tr>
            </thead>
            <tbody>
              {props.rows.map((row) => (
                <tr key={row.followUpId}>
                  <td>
                    <Link className="num code" to={followUpAddress(community.code, row.followUpId)}>
                      {row.code}
                    </Link>
                  </td>
                  <td>
                    <CaseRefs refs={[row.case]} />
                  </td>
                  <td className="num">{row.unit ?? words.none}</td>
                  <td className="nowrap">{categoryWord(row.category)}</td>
                  <td className="num">{row.satisfaction ?? words.none}</td>
                  <td className="longtext">{row.lacking ?? words.none}</td>
                  <td>
                    <ShortTime at={row.at} />
                  </td>
                  <td>
                    {row.complaint === null ? (
                      words.none
                    ) : (
                      <Link className="num code" to={caseAddress(community.code, row.complaint.id, 'complaint')}>
                        {row.complaint.code}
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

export function RepeatedTable(props: { title: string; note: string; items: MonthAnalysis['sameRepair']['items'] }) {
  const { columns } = words;
  return (
    <Card title={props.title} note={props.note} flush>
      {props.items.length === 0 ? (
        <p className="line faint">{words.noRepeated}</p>
      ) : (
        <div className="tablebox">
          <table className="data dense">
            <thead>
              <tr>
                <th>{columns.unit}</th>
                <th>{columns.category}</th>
                <th className="right">{columns.count}</th>
                <th className="wide">{columns.cases}</th>
              </tr>
            </thead>
            <tbody>
              {props.items.map((item) => (
                <tr key={`${item.unitId}${item.category}`}>
                  <td className="num">{item.unit}</td>
                  <td className="nowrap">{categoryWord(item.category)}</td>
                  <td className="right">{words.times(item.count)}</td>
                  <td className="refs">
                    <CaseRefs refs={item.cases} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
