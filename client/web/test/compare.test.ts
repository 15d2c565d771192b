import { expect, it } from 'vitest';
import { differences, together } from '../src/compare';

const words = { labels: { dossiers: 'hồ sơ', phase: 'bước' }, texts: { phase: { received: 'đã nhận' } }, yes: 'có', no: 'không', language: 'vi' } as const;

it('only what reads otherwise is a difference', () => {
  const before = { name: 'Chè', phase: 'received', stars: null, late: false };
  const after = { name: 'Chè', phase: 'recognised', stars: 4, late: false };
  expect(differences(before, after, words)).toEqual([
    { what: 'Bước', before: 'đã nhận', after: 'recognised' },
    { what: 'Stars', before: '', after: '4' },
  ]);
  expect(differences(after, after, words)).toEqual([]);
});

it('what was not there yet is empty', () => {
  expect(differences(null, { name: 'Chè' }, words)).toEqual([{ what: 'Name', before: '', after: 'Chè' }]);
});

it('a list is compared row by row, though each row goes by the same name', () => {
  const before = { dossiers: [{ name: 'Chè', phase: 'received' }] };
  const after = { dossiers: [{ name: 'Chè', phase: 'tallied' }] };
  expect(differences(before, after, words)).toEqual([{ what: 'Hồ sơ: Bước', before: 'đã nhận', after: 'tallied' }]);
  expect(differences(before, { dossiers: [...after.dossiers, { name: 'Chè' }] }, words)).toEqual([
    { what: 'Hồ sơ 1: Bước', before: 'đã nhận', after: 'tallied' },
    { what: 'Hồ sơ 2: Name', before: '', after: 'Chè' },
  ]);
  expect(differences({ dossiers: [] }, before, words)).toHaveLength(2);
});

it('two answers tell each other’s values', () => {
  expect(together({ phase: { received: 'đã nhận' } }, { phase: { tallied: 'đã chấm' }, kind: { new: 'mới' } })).toEqual({
    phase: { received: 'đã nhận', tallied: 'đã chấm' },
    kind: { new: 'mới' },
  });
});
