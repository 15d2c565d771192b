// Numbers, dates and sizes as officers write them. Points are whole hundredths: no fraction is ever computed.
import type { Language } from './state/language.svelte';

// "88,5" and "88.5" are 8850; null for what is no number with at most two decimals.
export function hundredths(text: string): number | null {
  const found = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  if (!found) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

// 8850 is "88,5" in Vietnamese, "88.5" in English; whole points carry no decimals.
export function points(value: number, language: Language = 'vi'): string {
  const sign = value < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(value) / 100);
  const rest = String(Math.abs(value) % 100).padStart(2, '0').replace(/0+$/, '');
  return sign + whole + (rest ? (language === 'vi' ? ',' : '.') + rest : '');
}

const iso = /^(\d{4})-(\d{2})-(\d{2})/;

function real(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// "31/12/2026", "31-12-2026", "31.12.2026", "31 12 2026" and "2026-12-31" are 2026-12-31; null for days that do not exist.
export function dateFromText(text: string): string | null {
  const trimmed = text.trim();
  const spoken = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})$/.exec(trimmed);
  const written = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
  const [year, month, day] = spoken
    ? [Number(spoken[3]), Number(spoken[2]), Number(spoken[1])]
    : written
      ? [Number(written[1]), Number(written[2]), Number(written[3])]
      : [0, 0, 0];
  if (year < 1900 || !real(year, month, day)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

// "2026-12-31" and "2026-12-31T…" are "31/12/2026"; anything else is left as it is.
export function date(text: string): string {
  const found = iso.exec(text);
  return found ? `${found[3]}/${found[2]}/${found[1]}` : text;
}

// "2026-12-31T09:12:44+07:00" is "09:12, 31/12/2026": the desk writes Vietnam's time.
export function moment(text: string): string {
  const found = /^\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})/.exec(text);
  return found ? `${found[1]}, ${date(text)}` : date(text);
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

export function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text);
}

// Days from one ISO date to another; negative when the second is earlier.
export function daysBetween(from: string, to: string): number | null {
  const a = iso.exec(from);
  const b = iso.exec(to);
  if (!a || !b) return null;
  const day = (found: RegExpExecArray) => Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) / 86_400_000;
  return day(b) - day(a);
}

// "640 kB", "1,1 MB".
export function bytes(value: number, language: Language = 'vi'): string {
  if (value < 1_000) return `${value} B`;
  if (value < 1_000_000) return `${Math.ceil(value / 1_000)} kB`;
  const unit = value < 1_000_000_000 ? 'MB' : 'GB';
  const tenths = Math.floor(value / (unit === 'MB' ? 100_000 : 100_000_000));
  return `${Math.floor(tenths / 10)}${language === 'vi' ? ',' : '.'}${tenths % 10} ${unit}`;
}

// 48211 is "48 211" with a blank that does not break: a dot or comma would read as a decimal in one of the languages.
export function whole(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}

// Vietnamese nouns have one form.
export function plural(count: number, one: string, many: string): string {
  return `${whole(count)} ${count === 1 ? one : many}`;
}

export function clock(at: Date): string {
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}
