import { rowsOf, text, type Row } from './api_types';
import { nameOf } from './dossier';
import { hundredths } from './format';
import type { Language } from './state/language.svelte';

// A criterion of a rule set's sheet as `ruleset show --set` prints it. Points are whole hundredths. Options are counted from 1; '0' says that
// none fits, '' that nothing was chosen yet.
export interface Criterion {
  no: string;
  section: string;
  name: string;
  most: number;
  assessedBy: string;
  options: { points: number; gate: number; told: string }[]; // gate: the fewest stars that ask for this option at least; 0: none
}

export const noneFits = '0';

export type Choices = Record<string, string>;

export function criteriaOf(sheet: Row | null | undefined, language: Language): Criterion[] {
  return rowsOf(sheet?.criteria).map((row) => ({
    no: text(row.no),
    section: text(row.section),
    name: nameOf(row, language),
    most: hundredths(text(row.points_max)) ?? 0,
    assessedBy: text(row.assessed_by),
    options: rowsOf(row.options).map((option) => ({
      points: hundredths(text(option.points)) ?? 0,
      gate: typeof option.gate === 'number' ? option.gate : 0,
      told: nameOf(option, language) || text(option[`text_${language}`]),
    })),
  }));
}

// A ladder that starts above nothing leaves room for "none fits".
export function mayFitNone(criterion: Criterion): boolean {
  return criterion.options.every((option) => option.points > 0);
}

export function most(criteria: Criterion[]): number {
  return criteria.reduce((total, criterion) => total + criterion.most, 0);
}

export function pointsOf(criterion: Criterion, chosen: string | undefined): number {
  return criterion.options[Number(chosen ?? '0') - 1]?.points ?? 0;
}

export function sum(criteria: Criterion[], choices: Choices): number {
  return criteria.reduce((total, criterion) => total + pointsOf(criterion, choices[criterion.no]), 0);
}

export function missing(criteria: Criterion[], choices: Choices): Criterion[] {
  return criteria.filter((criterion) => !choices[criterion.no]);
}

// A byte for each criterion in printed order, in hex: ff where nothing was chosen.
export function asHex(criteria: Criterion[], choices: Choices): string {
  return criteria
    .map(({ no }) => (choices[no] ? Number(choices[no]).toString(16).padStart(2, '0') : 'ff'))
    .join('');
}

export function fromHex(criteria: Criterion[], hex: string): Choices {
  const choices: Choices = {};
  criteria.forEach(({ no }, place) => {
    const byte = hex.slice(place * 2, place * 2 + 2);
    if (/^[0-9a-f]{2}$/.test(byte) && byte !== 'ff') choices[no] = String(parseInt(byte, 16));
  });
  return choices;
}

export function sections(criteria: Criterion[]): { section: string; criteria: Criterion[] }[] {
  const names = [...new Set(criteria.map(({ section }) => section))];
  return names.map((section) => ({ section, criteria: criteria.filter((each) => each.section === section) }));
}
