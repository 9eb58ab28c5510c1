// Pages by falling id: each row once, in order, to the end; a cursor of somebody else's making is bad input.
import { describe, expect, it } from 'vitest';
import { encodeCursor, type Page, pageById } from './paging.ts';
import { BadInput } from './refusal.ts';

const rows = ['9', '8', '7', '5', '2'].map((id) => ({ id }));
const list = async ({ beforeId, limit }: { beforeId: string | undefined; limit: number }) =>
  rows.filter(({ id }) => beforeId === undefined || id < beforeId).slice(0, limit);
const shape = async (some: { id: string }[]) => some.map(({ id }) => `#${id}`);

describe('a page by id', () => {
  it.each([1, 2, 3, 5, 6])('of %d leads through all rows once', async (limit) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Page<string> = await pageById({ limit, ...(cursor === null ? {} : { cursor }) }, list, shape);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(['#9', '#8', '#7', '#5', '#2']);
  });

  it.each([
    ['of no text', 'x'],
    ['of another shape', encodeCursor(['9', 1])],
    ['of a number', encodeCursor([9])],
    ['of nothing', encodeCursor([null])],
  ])('refuses a cursor %s', async (_, cursor) => {
    await expect(pageById({ limit: 2, cursor }, list, shape)).rejects.toThrow(BadInput);
  });
});
