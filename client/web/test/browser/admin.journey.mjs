// An administrator's day: a post, its mandate and a delegation, a slip that enrols a new desk, two officers on one machine, a mandate that
// ends, a regulation that is tried before it is published, and what a reorganisation would do.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch, signIn } from './browser.mjs';
import { Province, until } from './province.mjs';
import { steps } from './steps.mjs';
import { Visit } from './visits.mjs';

const step = steps();
const schema = new URL('../../../../schema/', import.meta.url).pathname;
const unit = '17/150/04846'; // a commune of Đà Bắc without a desk
const post = 'Cán bộ OCOP xã thử';
const stand_in = 'Cán bộ trực thay';
let province, admin, desk, browser, visit, there;
before(async () => {
  province = new Province('over');
  admin = province.desk('admin');
  desk = province.desk('new-desk');
  browser = await launch();
  await province.startServer();
  await admin.start();
  visit = await Visit.begin(browser, admin);
  await visit.signIn(province, 'admin');
});
after(async () => {
  await browser?.close();
  await province?.end();
});

const title_of = async (account) => (await admin.lines('account', 'list')).find((row) => row.title === account);

/** A form of administration that is filled by its labels; it answers with what the page says then. */
async function record(button, fields) {
  const form = visit.page.locator('form', { has: visit.page.getByRole('button', { name: button, exact: true }) });
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: false }).first();
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value });
    else await field.fill(value);
  }
  await visit.press(button);
  await visit.reads('Đã ký và lưu trên máy này');
  const first = form.getByLabel(Object.keys(fields)[0], { exact: false }).first();
  await until(async () => (await first.inputValue()) === '', `the form of “${button}” to be empty again`);
}

step('administration names its parts, with as many records as the log has', async () => {
  await visit.page.getByRole('navigation', { name: 'Điều hướng chính' }).getByRole('link', { name: 'Quản trị' }).click();
  const accounts = await admin.lines('account', 'list');
  await visit.main.getByRole('listitem').filter({ hasText: 'Chức vụ' }).getByText(`${accounts.length} dòng`).waitFor();
  await visit.look('admin');
});

step('a form that lacks something says what, and a post is added', async () => {
  await visit.main.getByRole('link', { name: 'Chức vụ' }).click();
  await visit.press('Thêm chức vụ');
  await visit.page.getByRole('alert').getByRole('link', { name: /Tên chức vụ/ }).waitFor();
  await visit.look('admin-errors');
  await record('Thêm chức vụ', { 'Tên chức vụ': post, 'Đơn vị': unit });
  assert.ok((await title_of(post)).path === unit);
  await record('Thêm chức vụ', { 'Tên chức vụ': stand_in, 'Đơn vị': unit });
});

step('it gets a mandate from a day on, and another stands in for some days', async () => {
  await visit.main.getByRole('link', { name: 'Ủy quyền' }).click();
  const document = { 'Đơn vị': unit, 'Vai trò': 'cán bộ' };
  await record('Giao ủy quyền', { ...document, 'Chức vụ': post, 'Từ ngày': '12/12/2023', 'Căn cứ': 'Quyết định 12/QĐ-UBND' });
  await visit.open('/admin/mandates');
  await record('Giao ủy quyền', { ...document, 'Chức vụ': stand_in, 'Từ ngày': '12/12/2023', 'Đến ngày': '20/12/2023', 'Căn cứ': 'Ủy quyền trong kỳ nghỉ' });
  const mandates = (await admin.lines('mandate', 'list')).filter((row) => [post, stand_in].includes(row.title));
  assert.deepEqual(mandates.map((row) => [row.title, row.role, row.path, row.valid_from, row.valid_to]).sort(), [
    [post, 'officer', unit, '2023-12-12', null],
    [stand_in, 'officer', unit, '2023-12-12', '2023-12-20'],
  ].sort());
  await visit.look('admin-mandates');
});

/** Issues a slip in the browser and gives the path of the file that was saved. */
async function slip(account) {
  await visit.open('/admin/devices');
  const [file] = await Promise.all([visit.page.waitForEvent('download'), record('Cấp phiếu', { 'Chức vụ': account, 'Đơn vị': unit })]);
  const path = join(province.folder, file.suggestedFilename());
  await file.saveAs(path);
  await visit.reads(`Phiếu đã lưu thành tệp ${file.suggestedFilename()}`);
  await admin.sync();
  return path;
}

step('a slip from the browser enrols a new desk, once, and its device appears', async () => {
  const path = await slip(post);
  await visit.look('admin-slip');
  for (const each of [post, stand_in]) province.accounts[each] = (await title_of(each)).account;
  await desk.do('enrol', '--slip', path, '--passphrase-file', province.passphraseFile('tu-ly'));
  assert.ok(existsSync(join(desk.folder, 'join.json')));
  await assert.rejects(province.desk('second').do('enrol', '--slip', path, '--passphrase-file', province.passphraseFile('tu-ly'), '--wait', 5));
  await admin.sync();
  await visit.open('/admin/devices');
  await visit.main.getByRole('row').filter({ hasText: post }).filter({ hasText: unit }).waitFor();
  const devices = (await admin.lines('device', 'list')).filter((row) => row.path === unit);
  assert.deepEqual(devices.map((row) => row.officers.map(({ title }) => title)), [[post]]);
});

