// A commune officer's way from a new product to a dossier that the province has, everything up to the sending without a network.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, newPage, enter } from './browser.mjs';
import { drop, paper, photo } from './papers.mjs';
import { Province } from './province.mjs';
import { SlowLink } from './slow_link.mjs';
import { bar, barSays, colour, Faults, follow, look, officerAt, open, patience_ms, press, red, says, steps } from './steps.mjs';

const step = steps();
const faults = new Faults();
const name = 'Chè Shan cổ thụ';
let province;
let browser;
let page;
let commune;
let link;
let product = '';

before(async () => {
  province = new Province('submitted');
  commune = province.desk('tu-ly');
  browser = await launch();
  province.at('2023-09-19T08:15:00+07:00');
  await commune.start();
});
after(async () => {
  await browser?.close();
  await link?.close();
  await province?.end();
});

step('1: she picks her name; what waits for her is there without a network', async () => {
  page = await newPage(browser, { fault: faults.add });
  page.setDefaultTimeout(patience_ms);
  await enter(page, await commune.address());
  assert.match(await bar(page), /Đã gửi hết · tỉnh nhận lúc \d\d:\d\d hôm qua$/, 'offline with nothing to send is no alarm');
  await page.getByRole('banner').getByRole('link', { name: 'Chọn cán bộ' }).click();
  await page.getByLabel('Mật khẩu mở khóa').fill('không phải mật khẩu này');
  await press(page, 'Mở khóa và làm việc');
  await page.getByRole('alert').getByText('Có chỗ cần sửa').waitFor();
  await look(page, 'commune-1-wrong-passphrase');
  await page.getByLabel('Mật khẩu mở khóa').fill(province.passphrase('tu-ly'));
  await press(page, 'Mở khóa và làm việc');
  await page.getByRole('heading', { level: 1, name: 'Việc cần làm' }).waitFor();
  await page.getByRole('banner').getByText('Cán bộ OCOP Tú Lý').first().waitFor();
  await look(page, 'commune-1-home');
});

step('2: what is alike comes up before the form, typed without accents', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Hồ sơ', exact: true }).click();
  await follow(page, 'Tiếp nhận sản phẩm');
  await page.getByLabel('Tên sản phẩm hoặc chủ thể').pressSequentially('che shan');
  await says(page, 'Có thể đã có');
  await page.getByRole('listitem').filter({ hasText: 'Sản phẩm: Chè Shan tuyết (minh họa)' }).waitFor();
  await page.getByRole('link', { name: /^Mở sản phẩm này\s*: Chè Shan tuyết/ }).waitFor();
  await look(page, 'commune-2-alike');
});

