// Journey 2 in a browser: a district's secretary, advisory group, council and signer take three dossiers from the queue to their ends, each officer in
// a browser of their own on the office's network, without a line to the province until the end.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { Province, until } from './province.mjs';
import { establish, handIn, nothingTold, openMeeting } from './meeting.mjs';
import { Office } from './office.mjs';
import { choose, criteriaOf, told, totalOf } from './sheets.mjs';
import { press } from './office_steps.mjs';
import { look, open, steps } from './steps.mjs';

const posts = ['chair', 'member-1', 'member-2', 'member-3', 'member-4', 'member-5'].map((post) => `da-bac-${post}`);
const seats = ['da-bac', ...posts]; // seven: the secretary hands in a sheet as well
const province = new Province('submitted');
const office = new Office(province, 'da-bac');
const { desk } = office;
const step = steps(office.pages);
const sheets = {}; // by post and number of the entry: places of options
let meeting;

const tea = () => province.entry(1); // 92 points: on to the province
const honey = () => province.entry(2); // 66 points: three stars by the district
const drink = () => province.entry(5); // 44 points: declined with advice
const shown = (entry) => desk.do('dossier', 'show', entry.ids.product);
const short = (entry) => entry.name.replace(' (minh họa)', '');

before(async () => {
  province.at('2023-10-20');
  await office.start();
});
after(async () => {
  await office.end();
  await province.end();
});

step('the secretary receives what is complete and gives back one item', async () => {
  const page = await office.officer('da-bac');
  await page.getByRole('link', { name: `Tiếp nhận hồ sơ: ${tea().name}` }).waitFor();
  await look(page, 'district-1-queue');
  await page.getByRole('navigation').getByRole('link', { name: 'Hồ sơ', exact: true }).click();
  await page.getByLabel('Tên đơn vị').selectOption({ label: 'Xã Tú Lý' });
  await page.getByText('5 dòng').waitFor();
  assert.equal(await page.getByRole('table').getByRole('link').count(), 5);

  for (const entry of [tea(), honey(), drink()]) {
    await open(page, '/dossiers');
    await page.getByRole('link', { name: entry.name }).click();
    await page.getByRole('link', { name: 'Xem xét' }).click();
    await page.getByText('Tài liệu minh chứng', { exact: true }).waitFor();
    await press(page, 'Tiếp nhận hồ sơ', 'Đã ký việc tiếp nhận hồ sơ.');
    await page.getByRole('definition').getByText('đã tiếp nhận').waitFor();
    assert.equal((await shown(entry)).phase, 'received');
  }

  const rice = province.entry(3);
  await open(page, `/dossiers/${rice.ids.product}/review`);
  await page.getByRole('button', { name: 'Trả lại hồ sơ' }).click();
  await page.getByRole('alert').getByText('Đánh dấu ít nhất một mục để trả lại').waitFor();
  await page.getByRole('checkbox', { name: /^Trả lại mục này.*Báo cáo tự đánh giá/ }).check();
  await page.getByRole('button', { name: 'Trả lại 1 mục' }).click();
  await page.getByRole('alert').getByText('Viết lý do trả lại mục').waitFor();
  await look(page, 'district-2-return-error');
  await page.getByLabel('Cần sửa gì ở mục “Báo cáo tự đánh giá của chủ thể”').fill('Báo cáo thiếu chữ ký của chủ thể');
  await press(page, 'Trả lại 1 mục', 'Đã ký việc trả lại 1 mục.');
  const returned = await shown(rice);
  assert.equal(returned.phase, 'returned');
  assert.deepEqual(returned.returned_items.map(({ item, reason }) => [item, reason]), [['self_evaluation_report', 'Báo cáo thiếu chữ ký của chủ thể']]);
});

step('the advisory group reports on each dossier', async () => {
  const page = await office.officer('da-bac-adviser');
  for (const entry of [tea(), honey(), drink()]) {
    await open(page, `/dossiers/${entry.ids.product}/review?part=advice`);
    if (entry === tea()) {
      await page.getByRole('button', { name: 'Ký và ghi báo cáo' }).click();
      await page.getByRole('alert').getByRole('link').first().waitFor();
      await look(page, 'district-3-advice-error');
    }
    await page.getByRole('radio', { name: 'đồng ý', exact: true }).check();
    await page.getByLabel('Báo cáo', { exact: true }).fill(`Đã kiểm tra cơ sở: ${short(entry)}`);
    await press(page, 'Ký và ghi báo cáo', 'Đã ký báo cáo của Tổ tư vấn.');
    await page.getByText(`Đã kiểm tra cơ sở: ${short(entry)}`).first().waitFor();
    assert.equal((await shown(entry)).advice[0].text, `Đã kiểm tra cơ sở: ${short(entry)}`);
  }
});

