// What is typed is never lost: not when the desk's program is killed, not when the browser is, not when the session ends.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { enter, launch, newPage, signIn } from './browser.mjs';
import { pause, Province, until } from './province.mjs';
import { barSays, Faults, killBrowser, look, open, patience_ms, says, steps, typeAsUnikey } from './steps.mjs';

const step = steps();
const faults = new Faults();
let province;
let desk;
let port;
let browser;
let page;

const field = (label) => page.getByLabel(label);
const draft = () => join(desk.folder, 'drafts', province.accounts['tu-ly'], 'dossier-new.subject.json');
const kept = (text) => until(() => existsSync(draft()) && JSON.parse(readFileSync(draft(), 'utf8')).values.name === text, `“${text}” to be on the desk's disk`, patience_ms / 1000);

/** A browser of its own at the form of a new subject, the officer signed in. */
async function openForm() {
  page = await newPage(browser, { fault: faults.add });
  page.setDefaultTimeout(patience_ms);
  await enter(page, await desk.address());
  await signIn(page, province.accounts['tu-ly'], province.passphrase('tu-ly'));
  await open(page, '/dossiers/new');
}

before(async () => {
  province = new Province('submitted');
  province.at('2023-09-19T08:15:00+07:00');
  desk = province.desk('tu-ly');
  await desk.start();
  port = new URL(await desk.address()).port;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await province?.end();
});

step('Vietnamese letters come out as they are typed, by backspaces and by composition', async () => {
  await openForm();
  await field('Tên chủ thể').focus();
  await typeAsUnikey(page, [0, 'H'], [0, 'o'], [0, 'ợ'], [2, 'ợ'], [0, 'p'], [0, ' tác xã '], [0, 'D'], [1, 'Đ'], [0, 'a'], [1, 'à'], [0, ' B'], [0, 'a'], [1, 'ă'], [0, 'c'], [2, 'ắc']);
  assert.equal(await field('Tên chủ thể').inputValue(), 'Hợp tác xã Đà Bắc');
  await field('Địa chỉ').focus();
  const keys = await page.context().newCDPSession(page);
  await page.keyboard.insertText('Xóm ');
  for (const text of ['T', 'Tu', 'Tú']) await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await keys.send('Input.insertText', { text: 'Tú' });
  for (const text of [' L', ' Ly', ' Lý']) await keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await keys.send('Input.insertText', { text: ' Lý' });
  assert.equal(await field('Địa chỉ').inputValue(), 'Xóm Tú Lý');
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
});

step('the desk is killed after a draft was saved: the page says what works, and the same field has the same text again', async () => {
  await field('Tên chủ thể').press('End');
  await page.keyboard.insertText(' xanh');
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
  await kept('Hợp tác xã Đà Bắc xanh');
  await desk.kill();
  await barSays(page, /Chương trình trên máy không trả lời\. Những gì đã lưu vẫn còn/);
  await look(page, 'draft-killed');
  await desk.start('--port', port);
  await page.context().close();
  await openForm();
  await says(page, /^Đã mở lại bản nháp lưu lúc \d\d:\d\d\.$/);
  assert.equal(await field('Tên chủ thể').inputValue(), 'Hợp tác xã Đà Bắc xanh');
  assert.equal(await field('Địa chỉ').inputValue(), 'Xóm Tú Lý');
  await until(() => field('Tên chủ thể').evaluate((element) => element === document.activeElement), 'the field that was left to have the focus');
  await look(page, 'draft-restored');
});

