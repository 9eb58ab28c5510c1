// Views 视图 of the board: the usual ones, and one's own kept on this device.
import { type FormEvent, useState } from 'react';
import { readAddress, writeAddress } from '../../../ui/addressState.ts';
import { devicePerson, deviceStore } from '../../../ui/device.ts';
import { Popover } from '../../../ui/Popover.tsx';
import { Sign } from '../../../ui/Sign.tsx';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { boardWords as words } from '../board.words.ts';
import { type BoardFilters, boardCodecs, noFilters } from './boardAddress.ts';

type View = { name: string; search: string };

const builtIn: readonly { name: keyof typeof words.builtInViews; filters: Partial<BoardFilters> }[] = [
  { name: 'open', filters: {} },
  { name: 'mine', filters: { responsible: 'me' } },
  { name: 'unassigned', filters: { responsible: 'none' } },
  { name: 'overdue', filters: { overdue: true } },
  { name: 'all', filters: { state: 'all', sort: 'newest' } },
];

const place = () => `guanjia:views:board:${devicePerson()}`;

function readViews(): View[] {
  try {
    const kept: unknown = JSON.parse(deviceStore.getItem(place()) ?? '[]');
    if (Array.isArray(kept))
      return kept.filter((one): one is View => typeof one?.name === 'string' && typeof one?.search === 'string');
  } catch {
    // Cut off or not ours: as good as none.
  }
  return [];
}

export function SavedViews(props: { overdue: number; openCases: number }) {
  const [filters, setFilters] = useAddressState(boardCodecs);
  const [views, setViews] = useState(readViews);
  const [name, setName] = useState('');
  const keep = (next: View[]) => {
    setViews(next);
    deviceStore.setItem(place(), JSON.stringify(next));
  };
  const show = (search: string) => setFilters({ ...readAddress(boardCodecs, search), open: '' });
  const add = (event: FormEvent) => {
    event.preventDefault();
    const called = name.trim();
    if (called === '') return;
    const search = writeAddress(boardCodecs, '', { ...filters, open: '' });
    keep([...views.filter((view) => view.name !== called), { name: called, search }]);
    setName('');
  };
  const countOf = (view: string) => (view === 'overdue' ? props.overdue : view === 'open' ? props.openCases : 0);
  return (
    <Popover
      className="btn quiet"
      label={
        <>
          {words.views}
          {props.overdue > 0 ? <span className="hotcount num">{props.overdue}</span> : null}
          <Sign name="down" />
        </>
      }
    >
      <div className="views">
        {builtIn.map((view) => (
          <button
            key={view.name}
            type="button"
            className="viewline"
            onClick={() => setFilters({ ...noFilters, sort: 'due', open: '', ...view.filters })}
          >
            <span className="grow">{words.builtInViews[view.name]}</span>
            {countOf(view.name) > 0 ? (
              <span className={view.name === 'overdue' ? 'hotcount num' : 'faint num'}>{countOf(view.name)}</span>
            ) : null}
          </button>
        ))}
        <hr />
        <div className="faint">{words.myViews}</div>
        {views.length === 0 ? <div className="faint">{words.noViews}</div> : null}
        {views.map((view) => (
          <div key={view.name} className="row">
            <button type="button" className="viewline" onClick={() => show(view.search)}>
              {view.name}
            </button>
            <button
              type="button"
              className="btn quiet icon"
              aria-label={words.forgetView(view.name)}
              onClick={() => keep(views.filter((one) => one.name !== view.name))}
            >
              ×
            </button>
          </div>
        ))}
        <form className="row field" onSubmit={add}>
          <input
            aria-label={words.viewName}
            placeholder={words.viewName}
            maxLength={30}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="btn" disabled={name.trim() === ''}>
            {words.keepView}
          </button>
        </form>
        <div className="faint">{words.viewHint}</div>
      </div>
    </Popover>
  );
}
