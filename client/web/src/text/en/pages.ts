import type { Words } from '../vi';

export const pageWords: Words['pages'] = {
  home: {
    title: 'Tasks',
    help: [
      'The most pressing task comes first; due days follow the decision and the year’s days off.',
      'Choose a task to open its dossier.',
      '“Waiting for others” are dossiers that another office holds.',
    ],
  },
  login: {
    title: 'Choose officer',
    help: [
      'Several officers may share a machine; each action says who did it.',
      'Forgotten passphrase: the province issues a new slip for that post.',
    ],
  },
  search: {
    title: 'Search',
    help: [
      'Accents do not matter.',
      'Only what this desk may hold is searched.',
    ],
  },
  dossiers: {
    title: 'Dossiers',
    help: [
      'Search, filters and order are in the address: send the link and others see the same list.',
      'Excel and CSV hold exactly the filtered rows.',
      'Open a dossier by its product’s name.',
    ],
  },
  dossier_new: {
    title: 'New product',
    help: [
      'Look for duplicates before opening a dossier.',
      'The product group decides the criteria.',
    ],
  },
  dossier: {
    title: 'Dossier',
    help: [
      'The parts of the dossier, and which are missing.',
      'A button that cannot be used says why.',
    ],
  },
  dossier_evidence: {
    title: 'Evidence',
    help: [
      'Photos are made smaller before they are sent.',
      'Files follow the facts, piece by piece, and resume after a break.',
    ],
  },
  dossier_self: {
    title: 'Self-assessment',
    help: [
      'Choose a level for each criterion; the total is added at once.',
      'Criteria with points and without evidence are marked.',
    ],
  },
  dossier_submit: {
    title: 'Check and submit',
    help: [
      'Look at every part again before you submit.',
      'After that the dossier can be changed only if it is returned.',
    ],
  },
  dossier_review: {
    title: 'Review',
    help: [
      'Accept, or return with a reason for each item.',
      'The submitter sees your sentence beside that item.',
    ],
  },
  dossier_points: {
    title: 'Points',
    help: [
      'The council’s points open when its meeting is closed.',
    ],
  },
  dossier_history: {
    title: 'History of the dossier',
    help: [
      'Who did what, when, and when the province had it.',
    ],
  },
  product: {
    title: 'Product',
    help: [
      'A product may have many dossiers and certificates over the years.',
    ],
  },
  sessions: {
    title: 'Council meetings',
    help: [
      'Each meeting scores a list of dossiers.',
    ],
  },
  session: {
    title: 'Meeting',
    help: [
      'You see who handed in, not the points, until the meeting is closed.',
    ],
  },
  session_score: {
    title: 'Score sheet',
    help: [
      'The sheet stays sealed until the meeting is closed.',
      'A later sheet takes the place of an earlier one.',
    ],
  },
  session_tally: {
    title: 'Tally',
    help: [
      'Stars follow from exact sums, never from a rounded average.',
    ],
  },
  decisions: {
    title: 'Decisions',
    help: [
      'Numbers come from the blocks granted to this desk.',
    ],
  },
  decision: {
    title: 'Decision',
    help: [
      'One decision covers many products.',
    ],
  },
  certificates: {
    title: 'Certificates',
    help: [
      'A certificate is valid for 36 months.',
    ],
  },
  certificate: {
    title: 'Certificate',
    help: [
      'The QR code leads to the current status.',
    ],
  },
  expiring: {
    title: 'Expiring',
    help: [
      'Certificates that run out, and whether the subject comes back.',
    ],
  },
  revocations: {
    title: 'Revocations',
    help: [
      'A revocation needs a decision, and the certificate’s number typed again.',
    ],
  },
  dashboard: {
    title: 'Dashboard',
    help: [
      'Each number leads to the list it counts.',
    ],
  },
  history: {
    title: 'History',
    help: [
      'Every event in the order of the log.',
    ],
  },
  audit: {
    title: 'Audit',
    help: [
      'See the state on a day or at a position.',
    ],
  },
  sync: {
    title: 'Sync',
    help: [
      'Facts go first, photos and papers follow.',
      'You can work without a network; everything is on this machine’s disk.',
    ],
  },
  conflict: {
    title: 'Conflict',
    help: [
      'Two desks decided the same thing; see both and choose.',
    ],
  },
  import: {
    title: 'Import from Excel',
    help: [
      'Checked first, recorded later; the report speaks of each row.',
    ],
  },
  admin: {
    title: 'Administration',
    help: [
      'Devices, officers, units, rule sets.',
    ],
  },
  admin_part: {
    title: 'Administration',
    help: [
      'Every change here is an event in the log too.',
    ],
  },
  verify: {
    title: 'Check a certificate',
    help: [
      'This page tells the current status of a certificate.',
    ],
  },
};
