// Journey 3's council in a browser: the province's own council judges what a district sent on, decides four stars, takes 90 points to the centre with
// a letter and its file, and enters what the centre answered.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { Province } from './province.mjs';
import { establish, handIn, openMeeting } from './meeting.mjs';
import { Office } from './office.mjs';
import { choose, criteriaOf, totalOf } from './sheets.mjs';
import { download, press } from './office_steps.mjs';
import { look, open, steps } from './steps.mjs';

const members = [1, 2, 3, 4, 5].map((number) => `province-member-${number}`);
const seats = ['province', 'province-chair', ...members]; // the secretary hands in a sheet as well
const province = new Province('decided');
const office = new Office(province, 'province');
const { desk } = office;
const step = steps(office.pages);
const sums = {}; // by number of the entry, of all sheets
let meeting;

const tea = () => province.entry(1); // 92 points: to the centre
const fish = () => province.entries.find(({ name }) => name.startsWith('Cá sông Đà')); // 76 points: four stars by the province
const listed = () => [tea(), fish()];
const shown = (entry) => desk.do('dossier', 'show', entry.ids.product);

before(async () => {
  province.at('2023-11-28');
  await province.startServer();
  await office.start();
  await desk.sync();
});
after(async () => {
  await office.end();
  await province.end();
});

step('the province receives what the districts sent on, and its advisers report', async () => {
  const page = await office.officer('province');
  for (const entry of listed()) {
    await open(page, `/dossiers/${entry.ids.product}/review`);
    await press(page, 'Tiếp nhận hồ sơ', 'Đã ký việc tiếp nhận hồ sơ.');
    await open(page, `/dossiers/${entry.ids.product}/review?part=advice`);
    await page.getByRole('radio', { name: 'đồng ý', exact: true }).check();
    await page.getByLabel('Báo cáo', { exact: true }).fill('Đã kiểm tra thực tế');
    await press(page, 'Ký và ghi báo cáo', 'Đã ký báo cáo của Tổ tư vấn.');
    const { phase, stage } = await shown(entry);
    assert.deepEqual([phase, stage], ['received', 'province']);
  }
});

step('its council meets, and seven hand in blind sheets', async () => {
  const signer = await office.officer('province-signer');
  await open(signer, '/sessions?part=establish');
  const titles = await desk.lines('account', 'list');
  const titled = (post, seat) => [titles.find(({ account }) => account === province.accounts[post]).title, seat];
  const council = Object.fromEntries([titled('province', 'thư ký'), titled('province-chair', 'chủ tịch'), ...members.map((post) => titled(post, 'thành viên'))]);
  await establish(signer, { stage: 'Cấp tỉnh', decision: '1500/QĐ-UBND', day: '28/11/2023', seats: council });
  meeting = await openMeeting(await office.officer('province-chair'), '1500/QĐ-UBND', listed());
  const own = async (post) => {
    const page = await office.officer(post);
    for (const entry of listed()) {
      const criteria = criteriaOf(entry.product_set);
      const chosen = choose(criteria, entry.province_score * 100 + ((seats.indexOf(post) % 3) - 1) * 100, entry.stars, seats.indexOf(post));
      sums[entry.number] = (sums[entry.number] ?? 0) + totalOf(criteria, chosen);
      await handIn(page, meeting, entry, criteria, chosen, false);
    }
  };
  await Promise.all(seats.map(own));
  const { dossiers } = await desk.do('meeting', 'show', meeting);
  assert.ok(dossiers.every((row) => row.handed_in === 7 && !('sheets' in row) && !('grade' in row)), 'nothing is told before the meeting is closed');
});

step('the chair closes: five stars for the centre, four for the province', async () => {
  const chair = await office.officer('province-chair');
  await open(chair, `/sessions/${meeting}`);
  await press(chair, 'Đóng kỳ họp và mở các phiếu', 'Đã đóng kỳ họp; các phiếu đã được mở.');
  await chair.getByRole('link', { name: 'Xem bảng tổng hợp điểm' }).click();
  for (const entry of listed()) {
    await chair.getByRole('link', { name: entry.name }).click();
    await chair.getByRole('heading', { name: entry.name }).waitFor();
    await press(chair, 'Ký và ghi kết quả', `Đã ghi kết quả của ${entry.name}.`);
    const { tally } = await shown(entry);
    assert.deepEqual([tally.sheets, tally.sums_centi.reduce((sum, each) => sum + each, 0), tally.stars], [7, sums[entry.number], entry === tea() ? 5 : 4]);
  }
  await look(chair, 'centre-1-tally');
});

