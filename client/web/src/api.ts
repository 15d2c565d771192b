import { Problem, type Answer, type Me, type Officer, type Options, type OptionValue } from './api_types';

// The only place that talks to the desk. A command is written as on the command line: get('task/list', {mine: true}).
const base = '/api/v1';

interface Context {
  lang: 'vi' | 'en';
  at: string;
}

// What proves that our page asks: it is kept where pages of this address alone can read it, since the cookie goes to every port of the machine.
interface Proof {
  token: string;
  link: string; // stands in addresses that the browser asks for by itself
}
const kept = 'hoso';
let proof: Proof = { token: '', link: '' };

function readProof(): boolean {
  const before = proof.token;
  try {
    proof = { ...proof, ...(JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<Proof>) };
  } catch {
    return false;
  }
  return proof.token !== before;
}

function keepProof(given: Proof): void {
  proof = { token: given.token, link: given.link };
  localStorage.setItem(kept, JSON.stringify(proof));
}
let context: () => Context = () => ({ lang: 'vi', at: '' });
let onSessionLost: (code: string) => void = () => {};

// What every request carries: the language of the page and, when it looks back, the place in the log.
export function setContext(read: () => Context, sessionLost: (code: string) => void): void {
  context = read;
  onSessionLost = sessionLost;
}

function headers(extra: Record<string, string> = {}): Record<string, string> {
  return { Accept: 'application/json', 'Accept-Language': context().lang, 'X-Hoso-Token': proof.token, ...extra };
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = { status: response.status, title: response.statusText, code: response.status === 404 ? 'not_found' : 'internal' };
  try {
    const body: unknown = await response.json();
    return new Problem({ ...fallback, ...(typeof body === 'object' && body !== null ? body : {}) });
  } catch {
    return new Problem(fallback);
  }
}

async function request(path: string, init: RequestInit, again = false): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(base + path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Problem({ code: 'unreachable', status: 0 });
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  // Another tab of this browser was let in anew.
  if (problem.code === 'no_token' && !again && readProof()) {
    return request(path, { ...init, headers: { ...(init.headers as Record<string, string>), 'X-Hoso-Token': proof.token } }, true);
  }
  if (problem.code === 'no_session' || problem.code === 'office_sign_in' || problem.code === 'no_token') onSessionLost(problem.code);
  throw problem;
}

async function requestJson<T>(path: string, init: RequestInit): Promise<T> {
  const response = await request(path, init);
  return (await response.json()) as T;
}

function send<T>(method: string, path: string, body: unknown, extra: Record<string, string> = {}): Promise<T> {
  return requestJson<T>(path, {
    method,
    headers: headers({ 'Content-Type': 'application/json', ...extra }),
    body: JSON.stringify(body),
  });
}

