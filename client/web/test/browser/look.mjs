// node look.mjs ADDRESS OUT [PATH...]: opens each page in Chromium at a desk's and a phone's width, keeps pictures of them in OUT, and fails
// on what the console says, on what axe finds and on pages that are wider than their window. ADDRESS is what the desk prints:
// http://127.0.0.1:8620/#k=... HOSO_LANGUAGE is vi or en; HOSO_OFFICER and HOSO_PASSPHRASE sign an officer in;
// HOSO_OWN_CERTIFICATE is set where a desk's own certificate is to be taken.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axeFinds, enter, launch, newPage, overflow, signIn } from './browser.mjs';

const [address, out, ...paths] = process.argv.slice(2);
const sizes = [
  [1366, 768],
  [360, 740],
];

mkdirSync(out, { recursive: true });
let faults = 0;
const fault = (...words) => {
  faults += 1;
  console.log(...words);
};

const browser = await launch();
const page = await newPage(browser, { language: process.env.HOSO_LANGUAGE, fault, ignoreHTTPSErrors: Boolean(process.env.HOSO_OWN_CERTIFICATE) });
await enter(page, address); // once: its secret is used then
if (process.env.HOSO_PASSPHRASE) await signIn(page, process.env.HOSO_OFFICER ?? '', process.env.HOSO_PASSPHRASE);
for (const path of paths.length ? paths : ['/']) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    await page.goto(new URL(path, address).href);
    await page.waitForSelector('main h1');
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(out, `${path.replace(/[^a-zA-Z0-9]+/g, '_')}-${width}.png`), fullPage: true });
    const over = await overflow(page);
    if (over > 0) fault('wider than the window', path, width, over);
    for (const { id, nodes } of await axeFinds(page)) fault('axe', path, width, id, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary);
  }
}
await browser.close();
console.log(faults === 0 ? 'Nothing to mend.' : `${faults} to mend.`);
process.exit(faults === 0 ? 0 : 1);
