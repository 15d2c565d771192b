import { expect, test } from 'vitest';
import { asHex, criteriaOf, fromHex, mayFitNone, missing, most, noneFits, pointsOf, sections, sum } from '../src/sheet';

const criteria = criteriaOf({
  criteria: [
    { no: '1.1', section: 'A', name_vi: 'Nguồn gốc', name_en: 'Origin', points_max: '3', assessed_by: 'commune', options: [{ points: '1' }, { points: '2,5', gate: 4 }] },
    { no: '2', section: 'B', name_vi: 'Tiếp thị', name_en: 'Marketing', points_max: '2', assessed_by: '', options: [{ points: '0' }, { points: '2' }] },
  ],
}, 'vi');

test('points are added in hundredths, and what is not chosen adds nothing', () => {
  expect(sum(criteria, { '1.1': '2', '2': '2' })).toBe(450);
  expect(sum(criteria, { '1.1': noneFits })).toBe(0);
  expect(most(criteria)).toBe(500);
  expect(pointsOf(criteria[0]!, '2')).toBe(250);
  expect(missing(criteria, { '1.1': '0' }).map(({ no }) => no)).toEqual(['2']);
});

test('choices become a byte each in printed order, and come back', () => {
  expect(asHex(criteria, { '1.1': '2' })).toBe('02ff');
  expect(asHex(criteria, { '1.1': '0', '2': '1' })).toBe('0001');
  expect(fromHex(criteria, '02ff')).toEqual({ '1.1': '2' });
  expect(fromHex(criteria, '00ff')).toEqual({ '1.1': noneFits });
  expect(fromHex(criteria, '')).toEqual({});
});

test('sections keep their order', () => {
  expect(sections(criteria).map(({ section }) => section)).toEqual(['A', 'B']);
});

test('where the ladder starts above nothing, none may fit', () => {
  expect(criteria.map(mayFitNone)).toEqual([true, false]);
});

test('points with a point are read as those with a comma', () => {
  const [criterion] = criteriaOf({ criteria: [{ no: '1.2', section: 'A', points_max: '2', options: [{ points: '0' }, { points: '0.25' }] }] }, 'vi');
  expect(sum([criterion!], { '1.2': '2' })).toBe(25);
});