async function sendOnly(method: string, path: string, body?: unknown, keepalive = false): Promise<void> {
  await request(path, {
    method,
    keepalive,
    headers: headers({ ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function append(query: URLSearchParams, name: string, value: OptionValue): void {
  if (value === undefined || value === false) return;
  if (Array.isArray(value)) {
    for (const each of value) append(query, name, each);
  } else if (typeof value === 'object') {
    throw new TypeError(`${name}: a command that reads takes no file`);
  } else {
    query.append(name, String(value));
  }
}

export function address(command: string, options: Options = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) append(query, name, value);
  const { lang, at } = context();
  if (!query.has('lang')) query.set('lang', lang);
  if (at && !query.has('at')) query.set('at', at);
  for (const [name, value] of [...query]) if (value === '' && !name.startsWith('filter.')) query.delete(name); // an empty filter asks for what is not there
  return `/${command}?${query}`;
}

export function get(command: string, options: Options = {}, signal?: AbortSignal): Promise<Answer> {
  return requestJson<Answer>(address(command, options), { headers: headers(), ...(signal ? { signal } : {}) });
}

// For links and pictures, which carry no token.
const linked = (path: string) => `${base}/l/${proof.link}${path}`;

// The same list as a file, for a link.
export function listFile(command: string, options: Options, format: 'csv' | 'xlsx'): string {
  return linked(address(command, { ...options, format }));
}

export interface Posting {
  dryRun?: boolean;
  key?: string;
}

// One key per press of a button: a repeat of the same press, after a break, gets the first answer.
export function newKey(): string {
  return crypto.randomUUID();
}

function written(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

export function post(command: string, options: Options = {}, { dryRun = false, key }: Posting = {}): Promise<Answer> {
  const query = `?lang=${context().lang}${dryRun ? '&dry_run=1' : ''}`;
  return send<Answer>('POST', `/${command}${query}`, written(options), key ? { 'Idempotency-Key': key } : {});
}

// The list that such a command answers, as a file.
export async function postFile(command: string, options: Options, format: 'csv' | 'xlsx'): Promise<Blob> {
  const response = await request(`/${command}?lang=${context().lang}&format=${format}`, {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(written(options)),
  });
  return response.blob();
}

export interface Upload {
  upload: string;
  bytes: number;
}

// A browser asks a desk for six things at a time: uploads take half of them, so that what is typed is saved meanwhile.
const uploads_max = 3;
let uploads = 0;
const waiting: (() => void)[] = [];

export async function upload(file: Blob, name: string, progress: (sent: number, total: number) => void, signal?: AbortSignal): Promise<Upload> {
  if (uploads >= uploads_max) await new Promise<void>((go) => waiting.push(go));
  uploads += 1;
  try {
    if (signal?.aborted) throw new DOMException('', 'AbortError');
    return await sendFile(file, name, progress, signal);
  } finally {
    uploads -= 1;
    waiting.shift()?.();
  }
}

// fetch cannot tell how far an upload is, so this asks the older interface.
function sendFile(file: Blob, name: string, progress: (sent: number, total: number) => void, signal?: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `${base}/uploads?name=${encodeURIComponent(name)}`);
    for (const [header, value] of Object.entries(headers())) call.setRequestHeader(header, value);
    call.responseType = 'json';
    call.upload.onprogress = (event) => progress(event.loaded, event.total);
    call.onload = () => {
      const body: unknown = call.response;
      if (call.status >= 200 && call.status < 300) resolve(body as Upload);
      else reject(new Problem({ status: call.status, code: 'internal', ...(typeof body === 'object' && body !== null ? body : {}) }));
    };
    call.onerror = () => reject(new Problem({ code: 'unreachable', status: 0 }));
    call.onabort = () => reject(new DOMException('', 'AbortError'));
    signal?.addEventListener('abort', () => call.abort());
    call.send(file);
  });
}

// A paper of the programme, made from the state: /papers/certificate/1%2F2023.pdf.
export type PaperKind = 'certificate' | 'decision' | 'minutes' | 'report' | 'package';
export function paperAddress(kind: PaperKind, id: string, form: 'pdf' | 'docx' | 'jpg' | 'zip'): string {
  const { lang, at } = context();
  return linked(`/papers/${kind}/${encodeURIComponent(id)}.${form}?lang=${lang}${at ? `&at=${encodeURIComponent(at)}` : ''}`);
}

export function fileAddress(root: string): string {
  return linked(`/files/${root}`);
}

export async function readDraft<T>(key: string): Promise<T | null> {
  try {
    return await requestJson<T>(`/drafts/${key}`, { headers: headers() });
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

export const leaving_bytes_max = 60_000; // of what a browser sends after the page is gone

// With `leaving` the browser finishes the request after the page is gone.
export function writeDraft(key: string, body: unknown, leaving = false): Promise<void> {
  return sendOnly('PUT', `/drafts/${key}`, body, leaving && new Blob([JSON.stringify(body)]).size < leaving_bytes_max);
}

export function deleteDraft(key: string): Promise<void> {
  return sendOnly('DELETE', `/drafts/${key}`);
}

// Opens the session: with the secret of the address on the first visit, with what was kept then after a reload or in another tab.
export async function openSession(secret: string | null): Promise<void> {
  if (secret) keepProof(await send<Proof>('POST', '/session', { secret }));
  else readProof();
}

export interface Office {
  path: string;
  unit_name: string;
  officers: { account: string; title: string }[];
}

// Over an office's network: who may come in, and coming in.
export function readOffice(): Promise<Office> {
  return requestJson<Office>('/office', { headers: headers() });
}

export async function openOfficeSession(account: string, passphrase: string): Promise<void> {
  keepProof(await send<Proof>('POST', '/session', { account, passphrase }));
}

export async function closeSession(): Promise<void> {
  await sendOnly('DELETE', '/session');
  keepProof({ token: '', link: '' });
}

interface MeBody extends Omit<Me, 'desk' | 'officers'> {
  version?: string;
  desk: Omit<Me['desk'], 'version'> & { version?: string };
  officers: (Omit<Officer, 'roles'> & { roles: (string | { role: string })[] })[];
}

// The desk names a role with the unit it is held in; the pages ask only which roles there are.
export async function readMe(): Promise<Me> {
  const body = await requestJson<MeBody>('/me', { headers: headers() });
  const named = (role: string | { role: string }) => (typeof role === 'string' ? role : role.role);
  return {
    ...body,
    desk: { ...body.desk, version: body.desk.version ?? body.version ?? '' },
    officers: body.officers.map((each) => ({ ...each, roles: each.roles.map(named) })),
  };
}

export async function actAs(account: string, passphrase: string): Promise<void> {
  await sendOnly('POST', '/officer', { account, passphrase });
}

export async function lockOfficer(): Promise<void> {
  await sendOnly('DELETE', '/officer');
}
