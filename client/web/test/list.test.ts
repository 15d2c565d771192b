import { expect, it } from 'vitest';
import { asked, cleared, isNarrowed, nextSort, readState } from '../src/list';

it('keeps a list in the address', () => {
  const state = readState(new URLSearchParams('q=che&sort=-due&page=3&filter.phase=a&filter.phase=b&other.q=x'));
  expect(state).toEqual({ q: 'che', sort: '-due', page: 3, filters: { phase: ['a', 'b'] } });
  expect(isNarrowed(state)).toBe(true);
  expect(asked({ mine: true }, state)).toEqual({ mine: true, q: 'che', sort: '-due', page: 3, 'filter.phase': ['a', 'b'] });
  expect(cleared(state)).toEqual({ q: null, page: null, 'filter.phase': null });
});

it('keeps lists of one page apart', () => {
  const query = new URLSearchParams('q=che&late.q=cam&late.filter.role=officer');
  expect(readState(query, 'late.')).toEqual({ q: 'cam', sort: '', page: 1, filters: { role: ['officer'] } });
  expect(isNarrowed(readState(query))).toBe(true);
});

it.each(['0', '-1', 'x', '1.5'])('page %s is the first', (page) => expect(readState(new URLSearchParams({ page })).page).toBe(1));

it('turns the order of a column', () => {
  expect(nextSort('', 'due')).toBe('due');
  expect(nextSort('due', 'due')).toBe('-due');
  expect(nextSort('-due', 'due')).toBe('');
  expect(nextSort('-due', 'name')).toBe('name');
});
