// A desk that serves an office's network: officers of its posts, each in a browser of their own.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { atOffice, download, freePort } from './office_steps.mjs';

export class Office {
  pages = {}; // by post
  faults = []; // what their consoles said
  #papers = mkdtempSync(join(tmpdir(), 'hoso-papers-'));

  constructor(province, name) {
    this.province = province;
    this.desk = province.desk(name);
  }

  async start() {
    const port = await freePort();
    this.address = `https://127.0.0.1:${port}/`;
    await this.desk.start('--office', `127.0.0.1:${port}`);
    this.browser = await launch();
  }

  /** The page of a post; signs it in where it has none. */
  async officer(post) {
    if (!this.pages[post]) {
      const { title } = (await this.desk.lines('account', 'list')).find(({ account }) => account === this.province.accounts[post]);
      const fault = (...words) => this.faults.push(`${post}: ${words.join(' ')}`);
      this.pages[post] = await atOffice(this.browser, this.address, title, this.province.passphrase(post), { fault });
    }
    return this.pages[post];
  }

  /** Sessions do not last until then: everybody signs in again. */
  async anotherDay(day) {
    this.province.at(day);
    for (const [post, page] of Object.entries(this.pages)) {
      await page.context().close();
      delete this.pages[post];
    }
  }

  /** What a page lets download is, to the byte, what the command writes to a file of that name. */
  async samePaper(page, words, file, ...command) {
    const downloaded = await download(page, page.getByRole('link', { name: words }));
    await this.desk.do(...command, '--out', join(this.#papers, file));
    assert.ok(downloaded.equals(readFileSync(join(this.#papers, file))), file);
  }

  async end() {
    await this.browser?.close();
    rmSync(this.#papers, { recursive: true, force: true });
  }
}
