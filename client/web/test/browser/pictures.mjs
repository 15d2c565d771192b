// node pictures.mjs OUT: the pictures of README, of the demo's province as it really is. HOSO_BIN and HOSO_PLAYED as for the journeys.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { Province } from './province.mjs';
import { Visit } from './visits.mjs';

const out = process.argv[2];
mkdirSync(out, { recursive: true });
const browser = await launch();

/** One picture: a desk in a state of the province, its officer signed in, a page that was made ready. */
async function picture(name, state, post, prepare, happens = () => {}) {
  const province = new Province(state);
  try {
    await province.startServer();
    const desk = province.desk(post);
    await desk.start();
    await desk.sync();
    await happens(province, desk); // before somebody signs in: a session rests half a day at most
    const visit = await Visit.begin(browser, desk);
    await visit.signIn(province, post);
    await prepare(visit, desk, province);
    await visit.settle();
    await desk.sync();
    await visit.page.getByText('chờ gửi').waitFor({ state: 'detached' });
    await visit.page.mouse.move(0, 0);
    await visit.page.screenshot({ path: join(out, `${name}.png`) });
    if (visit.faults.length) throw new Error(visit.faults.join('\n'));
    await visit.page.context().close();
  } finally {
    await province.end();
  }
}

/** Two days later the district gives two dossiers back, each with what is missing. */
async function giveBack(province, commune) {
  province.at('2023-09-20');
  const district = province.desk('da-bac');
  await district.sync();
  const missing = { 3: ['evidence_annex=Thiếu phiếu kiểm nghiệm của mẫu thứ hai'], 4: ['registration_form=Chưa có chữ ký của chủ thể', 'evidence_annex=Ảnh nhãn mờ'] };
  for (const [number, items] of Object.entries(missing)) {
    const { product } = province.entry(Number(number)).ids;
    await district.by('da-bac', 'dossier', 'receive', product, '--stage', 'district');
    await district.by('da-bac', 'dossier', 'return', product, '--stage', 'district', ...items.flatMap((item) => ['--item', item]));
  }
  await district.sync();
  await commune.sync();
}

try {
  const tasks = (visit) => visit.main.getByRole('article').first().waitFor();
  await picture('commune-tasks', 'submitted', 'tu-ly', tasks, giveBack);
  await picture('score-tally', 'over', 'da-bac', async (visit, desk, province) => {
    const meeting = (await desk.lines('meeting', 'list')).find(({ path }) => path === '17/150');
    await visit.open(`/sessions/${meeting.meeting}/tally?dossier=${province.entry(1).ids.product}`);
    await visit.settle();
  });
  await picture('province-dashboard', 'over', 'province', async (visit) => {
    await visit.open('/dashboard');
  });
  await picture('auditor-timeline', 'over', 'auditor', async (visit, desk, province) => {
    await visit.open(`/audit?at=2023-10-25&product=${province.entry(2).ids.product}`);
    await visit.press('Kiểm tra nhật ký trên máy này');
    await visit.reads(/Đã kiểm tra đến/);
    await visit.settle();
    await visit.page.getByText('Tính toàn vẹn của nhật ký').evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 40));
  });
} finally {
  await browser.close();
}
