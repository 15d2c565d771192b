import { actAs, closeSession, lockOfficer, openSession, readMe } from '../api';
import { Problem, type Me, type Officer } from '../api_types';

// Who is at this browser. `closed`: the page was not opened from the desk, or the desk began anew.
export type Standing = 'opening' | 'closed' | 'unreachable' | 'open';

let standing = $state<Standing>('opening');
let me = $state.raw<Me | null>(null);

export const session = {
  get standing(): Standing {
    return standing;
  },
  get me(): Me | null {
    return me;
  },
  get officer(): Officer | null {
    return me?.officers.find((each) => each.account === me?.account) ?? null;
  },
  get roles(): string[] {
    return this.officer?.roles ?? [];
  },
  // The desk's date, never the browser's: a desk in training has a clock of its own.
  get today(): string {
    return me?.today ?? '';
  },
};

// The secret stands behind the #, so that no server and no history sees it twice.
function takeSecret(): string | null {
  const secret = new URLSearchParams(location.hash.slice(1)).get('k');
  if (secret !== null) history.replaceState(null, '', location.pathname + location.search);
  return secret;
}

export async function refreshMe(): Promise<void> {
  me = await readMe();
}

export async function start(): Promise<void> {
  standing = 'opening';
  try {
    await openSession(takeSecret());
    await refreshMe();
    standing = 'open';
  } catch (problem) {
    standing = problem instanceof Problem && problem.code === 'unreachable' ? 'unreachable' : 'closed';
  }
}

// Whatever is typed stays on the page and in the draft; only the next request needs the session again.
export function sessionLost(): void {
  if (standing === 'open') standing = 'closed';
}

export async function signIn(account: string, passphrase: string): Promise<void> {
  await actAs(account, passphrase);
  await refreshMe();
}

export async function signOut(): Promise<void> {
  await lockOfficer();
  await refreshMe();
}

export async function leave(): Promise<void> {
  await closeSession();
  me = null;
  standing = 'closed';
}

export function hasRole(...roles: string[]): boolean {
  return roles.some((role) => session.roles.includes(role));
}
