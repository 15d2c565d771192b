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
  products: {
    title: 'Products',
    help: [
      'Each row is a product, with its newest dossier and its certificate.',
      'Search, filter and order are in the address.',
    ],
  },
  package: {
    title: 'Letter with dossiers',
    help: [
      'The ZIP file holds dossiers, evidence, minutes, decisions and a list.',
      'SHA256SUMS lets the recipient check each file: sha256sum -c SHA256SUMS.',
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
      'Choose the period, then the group by the subject’s answer.',
      'Use the last column to record an answer or a letter.',
      'Certificates last 36 months; those recognised again are no longer here.',
    ],
  },
  revocations: {
    title: 'Revocations',
    help: [
      'The upper list holds expired certificates that were not recognised again.',
      'Revoking needs a signed decision and the certificate’s number typed again.',
      'Nothing is deleted: the certificate can still be looked up, as revoked.',
    ],
  },
  dashboard: {
    title: 'Dashboard',
    help: [
      'Every number leads to the list it counts.',
      'Late units stand first, then those that are behind.',
      'Choose a day in the table to look back at it.',
    ],
  },
  history: {
    title: 'History',
    help: [
      'Every event in the log’s order, also those without effect.',
      'Choose a position to see its content and signatures.',
      'The filters are in the address: send the link and others see the same.',
    ],
  },
  audit: {
    title: 'Audit',
    help: [
      'Move the slider or choose a day; the address keeps it.',
      'Checking reads and judges every event of this desk’s log again.',
      'Comparing two days names only what differs.',
    ],
  },
  sync: {
    title: 'Sync',
    help: [
      'Facts go first, photos and papers follow.',
      'You can work without a network; everything is on this machine’s disk.',
      'What was returned says why and what to do.',
    ],
  },
  conflict: {
    title: 'Conflict',
    help: [
      'What reached the province first counts; nothing is deleted.',
      'Read both sides, then mark yours as seen, or take the next step in the dossier.',
    ],
  },
  import: {
    title: 'Import from Excel',
    help: [
      'Check first, record then; the report tells of each row.',
      'Download the report, correct your file, check again.',
      'A file imported twice records nothing twice: rows that are there are passed over.',
    ],
  },
  admin: {
    title: 'Administration',
    help: [
      'Devices, posts, units, rule sets, number blocks.',
      'The desk asks the rules before it records; a button that cannot be used says why.',
    ],
  },
  admin_part: {
    title: 'Administration',
    help: [
      'Every change here is an event in the log too.',
      'A row whose name is underlined can be opened, to look at it or to end it.',
    ],
  },
};
