import { rowOf, rowsOf, text, textsOf, type Row } from './api_types';
import type { Language } from './state/language.svelte';

// What the pages of one dossier read from the desk's answers.
export function nameOf(row: Row, language: Language): string {
  return text(row[`name_${language}`]) || text(row.name_vi) || text(row.name);
}

export function stageName(rules: Row | null | undefined, key: string, language: Language): string {
  const stage = rowsOf(rules?.stages).find((each) => text(each.stage) === key);
  return stage ? nameOf(stage, language) : key;
}

// The papers that a rule set asks for, and the kinds of evidence it knows: {document, name_vi, name_en}.
export const papersOf = (rules: Row | null): Row[] => [...rowsOf(rules?.contents), ...rowsOf(rules?.evidence)];

export function paperName(rules: Row | null, key: string, language: Language): string {
  const paper = papersOf(rules).find((each) => text(each.document) === key);
  return paper ? nameOf(paper, language) : key;
}

// The stages at which a council judges, to choose from.
export function councilStages(rules: Row | null | undefined, language: Language): { value: string; label: string }[] {
  return rowsOf(rules?.stages)
    .filter((stage) => text(stage.does) === 'council')
    .map((stage) => ({ value: text(stage.stage), label: nameOf(stage, language) }));
}

export type PartKind = 'document' | 'self' | 'opinion' | 'other';

export interface Part {
  kind: PartKind;
  key: string;
  name: string;
  done: boolean;
  left: number; // what is missing in it, where it is counted
  returned: string; // what the reviewer wrote about it
}

// The parts of a dossier in the order they are worked on. What is missing is the desk's word; the rule set names what there is.
export function partsOf(dossier: Row, rules: Row | null, language: Language, selfName: string): Part[] {
  const missing = rowsOf(dossier.missing);
  const lacks = (part: string, key: string) => missing.some((each) => text(each.part) === part && text(each.key) === key);
  const said = (key: string) => text(rowsOf(dossier.returned_items).find((each) => text(each.item) === key)?.reason);
  const given = new Set(rowsOf(dossier.documents).map((each) => text(each.document)));
  const parts: Part[] = rowsOf(rules?.contents)
    .filter((each) => each.mandatory === true || lacks('document', text(each.document)))
    .map((each) => {
      const key = text(each.document);
      return { kind: 'document', key, name: nameOf(each, language), done: given.has(key) && !lacks('document', key), left: 0, returned: said(key) };
    });
  // A reviewer names a paper, a stage, or a criterion; the last is mended on the sheet.
  const onSheet = rowsOf(dossier.returned_items).filter((each) => /^\d/.test(text(each.item)));
  const saidOnSheet = onSheet.map((each) => `${text(each.item)}: ${text(each.reason)}`).join('; ');
  const assessed = rowOf(dossier.self_assessment) !== null;
  const unansweredCount = missing.filter((each) => text(each.part) === 'criterion').length;
  parts.push({ kind: 'self', key: 'self', name: selfName, done: assessed && unansweredCount === 0, left: unansweredCount, returned: said('self') || saidOnSheet });
  const opinions = new Set(rowsOf(dossier.opinions).map((each) => text(each.stage)));
  for (const stage of rowsOf(rules?.stages)) {
    const key = text(stage.stage);
    if (text(stage.does) !== 'opinion') continue;
    parts.push({ kind: 'opinion', key, name: nameOf(stage, language), done: opinions.has(key) && !lacks('opinion', key), left: 0, returned: said(key) });
  }
  const named = new Set(['document', 'criterion', 'opinion']);
  for (const each of missing) {
    if (!named.has(text(each.part))) parts.push({ kind: 'other', key: text(each.key), name: nameOf(each, language) || text(each.key), done: false, left: 0, returned: said(text(each.key)) });
  }
  return parts;
}

export function whereOf(part: Part, id: string): string {
  if (part.kind === 'self') return /^\d/.test(part.key) ? `/dossiers/${id}/self?criterion=${encodeURIComponent(part.key)}` : `/dossiers/${id}/self`;
  if (part.kind === 'opinion') return `/dossiers/${id}/review`;
  return part.kind === 'document' ? `/dossiers/${id}/evidence?document=${encodeURIComponent(part.key)}` : `/dossiers/${id}/evidence`;
}

// While a dossier is being prepared the desk says what it misses, if only that it is nothing.
export function inPreparation(dossier: Row): boolean {
  return 'missing' in dossier;
}

// The titles of the papers and pictures that are cited for a criterion.
export function papersFor(dossier: Row | null, no: string): string[] {
  return rowsOf(dossier?.documents).flatMap((each) => (textsOf(each.criteria).includes(no) ? [text(each.title)] : []));
}

// Short enough to be read out over a telephone.
export function receiptOf(action: string): string {
  return action.slice(0, 8).toUpperCase().replace(/(.{4})/, '$1-');
}
