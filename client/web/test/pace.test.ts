import { expect, it } from 'vitest';
import { byUrgency, planned, sampleDays } from '../src/pace';

it('days are spread evenly and keep both ends', () => {
  expect(sampleDays('2023-01-01', '2023-01-11', 3)).toEqual(['2023-01-01', '2023-01-06', '2023-01-11']);
  expect(sampleDays('2023-01-01', '2023-01-02', 12)).toEqual(['2023-01-01', '2023-01-02']);
  expect(sampleDays('2023-01-01', '2023-01-01', 12)).toEqual(['2023-01-01']);
  expect(sampleDays('2023-02-01', '2023-01-01', 12)).toEqual([]);
});

it('the plan ends with everything on the deadline and stays there', () => {
  expect(planned(20, '2023-01-01', '2023-01-11', '2023-01-01')).toBe(0);
  expect(planned(20, '2023-01-01', '2023-01-11', '2023-01-06')).toBe(10);
  expect(planned(20, '2023-01-01', '2023-01-11', '2023-03-01')).toBe(20);
  expect(planned(20, '2023-01-01', '2023-01-01', '2023-01-01')).toBeNull();
});

it('late units stand first', () => {
  const tile = (path: string, late: number, behind: boolean, left: number) => ({ path, late, behind, left });
  const sorted = [tile('17/1', 0, false, 0), tile('17/2', 0, true, 1), tile('17/3', 2, false, 0), tile('17/4', 0, false, 5)].sort(byUrgency);
  expect(sorted.map((each) => each.path)).toEqual(['17/3', '17/2', '17/4', '17/1']);
});
