import { get } from '../api';
import { Problem, text, type Answer, type Options, type Told } from '../api_types';
import type { Words } from '../show';
import { language, t } from './language.svelte';
import { route } from './route.svelte';
import { session } from './session.svelte';

export interface Question {
  command: string;
  options?: Options;
}

export interface Asked {
  readonly answer: Answer | null;
  readonly problem: unknown;
  reload(): void;
}

// The answer to a question that a view asks for as long as it is open: again whenever what the question reads, the language, the officer or
// the place in the log changes. null asks nothing. What failed has no answer: an old one would pass for the one asked for. While the desk does not
// answer at all, the answer to the same question stays, with the form that somebody types into.
export function asks(question: () => Question | null): Asked {
  let answer = $state.raw<Answer | null>(null);
  let problem = $state.raw<unknown>(null);
  let again = $state(0);
  let answered = ''; // the question that `answer` is for
  function told(found: Answer | null, failure: unknown = null): void {
    answer = found;
    problem = failure;
  }
  $effect(() => {
    void [again, language.now, route.at, session.me?.account];
    const now = question();
    if (!now) return told(null);
    const key = JSON.stringify([now, language.now, route.at, session.me?.account]);
    const stop = new AbortController();
    get(now.command, now.options, stop.signal).then(
      (found) => {
        if (stop.signal.aborted) return;
        answered = key;
        told(found);
      },
      (failure: unknown) => {
        const away = failure instanceof Problem && ['unreachable', 'no_session', 'no_token', 'office_sign_in'].includes(failure.code);
        if (!stop.signal.aborted && !(away && answered === key)) told(null, failure);
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

// The rule set that was published last.
export function asksNewestRules(): Asked {
  const list = asks(() => ({ command: 'ruleset/list', options: { limit: 1, 'filter.newest': 'true' } }));
  const newest = $derived(text(list.answer?.rows?.[0]?.ruleset));
  return asks(() => (newest ? { command: 'ruleset/show', options: { ruleset: newest } } : null));
}

// The sheet of criteria that a rule set has for a product; nothing is asked while the rule set is not known.
export function asksSheet(product: () => string, ruleset: () => string): Asked {
  const about = asks(() => ({ command: 'product/show', options: { product: product() } }));
  const set = $derived(text(about.answer?.result?.set));
  return asks(() => (ruleset() && set ? { command: 'ruleset/show', options: { ruleset: ruleset(), set } } : null));
}

// The units in which this desk works.
export function asksUnits(): Asked {
  return asks(() => ({ command: 'unit/list', options: { under: session.me?.desk.path ?? '', limit: 1000 } }));
}

export function unitChoices(answer: Answer | null): { value: string; label: string }[] {
  return (answer?.rows ?? []).map((each) => ({ value: text(each.path), label: `${text(each.name)} (${text(each.path)})` }));
}

// What is needed to read an answer's values out.
export function wordsOf(answer: Told | null): Words {
  return { labels: answer?.labels ?? {}, texts: answer?.texts ?? {}, yes: t().list.yes, no: t().list.no, language: language.now };
}