step('the signer establishes the council, the chair opens its meeting', async () => {
  const signer = await office.officer('da-bac-signer');
  await open(signer, '/sessions?part=establish');
  await signer.getByRole('button', { name: 'Ký và lập hội đồng' }).click();
  await signer.getByRole('alert').getByRole('link').first().waitFor();
  await look(signer, 'district-4-council-error');
  const members = [1, 2, 3, 4, 5].map((number) => [`Thành viên ${number} Hội đồng`, 'thành viên']);
  await establish(signer, { stage: 'Cấp huyện', decision: '20/QĐ-UBND', day: '20/10/2023', seats: { 'Thư ký OCOP huyện': 'thư ký', 'Chủ tịch Hội đồng': 'chủ tịch', ...Object.fromEntries(members) } });
  assert.deepEqual((await desk.lines('council', 'list')).map(({ quorum, members }) => [quorum, members.length]), [[5, 7]]);

  const chair = await office.officer('da-bac-chair');
  meeting = await openMeeting(chair, '20/QĐ-UBND', [tea(), honey(), drink()]);
  await look(chair, 'district-5-meeting');
  assert.equal((await desk.do('meeting', 'show', meeting)).dossiers.length, 3);
});

step('a member with a tie to the cooperative does not score its honey', async () => {
  const page = await office.officer('da-bac');
  await open(page, `/sessions/${meeting}?part=recusal`);
  await page.getByLabel('Hồ sơ', { exact: true }).selectOption({ label: honey().name });
  await page.getByLabel('Thành viên', { exact: true }).selectOption({ label: 'Thành viên 5 Hội đồng OCOP huyện Đà Bắc' });
  await page.getByLabel('Lý do').fill('Là thành viên hợp tác xã');
  await press(page, 'Ghi việc từ chấm', 'Đã ghi việc từ chấm.');
  const recused = await office.officer('da-bac-member-5');
  await open(recused, `/sessions/${meeting}/score/${honey().ids.product}`);
  await recused.getByText('không chấm hồ sơ này').waitFor();
  await look(recused, 'district-6-recused');
});

// What the officers of a list hand in, each in their own browser at the same time: the tea with the mouse, the rest, and member 1 all, with the keyboard.
async function score(listed) {
  const own = async (post) => {
    const page = await office.officer(post);
    for (const entry of [tea(), honey(), drink()]) {
      if (entry === honey() && post === 'da-bac-member-5') continue;
      const criteria = criteriaOf(entry.product_set);
      const seat = seats.indexOf(post);
      const chosen = choose(criteria, entry.score * 100 + ((seat % 3) - 1) * 100, Math.max(2, entry.stars), seat);
      sheets[`${post} ${entry.number}`] = chosen;
      await handIn(page, meeting, entry, criteria, chosen, entry !== tea() || post === 'da-bac-member-1');
    }
  };
  await Promise.all(listed.map(own));
}

step('four hand in: nobody sees points, and the chair cannot close', async () => {
  await score(seats.slice(0, 4));
  const chair = await office.officer('da-bac-chair');
  await open(chair, `/sessions/${meeting}`);
  await chair.getByText('4 trên 7').first().waitFor();
  const close = chair.getByRole('button', { name: 'Đóng kỳ họp và mở các phiếu' });
  await chair.getByText('chưa đủ 5 phiếu').waitFor();
  assert.equal(await close.getAttribute('aria-disabled'), 'true');
  await close.click({ force: true });
  await look(chair, 'district-7-no-quorum');
  assert.equal((await desk.do('meeting', 'show', meeting)).closed, false);
  for (const post of seats.slice(0, 4)) await nothingTold(await office.officer(post), meeting, tea());
});

step('all have handed in: the chair closes and the matrix opens', async () => {
  await score(seats.slice(4));
  const chair = await office.officer('da-bac-chair');
  await open(chair, `/sessions/${meeting}`);
  await chair.getByText('7 trên 7').first().waitFor();
  await chair.getByRole('row', { name: honey().name }).getByText('6 trên 6').waitFor(); // without the member who does not score it
  for (const post of seats) await nothingTold(await office.officer(post), meeting, honey());
  await open(chair, `/sessions/${meeting}`);
  await press(chair, 'Đóng kỳ họp và mở các phiếu', 'Đã đóng kỳ họp; các phiếu đã được mở.');
  await chair.getByRole('link', { name: 'Xem bảng tổng hợp điểm' }).click();
  for (const entry of [tea(), honey(), drink()]) {
    await chair.getByRole('link', { name: entry.name }).click();
    await chair.getByRole('heading', { name: entry.name }).waitFor();
    const criteria = criteriaOf(entry.product_set);
    const matrix = chair.getByRole('table', { name: 'Điểm của từng thành viên' });
    const points = seats.filter((post) => sheets[`${post} ${entry.number}`]).map((post) => totalOf(criteria, sheets[`${post} ${entry.number}`]));
    for (const each of points) await matrix.getByRole('cell', { name: told(each), exact: true }).first().waitFor();
    assert.equal(await matrix.getByRole('row').count(), points.length + 1);
    await press(chair, 'Ký và ghi kết quả', `Đã ghi kết quả của ${entry.name}.`);
    await chair.getByText(new RegExp(`${points.length} phiếu hợp lệ`)).waitFor();
    await look(chair, `district-8-tally-${entry.number}`);
    const { tally } = (await desk.do('meeting', 'show', meeting)).dossiers.find(({ product }) => product === entry.ids.product);
    assert.equal(tally.sums_centi.reduce((sum, each) => sum + each, 0), points.reduce((sum, each) => sum + each, 0));
    assert.equal(tally.stars, entry === tea() ? 5 : entry === honey() ? 3 : 2);
  }
});

