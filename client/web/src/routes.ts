import type { Component } from 'svelte';
import { match, type Match, type Params, type Pattern } from './route';

// Every page of the application, by its address. A page is the component of that name in src/views, loaded when it is first opened;
// a row whose component is not there answers "no such page" and is left out of the navigation.
export const routes = [
  { name: 'home', path: '/', view: 'Home' },
  { name: 'login', path: '/login', view: 'Login' },
  { name: 'search', path: '/search', view: 'Search' },
  { name: 'dossiers', path: '/dossiers', view: 'Dossiers' },
  { name: 'dossier_new', path: '/dossiers/new', view: 'DossierNew' },
  { name: 'dossier', path: '/dossiers/:id', view: 'Dossier' },
  { name: 'dossier_evidence', path: '/dossiers/:id/evidence', view: 'DossierEvidence' },
  { name: 'dossier_self', path: '/dossiers/:id/self', view: 'DossierSelf' },
  { name: 'dossier_submit', path: '/dossiers/:id/submit', view: 'DossierSubmit' },
  { name: 'dossier_review', path: '/dossiers/:id/review', view: 'DossierReview' },
  { name: 'dossier_points', path: '/dossiers/:id/points', view: 'DossierPoints' },
  { name: 'dossier_history', path: '/dossiers/:id/history', view: 'DossierHistory' },
  { name: 'product', path: '/products/:id', view: 'Product' },
  { name: 'sessions', path: '/sessions', view: 'Sessions' },
  { name: 'session', path: '/sessions/:id', view: 'Session' },
  { name: 'session_score', path: '/sessions/:id/score/:dossier', view: 'SessionScore' },
  { name: 'session_tally', path: '/sessions/:id/tally', view: 'SessionTally' },
  { name: 'decisions', path: '/decisions', view: 'Decisions' },
  { name: 'decision', path: '/decisions/:id', view: 'Decision' },
  { name: 'certificates', path: '/certificates', view: 'Certificates' },
  { name: 'certificate', path: '/certificates/:no', view: 'Certificate' },
  { name: 'expiring', path: '/expiring', view: 'Expiring' },
  { name: 'revocations', path: '/revocations', view: 'Revocations' },
  { name: 'dashboard', path: '/dashboard', view: 'Dashboard' },
  { name: 'history', path: '/history', view: 'History' },
  { name: 'audit', path: '/audit', view: 'Audit' },
  { name: 'sync', path: '/sync', view: 'Sync' },
  { name: 'conflict', path: '/sync/conflicts/:id', view: 'Conflict' },
  { name: 'import', path: '/import', view: 'Import' },
  { name: 'admin', path: '/admin', view: 'Admin' },
  { name: 'admin_part', path: '/admin/:part', view: 'AdminPart' },
  { name: 'verify', path: '/v/:code', view: 'Verify' },
] as const satisfies readonly (Pattern<string> & { view: string })[];

export type RouteName = (typeof routes)[number]['name'];
export type View = Component<{ params: Params }>;
export type Role = 'administrator' | 'officer' | 'adviser' | 'secretary' | 'signer' | 'auditor';

const views = import.meta.glob<{ default: View }>('./views/*.svelte');

function loader(name: RouteName): (() => Promise<{ default: View }>) | undefined {
  const route = routes.find((each) => each.name === name);
  return route && views[`./views/${route.view}.svelte`];
}

export function find(path: string): Match<RouteName> | null {
  const found = match(routes, path);
  return found && loader(found.name) ? found : null;
}

export async function load(name: RouteName): Promise<View> {
  const wanted = loader(name);
  if (!wanted) throw new Error(`no view for ${name}`);
  return (await wanted()).default;
}

interface Place {
  name: RouteName;
  path: string;
  roles: readonly Role[] | null; // null: everybody
}

const places: readonly Place[] = [
  { name: 'home', path: '/', roles: null },
  { name: 'dossiers', path: '/dossiers', roles: null },
  { name: 'sessions', path: '/sessions', roles: null },
  { name: 'decisions', path: '/decisions', roles: ['secretary', 'signer', 'administrator', 'auditor'] },
  { name: 'certificates', path: '/certificates', roles: null },
  { name: 'expiring', path: '/expiring', roles: ['officer', 'secretary', 'signer', 'administrator', 'auditor'] },
  { name: 'revocations', path: '/revocations', roles: ['secretary', 'signer', 'administrator', 'auditor'] },
  { name: 'dashboard', path: '/dashboard', roles: ['secretary', 'signer', 'administrator', 'auditor'] },
  { name: 'import', path: '/import', roles: ['officer', 'secretary', 'administrator'] },
  { name: 'history', path: '/history', roles: ['administrator', 'secretary', 'auditor'] },
  { name: 'audit', path: '/audit', roles: ['auditor', 'administrator'] },
  { name: 'sync', path: '/sync', roles: null },
  { name: 'admin', path: '/admin', roles: ['administrator'] },
];

// What this officer's work needs; hiding a page forbids nothing, the desk judges every action.
export function navigation(roles: readonly string[]): readonly Place[] {
  return places.filter((place) => loader(place.name) && (!place.roles || place.roles.some((role) => roles.includes(role))));
}

// The navigation's entry under which an address lies.
export function placeOf(path: string): RouteName | null {
  if (path === '/') return 'home';
  return places.find((place) => place.path !== '/' && (path === place.path || path.startsWith(`${place.path}/`)))?.name ?? null;
}
