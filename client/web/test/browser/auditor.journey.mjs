// An auditor checks the log on the command line and in the browser: the same hash twice, the state of a past day, who moved between
// two days, the event behind a score; and a log with one changed byte, which no longer holds.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { steps } from './steps.mjs';
import { Visit } from './visits.mjs';

const step = steps();
const honey = 'Mật ong hoa rừng (minh họa)';
let province, auditor, browser, visit, product, verified;
before(async () => {
  province = new Province('over');
  auditor = province.desk('auditor');
  product = province.entry(2).ids.product;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await province?.end();
});

/** Changes one byte in the middle of the largest file of a database. */
function flip(database) {
  const files = readdirSync(database).filter((name) => name.endsWith('.sst')).map((name) => join(database, name));
  const largest = files.sort((a, b) => statSync(b).size - statSync(a).size)[0];
  const bytes = readFileSync(largest);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(largest, bytes);
}

step('the log holds, and a replay up to a day comes to the same hash twice', async () => {
  verified = await auditor.do('audit', 'verify', '--log', join(province.folder, 'server'));
  assert.equal(verified.holds, true);
  assert.equal(verified.source, 'server');
  const once = await auditor.do('audit', 'replay', '--at', '2023-10-25');
  const again = await auditor.do('audit', 'replay', '--at', '2023-10-25');
  assert.equal(once.judged_alike, true);
  assert.deepEqual(again, once);
  assert.ok(once.size < verified.size);
  assert.notEqual(once.state_hash, verified.state_hash);
});

step('a copy of the server with one changed byte does not hold', async () => {
  const copy = join(province.folder, 'copy');
  cpSync(join(province.folder, 'server'), copy, { recursive: true });
  flip(join(copy, 'db'));
  await assert.rejects(auditor.do('audit', 'verify', '--log', copy), (failure) => {
    const said = JSON.parse(failure.stdout);
    assert.equal(failure.code, 1);
    assert.equal(said.holds, false);
    assert.ok(said.position <= verified.size);
    return true;
  });
});

step('the auditor signs in, and the badge says how far the log was checked', async () => {
  await auditor.start();
  visit = await Visit.begin(browser, auditor);
  await visit.signIn(province, 'auditor');
  await visit.page.getByRole('navigation').getByRole('link', { name: 'Kiểm toán' }).click();
  await visit.press('Kiểm tra nhật ký trên máy này');
  await visit.reads(`Đã kiểm tra đến ${verified.size}: mọi sự kiện khớp với gốc đã ký`);
  await visit.main.getByText('Các giá trị để đối chiếu với nơi khác').click();
  for (const hash of [verified.root, verified.state_hash]) await visit.reads(hash);
  await visit.look('audit-badge');
});

step('the slider is moved by the mouse and by the keyboard, and the page says where it stands', async () => {
  const slider = visit.page.getByRole('slider');
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  await visit.page.mouse.click(box.x + box.width * 0.7, box.y + box.height / 2);
  await visit.page.waitForURL(/at=\d+/);
  const clicked = Number(visit.url.searchParams.get('at'));
  assert.ok(clicked > verified.size * 0.65 && clicked < verified.size * 0.75, String(clicked));
  await visit.page.keyboard.press('ArrowRight');
  await visit.page.keyboard.press('ArrowRight');
  await visit.page.keyboard.press('ArrowLeft');
  await visit.page.waitForURL(new RegExp(`at=${clicked + 1}$`));
  assert.equal(await slider.inputValue(), String(clicked + 1));
  await visit.reads(`Vị trí ${clicked + 1} trên ${verified.size - 1}`);
  await visit.reads(`Đang xem dữ liệu tại ${clicked + 1}. Chỉ xem, không ghi được.`);
});

step('a product is found, and what the page says of it at a position and on a day is what the log says', async () => {
  await visit.main.getByRole('searchbox', { name: 'Tên hoặc mã sản phẩm' }).fill('mat ong');
  await visit.main.getByRole('search').getByRole('button', { name: 'Tìm' }).click();
  await visit.main.getByRole('link', { name: honey }).click();
  const words = { received: 'đã tiếp nhận', tallied: 'đã chấm', recognised: 'đã công nhận' };
  const compare = async (until, title) => {
    await visit.reads(title);
    const known = (await auditor.lines('audit', 'diff', '--from', 0, '--to', until)).find((row) => row.product === product);
    const [row] = await visit.rows('Hồ sơ');
    assert.ok(row.includes(words[known.phase]) && row.includes('Cấp huyện'), `${row} / ${known.phase}`);
    for (const value of [known.average, known.stars]) assert.ok(value === null || row.includes(String(value)), `${row} / ${value}`);
    return known.phase;
  };
  const position = visit.url.searchParams.get('at');
  assert.equal(await compare(position, `${honey} tại vị trí ${position}`), 'received');
  await visit.main.getByLabel('Hoặc cuối ngày').fill('25/10/2023');
  await visit.press('Xem tại ngày này');
  const { size } = await auditor.do('audit', 'replay', '--at', '2023-10-25');
  assert.equal(await compare('2023-10-25', `${honey} tại vị trí ${size - 1}`), 'tallied');
  await visit.look('audit-product-then');
});