step('3: subject, product and dossier are recorded on this machine', async () => {
  await press(page, 'Ghi chủ thể và tiếp tục');
  for (const missing of ['Tên chủ thể', 'Loại chủ thể', 'Số đăng ký kinh doanh']) await page.getByRole('alert').getByRole('link', { name: new RegExp(missing) }).waitFor();
  await look(page, 'commune-3-errors');
  await page.getByLabel('Tên chủ thể').fill('Hợp tác xã chè Tú Lý');
  await page.getByLabel('Loại chủ thể').selectOption('Hợp tác xã');
  await page.getByLabel('Số đăng ký kinh doanh').fill('MH-901');
  await page.getByLabel('Người đại diện').fill('Đinh Thị Ước');
  await press(page, 'Ghi chủ thể và tiếp tục');
  await says(page, 'Bước 2 trên 3');
  await page.getByLabel('Tên sản phẩm').fill(name);
  await page.getByLabel('Bộ sản phẩm').selectOption({ label: await page.getByLabel('Bộ sản phẩm').locator('option', { hasText: /Chè/ }).first().innerText() });
  await press(page, 'Ghi sản phẩm và tiếp tục');
  await says(page, 'Bước 3 trên 3');
  await look(page, 'commune-3-dossier');
  await press(page, 'Lập hồ sơ');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  product = new URL(page.url()).pathname.split('/').pop();
  await says(page, 'Việc cần xong trước khi gửi');
  await says(page, '0/5 phần xong');
  await says(page, /Căn cứ: .*148\/QĐ-TTg/);
  assert.equal(await colour(page.getByRole('main').getByText('còn thiếu').first()), red);
  await look(page, 'commune-3-parts');
  await page.getByText('Ghi một mục của hồ sơ').click();
  await page.getByLabel('Tên mục').fill('Sản lượng mỗi năm');
  await page.getByLabel('Nội dung', { exact: true }).fill('2 tấn');
  await press(page, 'Ghi mục này');
  await page.locator('dl > div', { hasText: 'Sản lượng mỗi năm' }).getByText('2 tấn', { exact: true }).waitFor();
  await look(page, 'commune-3-field');
  await barSays(page, /Không kết nối được tỉnh từ \d\d:\d\d — dữ liệu vẫn an toàn trên máy\. 5 việc chờ gửi$/);
  const recorded = await commune.lines('outbox', 'list');
  assert.deepEqual(
    recorded.map(({ kind, status, position }) => [kind, status, position]),
    ['sessionOpened', 'subjectRegistered', 'productRegistered', 'dossierOpened', 'fieldSet'].map((kind) => [kind, 'recorded', null]),
  );
  await open(page, '/');
  await page.getByRole('link', { name: `Hoàn thiện và nộp hồ sơ: ${name}` }).click();
});

step('4: evidence by button and by drag, with previews and the criterion', async () => {
  await follow(page, 'Phiếu đăng ký đánh giá, phân hạng sản phẩm OCOP');
  await press(page, 'Thêm minh chứng');
  await page.getByRole('alert').getByRole('link', { name: /Gõ tên gọi/ }).waitFor();
  await look(page, 'commune-4-errors');
  await page.getByLabel('Tên gọi').fill('Phiếu đăng ký');
  await page.locator('input[type=file][multiple]').setInputFiles([await paper(browser, 'phieu-dang-ky.pdf', 'Phiếu đăng ký')]);
  await press(page, 'Thêm minh chứng');
  await says(page, 'Đã thêm 1 tệp.');

  await page.getByLabel('Loại giấy tờ, minh chứng').selectOption('Tài liệu minh chứng');
  await page.getByLabel('Tên gọi').fill('Đồi chè và xưởng');
  const photos = [];
  for (const [file, width] of [['doi-che.jpg', 2400], ['xuong.jpg', 800], ['bao-bi.jpg', 640]]) photos.push(await photo(browser, file, width));
  await drop(page.getByRole('group', { name: 'Tệp' }), photos);
  for (const { name: file } of photos) await page.getByRole('listitem').filter({ hasText: file }).getByText('đã nhận trên máy').waitFor();
  await page.getByRole('button', { name: 'Xoay 90° ảnh xuong.jpg' }).click();
  const turned = page.getByRole('listitem').filter({ hasText: 'xuong.jpg' });
  await turned.locator('canvas[width="54"][height="72"]').waitFor(); // what lay on its side stands
  await turned.getByText('đã nhận trên máy').waitFor();
  await page.getByText('Dùng cho tiêu chí (đã chọn 0)').click();
  await page.getByRole('checkbox', { name: /^1\.1[. ]/ }).check();
  await page.getByRole('checkbox', { name: /^1\.2[. ]/ }).check();
  await look(page, 'commune-4-dropped');
  await press(page, 'Thêm minh chứng');
  await says(page, 'Đã thêm 3 tệp.');
  await page.getByRole('img', { name: 'Ảnh xem trước: Đồi chè và xưởng' }).nth(2).waitFor();
  await says(page, 'Tiêu chí 1.1, 1.2');

  await page.getByLabel('Loại giấy tờ, minh chứng').selectOption('Báo cáo tự đánh giá của chủ thể');
  await page.getByLabel('Tên gọi').fill('Báo cáo tự đánh giá');
  await page.getByLabel('Chỉ ghi giấy tờ bản giấy, không có tệp').check();
  await press(page, 'Thêm minh chứng');
  await says(page, 'Đã ghi giấy tờ.');
  await look(page, 'commune-4-evidence');
  const files = await commune.lines('evidence', 'list', product);
  assert.equal(files.length, 4);
  assert.ok(files.every(({ state, bytes }) => state === 'waiting' && bytes < 2_000_000), 'photos are made smaller and wait here');
});