step('the desk is killed in the middle of a word: the page keeps it, says so, and saves it by itself', async () => {
  await field('Tên chủ thể').press('End');
  await page.keyboard.insertText(' và b');
  await desk.kill(); // within half a second of the last key
  await page.keyboard.insertText('ạn bè');
  await says(page, 'Chưa lưu được trên máy. Đừng đóng trang; sẽ tự lưu lại.');
  await look(page, 'draft-not-saved');
  await desk.start('--port', port);
  // The desk began anew: this browser is let in again by an address of its own, in another tab.
  await page.getByRole('alert').getByRole('heading', { name: 'Phiên làm việc đã đóng' }).waitFor();
  assert.equal(await field('Tên chủ thể').inputValue(), 'Hợp tác xã Đà Bắc xanh và bạn bè');
  await look(page, 'draft-session-closed');
  const other = await page.context().newPage();
  await enter(other, await desk.address());
  await signIn(other, province.accounts['tu-ly'], province.passphrase('tu-ly'));
  await page.bringToFront();
  await page.getByRole('alert').getByRole('button', { name: 'Thử lại' }).click();
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
  await kept('Hợp tác xã Đà Bắc xanh và bạn bè');
});

step('a session that ends by resting takes nothing with it', async () => {
  province.at('2023-09-20T09:15:00+07:00');
  await field('Tên chủ thể').press('End');
  await page.keyboard.insertText(' mới');
  await page.getByRole('alert').getByRole('heading', { name: 'Phiên làm việc đã đóng' }).waitFor();
  await says(page, 'Chưa lưu được trên máy. Đừng đóng trang; sẽ tự lưu lại.');
  assert.equal(await field('Tên chủ thể').inputValue(), 'Hợp tác xã Đà Bắc xanh và bạn bè mới');
  const other = await page.context().newPage();
  await enter(other, await desk.address());
  await signIn(other, province.accounts['tu-ly'], province.passphrase('tu-ly'));
  await page.bringToFront();
  await page.getByRole('alert').getByRole('button', { name: 'Thử lại' }).click();
  await kept('Hợp tác xã Đà Bắc xanh và bạn bè mới');
});

step('the browser is killed: another one has the text', async () => {
  await field('Tên chủ thể').press('End');
  await page.keyboard.insertText(' nữa');
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
  await kept('Hợp tác xã Đà Bắc xanh và bạn bè mới nữa');
  await killBrowser(browser);
  browser = await launch();
  await openForm();
  await says(page, /^Đã mở lại bản nháp lưu lúc \d\d:\d\d\.$/);
  assert.equal(await field('Tên chủ thể').inputValue(), 'Hợp tác xã Đà Bắc xanh và bạn bè mới nữa');
  assert.deepEqual((await desk.lines('outbox', 'list')).map(({ kind }) => kind).filter((kind) => kind !== 'sessionOpened'), [], 'a draft is no action');
});

step('a dossier’s page, which asks the desk now and then, keeps its form and the chosen file while the desk is away', async () => {
  await open(page, `/dossiers/${province.entry(1).ids.product}/evidence`);
  await field('Tên gọi').fill('Ảnh xưởng');
  await page.locator('#file').setInputFiles({ name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
  await says(page, 'đã nhận trên máy');
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
  await desk.kill();
  await field('Tên gọi').press('End');
  await page.keyboard.insertText(' sau khi sửa');
  await barSays(page, /Chương trình trên máy không trả lời/);
  await pause(7000); // the page has asked again by then
  assert.equal(await field('Tên gọi').inputValue(), 'Ảnh xưởng sau khi sửa');
  await says(page, 'anh.png');
  await look(page, 'draft-dossier-away');
  await desk.start('--port', port);
  const other = await page.context().newPage();
  await enter(other, await desk.address());
  await signIn(other, province.accounts['tu-ly'], province.passphrase('tu-ly'));
  await page.bringToFront();
  const again = page.getByRole('alert').getByRole('button', { name: 'Thử lại' });
  if (await again.count()) await again.click(); // where the page had asked before the browser was let in again
  await says(page, /^Đã lưu trên máy lúc \d\d:\d\d$/);
  assert.equal(await field('Tên gọi').inputValue(), 'Ảnh xưởng sau khi sửa');
  await open(page, `/dossiers/${province.entry(1).ids.product}/evidence`);
  await until(async () => (await field('Tên gọi').inputValue()) === 'Ảnh xưởng sau khi sửa', 'the draft to be opened again', patience_ms / 1000);
});

step('nothing was said on the consoles', () => assert.deepEqual(faults.all, []));