step('the signer decides four stars; the page shows the paper that is issued', async () => {
  await office.anotherDay('2023-12-05');
  const page = await office.officer('province-signer');
  await open(page, '/decisions?form=sign');
  await page.getByLabel('Cấp', { exact: true }).selectOption({ label: 'Cấp tỉnh' });
  await page.getByRole('checkbox', { name: fish().name }).check();
  await page.locator('button:not([aria-disabled])', { hasText: 'Ký quyết định cho 1 sản phẩm' }).click();
  await page.getByRole('heading', { name: /^Quyết định \d+\/QĐ-UBND-HB/ }).waitFor();
  await press(page, 'Công nhận và cấp giấy', 'Đã công nhận và cấp giấy');
  await page.getByRole('table').getByRole('link', { name: /OCOP/ }).first().click();
  const picture = page.getByRole('img', { name: 'Mở bản PDF' });
  await picture.waitFor();
  assert.ok((await picture.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 1000, 'the certificate’s page is drawn');
  await look(page, 'centre-2-certificate');
  assert.equal((await shown(fish())).phase, 'recognised');
});

step('the secretary forwards 92 points with a letter, whose file the centre can check', async () => {
  const page = await office.officer('province');
  await open(page, `/dossiers/${tea().ids.product}/review?part=decide`);
  await press(page, 'Chuyển hồ sơ lên cấp tiếp theo', 'Đã ký việc chuyển hồ sơ.');
  await open(page, '/decisions');
  await page.getByRole('link', { name: 'Chuyển cấp trên' }).click();
  await page.getByRole('button', { name: 'Ghi công văn' }).click();
  await page.getByRole('alert').getByRole('link').first().waitFor();
  await look(page, 'centre-3-letter-error');
  await page.getByLabel('Cấp', { exact: true }).selectOption({ label: 'Cấp tỉnh' });
  await page.getByRole('checkbox', { name: tea().name }).check();
  await page.getByLabel('Số công văn').fill('12/TTr-UBND');
  await page.getByLabel('Nơi nhận').fill('Bộ Nông nghiệp và Phát triển nông thôn');
  await page.locator('button:not([aria-disabled])', { hasText: 'Ghi công văn chuyển 1 hồ sơ' }).click();
  await page.getByRole('heading', { name: 'Công văn 12/TTr-UBND' }).waitFor();
  await look(page, 'centre-4-letter');
  const zip = join(province.folder, 'HO-SO.zip');
  writeFileSync(zip, await download(page, page.getByRole('link', { name: 'Tải hồ sơ chuyển (ZIP)' })));
  const folder = join(province.folder, 'unpacked');
  execFileSync('unzip', ['-q', zip, '-d', folder]);
  const checked = execFileSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: folder }).toString('utf8');
  for (const part of ['HO-SO.json: OK', 'DANH-SACH.csv: OK', 'MUC-LUC.csv: OK', 'Bien-ban-2023-10-20.docx: OK', 'Bien-ban-2023-11-28.docx: OK'])
    assert.ok(checked.includes(part), `${part} in ${checked}`);
  await open(page, '/decisions?form=send');
  await page.getByRole('link', { name: '12/TTr-UBND' }).waitFor();
  await page.getByText('Không có hồ sơ nào đã chuyển').waitFor({ state: 'hidden' });
});

step('what the centre answered is entered, and a wrong answer is not taken', async () => {
  await office.anotherDay('2023-12-12');
  const page = await office.officer('province');
  await open(page, `/dossiers/${tea().ids.product}/review?part=decide`);
  await page.getByLabel('Số quyết định của cấp đó').fill('5000/QĐ-BNN-VPĐP');
  await page.getByLabel('Ngày ghi trên quyết định').fill('11/12/2023');
  await page.getByLabel('Điểm trung bình').fill('89,99');
  await page.getByLabel('Hạng sao').fill('5');
  await page.getByLabel('Số giấy chứng nhận').fill('OCOP-TW-2023-001');
  await page.locator('button[aria-disabled]', { hasText: 'Ghi kết quả' }).waitFor(); // five stars take 90 points
  await look(page, 'centre-5-result-refused');
  await page.getByLabel('Điểm trung bình').fill('91,5');
  await press(page, 'Ghi kết quả', 'Đã ghi kết quả của cấp trên.');
  const { phase } = await shown(tea());
  assert.equal(phase, 'recognised');
  await desk.sync();
  const own = await desk.lines('outbox', 'list', '--all');
  assert.deepEqual(own.filter(({ verdict }) => verdict && verdict.outcome !== 'effective'), []);
  await open(page, '/certificates/OCOP-TW-2023-001');
  await page.getByText('11/12/2026').first().waitFor();
  assert.deepEqual(office.faults, []);
});
