import { tick } from 'svelte';
import { deleteDraft, leaving_bytes_max, readDraft, writeDraft } from '../api';
import { autosave } from '../draft';
import { clock } from '../format';

interface Kept<T> {
  saved_at: string;
  field?: string; // where the officer was typing
  values: T;
}

// What an officer types into a form, kept by the desk. `values` is bound to the fields; `touch()` belongs to oninput of the form.
export class Draft<T extends object> {
  values = $state() as T;
  state = $state<'none' | 'saving' | 'saved' | 'failed'>('none');
  savedAt = $state('');
  restoredFrom = $state('');
  readonly key: string;
  readonly opened: Promise<void>; // what was kept is in the values, if anything was
  #empty: T;
  #saver;
  get #place(): string {
    return `draft:${this.key}`;
  }

  constructor(key: string, empty: T) {
    this.key = key;
    this.#empty = empty;
    this.values = { ...empty };
    this.#saver = this.#start();
    this.opened = this.#open().catch(() => {});
  }

  #start() {
    return autosave({
      save: (leaving) => {
        const kept = { saved_at: new Date().toISOString(), field: document.activeElement?.id ?? '', values: $state.snapshot(this.values) };
        // Too long to be sent while the page goes: this tab has it when it comes back.
        const text = leaving ? JSON.stringify(kept) : '';
        if (new Blob([text]).size >= leaving_bytes_max) sessionStorage.setItem(this.#place, text);
        return writeDraft(this.key, kept, leaving);
      },
      saved: () => {
        sessionStorage.removeItem(this.#place);
        this.state = 'saved';
        this.savedAt = clock(new Date());
      },
      failed: () => {
        this.state = 'failed';
      },
    });
  }

  // Opens what was kept, if anything was, at the field that was left. Fields that the form has gained since keep their first value.
  async #open(): Promise<void> {
    const left = sessionStorage.getItem(this.#place);
    const kept = left ? (JSON.parse(left) as Kept<Partial<T>>) : await readDraft<Kept<Partial<T>>>(this.key);
    if (!kept) return;
    if (left) this.touch();
    this.values = { ...this.values, ...kept.values };
    this.restoredFrom = clock(new Date(kept.saved_at));
    await tick();
    if (!document.activeElement?.closest('main form')) document.getElementById(kept.field ?? '')?.focus();
  }

  touch(): void {
    this.state = 'saving';
    this.#saver.touch();
  }

  flush(leaving = false): void {
    this.#saver.flush(leaving);
  }

  // After the form was recorded. What is typed from here on is a draft of its own.
  async discard(): Promise<void> {
    this.#saver.stop();
    this.#saver = this.#start();
    this.state = 'none';
    this.restoredFrom = '';
    sessionStorage.removeItem(this.#place);
    await deleteDraft(this.key).catch(() => {});
  }

  // Every field as it was before anybody typed.
  reset(): void {
    this.values = { ...this.#empty };
  }

  // For an action on the form: every way of leaving it saves at once.
  watch = (form: HTMLElement): { destroy: () => void } => {
    const touch = () => this.touch();
    const flush = () => this.flush();
    const leave = () => this.flush(true);
    const hide = () => {
      if (document.visibilityState === 'hidden') this.flush(true);
    };
    form.addEventListener('input', touch);
    form.addEventListener('change', touch);
    form.addEventListener('focusout', flush);
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', hide);
    return {
      destroy: () => {
        leave();
        form.removeEventListener('input', touch);
        form.removeEventListener('change', touch);
        form.removeEventListener('focusout', flush);
        removeEventListener('pagehide', leave);
        document.removeEventListener('visibilitychange', hide);
      },
    };
  };
}
