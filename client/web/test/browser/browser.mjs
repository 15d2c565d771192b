// Chromium as the tests use it: what the console says is kept, an officer signs in, axe looks at a page.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const launch = () => chromium.launch({ executablePath: process.env.HOSO_CHROMIUM ?? '/usr/bin/chromium', args: quiet });

/** A browser of its own (cookies, storage) with one page; `fault(...words)` is called for each error or warning of the page. */
export async function newPage(browser, { language = 'vi', fault, ...options } = {}) {
  const context = await browser.newContext({ locale: `${language}-VN`, viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  // A refusal is an answer; that the console counts it as a failed load is no fault of the page.
  const told = (said) => ['error', 'warning'].includes(said.type()) && !said.text().startsWith('Failed to load resource');
  page.on('console', (said) => told(said) && fault?.('console', page.url(), said.text()));
  page.on('pageerror', (error) => fault?.('error', page.url(), error.message));
  await page.addInitScript((spoken) => localStorage.setItem('hoso.language', spoken), language);
  return page;
}

/** Opens a desk's pages by an address that is good once. */
export async function enter(page, address) {
  await page.goto(address);
  await page.waitForSelector('main h1');
}

/** Signs the officer of an account in, who then stands on the first page. */
export async function signIn(page, account, passphrase) {
  await page.goto(new URL('/login', page.url()).href);
  await page.waitForSelector('#passphrase');
  const officer = page.locator(`input[type=radio][value="${account}"]`);
  if (await officer.count()) await officer.check();
  await page.fill('#passphrase', passphrase);
  await page.press('#passphrase', 'Enter');
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** What axe finds on the page as it stands: [{id, nodes}]. */
export async function axeFinds(page) {
  // The page's policy keeps scripts out of it; the debugger's door is not the page's.
  const debug = await page.context().newCDPSession(page);
  await debug.send('Runtime.evaluate', { expression: axe });
  await debug.detach();
  return (await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), rules)).violations;
}

/** Pixels by which the page is wider than its window. */
export const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
