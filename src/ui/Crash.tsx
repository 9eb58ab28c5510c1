// Holds a page that broke, so that the rest of the app goes on and what was typed stays.
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { EmptyState } from './EmptyState.tsx';
import { uiWords } from './ui.words.ts';

export class Crash extends Component<{ children: ReactNode }, { hasBroken: boolean }> {
  override state = { hasBroken: false };
  static getDerivedStateFromError() {
    return { hasBroken: true };
  }
  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }
  override render() {
    if (!this.state.hasBroken) return this.props.children;
    return <CrashNote />;
  }
}

export function CrashNote() {
  return (
    <EmptyState
      title={uiWords.crash.title}
      action={
        <button type="button" className="btn primary" onClick={() => window.location.reload()}>
          {uiWords.reload}
        </button>
      }
    >
      <p>{uiWords.crash.text}</p>
    </EmptyState>
  );
}
