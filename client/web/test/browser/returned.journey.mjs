// A dossier that the district returns by item: the commune reads each sentence beside its item, supplements, and the district sees it.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { paper } from './papers.mjs';
import { Province } from './province.mjs';
import { SlowLink } from './slow_link.mjs';
import { barSays, Faults, follow, look, officerAt, open, press, says, steps } from './steps.mjs';

const step = steps();
const faults = new Faults();
const missing = 'Thiếu phiếu kiểm nghiệm của lô tháng 8';
const unproved = 'Chưa có giấy chứng nhận vùng nguyên liệu';
let province;
let browser;
let link;
let commune;
let district;
let secretary;
let officer;
let entry;
let product;

before(async () => {
  province = new Province('submitted');
  entry = province.entry(3);
  product = entry.ids.product;
  province.at('2023-09-20T08:00:00+07:00');
  link = new SlowLink(province);
  await link.open();
  link.let(Infinity);
  [commune, district] = [province.desk('tu-ly'), province.desk('da-bac')];
  for (const desk of [commune, district]) await desk.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await link?.close();
  await province?.end();
});

const item = (page, name) => page.getByRole('main').getByRole('listitem').filter({ hasText: name });
const group = (page, no) => page.getByRole('group', { name: new RegExp(`^${no.replaceAll('.', '\\.')} `) });

step('the district finds the dossier among its tasks and returns two items, each with a sentence', async () => {
  secretary = await officerAt(browser, province, 'da-bac', faults);
  await follow(secretary, `Tiếp nhận hồ sơ: ${entry.name}`);
  await secretary.getByRole('link', { name: 'Xem xét', exact: true }).click();
  await says(secretary, 'Kiểm tra từng mục');
  await press(secretary, 'Trả lại hồ sơ');
  await secretary.getByRole('alert').getByText('Đánh dấu ít nhất một mục để trả lại').waitFor();
  await item(secretary, 'Tài liệu minh chứng').getByRole('checkbox').check();
  await press(secretary, 'Trả lại 1 mục');
  await secretary.getByRole('alert').getByRole('link', { name: 'Viết lý do trả lại mục “Tài liệu minh chứng”' }).waitFor();
  await secretary.getByLabel('Cần sửa gì ở mục “Tài liệu minh chứng”').fill(missing);
  await secretary.getByLabel('Trả lại cả một tiêu chí').selectOption({ label: await secretary.getByLabel('Trả lại cả một tiêu chí').locator('option', { hasText: /^1\.2 / }).innerText() });
  await secretary.getByLabel(/^Cần sửa gì ở mục “1\.2 /).fill(unproved);
  await look(secretary, 'returned-1-items');
  await press(secretary, 'Trả lại 2 mục');
  await says(secretary, 'Đã ký việc trả lại 2 mục.');
  await barSays(secretary, /Đã gửi hết · tỉnh nhận lúc 08:00 hôm nay$/);
});

step('the commune has it as a task, and reads each sentence beside its item; old values are still there', async () => {
  officer = await officerAt(browser, province, 'tu-ly', faults);
  const task = officer.getByRole('article').filter({ has: officer.getByRole('link', { name: `Bổ sung hồ sơ bị trả lại: ${entry.name}` }) });
  await task.getByText(/^còn \d+ ngày$/).waitFor();
  await look(officer, 'returned-2-home');
  await task.getByRole('link').click();
  await says(officer, 'Hồ sơ bị trả lại. Cần sửa:');
  await item(officer, /^Tài liệu minh chứng: / ).getByText(missing).waitFor();
  await item(officer, /^Tiêu chí 1\.2: /).getByText(unproved).waitFor();
  await item(officer, 'đã có, cần xem lại').getByText(`Bị trả lại: ${missing}`).waitFor();
  await look(officer, 'returned-2-dossier');
  await follow(officer, 'Tiêu chí 1.2');
  await group(officer, '1.2').getByText(`Bị trả lại: ${unproved}`).waitFor();
  await says(officer, /^\d+ trên 100 điểm$/);
  assert.equal(await group(officer, '1.2').getByRole('radio', { checked: true }).count(), 1, 'what was chosen before is still chosen');
});

