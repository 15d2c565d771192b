import { withQuery } from '../route';

// The address as state. Links are plain links: a click on one is caught here, and everything else is the browser's.
function read() {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

let current = $state.raw(read());

export const route = {
  get path(): string {
    return current.path;
  },
  get query(): URLSearchParams {
    return current.query;
  },
  get at(): string {
    return current.query.get('at') ?? '';
  },
};

export function go(address: string, { replace = false, keepScroll = false } = {}): void {
  const before = location.pathname;
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  current = read();
  if (!keepScroll && before !== location.pathname) scrollTo(0, 0);
}

// Keeps the page and changes its query. Typing in a search box replaces, choosing pushes.
export function setQuery(change: Record<string, string | string[] | null>, replace = false): void {
  go(withQuery(current.path, current.query, change), { replace, keepScroll: true });
}

export function hrefWith(change: Record<string, string | string[] | null>): string {
  return withQuery(current.path, current.query, change);
}

// A link to another page that stays at the same place in the log.
export function href(path: string): string {
  return route.at ? withQuery(path, new URLSearchParams(), { at: route.at }) : path;
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
  if (link.target || link.hasAttribute('download') || link.pathname.startsWith('/api/')) return;
  if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}

export function listen(): void {
  addEventListener('click', onClick);
  addEventListener('popstate', () => {
    current = read();
  });
}
