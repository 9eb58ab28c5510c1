// Says that a draft came back, and offers to start afresh.
import { dayOf, wallTimeOf } from '../kernel/time.ts';
import { Sign } from './Sign.tsx';
import { uiWords } from './ui.words.ts';
import type { DraftState } from './useDraft.ts';

export function DraftNote<Value>({ draft }: { draft: DraftState<Value> }) {
  if (draft.restoredAt === null) return null;
  return (
    <div className="notice plain" role="status">
      <Sign name="note" />
      <span className="grow">
        {uiWords.draft.restored(`${dayOf(draft.restoredAt)} ${wallTimeOf(draft.restoredAt).slice(0, 5)}`)}
      </span>
      <button type="button" className="btn quiet" onClick={draft.clear}>
        {uiWords.draft.discard}
      </button>
    </div>
  );
}
