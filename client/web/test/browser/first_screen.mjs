// node first_screen.mjs DIST: prints how long a desk's first screen takes on a processor six times slower, and what the scripts of the pages
// in DIST weigh, each beside its limit. Figures, never a test. HOSO_BIN and HOSO_PLAYED as for the journeys.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch, newPage } from './browser.mjs';
import { Province } from './province.mjs';

const tries = 5;
const slower = 6;
const limit_ms = 1500;
const limit_bytes = 120_000;
const dist = process.argv[2];

const line = (name, value, unit) => console.log(`  ${name.padEnd(58)} ${value.padStart(12)} ${unit}`);

/** Milliseconds from the navigation until the first task is on the screen, in a browser that has nothing of these pages yet. */
async function firstScreen(browser, desk, rate) {
  const page = await newPage(browser);
  const debug = await page.context().newCDPSession(page);
  await debug.send('Emulation.setCPUThrottlingRate', { rate });
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector('main article')) window.shownAt = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(await desk.address(), { waitUntil: 'commit' });
  const shown = await page.waitForFunction(() => window.shownAt, null, { timeout: 120_000 });
  const milliseconds = await shown.jsonValue();
  await page.context().close();
  return milliseconds;
}

function scriptsWeigh(folder) {
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(folder, 'assets', name)));
  return scripts.reduce((sum, bytes) => sum + brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length, 0);
}

const province = new Province('over');
const browser = await launch();
try {
  const desk = province.desk('province');
  await desk.start();
  const measured = async (rate) => {
    const times = [];
    for (let i = 0; i < tries; i += 1) times.push(await firstScreen(browser, desk, rate));
    return times.sort((a, b) => a - b);
  };
  const plain = await measured(1);
  const times = await measured(slower);
  const median = times[tries >> 1];
  console.log(`\nThe pages, on a processor ${slower} times slower (the province's desk of the demo, ${(await desk.lines('task', 'list')).length} tasks)`);
  line(`first screen on this processor as it is, median of ${tries}`, plain[tries >> 1].toFixed(0), 'ms');
  line(`first screen with its tasks, the fastest of ${tries}`, times[0].toFixed(0), 'ms');
  line(`first screen with its tasks, median of ${tries}`, median.toFixed(0), 'ms');
  line('limit', String(limit_ms), 'ms');
  line('median / limit', (median / limit_ms).toFixed(2), '');
  const bytes = scriptsWeigh(dist);
  line('all scripts, compressed', String(bytes), 'B');
  line('limit', String(limit_bytes), 'B');
  line('scripts / limit', (bytes / limit_bytes).toFixed(2), '');
} finally {
  await browser.close();
  await province.end();
}
