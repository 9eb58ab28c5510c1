// The price list as people read and post it: one table a category, tabular figures, free items named free.
import { yuanOfFen } from '../../../../kernel/money.ts';
import type { PriceItem } from '../../price-list.contract.ts';
import { priceListPageWords as words } from '../../price-list.words.ts';

export type CategoryName = (code: string) => string;

/** Items by category in the order of the standard. */
export function byCategory(items: readonly PriceItem[], codes: readonly string[]): [string, PriceItem[]][] {
  const order = [...codes, ...items.map((item) => item.category).filter((code) => !codes.includes(code))];
  return [...new Set(order)]
    .map((code): [string, PriceItem[]] => [code, items.filter((item) => item.category === code)])
    .filter(([, found]) => found.length > 0);
}

export function PriceTable(props: { groups: readonly [string, PriceItem[]][]; nameOf: CategoryName }) {
  return (
    <div className="tablebox">
      <table className="data pricetable">
        <thead>
          <tr>
            <th>{words.columns.code}</th>
            <th>{words.columns.name}</th>
            <th>{words.columns.unit}</th>
            <th className="right">{words.columns.price}</th>
            <th>{words.columns.materials}</th>
          </tr>
        </thead>
        {props.groups.map(([category, items]) => (
          <tbody key={category}>
            <tr className="pricegroup">
              <th colSpan={5} scope="rowgroup">
                {props.nameOf(category)} <span className="faint num">{words.counted(items.length)}</span>
              </th>
            </tr>
            {items.map((item) => (
              <tr key={item.id}>
                <td className="num">{item.code}</td>
                <td className="anywhere">{item.name}</td>
                <td>{item.unit}</td>
                <td className="right num">{item.isPaid ? yuanOfFen(item.unitPriceFen) : words.free}</td>
                <td className="muted anywhere">{item.materials}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
