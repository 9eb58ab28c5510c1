// Writing the next price list: a line an item, kept on this device while it is typed, faults beside their line.
import { useState } from 'react';
import { newId } from '../../../../kernel/id.ts';
import { fenOfYuan, yuanOfFen } from '../../../../kernel/money.ts';
import { DraftNote } from '../../../../ui/DraftNote.tsx';
import { Problem } from '../../../../ui/Problem.tsx';
import { ProblemError } from '../../../../ui/problem.ts';
import { uiWords } from '../../../../ui/ui.words.ts';
import { useDraft } from '../../../../ui/useDraft.ts';
import type { PriceItem } from '../../price-list.contract.ts';
import { priceListMoveWords, priceListPageWords as words } from '../../price-list.words.ts';

type Line = Omit<PriceItem, 'unitPriceFen'> & { price: string };
type Typed = { lines: Line[]; note: string };

const lineOf = ({ unitPriceFen, ...item }: PriceItem): Line => ({ ...item, price: yuanOfFen(unitPriceFen) });

/** Brings a faulty line before the eyes of whoever stands at the button below two hundred lines. */
function showLine(index: number): void {
  document.querySelectorAll<HTMLInputElement>('.priceedit .price')[index]?.focus();
}

export function PriceListEditor(props: {
  /** Names the draft on this device: the version's id, or `new`. */
  form: string;
  items: readonly PriceItem[];
  note: string;
  categories: readonly { code: string; name: string }[];
  onSave: (body: { items: PriceItem[]; note: string }) => Promise<void>;
  onLeave: () => void;
}) {
  const draft = useDraft<Typed>(`price-list:${props.form}`, { lines: props.items.map(lineOf), note: props.note });
  const { lines, note } = draft.value;
  const [error, setError] = useState<unknown>(null);
  const [isSaving, setSaving] = useState(false);
  const [badLine, setBadLine] = useState<number | null>(null);
  const set = (index: number, part: Partial<Line>) =>
    draft.setValue((before) => ({
      ...before,
      lines: before.lines.map((line, at) => (at === index ? { ...line, ...part } : line)),
    }));
  const faultOf = (index: number) =>
    error instanceof ProblemError
      ? error.errors.filter((one) => one.path.startsWith(`items.${index}.`)).map((one) => one.message)
      : [];
  const save = async () => {
    const items: PriceItem[] = [];
    for (const [index, { price, ...line }] of lines.entries()) {
      const fen = line.isPaid ? fenOfYuan(price) : 0;
      if (fen === null) {
        setBadLine(index);
        showLine(index);
        return;
      }
      items.push({ ...line, unitPriceFen: fen });
    }
    setBadLine(null);
    setSaving(true);
    setError(null);
    try {
      await props.onSave({ items, note });
      draft.clear();
    } catch (caught) {
      setError(caught);
      const line =
        caught instanceof ProblemError ? /^items\.(\d+)\./.exec(caught.errors[0]?.path ?? '')?.[1] : undefined;
      if (line !== undefined) showLine(Number(line));
    } finally {
      setSaving(false);
    }
  };
  const add = () => {
    const category = lines.at(-1)?.category ?? props.categories[0]?.code ?? 'other';
    const line = {
      id: newId(),
      code: '',
      name: '',
      category,
      isPaid: true,
      unit: words.unitOfNew,
      materials: '',
      price: '',
    };
    draft.setValue((before) => ({ ...before, lines: [...before.lines, line] }));
  };
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      noValidate
    >
      <DraftNote draft={draft} />
      <div className="tablebox">
        <table className="data priceedit">
          <thead>
            <tr>
              <th>{words.columns.code}</th>
              <th>{words.columns.name}</th>
              <th>{words.columns.category}</th>
              <th>{words.paid}</th>
              <th>{words.columns.unit}</th>
              <th>{words.columns.price}</th>
              <th>{words.columns.materials}</th>
              <th aria-label={words.columns.remove} />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => {
              const faults = [...faultOf(index), ...(badLine === index ? [words.yuanBad] : [])];
              return (
                <tr key={line.id} className={faults.length > 0 ? 'bad' : undefined}>
                  <td>
                    <input
                      aria-label={`${words.columns.code} ${index + 1}`}
                      value={line.code}
                      maxLength={20}
                      onChange={(event) => set(index, { code: event.target.value })}
                    />
                  </td>
                  <td>
                    <input
                      aria-label={`${words.columns.name} ${index + 1}`}
                      value={line.name}
                      maxLength={100}
                      onChange={(event) => set(index, { name: event.target.value })}
                    />
                    {faults.map((fault) => (
                      <span key={fault} className="fault">
                        {fault}
                      </span>
                    ))}
                  </td>
                  <td>
                    <select
                      aria-label={`${words.columns.category} ${index + 1}`}
                      value={line.category}
                      onChange={(event) => set(index, { category: event.target.value })}
                    >
                      {props.categories.map((one) => (
                        <option key={one.code} value={one.code}>
                          {one.name}
                        </option>
                      ))}
                    </select>
                  </td>
                  <td className="tick">
                    <input
                      type="checkbox"
                      aria-label={`${words.paid} ${index + 1}`}
                      checked={line.isPaid}
                      onChange={(event) => set(index, { isPaid: event.target.checked })}
                    />
                  </td>
                  <td>
                    <input
                      aria-label={`${words.columns.unit} ${index + 1}`}
                      value={line.unit}
                      maxLength={10}
                      onChange={(event) => set(index, { unit: event.target.value })}
                    />
                  </td>
                  <td>
                    <input
                      aria-label={`${words.columns.price} ${index + 1}`}
                      className="num right price"
                      inputMode="decimal"
                      disabled={!line.isPaid}
                      value={line.isPaid ? line.price : words.free}
                      onChange={(event) => set(index, { price: event.target.value })}
                    />
                  </td>
                  <td>
                    <input
                      aria-label={`${words.columns.materials} ${index + 1}`}
                      value={line.materials}
                      maxLength={300}
                      onChange={(event) => set(index, { materials: event.target.value })}
                    />
                  </td>
                  <td>
                    <button
                      type="button"
                      className="btn quiet icon"
                      aria-label={words.remove(line.name)}
                      onClick={() =>
                        draft.setValue((before) => ({ ...before, lines: before.lines.filter((_, at) => at !== index) }))
                      }
                    >
                      ×
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <div className="body col">
        <button type="button" className="btn quiet start" onClick={add}>
          + {words.add}
        </button>
        <label className="field">
          <span className="label">{words.note}</span>
          <input
            value={note}
            maxLength={500}
            placeholder={words.notePlaceholder}
            onChange={(event) => draft.setValue((before) => ({ ...before, note: event.target.value }))}
          />
        </label>
        <Problem error={error} />
        <div className="row">
          <button type="submit" className="btn primary" aria-busy={isSaving} disabled={isSaving}>
            {isSaving ? uiWords.saving : priceListMoveWords.amend}
          </button>
          <button type="button" className="btn" onClick={props.onLeave}>
            {uiWords.cancel}
          </button>
        </div>
      </div>
    </form>
  );
}