step('the commune supplements: another level for the criterion, a paper for the item', async () => {
  const before = await commune.do('dossier', 'show', product);
  await group(officer, '1.2').getByRole('radio', { checked: false }).first().check();
  await says(officer, 'Các mức đang chọn khác với phiếu đã ghi.');
  await press(officer, 'Ghi phiếu tự đánh giá');
  await says(officer, /^Đã ghi phiếu tự đánh giá: \d+ điểm\.$/);
  await officer.getByRole('link', { name: 'Minh chứng', exact: true }).click();
  await item(officer, 'Tài liệu minh chứng: Phụ lục minh chứng').waitFor();
  await officer.getByLabel('Loại giấy tờ, minh chứng').selectOption('Tài liệu minh chứng');
  await officer.getByLabel('Tên gọi').fill('Phiếu kiểm nghiệm lô tháng 8');
  await officer.locator('input[type=file][multiple]').setInputFiles([await paper(browser, 'kiem-nghiem.pdf', 'Phiếu kiểm nghiệm')]);
  await press(officer, 'Thêm minh chứng');
  await says(officer, 'Đã thêm 1 tệp.');
  const after = await commune.do('dossier', 'show', product);
  assert.notEqual(after.self_assessment.options, before.self_assessment.options);
  assert.equal(after.documents.length, before.documents.length + 1);
});

step('what the commune said is asked for again, and said', async () => {
  await open(officer, `/dossiers/${product}/submit`);
  await item(officer, 'Ý kiến cấp xã').getByText('còn thiếu').waitFor();
  await officer.getByRole('checkbox', { name: /Tôi đã kiểm tra hồ sơ/ }).check();
  await officer.getByText(/^Chưa làm được: /).waitFor();
  await look(officer, 'returned-4-refused');
  await follow(officer, 'Ý kiến cấp xã');
  await follow(officer, 'Ý kiến của xã');
  const criteria = officer.getByRole('group').filter({ hasText: 'Tự đánh giá: Mức' });
  await criteria.first().waitFor();
  for (const each of await criteria.all()) await each.getByRole('radio').last().check();
  await officer.getByRole('radio', { name: 'đồng ý', exact: true }).check();
  await officer.getByLabel('Ý kiến', { exact: true }).fill('Đã bổ sung phiếu kiểm nghiệm');
  await press(officer, 'Ký và ghi ý kiến');
  await says(officer, 'Đã ký ý kiến của xã.');
});

step('the commune sends it again over a slow line', async () => {
  await open(officer, `/dossiers/${product}/submit`);
  await item(officer, 'đã có, cần xem lại').first().waitFor();
  await look(officer, 'returned-4-check');
  await barSays(officer, /Đã gửi hết/);
  link.hold();
  await officer.getByRole('checkbox', { name: /Tôi đã kiểm tra hồ sơ/ }).check();
  await press(officer, 'Gửi hồ sơ');
  await officer.getByRole('heading', { name: 'Đã ký và xếp hàng gửi' }).waitFor();
  await barSays(officer, /Đang gửi:\sĐang gửi 1\/1$/);
  await look(officer, 'returned-4-sending');
  link.let(Infinity);
  await officer.getByRole('heading', { name: 'Tỉnh đã nhận hồ sơ' }).waitFor();
  await barSays(officer, /Đã gửi hết · tỉnh nhận lúc 08:00 hôm nay$/);
  assert.equal((await commune.do('dossier', 'show', product)).phase, 'submitted');
});

step('the district sees what it asked for and what came', async () => {
  await open(secretary, '/');
  await follow(secretary, `Tiếp nhận hồ sơ: ${entry.name}`);
  await secretary.getByRole('link', { name: 'Xem xét', exact: true }).click();
  await item(secretary, 'Tài liệu minh chứng').getByText(`Lần trước trả lại vì: ${missing}`).waitFor();
  await item(secretary, 'Tài liệu minh chứng').getByText('có, 1 tệp').waitFor();
  await item(secretary, /1\.2 /).getByText(`Lần trước trả lại vì: ${unproved}`).waitFor();
  await look(secretary, 'returned-5-review');
  await follow(secretary, 'Xem các tệp minh chứng');
  await secretary.getByRole('img', { name: 'Ảnh xem trước: Phiếu kiểm nghiệm lô tháng 8' }).waitFor();
  await press(secretary, 'Lấy bản gốc về máy');
  await secretary.getByRole('link', { name: 'Tải bản gốc' }).waitFor();
  await look(secretary, 'returned-5-evidence');
  const history = await district.lines('product', 'history', product);
  const [returned, again] = ['returned', 'submitted'].map((kind) => history.filter((row) => row.kind === kind).at(-1));
  assert.ok(returned.position < again.position, 'the log has the return, then the supplement');
});

step('nothing was said on the consoles', () => assert.deepEqual(faults.all, []));