step('two officers work on that machine, each with a key of their own', async () => {
  await desk.do('officer', 'add', '--slip', await slip(stand_in), '--passphrase-file', province.passphraseFile('cao-son'));
  await desk.sync();
  await desk.start();
  there = await Visit.begin(browser, desk);
  const header = there.page.getByRole('banner');
  for (const [account, key, subject] of [[post, 'tu-ly', 'Hợp tác xã thứ nhất'], [stand_in, 'cao-son', 'Hợp tác xã thứ hai']]) {
    await signIn(there.page, province.accounts[account], province.passphrase(key));
    await header.getByRole('link', { name: `${account} Đổi cán bộ` }).waitFor();
    await desk.do('--as', province.accounts[account], '--passphrase-file', province.passphraseFile(key), 'subject', 'register', '--name', subject, '--registration', subject, '--type', 'cooperative', '--unit', unit);
  }
  await there.look('admin-second-officer');
  await desk.sync();
  await admin.sync();
  const registered = await admin.lines('log', 'list', '--kind', 'subjectRegistered', '--since', '2023-12-12');
  assert.deepEqual(registered.map((row) => [row.actor_title, row.verdict.outcome]), [[post, 'effective'], [stand_in, 'effective']]);
});

step('a mandate ends, and what its officer records from then on is refused', async () => {
  await visit.open('/admin/mandates?q=truc+thay');
  await visit.main.getByRole('link', { name: stand_in }).click();
  await visit.reads(`Chấm dứt ủy quyền: ${stand_in}, vai trò cán bộ`);
  await visit.main.getByLabel('Lý do').fill('Hết kỳ nghỉ');
  await visit.press('Chấm dứt ủy quyền');
  await visit.reads('Đã ký và lưu trên máy này');
  await visit.look('admin-mandate-ended');
  await admin.sync();
  await desk.sync();
  await there.open('/dossiers/new');
  await assert.rejects(desk.do('--as', province.accounts[stand_in], '--passphrase-file', province.passphraseFile('cao-son'), 'subject', 'register', '--name', 'Sau khi hết hạn', '--registration', 'X3', '--type', 'cooperative', '--unit', unit), /not_authorised|mandate|no_mandate/);
  const ended = (await admin.lines('mandate', 'list')).find((row) => row.title === stand_in);
  assert.equal(typeof ended.ended_at, 'number');
});

step('a regulation is tried: what it says, where it differs, what stars would come of it; then it is published', async () => {
  const file = join(schema, 'rules', 'ocop-26-2026.json');
  await visit.open('/admin/rules');
  await visit.main.locator('#trial-file').setInputFiles(file);
  assert.equal(await visit.fact('Bộ tiêu chí').innerText(), 'ocop-26-2026');
  await visit.main.getByLabel('So với bộ').selectOption({ index: 1 });
  const compared = await admin.lines('ruleset', 'compare', 'ocop-148-2023', file);
  await visit.reads(`${compared.length} dòng`);
  const stars = await visit.rows('Sao của hồ sơ đã chấm, nếu theo tệp này');
  const rejudged = await admin.lines('ruleset', 'rejudge', '--under', file);
  assert.deepEqual(stars.map(([name]) => name), rejudged.slice(0, stars.length).map((row) => row.name));
  await visit.look('admin-rules-trial');
  await visit.main.locator('#ruleset-publish-file').setInputFiles(file);
  await visit.press('Ban hành');
  await visit.reads('Đã ký và lưu trên máy này');
  assert.deepEqual((await admin.lines('ruleset', 'list')).map((row) => [row.ruleset, row.newest]).sort(), [['ocop-148-2023', false], ['ocop-26-2026', true]]);
});

step('a reorganisation is looked at, and nothing of it is recorded', async () => {
  const files = ['hoabinh.csv', 'phutho-2025.csv'].map((name) => join(schema, 'units', name));
  const units = (await admin.lines('unit', 'list')).length;
  await visit.open('/admin/units');
  await visit.main.locator('#reorganise-files').setInputFiles(files);
  await visit.main.getByLabel('Ngày đầu tiên của đơn vị mới').fill('01/07/2025');
  await visit.press('Xem trước');
  const known = (await admin.lines('--as', province.accounts.admin, 'unit', 'reorganise', ...files, '--effective', '2025-07-01', '--dry-run')).at(-1);
  await visit.button(`Ghi ${known.to_record} thay đổi`).waitFor();
  assert.equal(await visit.fact('Sẽ ghi').innerText(), String(known.to_record));
  const rows = await visit.rows('Việc xảy ra với từng đơn vị');
  assert.ok(rows.some((row) => row.includes('kết thúc') && row.includes('Huyện Đà Bắc') && row.includes('17 Tỉnh Hòa Bình')), JSON.stringify(rows.slice(0, 4)));
  await visit.look('admin-reorganise');
  assert.equal((await admin.lines('unit', 'list')).length, units);
  assert.deepEqual([...visit.faults, ...there.faults], []);
});
