// Which page an address asks for. The query is the state of the page: search, filters, order, place in the log.
export type Params = Readonly<Record<string, string>>;

export interface Pattern<Name extends string> {
  name: Name;
  path: string;
}

export interface Match<Name extends string> {
  name: Name;
  params: Params;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function matchOne(pattern: string, parts: readonly string[]): Params | null {
  const wanted = pattern.split('/').filter(Boolean);
  if (wanted.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = parts[index] ?? '';
    if (want.startsWith(':')) params[want.slice(1)] = decoded(part);
    else if (want !== part) return null;
  }
  return params;
}

// The first pattern that fits; words stand before places in the table.
export function match<Name extends string>(patterns: readonly Pattern<Name>[], path: string): Match<Name> | null {
  const parts = path.split('/').filter(Boolean);
  for (const { name, path: pattern } of patterns) {
    const params = matchOne(pattern, parts);
    if (params) return { name, params };
  }
  return null;
}

// The address with some of the query changed; what is null or empty is dropped. The place in the log stays.
export function withQuery(path: string, query: URLSearchParams, change: Record<string, string | string[] | null>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    if (value === null || value === '') continue;
    for (const each of Array.isArray(value) ? value : [value]) next.append(name, each);
  }
  const text = next.toString();
  return text ? `${path}?${text}` : path;
}
