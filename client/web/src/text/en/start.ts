import type { Words } from '../vi';

export const homeWords: Words['home'] = {
  mine: 'Mine',
  office: 'My office',
  others: 'Waiting for others',
  late: 'Overdue',
  tabs: 'Groups of tasks',
  empty_mine: 'Nothing waits for you: no dossier has reached your step.',
  empty_office: 'Nothing waits for this office.',
  empty_others: 'No dossier waits for another office.',
  empty_late: 'Nothing is overdue.',
  days_left: (days) =>
    days === 0 ? 'due today' : days > 0 ? `${days} ${days === 1 ? 'day' : 'days'} left` : `${-days} ${days === -1 ? 'day' : 'days'} overdue`,
  lacks: (parts) => `lacks ${parts} parts`,
  no_due: 'no due date',
  due: (date) => `due ${date}`,
  choose: 'Choose the officer to see your tasks.',
};

export const loginWords: Words['login'] = {
  lead: 'Everything is signed with the key of an officer on this machine. Choose your post and unlock its key.',
  officer: 'Officers on this machine',
  passphrase: 'Passphrase',
  passphrase_hint: 'It does not leave this machine.',
  show: 'Show passphrase',
  open: 'Unlock and work',
  choose_first: 'Choose the officer',
  type_first: 'Type the passphrase',
  acting: (title) => `Working as: ${title}`,
  close: 'Lock',
  close_hint: 'Lock when you leave the machine. What waits is still sent.',
  unlocked: 'key is open',
  none: 'No officer is on this machine yet. The province issues a slip; then use hoso enrol.',
};

export const searchWords: Words['search'] = {
  label: 'Find units, posts, subjects, products, certificates, decisions',
  button: 'Find',
  type_first: 'Type a part of a name or number. “che shan” also finds “Chè Shan”.',
  caption: (text) => `Results for “${text}”`,
  empty: (text) => `Nothing matches “${text}” in what this desk may hold.`,
};

export const dossiersWords: Words['dossiers'] = {
  caption: 'Dossiers',
  empty: 'There is no dossier in what this desk holds yet. A dossier begins when a commune takes in a product.',
};
