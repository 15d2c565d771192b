import type { Component } from 'svelte';
import { match, type Match, type Params, type Pattern } from './route';
import Admin from './views/Admin.svelte';
import AdminPart from './views/AdminPart.svelte';
import Audit from './views/Audit.svelte';
import Certificate from './views/Certificate.svelte';
import Certificates from './views/Certificates.svelte';
import Conflict from './views/Conflict.svelte';
import Dashboard from './views/Dashboard.svelte';
import Decision from './views/Decision.svelte';
import Decisions from './views/Decisions.svelte';
import Dossier from './views/Dossier.svelte';
import DossierEvidence from './views/DossierEvidence.svelte';
import DossierHistory from './views/DossierHistory.svelte';
import DossierNew from './views/DossierNew.svelte';
import DossierPoints from './views/DossierPoints.svelte';
import DossierReview from './views/DossierReview.svelte';
import DossierSelf from './views/DossierSelf.svelte';
import DossierSubmit from './views/DossierSubmit.svelte';
import Dossiers from './views/Dossiers.svelte';
import Expiring from './views/Expiring.svelte';
import History from './views/History.svelte';
import Home from './views/Home.svelte';
import Import from './views/Import.svelte';
import Login from './views/Login.svelte';
import Package from './views/Package.svelte';
import Product from './views/Product.svelte';
import Products from './views/Products.svelte';
import Revocations from './views/Revocations.svelte';
import Search from './views/Search.svelte';
import Session from './views/Session.svelte';
import SessionScore from './views/SessionScore.svelte';
import SessionTally from './views/SessionTally.svelte';
import Sessions from './views/Sessions.svelte';
import Sync from './views/Sync.svelte';

export type View = Component<{ params: Params }>;

// Every page of the application, by its address. They are fetched together: apart, they are several times as many bytes.
export const routes = [
  { name: 'home', path: '/', View: Home },
  { name: 'login', path: '/login', View: Login },
  { name: 'search', path: '/search', View: Search },
  { name: 'dossiers', path: '/dossiers', View: Dossiers },
  { name: 'dossier_new', path: '/dossiers/new', View: DossierNew },
  { name: 'dossier', path: '/dossiers/:id', View: Dossier },
  { name: 'dossier_evidence', path: '/dossiers/:id/evidence', View: DossierEvidence },
  { name: 'dossier_self', path: '/dossiers/:id/self', View: DossierSelf },
  { name: 'dossier_submit', path: '/dossiers/:id/submit', View: DossierSubmit },
  { name: 'dossier_review', path: '/dossiers/:id/review', View: DossierReview },
  { name: 'dossier_points', path: '/dossiers/:id/points', View: DossierPoints },
  { name: 'dossier_history', path: '/dossiers/:id/history', View: DossierHistory },
  { name: 'products', path: '/products', View: Products },
  { name: 'product', path: '/products/:id', View: Product },
  { name: 'sessions', path: '/sessions', View: Sessions },
  { name: 'session', path: '/sessions/:id', View: Session },
  { name: 'session_score', path: '/sessions/:id/score/:dossier', View: SessionScore },
  { name: 'session_tally', path: '/sessions/:id/tally', View: SessionTally },
  { name: 'decisions', path: '/decisions', View: Decisions },
  { name: 'decision', path: '/decisions/:id', View: Decision },
  { name: 'package', path: '/packages/:id', View: Package },
  { name: 'certificates', path: '/certificates', View: Certificates },
  { name: 'certificate', path: '/certificates/:no', View: Certificate },
  { name: 'expiring', path: '/expiring', View: Expiring },
  { name: 'revocations', path: '/revocations', View: Revocations },
  { name: 'dashboard', path: '/dashboard', View: Dashboard },
  { name: 'history', path: '/history', View: History },
  { name: 'audit', path: '/audit', View: Audit },
  { name: 'sync', path: '/sync', View: Sync },
  { name: 'conflict', path: '/sync/conflicts/:id', View: Conflict },
  { name: 'import', path: '/import', View: Import },
  { name: 'admin', path: '/admin', View: Admin },
  { name: 'admin_part', path: '/admin/:part', View: AdminPart },
] as const satisfies readonly (Pattern<string> & { View: View | Component<Record<string, never>> })[];

export type RouteName = (typeof routes)[number]['name'];
export type Role = 'administrator' | 'officer' | 'adviser' | 'secretary' | 'signer' | 'auditor';

export function find(path: string): (Match<RouteName> & { View: View }) | null {
  const found = match(routes, path);
  const page = routes.find((each) => each.name === found?.name);
  return found && page ? { ...found, View: page.View as View } : null; // some pages leave the parameters aside
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
  return places.filter((place) => !place.roles || place.roles.some((role) => roles.includes(role)));
}

// The navigation's entry under which an address lies.
export function placeOf(path: string): RouteName | null {
  if (path === '/') return 'home';
  return places.find((place) => place.path !== '/' && (path === place.path || path.startsWith(`${place.path}/`)))?.name ?? null;
}
