import type { Options } from './api_types';

// The state of a list in the address. Lists that share a page have a prefix each.
export interface ListState {
  q: string;
  sort: string;
  page: number;
  filters: Record<string, string[]>;
}

export function readState(query: URLSearchParams, prefix = ''): ListState {
  const filters: Record<string, string[]> = {};
  const start = `${prefix}filter.`;
  for (const name of new Set(query.keys())) {
    if (name.startsWith(start)) filters[name.slice(start.length)] = query.getAll(name);
  }
  const page = Number(query.get(`${prefix}page`) ?? '1');
  return {
    q: query.get(`${prefix}q`) ?? '',
    sort: query.get(`${prefix}sort`) ?? '',
    page: Number.isInteger(page) && page > 0 ? page : 1,
    filters,
  };
}

export function isNarrowed(state: ListState): boolean {
  return state.q !== '' || Object.keys(state.filters).length > 0;
}

// What the desk is asked: the list's own options, and what the reader chose.
export function asked(own: Options, state: ListState): Options {
  const filters = Object.fromEntries(Object.entries(state.filters).map(([column, values]) => [`filter.${column}`, values]));
  return { ...own, q: state.q, sort: state.sort || own.sort, page: state.page > 1 ? state.page : undefined, ...filters };
}

// A column's head turns: up, down, as it came.
export function nextSort(sort: string, column: string): string {
  if (sort === column) return `-${column}`;
  return sort === `-${column}` ? '' : column;
}

// Everything that empties the search and the filters.
export function cleared(state: ListState, prefix = ''): Record<string, null> {
  const names = ['q', 'page', ...Object.keys(state.filters).map((column) => `filter.${column}`)];
  return Object.fromEntries(names.map((name) => [prefix + name, null]));
}
