import { actAs, closeSession, lockOfficer, openOfficeSession, openSession, readMe } from '../api';
import { Problem, type Me, type Officer } from '../api_types';

// Who is at this browser. `closed`: the page was not opened from the desk, or the desk began anew.
// `office`: over an office's network, nobody has signed in yet.
export type Standing = 'opening' | 'closed' | 'office' | 'unreachable' | 'open';

function standingAfter(code: string): Standing {
  if (code === 'unreachable') return 'unreachable';
  return code === 'office_sign_in' ? 'office' : 'closed';
}

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
    const own = this.officer?.roles ?? [];
    return this.officer && me?.desk.founder ? [...own, 'administrator'] : own;
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
    standing = standingAfter(problem instanceof Problem ? problem.code : '');
  }
}

// Whatever is typed stays on the page and in the draft; only the next request needs the session again.
export function sessionLost(code: string): void {
  if (standing === 'open') standing = standingAfter(code);
}

export async function comeIn(account: string, passphrase: string): Promise<void> {
  await openOfficeSession(account, passphrase);
  await refreshMe();
  standing = 'open';
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
  await start();
}
