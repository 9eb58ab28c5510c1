// The board by state 看板: one column a state, each with what is due next on top.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../ui/call.ts';
import { uiWords } from '../../../ui/ui.words.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { boardWords as words } from '../board.words.ts';
import { type BoardRow, type CaseKind, listCases } from '../case.contract.ts';
import { type BoardAsk, boardCodecs } from './boardAddress.ts';
import { CaseCard } from './parts/CaseCard.tsx';
import type { CaseFaces } from './parts/caseFace.ts';

const cardsPerColumn = 20;

export function BoardKanban(props: {
  faces: CaseFaces;
  ask: BoardAsk;
  kind: CaseKind | 'all';
  counts: ReadonlyMap<string, { word: string; cases: number }>;
  pathOf: (row: BoardRow) => string | null;
}) {
  const { faces } = props;
  const shown = Object.values(faces).filter((face) => props.kind === 'all' || face.kind === props.kind);
  const columns = new Map<string, string>();
  for (const face of shown)
    for (const state of face.states) if (!face.isEnded(state)) columns.set(state, face.stateWord(state));
  return (
    <div className="kanban">
      {[...columns].map(([state, word]) => (
        <KanbanColumn key={state} {...props} state={state} word={word} />
      ))}
    </div>
  );
}

function KanbanColumn(props: {
  state: string;
  word: string;
  faces: CaseFaces;
  ask: BoardAsk;
  pathOf: (row: BoardRow) => string | null;
}) {
  const { id: communityId } = useCommunity();
  const [, setFilters] = useAddressState(boardCodecs);
  const ask = { ...props.ask, state: props.state };
  const column = useQuery({
    queryKey: ['case', communityId, 'kanban', ask],
    queryFn: ({ signal }) =>
      call(listCases, { params: { communityId }, query: { ...ask, limit: cardsPerColumn, count: 'true' }, signal }),
    placeholderData: keepPreviousData,
  });
  const rows = column.data?.items ?? [];
  const total = column.data?.total ?? rows.length;
  return (
    <section className={rows.length === 0 ? 'column bare' : 'column'} aria-label={props.word}>
      <h2>
        {props.word} <span className="faint num">{column.data ? total : ''}</span>
      </h2>
      {column.isPending ? <div className="busyline" role="status" aria-label={uiWords.loading} /> : null}
      {rows.map((row) => (
        <CaseCard key={row.id} row={row} faces={props.faces} to={props.pathOf(row)} />
      ))}
      {column.data && rows.length === 0 ? <span className="faint">{words.emptyColumn}</span> : null}
      {total > rows.length ? (
        <button type="button" className="btn quiet" onClick={() => setFilters({ view: 'table', state: props.state })}>
          {words.moreInTable(total - rows.length)}
        </button>
      ) : null}
    </section>
  );
}