/** Chooses the option of so many points for a criterion of the sheet. */
const choose = (no, points) => page.getByRole('group', { name: new RegExp(`^${no.replaceAll('.', '\\.')}[. ]`) }).getByRole('radio', { name: new RegExp(`(^|: )${points} điểm`) }).last().check();

step('5: the sheet adds up as she chooses, and says where evidence lacks', async () => {
  await page.getByRole('link', { name: 'Tự đánh giá', exact: true }).click();
  await says(page, 'đã chọn 0/32 tiêu chí');
  const criteria = page.getByRole('group').filter({ hasText: 'tối đa' });
  await criteria.first().waitFor();
  for (const each of await criteria.all()) {
    const [, most] = /tối đa (\d+) điểm/.exec(await each.innerText());
    await each.getByRole('radio', { name: new RegExp(`: ${most} điểm`) }).check();
  }
  await says(page, '100 trên 100 điểm');
  for (const [no, points] of [['8', 2], ['10', 1], ['11', 2], ['4.3', 3], ['5.1', 3], ['6.2.3', 3], ['2.1', 2]]) await choose(no, points);
  await says(page, '88 trên 100 điểm');
  await says(page, 'đã chọn 32/32 tiêu chí');
  await says(page, '30 tiêu chí có điểm mà chưa gắn minh chứng');
  await look(page, 'commune-5-self');
  await press(page, 'Ghi phiếu tự đánh giá');
  await says(page, 'Đã ghi phiếu tự đánh giá: 88 điểm.');
  await page.getByText('Các mức đang chọn khác với phiếu đã ghi.').waitFor({ state: 'detached' });
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('heading', { name: 'Báo cáo tự đánh giá của chủ thể' }).waitFor();
  await says(page, 'Đại diện chủ thể');
  assert.equal(await page.getByRole('navigation').count(), 0, 'nobody signs a menu');
  assert.equal(await page.locator('main .option:visible').count(), 32, 'what was chosen, and nothing else');
  await page.emulateMedia({ media: null });
});

step('6: the commune records its opinion on the criteria it assesses', async () => {
  await page.getByRole('link', { name: 'Xem xét', exact: true }).click();
  await follow(page, 'Ý kiến của xã');
  await press(page, 'Ký và ghi ý kiến');
  await page.getByRole('alert').getByRole('link', { name: 'Chọn mức cho tiêu chí 1.1' }).waitFor();
  await look(page, 'commune-6-errors');
  for (const [no, points] of [['1.1', 3], ['2.1', 2], ['3.3', 3], ['5.3', 5]]) await choose(no, points);
  await page.getByRole('radio', { name: 'đồng ý', exact: true }).check();
  await page.getByLabel('Ý kiến', { exact: true }).fill('Nguyên liệu trong xã, 18 lao động tại chỗ.');
  await look(page, 'commune-6-opinion');
  await press(page, 'Ký và ghi ý kiến');
  await says(page, 'Đã ký ý kiến của xã.');
});

const submission = async () => (await commune.lines('outbox', 'list', '--all')).find(({ kind, stream }) => kind === 'submitted' && stream === product);

