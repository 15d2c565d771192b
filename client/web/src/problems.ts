import { Problem } from './api_types';
import type { Language } from './state/language.svelte';
import type { Words } from './text/vi';

// One sentence for people. What the desk said comes first; without it, what the page knows.
export function message(problem: unknown, language: Language, words: Words): string {
  if (!(problem instanceof Problem)) return words.form.internal;
  const said = language === 'vi' ? problem.message_vi : problem.message_en;
  if (said) return said.replace(/ \([a-z_]+: (?:sẽ không có hiệu lực|it would have no effect)\.\)/, '').replace(/\((?:[a-z]+_)+[a-z]+: /, '('); // codes are for programs
  if (problem.code === 'unreachable') return words.form.unreachable;
  return problem.message || words.form.internal;
}

// The errors of single fields, by the option they belong to: "/points" is about the option "points".
export function fieldErrors(problem: unknown, language: Language): Record<string, string> {
  if (!(problem instanceof Problem)) return {};
  return Object.fromEntries(
    problem.errors.map((each) => [each.pointer.split('/').filter(Boolean)[0] ?? '', language === 'vi' ? each.message_vi : each.message_en]),
  );
}

// Codes that speak of what is typed, not of what may be done.
export function isAboutInput(problem: unknown): boolean {
  return problem instanceof Problem && (problem.errors.length > 0 || ['invalid', 'usage', 'missing'].includes(problem.code));
}
