import { dossierWords, evidenceWords, newWords, selfWords, submitWords } from './vi/dossier';
import { councilWords, meetingWords, sessionWords, sessionsWords, tallyWords } from './vi/council';
import { certificatesWords, decisionsWords } from './vi/decision';
import { formWords } from './vi/form';
import { listWords } from './vi/list';
import { pageWords } from './vi/pages';
import { reviewWords, scoreWords } from './vi/review';
import { adminWords } from './vi/admin';
import { conflictWords, deskWords, importWords, syncWords } from './vi/desk';
import { auditWords, dashboardWords, expiringWords, historyWords, revocationsWords } from './vi/province';
import { shellWords } from './vi/shell';
import { dossiersWords, homeWords, loginWords, searchWords } from './vi/start';

// Every word of the pages; words about data come with the answers. A section is a file of its own, in both languages.
export const vi = {
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

export type Words = typeof vi;
