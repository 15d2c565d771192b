import type { FormField } from './components/RecordForm.svelte';
import type { Choice } from './components/Select.svelte';
import type { Words } from './text/vi';

// The parts of administration: a list each, and the records that change it. The desk's rules say who may.
export const parts = ['accounts', 'mandates', 'devices', 'units', 'rules', 'offices', 'numbers', 'calendar', 'rounds'] as const;
export type Part = (typeof parts)[number];

export interface Form {
  id: string;
  command: string;
  fields: FormField[];
}

export interface PartView {
  command: string;
  columns: string[];
  filters: string[];
  forms: Form[];
}

export function isPart(name: string | undefined): name is Part {
  return parts.some((each) => each === name);
}

export interface Choices {
  accounts: Choice[];
  devices: Choice[];
  offices: Choice[];
}

const roles = ['administrator', 'officer', 'adviser', 'secretary', 'signer', 'auditor'] as const;

export function partView(part: Part, words: Words['admin'], { accounts, devices, offices }: Choices): PartView {
  const { field, hint, role, number_kind: kinds, level } = words;
  const unit: FormField = { name: 'unit', label: field.unit, hint: hint.unit };
  const basis: FormField = { name: 'basis', label: field.basis, hint: hint.basis };
  const from: FormField = { name: 'from', kind: 'date', label: field.from, optional: true };
  switch (part) {
    case 'accounts':
      return {
        command: 'account/list',
        columns: ['title', 'unit_name', 'roles', 'founder'],
        filters: ['unit_name'],
        forms: [
          {
            id: 'account-add',
            command: 'account/add',
            fields: [{ name: 'title', label: field.post, hint: hint.post }, unit, { name: 'name', label: field.holder, hint: hint.holder, optional: true }],
          },
        ],
      };
    case 'mandates':
      return {
        command: 'mandate/list',
        columns: ['title', 'role', 'unit_name', 'office', 'valid_from', 'valid_to', 'ended_at'],
        filters: ['role', 'unit_name'],
        forms: [
          {
            id: 'mandate-grant',
            command: 'mandate/grant',
            fields: [
              { name: 'account', kind: 'choice', label: field.account, choices: accounts },
              { name: 'role', kind: 'choice', label: field.role, choices: roles.map((each) => ({ value: each, label: role[each] })) },
              { ...unit, hint: hint.mandate_unit },
              from,
              { name: 'to', kind: 'date', label: field.to, optional: true },
              basis,
              ...(offices.length ? [{ name: 'office', kind: 'choice' as const, label: field.office, choices: offices, optional: true }] : []),
              { name: 'field', label: field.field, optional: true },
            ],
          },
        ],
      };
    case 'devices':
      return {
        command: 'device/list',
        columns: ['name', 'path', 'officers', 'server', 'founder'],
        filters: ['server'],
        forms: [
          {
            id: 'slip-issue',
            command: 'slip/issue',
            fields: [
              { name: 'account', kind: 'choice', label: field.account, choices: accounts },
              { ...unit, hint: hint.slip_unit },
              { name: 'hours', label: field.hours, hint: hint.hours, optional: true },
            ],
          },
        ],
      };
    case 'units':
      return {
        command: 'unit/list',
        columns: ['name', 'path', 'level', 'kind', 'valid_from', 'valid_to'],
        filters: ['level'],
        forms: [
          {
            id: 'unit-add',
            command: 'unit/add',
            fields: [
              { name: 'code', label: field.code, hint: hint.code },
              { name: 'name', label: field.name },
              { name: 'level', kind: 'choice', label: field.level, choices: (['province', 'district', 'commune'] as const).map((each) => ({ value: each, label: level[each] })) },
              { name: 'parent', label: field.parent, hint: hint.unit },
              { ...from, optional: false },
            ],
          },
          {
            id: 'unit-rename',
            command: 'unit/rename',
            fields: [unit, { name: 'name', label: field.new_name }, { name: 'code', label: field.new_code, optional: true }, { ...from, optional: false }, basis],
          },
        ],
      };
    case 'rules':
      return {
        command: 'ruleset/list',
        columns: [words.title, 'ruleset', 'newest'],
        filters: [],
        forms: [{ id: 'ruleset-publish', command: 'ruleset/publish', fields: [{ name: 'file', kind: 'file', label: field.rules_file, hint: hint.rules_file, accept: '.json,application/json' }] }],
      };
    case 'offices':
      return {
        command: 'office/list',
        columns: ['name', 'unit_name', 'valid_from', 'former'],
        filters: ['unit_name'],
        forms: [{ id: 'office-create', command: 'office/create', fields: [unit, { name: 'name', label: field.office_name }, from] }],
      };
    case 'numbers':
      return {
        command: 'numbers/list',
        columns: ['pattern', 'kind', 'first', 'last', 'used', 'left'],
        filters: ['kind'],
        forms: [
          {
            id: 'numbers-grant',
            command: 'numbers/grant',
            fields: [
              { name: 'device', kind: 'choice', label: field.device, choices: devices },
              { name: 'kind', kind: 'choice', label: field.number_kind, choices: (['decision', 'certificate', 'form'] as const).map((each) => ({ value: each, label: kinds[each] })) },
              { name: 'pattern', label: field.pattern, hint: hint.pattern },
              { name: 'first', label: field.first },
              { name: 'last', label: field.last },
            ],
          },
        ],
      };
    case 'calendar':
      return {
        command: 'calendar/show',
        columns: ['year', 'days_off', 'days_worked', 'basis'],
        filters: [],
        forms: [
          {
            id: 'calendar-set',
            command: 'calendar/set',
            fields: [
              { name: 'year', label: field.year },
              { name: 'off', kind: 'lines', label: field.off, hint: hint.days },
              { name: 'worked', kind: 'lines', label: field.worked, hint: hint.days, optional: true },
              basis,
            ],
          },
        ],
      };
    case 'rounds':
      return {
        command: 'round/list',
        columns: ['title', 'year', 'deadline', 'basis'],
        filters: ['year'],
        forms: [
          {
            id: 'round-open',
            command: 'round/open',
            fields: [{ name: 'title', label: field.round }, { name: 'year', label: field.year }, { name: 'deadline', kind: 'date', label: field.deadline }, basis],
          },
        ],
      };
  }
}
