// What the desk's API answers. Row and result objects are those of `hoso ... --json`.
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Row = { [key: string]: Value };
export type Labels = Readonly<Record<string, string>>;
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

// How an answer's keys and plain values read.
export interface Told {
  labels: Labels;
  texts: Texts;
}

export interface Answer extends Told {
  as_of: number;
  rows: Row[] | null;
  columns: string[];
  total: number;
  page: number;
  pages: number;
  facets?: Readonly<Record<string, readonly { value: string; count: number }[]>> | null; // how often each value of the columns asked for occurs
  result: Row | null;
  said: string[];
}

export interface Desk {
  path: string;
  unit: string;
  title: string;
  device: string;
  training: boolean;
  founder?: boolean; // of the log: administers it without a mandate
  version: string;
}

export interface Officer {
  account: string;
  title: string;
  roles: string[];
  unlocked: boolean;
}

export interface Me {
  desk: Desk;
  officers: Officer[];
  account: string | null;
  today: string;
}

// A file is named by what an upload answered, or is handed over as text.
export type FileValue = string | { name: string; text: string };
export type OptionValue = string | number | boolean | string[] | FileValue | FileValue[] | undefined;
export type Options = Record<string, OptionValue>;

export interface FieldProblem {
  pointer: string;
  code: string;
  message_vi: string;
  message_en: string;
}

interface ProblemBody {
  title: string;
  status: number;
  detail: string;
  code: string;
  message_vi: string;
  message_en: string;
  errors: FieldProblem[];
}

// What came back instead of an answer. `code` is stable: an error's name or the judge's reason.
// A desk that does not answer at all is the code `unreachable`, with status 0.
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly message_vi: string;
  readonly message_en: string;
  readonly errors: FieldProblem[];

  constructor(body: Partial<ProblemBody>) {
    super(body.detail || body.title || body.code || 'problem');
    this.code = body.code ?? 'internal';
    this.status = body.status ?? 0;
    this.title = body.title ?? '';
    this.message_vi = body.message_vi ?? '';
    this.message_en = body.message_en ?? '';
    this.errors = body.errors ?? [];
  }
}

export function text(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

// The object that stands there, if one does.
export function rowOf(value: Value | undefined): Row | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

export function textsOf(value: Value | undefined): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

export function rowsOf(value: Value | undefined): Row[] {
  return Array.isArray(value) ? value.filter((each): each is Row => rowOf(each) !== null) : [];
}
