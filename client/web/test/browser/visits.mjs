// An officer who visits pages of a desk, and what is asked of every page that is looked at.
import { enter, newPage, signIn } from './browser.mjs';
import { until } from './province.mjs';
import { look, patience_ms, settled } from './steps.mjs';

/** One officer's browser at a desk whose daemon runs. Its faults, of console and scripts, are for the end of a journey. */
export class Visit {
  static async begin(browser, desk, options = {}) {
    const visit = new Visit();
    visit.faults = [];
    visit.page = await newPage(browser, { fault: (...words) => visit.faults.push(words.join(' ')), ...options });
    visit.page.setDefaultTimeout(patience_ms);
    await enter(visit.page, await desk.address());
    return visit;
  }

  async signIn(province, post) {
    await signIn(this.page, province.accounts[post], province.passphrase(post));
  }

  get main() {
    return this.page.getByRole('main');
  }

  get url() {
    return new URL(this.page.url());
  }

  async open(path) {
    await this.page.goto(new URL(path, this.page.url()).href);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  button(name) {
    return this.main.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** Waits until a button may be pressed, and presses it. */
  async press(name) {
    await until(async () => (await this.button(name).getAttribute('aria-disabled')) !== 'true', `“${name}” to be allowed`, patience_ms / 1000);
    await this.button(name).click();
  }

  /** Waits for words somewhere on the page. */
  async reads(words) {
    await this.main.getByText(words).first().waitFor();
  }

  /** A term's definition in a list of facts, as in "Nơi làm việc: Xã Tú Lý". */
  fact(term, within = this.main) {
    return within.locator('dl > div', { has: this.page.locator('dt', { hasText: new RegExp(`^${term}$`) }) }).locator('dd').first();
  }

  /** The rows of a table by its caption, each a list of what its cells read. */
  async rows(caption) {
    const table = this.page.locator('table', { has: this.page.locator('caption', { hasText: caption }) });
    await table.first().waitFor();
    return table.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
  }

  settle() {
    return settled(this.page);
  }

  /** Axe finds nothing, the page is no wider than its window; a picture where HOSO_PICTURES says. */
  look(name) {
    return look(this.page, name);
  }
}
