import { get } from '../api';
import { Problem, text } from '../api_types';

// The five states of the desk's bar, and one of the page's own: the desk's program does not answer.
export const syncStates = ['all_sent', 'waiting', 'sending', 'cannot_connect', 'needs_you'] as const;
export type SyncState = (typeof syncStates)[number] | 'no_desk';

interface Status {
  state: SyncState;
  sentence: string;
  position: number;
}

const every_ms = 5000;
let status = $state.raw<Status | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;

export const sync = {
  get status(): Status | null {
    return status;
  },
};

function known(name: string): SyncState {
  return syncStates.find((each) => each === name) ?? 'waiting';
}

export async function refreshSync(): Promise<void> {
  try {
    const { result, as_of } = await get('status', { at: '' });
    if (result) status = { state: known(text(result.status)), sentence: text(result.text), position: as_of };
  } catch (problem) {
    if (problem instanceof Problem && problem.code === 'unreachable') {
      status = { state: 'no_desk', sentence: '', position: status?.position ?? 0 };
    }
  }
}

async function tick(): Promise<void> {
  clearTimeout(timer);
  if (document.visibilityState === 'visible') await refreshSync();
  if (running) timer = setTimeout(tick, every_ms);
}

function onVisible(): void {
  if (running && document.visibilityState === 'visible') void tick();
}

// Nothing is asked while nobody looks.
export function watchSync(): () => void {
  running = true;
  void tick();
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    running = false;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
