// Lines of a quote or of what was used: what, how much, at which price, with their sum.
import type { ReactNode } from 'react';
import { fenOfYuan, yuanOfFen } from '../../../../kernel/money.ts';
import type { PriceItem } from '../../../price-lists/price-list.contract.ts';
import { priceListPageWords } from '../../../price-lists/price-list.words.ts';
import { PriceItemPicker } from '../../../price-lists/screens/parts/PriceItemPicker.tsx';
import { repairPageWords } from '../../repair-page.words.ts';
import { emptyLine, type LineDraft, lineFen, quantityOf } from './moveDraft.ts';

const words = repairPageWords.dialog;

export function PriceLines(props: {
  label: string;
  lines: LineDraft[];
  onChange: (lines: LineDraft[]) => void;
  /** Items of the price list, to be taken over as lines. */
  items?: readonly PriceItem[];
  category?: string;
}) {
  const { lines, onChange } = props;
  const change = (index: number, part: Partial<LineDraft>) =>
    onChange(lines.map((line, at) => (at === index ? changedLine(line, part) : line)));
  const take = (id: string) => {
    const item = props.items?.find((one) => one.id === id);
    if (!item) return;
    const line = { name: item.name, quantity: '1', price: yuanOfFen(item.unitPriceFen), priceItemId: item.id };
    onChange([...lines.filter((one) => one.name.trim() !== '' || one.price.trim() !== ''), line]);
  };
  const sumFen = lines.reduce((sum, line) => {
    const quantity = quantityOf(line.quantity);
    const price = fenOfYuan(line.price);
    return quantity === null || price === null ? sum : sum + lineFen(quantity, price);
  }, 0);
  return (
    <div className="field">
      <span className="label">{props.label}</span>
      {lines.length === 0 ? null : (
        <div className="pricelines">
          <span className="head">{words.lineKind}</span>
          <span className="head">{words.lineName}</span>
          <span className="head">{words.quantity}</span>
          <span className="head">{words.unitPrice}</span>
          <span className="head" />
          {lines.map((line, index) => (
            <PriceLine
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own while they are typed
              key={index}
              line={line}
              index={index + 1}
              change={(part) => change(index, part)}
              replace={(next) => onChange(lines.map((one, at) => (at === index ? next : one)))}
            >
              <button
                type="button"
                className="btn quiet icon"
                aria-label={words.removeLine(index + 1)}
                onClick={() => onChange(lines.filter((_, at) => at !== index))}
              >
                ×
              </button>
            </PriceLine>
          ))}
        </div>
      )}
      {props.items === undefined || props.items.length === 0 ? null : (
        <PriceItemPicker
          label={priceListPageWords.pick}
          items={props.items}
          category={props.category ?? null}
          none={priceListPageWords.pickFromList}
          value=""
          onChange={take}
        />
      )}
      <div className="row">
        <button type="button" className="btn quiet" onClick={() => onChange([...lines, { ...emptyLine }])}>
          + {words.addLine}
        </button>
        <span className="grow" />
        {lines.length === 0 ? null : (
          <span className="num">
            {words.sum} <b>{repairPageWords.yuan(sumFen)}</b>
          </span>
        )}
      </div>
    </div>
  );
}

const lineKinds = ['labour', 'material', 'other'] as const;

/** A line whose name or price was changed by hand is no longer the list's. */
function changedLine(line: LineDraft, part: Partial<LineDraft>): LineDraft {
  const { priceItemId, ...rest } = line;
  const isTheLists = priceItemId !== undefined && part.name === undefined && part.price === undefined;
  return { ...rest, ...(isTheLists ? { priceItemId } : {}), ...part };
}

function PriceLine(props: {
  line: LineDraft;
  index: number;
  change: (part: Partial<LineDraft>) => void;
  replace: (line: LineDraft) => void;
  children: ReactNode;
}) {
  const { line, change } = props;
  return (
    <>
      <label className="linecell lineKind">
        <span className="cellword">{words.lineKind}</span>
        <select
          aria-label={`${words.lineKind} ${props.index}`}
          value={line.kind ?? ''}
          onChange={(event) => {
            const { kind: _, ...rest } = line;
            const kind = lineKinds.find((one) => one === event.target.value);
            props.replace(kind === undefined ? rest : { ...rest, kind });
          }}
        >
          <option value="">{words.choose}</option>
          {lineKinds.map((kind) => (
            <option key={kind} value={kind}>
              {repairPageWords.lineKinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <label className="linecell lineName">
        <span className="cellword">{words.lineName}</span>
        <input
          aria-label={`${words.lineName} ${props.index}`}
          value={line.name}
          maxLength={100}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <label className="linecell quantity">
        <span className="cellword">{words.quantity}</span>
        <input
          aria-label={`${words.quantity} ${props.index}`}
          inputMode="decimal"
          value={line.quantity}
          onChange={(event) => change({ quantity: event.target.value })}
        />
      </label>
      <label className="linecell unitPrice">
        <span className="cellword">{words.unitPrice}</span>
        <input
          aria-label={`${words.unitPrice} ${props.index}`}
          inputMode="decimal"
          placeholder="0.00"
          value={line.price}
          onChange={(event) => change({ price: event.target.value })}
        />
      </label>
      {props.children}
    </>
  );
}
