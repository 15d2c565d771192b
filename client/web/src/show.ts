import { rowsOf, type Labels, type Row, type Texts, type Value } from './api_types';
import { date, isDate, isMoment, moment, whole } from './format';
import type { Language } from './state/language.svelte';

export interface Words {
  labels: Labels;
  texts: Texts;
  yes: string;
  no: string;
  language: Language;
}

// Ids and hashes are for links, never for reading.
function isId(value: Value | undefined): boolean {
  return typeof value === 'string' && /^(?:[0-9a-f]{32}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(value);
}

// What every answer carries about itself; the frame of the page and notices say it once.
const aside = ['training', 'illustrative'];

export function isForReading(key: string, value: Value | undefined): boolean {
  return !aside.includes(key) && !isId(value);
}

// "tiếng Việt / English" in one sentence, as remarks of the desk come: the half that is asked for.
export function half(sentence: string, language: Language): string {
  const [vi, en] = sentence.split(' / ');
  return ((language === 'en' ? en : vi) ?? sentence).replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => date(day));
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}

export function label(key: string, words: Words): string {
  return capital(words.labels[key] ?? key.replaceAll('_', ' '));
}

// What stands for a value on the page; empty for what is not there.
export function shown(key: string, value: Value | undefined, words: Words): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') {
    if (/date$/.test(key)) return date(new Date(value * 86_400_000).toISOString()); // as the log holds it: days since 1970
    return key === 'year' ? String(value) : whole(value);
  }
  if (typeof value === 'string') {
    const told = words.texts[key]?.[value];
    if (told !== undefined) return told;
    if (isDate(value)) return date(value);
    return isMoment(value) ? moment(value) : value;
  }
  if (Array.isArray(value)) return value.map((each) => shown(key, each, words)).filter(Boolean).join(', ');
  return named(value, words) ?? Object.entries(value)
    .filter(([inner, each]) => isForReading(inner, each))
    .map(([inner, each]) => shown(inner, each, words))
    .filter(Boolean).join(' · ');
}

// An object that carries its own words, as units, criteria and verdicts do.
function named(value: Row, { language }: Words): string | null {
  const name = value[`name_${language}`] ?? value.name ?? value.title ?? (value.outcome && value.text);
  return typeof name === 'string' && name ? name : null;
}

export function isNumber(value: Value | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,6}(?:[.,]\d{1,2})?$/.test(value));
}

export function rowsWithin(value: Value | undefined): Row[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const rows = rowsOf(value);
  return rows.length === value.length ? rows : null;
}
