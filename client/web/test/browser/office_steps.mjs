// What officers of one office do on many pages, each in a browser of their own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newPage } from './browser.mjs';
import { patience_ms } from './steps.mjs';

/** A port of this machine that nobody listens on. */
export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** An officer in a browser of their own, over the office's network: the address, the post's title, the passphrase. */
export async function atOffice(browser, address, title, passphrase, options = {}) {
  const page = await newPage(browser, { ignoreHTTPSErrors: true, ...options });
  page.setDefaultTimeout(patience_ms);
  await page.goto(address);
  await page.getByRole('radio', { name: title }).check();
  await page.getByLabel('Mật khẩu mở khóa').fill(passphrase);
  await page.getByRole('button', { name: 'Mở khóa và làm việc' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

/** Presses what must not be refused, and waits for the sentence that says it is done. */
export async function press(page, name, said) {
  await page.locator('button:not([aria-disabled])', { hasText: name }).first().click();
  await page.getByText(said).first().waitFor();
}

/** What the desk's API answers this browser. */
export const ask = (page, path) => page.evaluate(async (asked) => (await fetch(`/api/v1/${asked}`, { headers: { 'X-Hoso-Token': JSON.parse(localStorage.getItem('hoso')).token } })).json(), path);

/** Presses a link and gives the bytes it leads to. */
export async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const pieces = [];
  for await (const piece of await file.createReadStream()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The texts of a Word file, as Info-ZIP unpacks it. */
export function docxText(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'hoso-docx-'));
  try {
    writeFileSync(join(folder, 'a.docx'), bytes);
    const xml = execFileSync('unzip', ['-p', join(folder, 'a.docx'), 'word/document.xml'], { maxBuffer: 1 << 26 }).toString('utf8');
    return xml.replaceAll('</w:p>', '\n').replaceAll(/<[^>]*>/g, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
