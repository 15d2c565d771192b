import { describe, expect, it } from 'vitest';
import { bytes, date, dateFromText, daysBetween, hundredths, moment, plural, points, whole } from '../src/format';

describe('points', () => {
  it.each([
    ['88,5', 8850],
    ['88.5', 8850],
    ['88', 8800],
    ['0,05', 5],
    [' 70 ', 7000],
    ['69,99', 6999],
  ])('%s is %i hundredths', (text, value) => expect(hundredths(text)).toBe(value));

  it.each(['', 'abc', '1,234', '1.000,5', '-3', '1e3', '٣'])('%s is no number of points', (text) => expect(hundredths(text)).toBeNull());

  it.each([
    [8850, '88,5', '88.5'],
    [8800, '88', '88'],
    [5, '0,05', '0.05'],
    [6999, '69,99', '69.99'],
    [-150, '-1,5', '-1.5'],
  ])('%i reads %s and %s', (value, vi, en) => {
    expect(points(value, 'vi')).toBe(vi);
    expect(points(value, 'en')).toBe(en);
  });
});

describe('dates', () => {
  it.each([
    ['31/12/2026', '2026-12-31'],
    ['1/2/2026', '2026-02-01'],
    ['31-12-2026', '2026-12-31'],
    ['2026-12-31', '2026-12-31'],
    ['29/02/2024', '2024-02-29'],
  ])('%s is %s', (text, value) => expect(dateFromText(text)).toBe(value));

  it.each(['29/02/2026', '31/04/2026', '12/31/2026', '31/12/26', '', 'mai'])('%s is no day', (text) => expect(dateFromText(text)).toBeNull());

  it('reads as officers write it', () => {
    expect(date('2026-12-31')).toBe('31/12/2026');
    expect(moment('2026-12-31T09:12:44+07:00')).toBe('09:12, 31/12/2026');
    expect(date('nháp')).toBe('nháp');
  });

  it('counts days', () => {
    expect(daysBetween('2026-11-23', '2026-12-15')).toBe(22);
    expect(daysBetween('2026-12-15', '2026-12-14')).toBe(-1);
    expect(daysBetween('', '2026-12-14')).toBeNull();
  });
});

describe('sizes and counts', () => {
  it.each([
    [900, '900 B'],
    [640_000, '640 kB'],
    [1_100_000, '1,1 MB'],
    [2_500_000_000, '2,5 GB'],
  ])('%i is %s', (value, text) => expect(bytes(value)).toBe(text));

  it('groups and counts', () => {
    expect(whole(48211)).toBe('48\u00a0211');
    expect(plural(1, 'file', 'files')).toBe('1 file');
    expect(plural(2, 'file', 'files')).toBe('2 files');
  });
});