step('the signer decides on three stars; the papers are those of the command line', async () => {
  await office.anotherDay('2023-10-30');
  const page = await office.officer('da-bac-signer');
  await open(page, '/decisions?form=sign');
  await page.getByLabel('Cấp', { exact: true }).selectOption({ label: 'Cấp huyện' });
  await page.getByRole('checkbox', { name: tea().name }).check();
  await page.locator('button[aria-disabled]', { hasText: 'Ký quyết định cho 1 sản phẩm' }).waitFor(); // five stars are not the district's
  await look(page, 'district-9-decision-refused');
  await page.getByRole('checkbox', { name: tea().name }).uncheck();
  await page.getByRole('checkbox', { name: honey().name }).check();
  await page.getByLabel('Ngày ghi trên quyết định').fill('30/10/2023');
  await page.locator('button:not([aria-disabled])', { hasText: 'Ký quyết định cho 1 sản phẩm' }).click();
  await page.getByRole('heading', { name: 'Quyết định 101/QĐ-UBND-ĐB' }).waitFor();
  await office.samePaper(page, 'Tải quyết định (PDF)', 'qd.pdf', 'decision', 'draft', '101/QĐ-UBND-ĐB');
  await office.samePaper(page, 'Dự thảo quyết định (Word)', 'qd.docx', 'decision', 'draft', '101/QĐ-UBND-ĐB');
  await press(page, 'Công nhận và cấp giấy 1/2023/OCOP-ĐB', 'Đã công nhận và cấp giấy 1/2023/OCOP-ĐB.');
  await look(page, 'district-10-decision');
  await page.getByRole('link', { name: '1/2023/OCOP-ĐB' }).click();
  await page.getByRole('heading', { name: 'Giấy chứng nhận 1/2023/OCOP-ĐB' }).waitFor();
  await page.getByText('Ngày cuối cùng có hiệu lực: 30/10/2026').waitFor();
  await look(page, 'district-11-certificate');
  await office.samePaper(page, 'Tải giấy chứng nhận (PDF)', 'gcn.pdf', 'cert', 'print', '1/2023/OCOP-ĐB');
  assert.equal((await shown(honey())).phase, 'recognised');
});

step('what has more than 70 points goes on to the province, what has less than 50 is declined with advice', async () => {
  const secretary = await office.officer('da-bac');
  await open(secretary, `/dossiers/${tea().ids.product}/review?part=decide`);
  await press(secretary, 'Chuyển hồ sơ lên cấp tiếp theo', 'Đã ký việc chuyển hồ sơ.');
  const signer = await office.officer('da-bac-signer');
  await open(signer, `/dossiers/${drink().ids.product}/review?part=decide`);
  await signer.getByRole('button', { name: 'Từ chối hồ sơ' }).click();
  await signer.getByRole('alert').getByText('Cần hoàn thiện điều gì: Cần điền mục này').waitFor();
  await look(signer, 'district-12-decline-error');
  await signer.getByLabel('Cần hoàn thiện điều gì').fill('Hoàn thiện bao bì và phiếu kiểm nghiệm, đăng ký đợt sau');
  await press(signer, 'Từ chối hồ sơ', 'Đã ký việc từ chối hồ sơ.');
  assert.equal((await shown(drink())).phase, 'declined');
  await open(signer, `/dossiers/${drink().ids.product}/history`);
  await signer.getByText('Hoàn thiện bao bì và phiếu kiểm nghiệm, đăng ký đợt sau').first().waitFor();
});

step('with the line back everything is logged as it was done, and the province has the dossier', async () => {
  await province.startServer();
  await until(async () => (await desk.do('status')).waiting === 0, 'everything is sent');
  const page = await office.officer('da-bac');
  await open(page, '/');
  await page.getByText('Đã gửi hết').first().waitFor();
  const own = await desk.lines('outbox', 'list', '--all');
  assert.deepEqual(own.filter(({ verdict }) => verdict?.outcome !== 'effective'), []);
  assert.equal(own.filter(({ kind }) => kind === 'sheetSubmitted').length, 20);
  const above = province.desk('province');
  await above.start();
  await above.sync();
  const sent = await above.do('dossier', 'show', tea().ids.product);
  assert.deepEqual([sent.phase, sent.stage], ['submitted', 'province']);
  assert.deepEqual(office.faults, []);
});
