import type { Row, Value } from './api_types';
import { isForReading, shown, type Words } from './show';

export interface Difference {
  key: string;
  before: string;
  after: string;
}

// What two answers of one question say differently, as people read it.
export function differences(before: Row | null, after: Row | null, words: Words): Difference[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const told = (row: Row | null, key: string): string => {
    const value: Value | undefined = row?.[key];
    return isForReading(key, value) ? shown(key, value, words) : '';
  };
  return keys.map((key) => ({ key, before: told(before, key), after: told(after, key) })).filter((each) => each.before !== each.after);
}
