// Two desks of one district decide about one dossier without a network: the one that is logged first stands, the other's officer sees both.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { bar, barSays, colour, Faults, follow, look, officerAt, open, press, red, says, steps } from './steps.mjs';

const step = steps();
const faults = new Faults();
let province;
let browser;
let first;
let second;
let product;
let page;

before(async () => {
  province = new Province('submitted');
  product = province.entry(3).ids.product;
  province.at('2023-09-20T08:00:00+07:00');
  first = province.desk('da-bac');
  second = province.desk('da-bac-2');
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await province?.end();
});

step('without a network one officer returns the dossier, the other receives it', async () => {
  await second.start();
  page = await officerAt(browser, province, 'da-bac-2', faults);
  await open(page, `/dossiers/${product}/review`);
  await page.getByRole('listitem').filter({ hasText: 'Tài liệu minh chứng' }).getByRole('checkbox').check();
  await page.getByLabel('Cần sửa gì ở mục “Tài liệu minh chứng”').fill('Thiếu phiếu kiểm nghiệm');
  await press(page, 'Trả lại 1 mục');
  await says(page, 'Đã ký việc trả lại 1 mục.');
  await barSays(page, /Không kết nối được tỉnh từ 08:00 — dữ liệu vẫn an toàn trên máy\. 2 việc chờ gửi$/);
  await page.context().close();
  await second.stop();

  province.at('2023-09-20T08:40:00+07:00');
  await first.start();
  page = await officerAt(browser, province, 'da-bac', faults);
  await open(page, `/dossiers/${product}/review`);
  await press(page, 'Tiếp nhận hồ sơ');
  await says(page, 'Đã ký việc tiếp nhận hồ sơ.');
});

step('the network comes back to the one who received: that stands', async () => {
  province.at('2023-09-20T09:00:00+07:00');
  await province.startServer();
  await barSays(page, /Đã gửi hết · tỉnh nhận lúc 09:00 hôm nay$/);
  const [own] = (await first.lines('outbox', 'list', '--all')).filter(({ kind, stream }) => kind === 'received' && stream === product);
  assert.equal(own.verdict.outcome, 'effective');
  await page.context().close();
});

step('the one who was late is told so by the bar, in red, until he has looked', async () => {
  province.at('2023-09-20T09:30:00+07:00');
  await second.start();
  page = await officerAt(browser, province, 'da-bac-2', faults);
  await barSays(page, /Cần xử lý:\s1 việc bị trả lại — cần sửa\.$/);
  assert.equal(await colour(page.getByText('1 việc bị trả lại — cần sửa')), red);
  assert.equal((await second.do('status')).status, 'needs_you');
  await page.getByRole('region', { name: 'Tình trạng gửi dữ liệu' }).getByRole('link', { name: /^Xem/ }).click();
  const item = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Trả lại hồ sơ' }) });
  await item.getByText('Tỉnh đã nhận, không có hiệu lực').waitFor();
  await look(page, 'conflict-sync');
  await item.getByRole('link', { name: 'Xem cả hai bên' }).click();
  await page.getByRole('heading', { level: 1, name: 'Xung đột' }).waitFor();
});

step('the page of the conflict has what was there before, what came first and what this desk did', async () => {
  const [own] = (await second.lines('outbox', 'list', '--all')).filter(({ kind, stream }) => kind === 'returned' && stream === product);
  assert.deepEqual([own.verdict.outcome, own.verdict.reason, own.seen], ['void', 'lost_race', false]);
  const side = (name) => page.getByRole('region', { name });
  await side('Trước đó').getByText('Cán bộ OCOP Tú Lý: Nộp hồ sơ').waitFor();
  await side('Việc đến trước').getByText('Thư ký OCOP huyện Đà Bắc: Tiếp nhận hồ sơ').waitFor();
  await side('Việc đến trước').getByText('Có hiệu lực', { exact: true }).waitFor();
  await side('Việc đến trước').getByText(`vị trí ${own.verdict.against}`).waitFor();
  await side('Việc đến trước').getByText('08:40, 20/09/2023').waitFor();
  await side('Việc của máy này').getByText('Phó phòng NN&PTNT huyện Đà Bắc: Trả lại hồ sơ').waitFor();
  await side('Việc của máy này').getByText('Không có hiệu lực', { exact: true }).waitFor();
  await side('Việc của máy này').getByText('Thiếu phiếu kiểm nghiệm').first().waitFor();
  await side('Việc của máy này').getByText('08:00, 20/09/2023').waitFor();
  await look(page, 'conflict-sides');
});

step('he has seen it: nothing is deleted, and the bar asks for nothing more', async () => {
  await press(page, 'Đánh dấu đã xem');
  await barSays(page, /Đã gửi hết · tỉnh nhận lúc 09:30 hôm nay$/);
  await follow(page, 'Tất cả');
  await page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Trả lại hồ sơ' }) }).getByText('Đã xem.').waitFor();
  const [own] = (await second.lines('outbox', 'list', '--all')).filter(({ kind, stream }) => kind === 'returned' && stream === product);
  assert.deepEqual([own.status, own.verdict.outcome, own.seen], ['logged', 'void', true]);
  for (const desk of [first, second]) assert.equal((await desk.do('dossier', 'show', product)).phase, 'received');
  await open(page, `/dossiers/${product}/history`);
  await says(page, /^Không có hiệu lực: /);
  await look(page, 'conflict-history');
  assert.match(await bar(page), /Đã gửi hết/);
});

step('nothing was said on the consoles', () => assert.deepEqual(faults.all, []));
