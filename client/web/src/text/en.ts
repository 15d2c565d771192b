import type { Words } from './vi';
import { dossierWords, evidenceWords, newWords, selfWords, submitWords } from './en/dossier';
import { councilWords, meetingWords, sessionWords, sessionsWords, tallyWords } from './en/council';
import { certificatesWords, decisionsWords } from './en/decision';
import { formWords } from './en/form';
import { listWords } from './en/list';
import { pageWords } from './en/pages';
import { reviewWords, scoreWords } from './en/review';
import { adminWords } from './en/admin';
import { conflictWords, deskWords, importWords, syncWords } from './en/desk';
import { auditWords, dashboardWords, expiringWords, historyWords, revocationsWords } from './en/province';
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
  review: reviewWords,
  sessions: sessionsWords,
  meeting: meetingWords,
  council: councilWords,
  session: sessionWords,
  score: scoreWords,
  tally: tallyWords,
  decisions: decisionsWords,
  certificates: certificatesWords,
  desk: deskWords,
  expiring: expiringWords,
  revocations: revocationsWords,
  dashboard: dashboardWords,
  history: historyWords,
  audit: auditWords,
  sync: syncWords,
  conflict: conflictWords,
  admin: adminWords,
  import: importWords,
};
