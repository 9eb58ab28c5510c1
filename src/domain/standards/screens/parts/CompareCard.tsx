// Any two versions beside each other: every line of the standard that reads differently, also what a release added.
import { useQuery } from '@tanstack/react-query';
import { Card } from '../../../../ui/Card.tsx';
import { call } from '../../../../ui/call.ts';
import { Problem } from '../../../../ui/Problem.tsx';
import { uiWords } from '../../../../ui/ui.words.ts';
import type { StandardDocument } from '../../standard.contract.ts';
import { draftWords as words } from '../../standard-draft.words.ts';
import { standardPageWords, standardSections } from '../../standard-page.words.ts';
import { type StandardAnswer, standardRoutes } from '../../standard-view.contract.ts';

type Line = { section: string; name: string; a: string; b: string };

/** Lines by section and name; one that only one version has stands against nothing. */
export function differingLines(a: StandardDocument, b: StandardDocument): Line[] {
  const linesOf = (document: StandardDocument) =>
    new Map(
      standardSections(document).flatMap((section) => {
        const met = new Map<string, number>();
        return section.rows.map((row): [string, { section: string; name: string; value: string }] => {
          const times = (met.get(row.name) ?? 0) + 1;
          met.set(row.name, times);
          const facts = row.facts ? Object.values(row.facts).join('，') : '';
          const value = facts === '' ? row.value : `${row.value}；${facts}`;
          return [`${section.code}/${row.name}/${times}`, { section: section.name, name: row.name, value }];
        });
      }),
    );
  const [left, right] = [linesOf(a), linesOf(b)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const [one, other] = [left.get(key), right.get(key)];
    if (one?.value === other?.value) return [];
    const { section = '', name = '' } = one ?? other ?? {};
    return [{ section, name, a: one?.value ?? words.missing, b: other?.value ?? words.missing }];
  });
}

export function CompareCard(props: { standard: StandardAnswer; withId: string }) {
  const { standard } = props;
  const other = useQuery({
    queryKey: ['standard', standard.communityId, props.withId],
    queryFn: ({ signal }) =>
      call(standardRoutes.getStandardVersion, {
        params: { communityId: standard.communityId, id: props.withId },
        signal,
      }),
  });
  if (other.error) return <Problem error={other.error} />;
  if (!other.data) return <div className="busyline" role="status" aria-label={uiWords.loading} />;
  const lines = differingLines(other.data.document, standard.document);
  const [a, b] = [standardPageWords.version(other.data.version), standardPageWords.version(standard.version)];
  return (
    <Card title={words.compareTitle(a, b)} note={standardPageWords.counted(lines.length)} flush>
      {lines.length === 0 ? (
        <p className="muted figurenotes">{words.same}</p>
      ) : (
        <div className="tablebox">
          <table className="data comparetable">
            <thead>
              <tr>
                <th>{words.heads.section}</th>
                <th>{words.heads.name}</th>
                <th>{a}</th>
                <th>{b}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={`${line.section}${line.name}${line.a}`}>
                  <td className="muted">{line.section}</td>
                  <td className="anywhere">{line.name}</td>
                  <td className="anywhere">{line.a}</td>
                  <td className="anywhere">
                    <b>{line.b}</b>
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