step('7: check and send gives a receipt, and says that nobody has it yet', async () => {
  await open(page, `/dossiers/${product}`);
  await says(page, '5/5 phần xong');
  await follow(page, 'Kiểm tra và gửi');
  await says(page, 'Mọi phần đã xong.');
  await press(page, 'Gửi hồ sơ');
  await page.getByRole('alert').getByRole('link', { name: 'Đánh dấu lời cam kết trước khi gửi' }).waitFor();
  await look(page, 'commune-7-errors');
  await page.getByRole('checkbox', { name: /Tôi đã kiểm tra hồ sơ/ }).check();
  await press(page, 'Gửi hồ sơ');
  await page.getByRole('heading', { name: 'Đã ký và xếp hàng gửi' }).waitFor();
  await says(page, 'Tỉnh chưa nhận. Máy sẽ tự gửi khi có mạng.');
  await look(page, 'commune-7-receipt');
  const submitted = await submission();
  await says(page, submitted.action.slice(0, 8).toUpperCase().replace(/(.{4})/, '$1-'));
  assert.equal(submitted.status, 'recorded');
  assert.equal((await commune.do('dossier', 'show', product)).phase, 'submitted');
});

step('8: the network returns: the bar goes through its states until the province has everything', async () => {
  await barSays(page, /Không kết nối được tỉnh từ 08:15 — dữ liệu vẫn an toàn trên máy\. 11 việc chờ gửi \(4 tệp, \d+ kB\)$/);
  await page.getByRole('region', { name: 'Tình trạng gửi dữ liệu' }).getByRole('link', { name: 'Xem đồng bộ' }).click();
  await page.getByLabel('Giờ chuyển bản gốc').fill('18:00-06:00');
  await press(page, 'Lưu cài đặt');
  await barSays(page, /tệp chờ đến giờ đã đặt$/);
  await look(page, 'commune-8-cannot-connect');
  province.at('2023-09-19T11:20:00+07:00');
  link = new SlowLink(province);
  await link.open();
  link.let(Infinity);
  await barSays(page, /\n3 tệp, \d+ kB chờ gửi; tệp chờ đến giờ đã đặt · gửi lần cuối 11:20 hôm nay$/);
  await look(page, 'commune-8-waiting');
  link.hold();
  await page.getByLabel('Giờ chuyển bản gốc').fill('');
  await press(page, 'Lưu cài đặt');
  link.let(150_000);
  await barSays(page, /\nĐang gửi [123] tệp, \d+ kB chưa gửi( \(tệp đang gửi: \d+%\))?$/);
  await look(page, 'commune-8-sending');
  link.let(Infinity);
  await barSays(page, /\nĐã gửi hết · tỉnh nhận lúc 11:20 hôm nay$/);
  await says(page, 'Không còn việc nào chờ: mọi việc đã ghi đều được tỉnh nhận và có hiệu lực.');
  const row = await submission();
  assert.deepEqual([row.status, row.verdict.outcome], ['logged', 'effective']);
  await open(page, `/dossiers/${product}/submit?receipt=${row.action}`);
  await page.getByRole('heading', { name: 'Tỉnh đã nhận hồ sơ' }).waitFor();
  await says(page, `Tỉnh đã nhận, vị trí ${row.position}.`);
  await look(page, 'commune-8-received');
});

step('8: the timeline has the position, and what the district does next', async () => {
  const { position } = await submission();
  await follow(page, 'Về hồ sơ');
  await page.getByRole('link', { name: 'Lịch sử', exact: true }).click();
  const entry = (words) => page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  await entry(`vị trí ${position}`).filter({ hasText: '11:20, 19/09/2023' }).waitFor();
  const district = province.desk('da-bac');
  await district.start();
  await district.sync();
  const secretary = await officerAt(browser, province, 'da-bac', faults);
  await open(secretary, `/dossiers/${product}/review`);
  await press(secretary, 'Tiếp nhận hồ sơ');
  await says(secretary, 'Đã ký việc tiếp nhận hồ sơ.');
  await entry('Thư ký OCOP huyện Đà Bắc').filter({ hasText: /tiếp nhận/i }).waitFor();
  await look(page, 'commune-8-history');
  assert.equal((await commune.do('dossier', 'show', product)).phase, 'received');
});

step('nothing was said on the consoles', () => assert.deepEqual(faults.all, []));
