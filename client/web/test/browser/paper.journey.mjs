// A council that scored on paper: its result is entered from the signed minutes, and stands as that of a meeting would.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { steps } from './steps.mjs';
import { Visit } from './visits.mjs';

const step = steps();
let province, desk, browser, visit, product;

before(async () => {
  province = new Province('submitted');
  province.at('2023-10-20');
  desk = province.desk('da-bac');
  await desk.start();
  product = province.entry(1).ids.product;
  await desk.by('da-bac', 'dossier', 'receive', product, '--stage', 'district');
  await desk.by('da-bac-adviser', 'dossier', 'advise', product, '--agrees', 'yes', '--text', 'Đề nghị đưa ra hội đồng');
  const seats = ['da-bac:secretary', 'da-bac-chair:chair', ...[1, 2, 3, 4, 5].map((number) => `da-bac-member-${number}:member`)];
  const members = seats.map((seat) => seat.split(':')).flatMap(([post, as]) => ['--member', `${province.accounts[post]}:${as}`]);
  const decision = ['--decision', '20/QĐ-UBND', '--date', '2023-10-19', '--quorum', '5', '--spread', '10'];
  await desk.by('da-bac-signer', 'council', 'establish', '--unit', '17/150', '--stage', 'district', ...decision, ...members);
  browser = await launch();
  visit = await Visit.begin(browser, desk);
  await visit.signIn(province, 'da-bac');
});
after(async () => {
  await browser?.close();
  await province?.end();
});

const field = (label) => visit.main.getByLabel(label);

step('the form asks for what the minutes say, part by part', async () => {
  await visit.open(`/dossiers/${product}/points`);
  await visit.main.getByText('Nhập kết quả của hội đồng chấm trên giấy').click();
  await visit.press('Ký và ghi kết quả');
  for (const part of ['A', 'B', 'C']) await visit.main.getByRole('alert').getByRole('link', { name: `Điểm trung bình phần ${part}: Cần điền mục này` }).waitFor();
  await visit.look('paper-errors');
  await field('Hội đồng').selectOption({ label: 'Huyện Đà Bắc · theo 20/QĐ-UBND ngày 19/10/2023' });
  await field('Số biên bản').fill('05/BB-HĐ');
  await field('Ngày họp').fill('20/10/2023');
  await field('Số phiếu hợp lệ').fill('7');
  for (const [part, points] of [['A', '45'], ['B', '22'], ['C', '30,25']]) await field(`Điểm trung bình phần ${part}`).fill(points);
  await field('Hạng sao').selectOption('4 sao');
  await visit.reads('Điểm tối đa là 40');
});

step('the result stands with its minutes', async () => {
  await field('Điểm trung bình phần A').fill('36,5');
  await visit.look('paper-filled');
  await visit.press('Ký và ghi kết quả');
  await visit.reads('Đã ký và lưu trên máy này');
  await visit.reads('05/BB-HĐ');
  await visit.look('paper-done');
  const { tally } = await desk.do('dossier', 'show', product);
  assert.deepEqual([tally.paper, tally.sheets, tally.average_centi, tally.stars], ['05/BB-HĐ', 7, 8875, 4]);
  assert.deepEqual(visit.faults, []);
});
