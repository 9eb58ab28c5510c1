// Nothing here: says why, and offers the next thing to do.
import type { ReactNode } from 'react';
import { Sign } from './Sign.tsx';
import { uiWords } from './ui.words.ts';

export function EmptyState(props: { title?: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <Sign name="nothing" />
      <h3>{props.title ?? uiWords.empty.title}</h3>
      {props.children}
      {props.action}
    </div>
  );
}
