import type { Row, Texts, Value } from './api_types';
import { isForReading, label, rowsWithin, shown, type Words } from './show';

export interface Difference {
  what: string;
  before: string;
  after: string;
}

// What two answers of one question say differently, as people read it. Rows within them are compared one by one, in their order.
export function differences(before: Row | null, after: Row | null, words: Words): Difference[] {
  const keys = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const told = (row: Row | null, key: string): string => {
    const value: Value | undefined = row?.[key];
    return isForReading(key, value) ? shown(key, value, words) : '';
  };
  return keys.flatMap((key) => {
    const what = label(key, words);
    const old = rowsWithin(before?.[key]) ?? [];
    const now = rowsWithin(after?.[key]) ?? [];
    const many = Math.max(old.length, now.length);
    if (many === 0) {
      const each = { what, before: told(before, key), after: told(after, key) };
      return each.before === each.after ? [] : [each];
    }
    return Array.from({ length: many }, (_, place) =>
      differences(old[place] ?? null, now[place] ?? null, words).map((each) => ({ ...each, what: `${what}${many > 1 ? ` ${place + 1}` : ''}: ${each.what}` })),
    ).flat();
  });
}

// The words of two answers: each tells only the values it holds.
export function together(one: Texts, other: Texts): Texts {
  return Object.fromEntries([...Object.keys(one), ...Object.keys(other)].map((key) => [key, { ...one[key], ...other[key] }]));
}
