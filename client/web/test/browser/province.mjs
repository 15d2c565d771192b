// The real programs of a played province (tests/e2e/play_province.py), for tests in a browser: a copy of its folders, a server and desks that are
// started, stopped and killed as a test asks. HOSO_BIN is the folder of the programs, HOSO_PLAYED that of the played states.
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const needed = (name) => {
  if (!process.env[name]) throw new Error(`${name} is not set: see tests/e2e/CMakeLists.txt`);
  return process.env[name];
};

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Polls until `condition()` holds; a hang becomes an error that names what was awaited. */
export async function until(condition, what, seconds = 60) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const got = await condition();
    if (got) return got;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await pause(100);
  }
}

class Program {
  #process;

  async start(program, options, log, ready) {
    const out = openSync(log, 'a');
    this.#process = spawn(join(needed('HOSO_BIN'), program), options, { stdio: ['ignore', out, out] });
    await until(() => ready() || this.#process.exitCode !== null, `${program} ${options.join(' ')}`);
    if (this.#process.exitCode !== null) throw new Error(`${program} ended: ${readFileSync(log, 'utf8').slice(-2000)}`);
  }

  get running() {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async stop(how = 'SIGTERM') {
    if (!this.running) return;
    const ended = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill(how);
    await ended;
  }
}

/** One desk: its data folder, its daemon, and commands given on it. */
export class Desk {
  #daemon = new Program();

  constructor(province, name) {
    this.province = province;
    this.name = name;
    this.folder = join(province.folder, name);
  }

  /** Starts its daemon; further options, such as --port or --office, are those of `hoso run`. */
  async start(...options) {
    const socket = join(this.folder, 'desk.sock');
    rmSync(socket, { force: true });
    const all = ['--data', this.folder, '--json', ...this.province.clock, 'run', ...options];
    await this.#daemon.start('hoso', all, `${this.folder}.log`, () => existsSync(socket));
  }

  stop() {
    return this.#daemon.stop();
  }

  /** As when the power fails. */
  kill() {
    return this.#daemon.stop('SIGKILL');
  }

  /** All objects a command answers with. */
  async lines(...words) {
    const all = ['--data', this.folder, '--json', ...this.province.clock, ...words.map(String)];
    const { stdout } = await run(join(needed('HOSO_BIN'), 'hoso'), all, { maxBuffer: 1 << 26, env: { ...process.env, LANG: 'C.UTF-8' } });
    return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  /** The last (mostly only) object a command answers with. */
  async do(...words) {
    return (await this.lines(...words)).at(-1) ?? {};
  }

  /** One command by the officer of a post. */
  by(post, ...words) {
    return this.do('--as', this.province.accounts[post], '--passphrase-file', this.province.passphraseFile(post), ...words);
  }

  sync() {
    return this.do('sync', '--wait', 60);
  }

  /** The address of its pages with a secret that is good once. */
  async address() {
    return (await this.do('address')).address;
  }
}

export class Province {
  #server = new Program();
  #desks = new Map();

  /** A copy of a played state: submitted, decided or over. */
  constructor(state) {
    this.folder = mkdtempSync(join(tmpdir(), 'hoso-journey-'));
    cpSync(join(needed('HOSO_PLAYED'), state), this.folder, { recursive: true });
    Object.assign(this, JSON.parse(readFileSync(join(this.folder, 'province.json'), 'utf8')));
    // Copies of one province are one log: a desk must never find the server of another copy.
    const played = this.listen;
    this.listen = `127.0.0.1:${20_000 + Math.floor(Math.random() * 12_000)}`;
    for (const name of readdirSync(this.folder)) {
      const file = join(this.folder, name, 'join.json');
      if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(played, this.listen));
    }
  }

  /** Every program reads the instant from this file. */
  get clock() {
    return ['--now', `@${join(this.folder, 'clock')}`];
  }

  /** The story moves on to this day, or instant with offset. */
  at(text) {
    const file = join(this.folder, 'clock');
    writeFileSync(`${file}.new`, `${text.includes('T') ? text : `${text}T08:00:00+07:00`}\n`);
    renameSync(`${file}.new`, file);
  }

  passphraseFile(post) {
    return join(this.folder, 'passphrases', `${post}.txt`);
  }

  passphrase(post) {
    return readFileSync(this.passphraseFile(post), 'utf8').trim();
  }

  desk(name) {
    if (!this.#desks.has(name)) this.#desks.set(name, new Desk(this, name));
    return this.#desks.get(name);
  }

  /** An entry of the demo's cast by its number: name, commune, ids.product and so on. */
  entry(number) {
    return this.entries.find((entry) => entry.number === number);
  }

  /** On the address that the desks know it by. */
  async startServer() {
    const address = join(this.folder, 'server', 'address');
    rmSync(address, { force: true });
    const options = ['run', '--data', join(this.folder, 'server'), '--listen', this.listen, '--disk-reserve', String(64 << 20), ...this.clock];
    await this.#server.start('hoso-server', options, join(this.folder, 'server.log'), () => existsSync(address));
  }

  stopServer() {
    return this.#server.stop();
  }

  /** Ends what runs and removes the folders. */
  async end() {
    for (const desk of this.#desks.values()) await desk.stop();
    await this.stopServer();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
