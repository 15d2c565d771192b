// node look.mjs ADDRESS OUT [PATH...]: opens each page in Chromium at a desk's and a phone's width, keeps pictures of them in OUT, and fails
// on what the console says, on what axe finds and on pages that are wider than their window. ADDRESS is what the desk prints:
// http://127.0.0.1:8620/#k=... HOSO_LANGUAGE is vi or en; HOSO_OFFICER and HOSO_PASSPHRASE sign an officer in.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [address, out, ...paths] = process.argv.slice(2);
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const sizes = [
  [1366, 768],
  [360, 740],
];
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.HOSO_CHROMIUM ?? '/usr/bin/chromium', args: quiet });
let faults = 0;
const fault = (...words) => {
  faults += 1;
  console.log(...words);
};

const context = await browser.newContext({ locale: `${process.env.HOSO_LANGUAGE ?? 'vi'}-VN` });
const page = await context.newPage();
// A refusal is an answer; that the console counts it as a failed load is no fault of the page.
const told = (said) => ['error', 'warning'].includes(said.type()) && !said.text().startsWith('Failed to load resource');
page.on('console', (said) => told(said) && fault('console', page.url(), said.text()));
page.on('pageerror', (error) => fault('error', page.url(), error.message));
await page.addInitScript((language) => localStorage.setItem('hoso.language', language), process.env.HOSO_LANGUAGE ?? 'vi');
await page.goto(address); // once: its secret is used then
await page.waitForSelector('main h1');
if (process.env.HOSO_PASSPHRASE) {
  await page.goto(new URL('/login', address).href);
  await page.waitForSelector('#passphrase');
  const officer = page.locator(`input[type=radio][value="${process.env.HOSO_OFFICER ?? ''}"]`);
  if (await officer.count()) await officer.check();
  await page.fill('#passphrase', process.env.HOSO_PASSPHRASE);
  await page.press('#passphrase', 'Enter');
  await page.waitForURL((url) => url.pathname !== '/login');
}
for (const path of paths.length ? paths : ['/']) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.goto(new URL(path, address).href);
    await page.waitForSelector('main h1');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(out, `${path.replace(/[^a-zA-Z0-9]+/g, '_')}-${width}.png`), fullPage: true });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) fault('wider than the window', path, width, over);
    // The page's policy keeps scripts out of it; the debugger's door is not the page's.
    const debug = await context.newCDPSession(page);
    await debug.send('Runtime.evaluate', { expression: axe });
    await debug.detach();
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), rules);
    for (const { id, nodes } of violations) fault('axe', path, width, id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary);
  }
}
await browser.close();
console.log(faults === 0 ? 'Nothing to mend.' : `${faults} to mend.`);
process.exit(faults === 0 ? 0 : 1);
