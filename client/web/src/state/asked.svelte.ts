import { get } from '../api';
import type { Answer, Options } from '../api_types';
import type { Words } from '../show';
import { language, t } from './language.svelte';
import { route } from './route.svelte';
import { session } from './session.svelte';

export interface Question {
  command: string;
  options: Options;
}

export interface Asked {
  readonly answer: Answer | null;
  readonly problem: unknown;
  reload(): void;
}

// The answer to a question that a view asks for as long as it is open: again whenever the question, the language, the officer or the place
// in the log changes. null asks nothing yet.
export function asks(question: () => Question | null): Asked {
  let answer = $state.raw<Answer | null>(null);
  let problem = $state.raw<unknown>(null);
  let again = $state(0);
  $effect(() => {
    void [again, language.now, route.at, session.me?.account];
    const now = question();
    if (!now) return;
    const stop = new AbortController();
    get(now.command, now.options, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        answer = found;
        problem = null;
      },
      (failure: unknown) => {
        if (!stop.signal.aborted) problem = failure;
      },
    );
    return () => stop.abort();
  });
  return {
    get answer() {
      return answer;
    },
    get problem() {
      return problem;
    },
    reload() {
      again += 1;
    },
  };
}

// What is needed to read an answer's values out.
export function wordsOf(answer: Answer | null): Words {
  return { labels: answer?.labels ?? {}, texts: answer?.texts ?? {}, yes: t().list.yes, no: t().list.no, language: language.now };
}
