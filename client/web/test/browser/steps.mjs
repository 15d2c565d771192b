// Steps that several journeys take, found as an officer finds them: by role, label and the words on the screen.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { axeFinds, enter, newPage, overflow, signIn } from './browser.mjs';
import { until } from './province.mjs';

export const patience_ms = Number(process.env.HOSO_PATIENCE_MS ?? 60_000);

async function picture(page, name) {
  if (!process.env.HOSO_PICTURES) return;
  mkdirSync(process.env.HOSO_PICTURES, { recursive: true });
  await page.screenshot({ path: join(process.env.HOSO_PICTURES, `${name}.png`), fullPage: true });
}

/** A test for each step of a journey, in order. After one that failed, with a picture of each of `pages` (by name) then, the others are skipped. */
export function steps(pages = {}) {
  let broken = false;
  return (name, act) =>
    test(name, async (context) => {
      if (broken) return context.skip('an earlier step failed');
      broken = true;
      try {
        await act();
        broken = false;
      } finally {
        if (broken) for (const [whose, page] of Object.entries(pages)) await picture(page, `failed-${whose}`).catch(() => {}); // the fault itself is what is told
      }
    });
}

/** What may be said of a page that is looked at: nothing. Pass `faults.add` to newPage and ask at the end. */
export class Faults {
  all = [];
  add = (...words) => this.all.push(words.join(' '));
}

/** The officer of a post at a desk of the same name, signed in, in a browser of its own. */
export async function officerAt(browser, province, post, faults, options = {}) {
  const desk = province.desk(options.desk ?? post);
  const page = await newPage(browser, { fault: faults.add, ...options });
  page.setDefaultTimeout(patience_ms);
  await enter(page, await desk.address());
  await signIn(page, province.accounts[post], province.passphrase(post));
  return page;
}

/** Opens an address of the desk that the page is at. */
export async function open(page, path) {
  await page.goto(new URL(path, page.url()).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Waits until nothing on the page says that it is still asking. */
export const settled = (page, name = 'the page') =>
  until(async () => (await page.getByText(/^(Đang (tải|kiểm tra điều kiện)|Loading|Checking the conditions)…$/).count()) === 0, `${name} to be complete`, patience_ms / 1000);

/** A picture for people if HOSO_PICTURES names a folder; axe and the width of the page always. */
export async function look(page, name) {
  await settled(page, name);
  await picture(page, name);
  const found = (await axeFinds(page)).map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  assert.deepEqual(found, [], `axe on ${name}`);
  assert.ok((await overflow(page)) <= 0, `${name} is wider than its window`);
}

/** The sentence of the desk's bar as it is read. */
export const bar = (page) => page.getByRole('region', { name: 'Tình trạng gửi dữ liệu' }).getByRole('status').innerText();

/** Waits until the bar says this. */
export function barSays(page, wording) {
  return until(async () => wording.exec(await bar(page)), `the bar to say ${wording}`, patience_ms / 1000).catch(async (problem) => {
    throw new Error(`${problem.message}; it says: ${await bar(page)}`);
  });
}

/** Waits for this text somewhere in the page's main part. */
export const says = (page, text) => page.getByRole('main').getByText(text).first().waitFor();

/** Presses a button of the page's main part once nothing speaks against it. */
export async function press(page, name) {
  const button = page.getByRole('main').getByRole('button', { name, exact: true });
  await until(async () => (await button.getAttribute('aria-disabled')) !== 'true', `“${name}” to be allowed`, patience_ms / 1000);
  await button.click();
}

export const follow = (page, name) => page.getByRole('main').getByRole('link', { name }).first().click();

/** The colour of what is missing or refused, as the browser computes it. */
export const red = 'rgb(163, 38, 25)';
export const colour = (locator) => locator.evaluate((element) => getComputedStyle(element).color);

/** Typed as Unikey types: every key arrives, then what it changes is taken back by backspaces and written anew. */
export async function typeAsUnikey(page, ...strokes) {
  for (const [back, text] of strokes) {
    for (let i = 0; i < back; i += 1) await page.keyboard.press('Backspace');
    await page.keyboard.insertText(text);
  }
}

/** As when the machine's browser crashes: no page hears of it. */
export async function killBrowser(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const gone = new Promise((done) => browser.once('disconnected', done));
  process.kill(processInfo.find(({ type }) => type === 'browser').id, 'SIGKILL');
  await gone;
}
