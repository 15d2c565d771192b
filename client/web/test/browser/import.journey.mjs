// A table of subjects: looked at first, row by row; corrected, recorded, and not recorded twice. What the desk exports comes back unchanged.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { steps } from './steps.mjs';
import { Visit } from './visits.mjs';

const step = steps();
let province, desk, browser, visit;
before(async () => {
  province = new Province('over');
  desk = province.desk('tu-ly');
  browser = await launch();
  await desk.start();
  visit = await Visit.begin(browser, desk);
  await visit.signIn(province, 'tu-ly');
});
after(async () => {
  await browser?.close();
  await province?.end();
});

const unit = '17/150/04867';
const heading = 'name,type,unit,registration';
const good = Array.from({ length: 12 }, (_, i) => `Hợp tác xã nhập bảng ${String(i + 1).padStart(2, '0')},cooperative,${unit},25070${String(i).padStart(5, '0')}`);
const table = (lines, name = 'subjects.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from([heading, ...lines, ''].join('\n')) });

/** Chooses a file and asks what would become of it; answers with how the page counts it. */
async function check(file) {
  await visit.main.locator('#import-file').setInputFiles(file);
  await visit.press('Kiểm tra, chưa ghi gì');
  const counts = visit.main.getByRole('list', { name: '2. Kết quả từng dòng' });
  await counts.waitFor();
  return (await counts.getByRole('button').allInnerTexts()).join(', ');
}
const registered = () => desk.lines('outbox', 'list', '--all').then((rows) => rows.filter((row) => row.kind === 'subjectRegistered').length);
let before_it;

step('a file that is no table says so, and nothing can be recorded', async () => {
  before_it = await registered();
  await visit.page.getByRole('navigation', { name: 'Điều hướng chính' }).getByRole('link', { name: 'Nhập từ Excel' }).click();
  await visit.reads('Hãy chọn một tệp để kiểm tra.');
  await visit.main.locator('#import-file').setInputFiles({ name: 'no-table.csv', mimeType: 'text/csv', buffer: Buffer.from('không phải bảng\n') });
  await visit.press('Kiểm tra, chưa ghi gì');
  await visit.main.getByRole('alert').getByText('Không đọc được tệp').waitFor();
  await visit.look('import-no-table');
});

step('a dry run says of every row what would become of it, and records nothing', async () => {
  const wrong = [`Hợp tác xã ở nơi khác,cooperative,17/999,2507099999`, `,cooperative,${unit},2507099998`];
  const known = 'Hợp tác xã minh họa 01,cooperative,17/150/04867,MH-001';
  assert.equal(await check(table([...good, ...wrong, known])), 'Tất cả (15), Sẽ ghi mới (12), Đã có (1), Chưa nhận được (2)');
  await visit.button('Chưa nhận được (2)').click();
  const refused = await visit.rows('Kết quả từng dòng');
  assert.deepEqual(refused.map(([row]) => row), ['14', '15']);
  assert.match(refused[0].join(' '), /không có đơn vị nào tên hoặc mã là 17\/999/);
  assert.equal(await visit.button('Ghi 12 dòng mới').getAttribute('aria-disabled'), 'true');
  await visit.reads('2 dòng chưa nhận được: sửa trong tệp rồi kiểm tra lại, hoặc chọn bỏ qua.');
  await visit.look('import-report');
  const [report] = await Promise.all([visit.page.waitForEvent('download'), visit.button('CSV').click()]);
  const lines = readFileSync(await report.path(), 'utf8');
  assert.match(lines, /17\/999/);
  assert.equal(await registered(), before_it);
});

step('the corrected file is recorded, each row once', async () => {
  const corrected = `Hợp tác xã ở nơi khác,cooperative,${unit},2507099999`;
  assert.equal(await check(table([...good, corrected], 'corrected.csv')), 'Tất cả (13), Sẽ ghi mới (13)');
  await visit.press('Ghi 13 dòng mới');
  await visit.reads('Đã ghi 13 dòng');
  await visit.look('import-recorded');
  assert.equal(await registered(), before_it + 13);
  const names = (await desk.lines('subject', 'list')).map(({ name }) => name);
  for (const line of [...good, corrected]) assert.ok(names.includes(line.split(',')[0]), line);
  assert.equal(await check(table([...good, corrected], 'again.csv')), 'Tất cả (13), Đã có (13)');
  await visit.reads('Không có dòng nào mới để ghi.');
});

for (const format of ['csv', 'xlsx']) {
  step(`what the desk exports as ${format} comes back unchanged`, async () => {
    const known = await desk.lines('subject', 'list');
    const bytes = await visit.page.evaluate(async (asked) => [...new Uint8Array(await (await fetch(`/api/v1/l/${JSON.parse(localStorage.getItem('hoso')).link}/${asked}`)).arrayBuffer())], `subject/list?format=${format}`);
    const file = { name: `subjects.${format}`, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
    assert.equal(await check(file), `Tất cả (${known.length}), Đã có (${known.length})`);
    assert.deepEqual(await desk.lines('subject', 'list'), known);
    assert.deepEqual(visit.faults, []);
  });
}
