import { expect, test } from 'vitest';
import {
  countCodec,
  flagCodec,
  oneOfCodec,
  readAddress,
  someOfCodec,
  sortCodec,
  textCodec,
  writeAddress,
} from './addressState.ts';

const codecs = {
  q: textCodec(),
  kind: oneOfCodec(['repair', 'complaint'], 'repair'),
  state: someOfCodec(['open', 'done', 'closed']),
  overdue: flagCodec(),
  limit: countCodec(50),
  sort: sortCodec(['dueAt', 'code'], { field: 'dueAt', down: false }),
};

test('filters chosen are read back from the address as they were', () => {
  const chosen = {
    q: '3栋502 & 王',
    kind: 'complaint',
    state: ['open', 'closed'],
    overdue: true,
    limit: 20,
    sort: { field: 'code', down: true },
  } as const;
  expect(readAddress(codecs, writeAddress(codecs, '', chosen))).toEqual(chosen);
});

test('a view as it comes has a bare address, and what is not ours stays in it', () => {
  const search = writeAddress(codecs, '?print=a5&overdue=true&state=open', { overdue: false, state: [] });
  expect(search).toBe('?print=a5');
});

test('an address typed by hand with nonsense shows the list as it comes', () => {
  expect(readAddress(codecs, '?kind=elephant&state=open,gone&overdue=maybe&limit=-3&sort=-price')).toEqual({
    q: '',
    kind: 'repair',
    state: ['open'],
    overdue: false,
    limit: 50,
    sort: { field: 'dueAt', down: false },
  });
});

test('taking the sort away is kept apart from the sort as it comes', () => {
  expect(writeAddress(codecs, '', { q: 'x', sort: { field: 'dueAt', down: true } })).toBe('?q=x&sort=-dueAt');
});
