import { expect, it } from 'vitest';
import { differences } from '../src/compare';

const words = { labels: {}, texts: { phase: { received: 'đã nhận' } }, yes: 'có', no: 'không', language: 'vi' } as const;

it('only what reads otherwise is a difference', () => {
  const before = { name: 'Chè', phase: 'received', stars: null, late: false };
  const after = { name: 'Chè', phase: 'recognised', stars: 4, late: false };
  expect(differences(before, after, words)).toEqual([
    { key: 'phase', before: 'đã nhận', after: 'recognised' },
    { key: 'stars', before: '', after: '4' },
  ]);
  expect(differences(after, after, words)).toEqual([]);
});

it('what was not there yet is empty', () => {
  expect(differences(null, { name: 'Chè' }, words)).toEqual([{ key: 'name', before: '', after: 'Chè' }]);
});
