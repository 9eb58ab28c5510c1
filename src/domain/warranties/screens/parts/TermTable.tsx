// The terms as a table: where, what, how long from when, who answers today, who did before.
import type { Day } from '../../../../kernel/time.ts';
import type { WarrantyTerm } from '../../warranty.contract.ts';
import { dayBefore } from '../../warranty.rules.ts';
import { coversWords, termInWords, warrantyPageWords as words } from '../../warranty.words.ts';

export const scopeInWords = (term: WarrantyTerm): string =>
  [coversWords[term.covers], term.unit?.label ?? term.building?.name ?? words.everywhere].join(' · ');

export function TermTable(props: {
  terms: readonly WarrantyTerm[];
  categories: Readonly<Record<string, string>>;
  today: Day;
  onChange: ((term: WarrantyTerm) => void) | null;
  onRemove: ((term: WarrantyTerm) => void) | null;
}) {
  const { columns } = words;
  return (
    <div className="tablebox">
      <table className="data terms">
        <thead>
          <tr>
            <th scope="col">{columns.category}</th>
            <th scope="col">{columns.part}</th>
            <th scope="col">{columns.scope}</th>
            <th scope="col">{columns.term}</th>
            <th scope="col">{columns.from}</th>
            <th scope="col">{columns.keeper}</th>
            {props.onChange === null ? null : <th className="no-print" aria-label={words.amend} />}
          </tr>
        </thead>
        <tbody>
          {props.terms.map((term) => (
            <tr key={term.id}>
              <td className="nowrap">{props.categories[term.category] ?? term.category}</td>
              <td>{term.part ?? <span className="faint">{words.wholeCategory}</span>}</td>
              <td className="nowrap">{scopeInWords(term)}</td>
              <td className="num nowrap">
                {term.months === null ? words.until(term.untilOn ?? '') : termInWords(term.months)}
              </td>
              <td className="num nowrap">
                {term.startsOn === null ? words.fromDelivery : words.fromDay(term.startsOn)}
              </td>
              <td>
                <Keepers term={term} today={props.today} />
              </td>
              {props.onChange === null ? null : (
                <td className="nowrap no-print">
                  <button type="button" className="btn quiet" onClick={() => props.onChange?.(term)}>
                    {words.changeContractor}
                  </button>
                  <button type="button" className="btn quiet" onClick={() => props.onRemove?.(term)}>
                    {words.remove}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Newest first: those still to come, who answers today, who did before. */
function Keepers({ term, today }: { term: WarrantyTerm; today: Day }) {
  const at = term.keepers.findIndex((one) => one.fromOn === null || one.fromOn <= today);
  return (
    <>
      {term.keepers.map((one, index) => {
        const key = `${one.contractor.id}${one.fromOn ?? ''}`;
        if (index < at)
          return (
            <div key={key} className="muted">
              {words.keeperNext(one.contractor.name, one.fromOn ?? '')}
            </div>
          );
        if (index === at)
          return (
            <div key={key}>
              {one.contractor.name}
              {one.fromOn === null ? null : <span className="faint num"> {words.keeperSince(one.fromOn)}</span>}
            </div>
          );
        const next = term.keepers[index - 1]?.fromOn;
        return (
          <div key={key} className="faint">
            {words.keeperBefore(one.contractor.name, next ? dayBefore(next) : '')}
          </div>
        );
      })}
    </>
  );
}
