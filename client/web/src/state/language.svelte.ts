import { en } from '../text/en';
import { vi, type Words } from '../text/vi';

export type Language = 'vi' | 'en';
const dictionaries: Record<Language, Words> = { vi, en };
const kept = 'hoso.language';

let chosen = $state<Language>(localStorage.getItem(kept) === 'en' ? 'en' : 'vi');

export const language = {
  get now(): Language {
    return chosen;
  },
};

export function setLanguage(next: Language): void {
  chosen = next;
  localStorage.setItem(kept, next);
  document.documentElement.lang = next;
}

// The words of the page: t().home.title. A key that one of the two lacks does not compile.
export function t(): Words {
  return dictionaries[chosen];
}