step('the address of a page of the past shows the same in another browser', async () => {
  await visit.main.getByRole('link', { name: 'Trang sản phẩm khi đó' }).click();
  await visit.reads('Đang xem dữ liệu tại 25/10/2023. Chỉ xem, không ghi được.');
  assert.deepEqual((await visit.rows('Giấy chứng nhận')).map(([number]) => number), ['OCOP-2019-002'], 'not the one of 30/10');
  await visit.look('audit-product-page');
  await visit.settle();
  const told = await visit.main.innerText();
  const other = await Visit.begin(browser, auditor);
  await other.open(visit.page.url());
  await other.rows('Giấy chứng nhận');
  await other.settle();
  assert.equal(await other.main.innerText(), told);
  await other.main.getByRole('link', { name: 'Về hiện tại' }).click();
  await other.main.getByRole('link', { name: '1/2023/OCOP-ĐB' }).waitFor();
  assert.deepEqual(other.faults, []);
});

step('two days are compared: which products moved, and what of one of them', async () => {
  await visit.open('/audit');
  await visit.main.getByLabel('Ngày trước').fill('01/10/2023');
  await visit.main.getByLabel('Ngày sau').fill('31/10/2023');
  await visit.press('So sánh');
  const moved = await auditor.lines('audit', 'diff', '--from', '2023-10-01', '--to', '2023-10-31');
  const shown = await visit.rows('Sản phẩm thay đổi từ 01/10/2023 đến 31/10/2023');
  assert.deepEqual(shown.map(([name]) => name), moved.map(({ name }) => name));
  const row = shown.find(([name]) => name === honey);
  for (const cell of ['Xã Tú Lý', 'đã tiếp nhận', 'đã công nhận', '3', '1/2023/OCOP-ĐB']) assert.ok(row.includes(cell), `${row}`);
  await visit.main.getByRole('link', { name: honey }).click();
  const differences = await visit.rows(`${honey}: khác nhau giữa 01/10/2023 và 31/10/2023`);
  assert.ok(differences.some(([what, was, is]) => what === 'Hồ sơ: Bước' && was === 'đã tiếp nhận' && is === 'đã công nhận'), JSON.stringify(differences));
  await visit.look('audit-diff');
});

step('of a past day the history has nothing later, and the slider stands where the day ended', async () => {
  const { size } = await auditor.do('audit', 'replay', '--at', '2023-10-25');
  await visit.open('/history?at=2023-10-25');
  assert.equal((await visit.rows('Sự kiện'))[0][0], String(size - 1));
  await visit.open('/audit?at=2023-10-25');
  await visit.reads(`Vị trí ${size - 1} trên ${verified.size - 1}`);
});

step('a score leads to its signed event, with the desk and both clocks', async () => {
  const meeting = (await auditor.lines('meeting', 'list')).find(({ path }) => path === '17/150');
  await visit.open(`/sessions/${meeting.meeting}/tally?dossier=${product}`);
  const scores = visit.page.locator('table', { has: visit.page.locator('caption', { hasText: 'Điểm của từng thành viên' }) });
  await scores.getByRole('row', { name: /Thành viên 2/ }).getByRole('link').click();
  const event = visit.page.getByRole('region', { name: /Sự kiện ở vị trí \d/ });
  const position = (await event.getByRole('heading').first().innerText()).match(/\d+/)[0];
  const known = await auditor.do('log', 'show', position);
  assert.deepEqual([known.kind, known.stream, known.actor_title], ['sheetSubmitted', product, 'Thành viên 2 Hội đồng OCOP huyện Đà Bắc']);
  const facts = { 'Người thực hiện': known.actor_title, 'Tiếp nhận': '08:00, 20/10/2023', 'Giờ trên máy': '08:00, 20/10/2023', 'Máy của đơn vị': 'Huyện Đà Bắc', Máy: known.device, 'Kết quả': 'có hiệu lực' };
  for (const [term, said] of Object.entries(facts)) assert.equal(await visit.fact(term, event).innerText(), said, term);
  await event.getByText('Chữ ký, thứ tự và các giá trị kỹ thuật').click();
  assert.equal(await visit.fact('Mã hành động', event).innerText(), known.action);
  assert.equal((await visit.rows('Sự kiện'))[0][0], String(verified.size - 1), 'the newest event comes first');
  await visit.look('audit-event');
  await visit.open(`/dossiers/${product}/points`);
  const { tally } = await auditor.do('dossier', 'show', product);
  await visit.main.getByRole('link', { name: `Sự kiện ở vị trí ${tally.position}` }).click();
  await visit.reads('Chủ tịch Hội đồng OCOP huyện Đà Bắc: Tổng hợp điểm: 3 sao, 7 phiếu, Cấp huyện');
});

step('one byte of this desk’s copy is changed, and the badge says that the log does not hold', async () => {
  flip(join(auditor.folder, 'db'));
  await visit.open('/audit');
  await visit.press('Kiểm tra nhật ký trên máy này');
  await visit.reads('Nhật ký không khớp: báo ngay cho quản trị tỉnh, không ghi thêm');
  await visit.reads(/Sự kiện đầu tiên không khớp: vị trí \d/);
  await visit.look('audit-broken');
  assert.deepEqual(visit.faults, []);
});
