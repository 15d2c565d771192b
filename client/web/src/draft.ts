// Saves what is typed 500 ms after the last key and at once when a field or the page is left. One save runs at a time; the newest wins.
export interface Autosave {
  touch(): void;
  flush(leaving?: boolean): void;
  stop(): void;
}

export interface AutosaveParts {
  save: (leaving: boolean) => Promise<void>;
  saved: () => void;
  failed: (problem: unknown) => void;
  delay_ms?: number;
  retry_ms?: number;
}

export function autosave({ save, saved, failed, delay_ms = 500, retry_ms = 5000 }: AutosaveParts): Autosave {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dirty = false;
  let saving = false;
  let stopped = false;

  async function run(leaving: boolean): Promise<void> {
    clearTimeout(timer);
    if (!dirty || (saving && !leaving)) return;
    dirty = false;
    saving = true;
    let again_ms = delay_ms;
    try {
      await save(leaving);
      if (!dirty) saved();
    } catch (problem) {
      dirty = true;
      again_ms = retry_ms;
      failed(problem);
    } finally {
      saving = false;
      if (dirty && !stopped) timer = setTimeout(() => void run(false), again_ms);
    }
  }

  return {
    touch() {
      dirty = true;
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(() => void run(false), delay_ms);
    },
    flush(leaving = false) {
      void run(leaving);
    },
    stop() {
      stopped = true;
      dirty = false;
      clearTimeout(timer);
    },
  };
}

// A key of the desk's drafts: small letters, digits, dots, dashes; at most 120 of them.
export function draftKey(...parts: string[]): string {
  const plain = parts.map((part) =>
    part
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .replace(/[đĐ]/g, 'd')
      .toLowerCase()
      .replace(/[^a-z0-9_-]+/g, '-'),
  );
  return plain.join('.').slice(0, 120);
}
