import type { Words } from './vi';
import { dossierWords, evidenceWords, newWords, selfWords, submitWords } from './en/dossier';
import { formWords } from './en/form';
import { listWords } from './en/list';
import { pageWords } from './en/pages';
import { shellWords } from './en/shell';
import { dossiersWords, homeWords, loginWords, searchWords } from './en/start';

// The same keys as in Vietnamese: one that is missing does not compile.
export const en: Words = {
  shell: shellWords,
  pages: pageWords,
  list: listWords,
  form: formWords,
  home: homeWords,
  login: loginWords,
  search: searchWords,
  dossiers: dossiersWords,
  dossier: dossierWords,
  dossierNew: newWords,
  evidence: evidenceWords,
  self: selfWords,
  submit: submitWords,
};
