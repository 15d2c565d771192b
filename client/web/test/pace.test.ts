import { expect, it } from 'vitest';
import { byUrgency, evenly, planned } from '../src/pace';

it('what is shown is spread evenly and keeps both ends', () => {
  expect(evenly([1, 2, 3, 4, 5], 3)).toEqual([1, 3, 5]);
  expect(evenly([1, 2], 12)).toEqual([1, 2]);
  expect(evenly([1], 12)).toEqual([1]);
  expect(evenly([], 12)).toEqual([]);
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
