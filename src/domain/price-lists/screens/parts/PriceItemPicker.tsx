// Choosing an item of the price list in force: the category's own first, with the price that the customer is told (RP6).
import { useQuery } from '@tanstack/react-query';
import { yuanOfFen } from '../../../../kernel/money.ts';
import { call } from '../../../../ui/call.ts';
import { SelectField } from '../../../../ui/SelectField.tsx';
import { type PriceItem, priceListRoutes } from '../../price-list.contract.ts';
import { priceListPageWords as words } from '../../price-list.words.ts';

/** The items in force; empty while they load, and where the caller may not see them. */
export function usePriceItems(communityId: string): readonly PriceItem[] {
  const list = useQuery({
    queryKey: ['price-list', communityId, 'published'],
    queryFn: ({ signal }) => call(priceListRoutes.getPriceList, { params: { communityId }, signal }),
  });
  return list.data?.items ?? [];
}

const itemInWords = (item: PriceItem): string =>
  `${item.name}  ${item.isPaid ? words.perUnit(yuanOfFen(item.unitPriceFen), item.unit) : words.free}`;

export function PriceItemPicker(props: {
  label: string;
  items: readonly PriceItem[];
  /** Of this category first. */
  category: string | null;
  value: string;
  onChange: (id: string) => void;
  /** What the first line says; further lines without an item, `[value, word]`. */
  none: string;
  others?: readonly (readonly [string, string])[];
  name?: string;
  fault?: string | undefined;
}) {
  const own = props.items.filter((item) => item.category === props.category);
  const rest = props.items.filter((item) => item.category !== props.category);
  const options = (items: readonly PriceItem[]) =>
    items.map((item) => (
      <option key={item.id} value={item.id}>
        {itemInWords(item)}
      </option>
    ));
  return (
    <SelectField
      label={props.label}
      name={props.name}
      value={props.value}
      fault={props.fault}
      onChange={props.onChange}
    >
      <option value="">{props.none}</option>
      {props.others?.map(([value, word]) => (
        <option key={value} value={value}>
          {word}
        </option>
      ))}
      {own.length > 0 && rest.length > 0 ? <optgroup label={words.ofCategory}>{options(own)}</optgroup> : options(own)}
      {rest.length > 0 ? <optgroup label={words.ofOthers}>{options(rest)}</optgroup> : null}
    </SelectField>
  );
}
