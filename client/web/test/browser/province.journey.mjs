// Journey 3 in a browser: the province looks at its round, asks for answers, revokes the nine that do not come again one by one, and takes its
// history away; every number leads to the list that it counts.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { docxText, download, press } from './office_steps.mjs';
import { Faults, look, officerAt, open, steps } from './steps.mjs';

const province = new Province('decided');
const desk = province.desk('province');
const pages = {};
const faults = new Faults();
const step = steps(pages);
const lapsed = () => province.entries.filter(({ number }) => number > 20); // nine certificates of 2019 whose subjects do not register again
let browser;

const officer = async (post) => (pages[post] ??= await officerAt(browser, province, post, faults, { desk: 'province' }));

before(async () => {
  province.at('2023-12-01');
  await province.startServer();
  await desk.start();
  await desk.sync();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await province.end();
});

// The number of rows that a list says it has; none where it says why there is nothing.
async function counted(page) {
  const foot = page.getByText(/^[\d.]+ dòng · /).first();
  await foot.or(page.locator('.nothing').first()).first().waitFor();
  return (await foot.count()) ? Number((await foot.innerText()).split(' ')[0].replaceAll('.', '')) : 0;
}

// Follows a number and compares it with the list behind it.
async function leadsTo(page, from, name, number) {
  await open(page, from);
  await page.getByRole('link', { name }).first().click();
  await page.waitForURL((url) => url.pathname !== from);
  assert.equal(await counted(page), number, `the list behind ${name}`);
}

step('each number of the dashboard leads to the list that it counts', async () => {
  const page = await officer('province');
  const total = (await desk.lines('progress', '--round', province.round)).find((row) => row.total);
  assert.deepEqual([total.registered, total.recognised, total.no_answer], [20, 14, 9]);
  await open(page, '/dashboard');
  await page.getByText('ngày nữa đến hạn 15/12/2023').waitFor();
  await page.getByRole('table', { name: 'Số sản phẩm theo ngày' }).waitFor();
  await page.getByRole('table', { name: 'Giấy còn hiệu lực theo bộ sản phẩm' }).waitFor();
  await look(page, 'province-1-dashboard');
  await leadsTo(page, '/dashboard', '20 sản phẩm đăng ký', 20);
  await leadsTo(page, '/dashboard', '14 đã công nhận', 14);
  await leadsTo(page, '/dashboard', `${total.tallied} đã chấm xong`, total.tallied);
  await leadsTo(page, '/dashboard', '9 hết hạn mà chưa trả lời', 9);
  await leadsTo(page, '/dashboard', '6 được công nhận', 6); // the tile of Đà Bắc
  await leadsTo(page, '/dashboard', '8 được công nhận', 8); // of Kim Bôi
  await leadsTo(page, '/dashboard', '2 hết hạn chưa trả lời', 2);
  for (const { step: key, products } of await desk.lines('round', 'funnel', '--round', province.round)) {
    await open(page, '/dashboard');
    const link = page.locator(`ol a[href*="step=${key}"]`).first();
    await link.waitFor();
    assert.equal(Number(await link.innerText()), products);
    await link.click();
    assert.equal(await counted(page), products, `the list behind the step ${key}`);
  }
});

step('the report of the round goes into Word and Excel as it is on the screen', async () => {
  const page = await officer('province');
  await open(page, '/dashboard');
  const report = await download(page, page.getByRole('link', { name: 'Báo cáo tiến độ (Word)' }));
  const words = docxText(report);
  for (const part of ['có 20 hồ sơ', '14 hồ sơ đã được công nhận', 'Huyện Đà Bắc']) assert.ok(words.includes(part), `${part} in ${words}`);
  assert.match(words, /Số liệu tại vị trí [\d ]+, 01\/12\/2023 08:00\./);
  const table = await download(page, page.getByRole('link', { name: 'Bảng tiến độ theo địa bàn (Excel)' }));
  assert.equal(table.subarray(0, 2).toString('latin1'), 'PK');
});

