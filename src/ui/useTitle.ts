// What the browser's tab is called: the page first, because tabs are narrow, then where one is, then the product.
import { useEffect, useLayoutEffect } from 'react';
import { uiWords } from './ui.words.ts';

const titleOf = (parts: readonly (string | null | undefined)[]): string =>
  [...parts.filter((part) => part), uiWords.product].join(' · ');

/** Of the frame: stands before the page itself has anything to say. `place` changes with the address. */
export function useFrameTitle(page: string | undefined, where: string | undefined, place: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that named itself is left behind with its address
  useLayoutEffect(() => {
    document.title = titleOf([page, where]);
  }, [page, where, place]);
}

/** Of a page about one thing: its number or room. No names: a tab's title stays in the browser's history. */
export function usePageTitle(what: string | null | undefined, where?: string): void {
  useEffect(() => {
    if (what) document.title = titleOf([what, where]);
  }, [what, where]);
}
