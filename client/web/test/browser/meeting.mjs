// A council's meeting in the browsers of its members.
import assert from 'node:assert/strict';
import { told, totalOf } from './sheets.mjs';
import { ask, press } from './office_steps.mjs';
import { open } from './steps.mjs';

/** The signer establishes a council: of a stage, by a decision of a day, with the seat of each title. */
export async function establish(page, { stage, decision, day, seats }) {
  await page.getByLabel('Cấp', { exact: true }).selectOption({ label: stage });
  await page.getByLabel('Số quyết định').fill(decision);
  await page.getByLabel('Ngày quyết định').fill(day);
  await page.getByLabel('Số phiếu hợp lệ tối thiểu').fill('5');
  await page.getByLabel('Độ lệch tối đa').fill('10');
  for (const [title, seat] of Object.entries(seats)) await page.getByLabel(title).selectOption(seat);
  await page.getByText(`đã xếp ${Object.keys(seats).length} người`).waitFor();
  await press(page, 'Ký và lập hội đồng', 'Đã lập hội đồng.');
}

/** The chair opens a meeting of the council that a decision established, over these entries; its id. */
export async function openMeeting(page, decision, entries) {
  await open(page, '/sessions?part=open');
  const council = page.getByLabel('Hội đồng', { exact: true });
  await council.selectOption(await council.locator('option', { hasText: decision }).getAttribute('value'));
  for (const { name } of entries) await page.getByRole('checkbox', { name }).check();
  await press(page, `Mở kỳ họp chấm ${entries.length} hồ sơ`, 'Kỳ họp đang mở');
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** The questions of a sheet in printed order, once it is there. */
async function questions(page, criteria) {
  await page.getByText(`Còn ${criteria.length} tiêu chí chưa chọn`).waitFor();
  const all = page.locator('main form fieldset');
  const legends = await all.locator('legend').allInnerTexts();
  assert.deepEqual(legends.map((legend) => legend.split(' ')[0]), criteria.map(({ no }) => no));
  return all;
}

// Chooses with the mouse.
async function fillSheet(page, criteria, chosen) {
  const all = await questions(page, criteria);
  for (const at of criteria.keys()) await all.nth(at).locator('label', { hasText: `Mức ${chosen[at]}:` }).click({ force: true }); // nothing moves here to wait for
}

// Chooses with Tab, Space and the arrows alone, from the first criterion to the last.
async function fillSheetByKeyboard(page, criteria, chosen) {
  const all = await questions(page, criteria);
  await all.first().getByRole('radio').first().focus();
  for (const [at, criterion] of criteria.entries()) {
    if (at > 0) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const radios = all.nth(at).getByRole('radio');
    const first = (await radios.count()) > criterion.options.length ? 1 : 0; // "none fits" comes first where it is offered
    for (let step = 0; step < first + chosen[at] - 1; step += 1) await page.keyboard.press('ArrowRight');
    assert.ok(await radios.nth(first + chosen[at] - 1).isChecked(), `criterion ${criterion.no} by the keyboard`);
  }
}

/** A member's whole sheet, with the mouse or with the keyboard alone: the total follows, and the desk takes it. */
export async function handIn(page, meeting, { ids }, criteria, chosen, byKeyboard) {
  await open(page, `/sessions/${meeting}/score/${ids.product}`);
  await (byKeyboard ? fillSheetByKeyboard : fillSheet)(page, criteria, chosen);
  await page.getByText('Đã chọn đủ các tiêu chí').waitFor();
  await page.getByText(new RegExp(`^${told(totalOf(criteria, chosen))} trên `)).waitFor();
  await press(page, 'Ký và nộp phiếu', 'Đã ký và nộp phiếu.');
}

/** While a meeting is open neither its pages nor any answer that this browser can have holds a point of a sheet. */
export async function nothingTold(page, meeting, entry) {
  await open(page, `/sessions/${meeting}/tally`);
  await page.getByText('Bảng điểm mở khi chủ tịch đóng kỳ họp.').waitFor();
  const { product } = entry.ids;
  const answers = await Promise.all(
    [`meeting/show?meeting=${meeting}`, `dossier/show?product=${product}`, `product/show?product=${product}`, `product/history?product=${product}&limit=1000`, 'log/list?limit=1000'].map((path) => ask(page, path)),
  );
  const { dossiers } = answers[0].result;
  assert.ok(dossiers.every((row) => row.handed_in > 0 && !('sheets' in row) && !('grade' in row) && !('tally' in row)), JSON.stringify(dossiers));
  assert.ok(answers[3].rows.some(({ kind }) => kind === 'sheetSubmitted'));
  const keys = new Set();
  const collect = (value) => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (value && typeof value === 'object') for (const [key, inner] of Object.entries(value)) keys.add(key) && collect(inner);
  };
  collect(answers.map(({ rows, result }) => [rows, result]));
  for (const secret of ['average', 'sums_centi', 'stars_by_points']) assert.ok(!keys.has(secret), `an answer says ${secret} before the meeting is closed`);
}