step('nine subjects answer that they do not register again', async () => {
  const page = await officer('province');
  await open(page, '/expiring?when=expired');
  const group = (words) => page.getByRole('navigation', { name: 'Trả lời của chủ thể' }).getByRole('link', { name: words });
  for (const words of ['Tất cả (14)', 'Chưa trả lời (9)', 'Đăng ký lại (5)', 'Không đăng ký (0)']) await group(words).waitFor();
  await look(page, 'province-2-expiring');
  for (const [done, { certificate }] of lapsed().entries()) {
    await open(page, '/expiring?when=expired&answer=none');
    await page.getByRole('row', { name: certificate }).getByRole('link', { name: 'Ghi trả lời' }).click();
    await page.getByRole('heading', { name: `Giấy chứng nhận ${certificate}: trả lời của chủ thể` }).waitFor();
    if (done === 0) {
      await page.getByRole('button', { name: 'Ghi trả lời' }).click();
      await page.getByRole('alert').getByRole('link').first().waitFor();
      await look(page, 'province-3-answer-error');
    }
    await page.getByRole('radio', { name: 'Không đăng ký' }).check();
    await press(page, 'Ghi trả lời', 'Đã ký và lưu trên máy này');
    await group(`Không đăng ký (${done + 1})`).waitFor();
  }
  const answers = (await desk.lines('cert', 'list', '--expired')).filter(({ status }) => status === 'expired');
  assert.deepEqual([answers.filter(({ renews }) => renews === false).length, answers.filter(({ renews }) => renews === true).length], [9, 5]);
});

step('the signer decides on the nine, and each is revoked by itself with its number typed', async () => {
  const page = await officer('province-signer');
  await open(page, '/decisions?form=sign');
  await page.getByRole('radio', { name: 'Thu hồi' }).check();
  await page.getByLabel('Cấp', { exact: true }).selectOption({ label: 'Cấp tỉnh' });
  for (const { certificate } of lapsed()) await page.getByRole('checkbox', { name: certificate }).check();
  await look(page, 'province-4-decision');
  await page.locator('button:not([aria-disabled])', { hasText: 'Ký quyết định cho 9 sản phẩm' }).click();
  await page.getByRole('heading', { name: /^Quyết định \d+\/QĐ-UBND-HB/ }).waitFor();
  const number = (await page.getByRole('heading', { level: 1 }).innerText()).replace(/^.*Quyết định /s, '').trim();
  for (const [done, { certificate }] of lapsed().entries()) {
    await open(page, '/revocations');
    await page.getByRole('row', { name: certificate }).getByRole('link', { name: 'Thu hồi…' }).click();
    await page.getByLabel('Quyết định thu hồi').selectOption(number);
    await page.getByLabel('Căn cứ thu hồi').selectOption({ label: 'Hết hạn mà không đăng ký đánh giá lại' });
    const typed = page.getByLabel(`Gõ lại số ${certificate} để xác nhận`);
    await typed.fill('OCOP-2019-999');
    await page.getByText(`Chưa khớp với ${certificate}`).waitFor();
    if (done === 0) await look(page, 'province-5-revoke');
    await typed.fill(certificate);
    await press(page, 'Thu hồi giấy chứng nhận', 'Đã ký và lưu trên máy này');
  }
  const revoked = await desk.lines('cert', 'list', '--revoked');
  assert.deepEqual(revoked.map(({ certificate }) => certificate).sort(), lapsed().map(({ certificate }) => certificate).sort());
  await open(page, `/certificates/${lapsed()[0].certificate}`);
  await page.getByText('đã thu hồi').first().waitFor();
  await look(page, 'province-6-revoked');
  await open(page, `/certificates/${lapsed()[0].certificate}?part=revoke`);
  await page.getByLabel('Đã gửi cho').fill('Chủ thể\nChi cục Quản lý thị trường, tỉnh Hòa Bình');
  await press(page, 'Ghi nơi nhận', 'Đã ký và lưu trên máy này');
  await page.getByRole('cell', { name: 'Chi cục Quản lý thị trường, tỉnh Hòa Bình' }).waitFor();
  await look(page, 'province-6-served');
});

step('the history is narrowed by post and taken away as it is shown', async () => {
  await desk.sync();
  const page = await officer('province');
  await open(page, '/history?kind=certificateRevoked');
  assert.equal(await counted(page), 9);
  await look(page, 'province-7-history');
  const rows = await page.getByRole('table', { name: 'Sự kiện' }).getByRole('row').allInnerTexts();
  const csv = (await download(page, page.getByRole('link', { name: 'CSV' }))).toString('utf8');
  const positions = (lines) => lines.map((line) => /^\d+/.exec(line.replaceAll('.', '').trim())?.[0]).filter(Boolean);
  assert.deepEqual(positions(csv.split('\r\n')), positions(rows), 'the file has the rows of the screen, in their order');
  const xlsx = await download(page, page.getByRole('link', { name: 'Excel', exact: true }));
  assert.equal(xlsx.subarray(0, 2).toString('latin1'), 'PK');
  const own = await desk.lines('outbox', 'list', '--all');
  assert.deepEqual(own.filter(({ verdict }) => verdict && verdict.outcome !== 'effective'), []);
  assert.deepEqual(faults.all, []);
});
