import { get } from './api';
import type { Answer, Options } from './api_types';
import { language } from './state/language.svelte';
import { route } from './state/route.svelte';

// One answer of the desk for a page, asked again when the question, the language or the place in the log changes.
export class Loaded {
  answer = $state.raw<Answer | null>(null);
  problem = $state.raw<unknown>(null);
  #again = $state(0);

  // `question` is read inside an effect; null asks nothing.
  constructor(question: () => { command: string; options?: Options } | null) {
    $effect(() => {
      const asked = question();
      void [this.#again, language.now, route.at];
      if (!asked) {
        this.answer = null;
        this.problem = null;
        return;
      }
      const stop = new AbortController();
      get(asked.command, asked.options ?? {}, stop.signal).then(
        (answer) => {
          if (stop.signal.aborted) return;
          this.answer = answer;
          this.problem = null;
        },
        (problem: unknown) => {
          if (stop.signal.aborted) return;
          this.answer = null;
          this.problem = problem;
        },
      );
      return () => stop.abort();
    });
  }

  reload = (): void => {
    this.#again += 1;
  };
}
