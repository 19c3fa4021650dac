/** The lab as a person meets it: what can be seen and done, by the words on the page. */
import { expect, type Locator, type Page } from '@playwright/test';

export type Station = 'Data' | 'Bits' | 'Archive' | 'Learn' | 'Sweep';

export class LabPage {
  readonly page: Page;
  readonly rail: Locator;
  readonly messages: Locator;
  /** What is said of the dataset that was asked for, in a line under the rail. */
  readonly openingMessages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rail = page.getByRole('navigation', { name: 'Pipeline' });
    this.messages = page.getByRole('region', { name: 'Messages' });
    this.openingMessages = page.getByRole('region', { name: 'About what was opened' });
  }

  async open(hash = ''): Promise<void> {
    await this.page.goto(`/${hash}`);
  }

  /** Opens the lab with a table that nothing is trained on: for tests of what comes after it. */
  async openIdle(more = ''): Promise<void> {
    await this.open(`#data=diamonds&compress-only=1${more}`);
    await this.hasDataset('Diamonds');
  }

  /**
   * Opens the lab with this file, dropped on it while a sample loads.
   *
   * @param more what a link says of the page; settings of an experiment come with the sample, which is not waited for
   */
  async openWith(name: string, content: string | Uint8Array, more = ''): Promise<void> {
    await this.open(`#data=diamonds&compress-only=1${more}`);
    await expect(this.rail).toBeVisible();
    await this.drop(name, content);
    await this.hasDataset(name);
  }

  /** How far the page can be scrolled sideways, in pixels. */
  excessWidth(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }

  /** Sees that the page does not scroll sideways in windows of these widths, in pixels; the last one stays. */
  async fits(widths: readonly number[], what: string): Promise<void> {
    for (const width of widths) {
      await this.page.setViewportSize({ width, height: 844 });
      // A chart takes its new width a moment after the window has.
      await expect.poll(() => this.excessWidth(), `${what} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }

  /** A station's place on the rail. */
  stop(station: Station): Locator {
    return this.rail.getByRole('link', { name: new RegExp(`^${station}`) });
  }

  async goTo(station: Station): Promise<void> {
    await this.stop(station).click();
    await expect(this.stop(station)).toHaveAttribute('aria-current', 'page');
    await expect(this.page.getByRole('heading', { name: station, level: 2 })).toBeVisible();
  }

  /** The opening, by the logo. */
  async goToStart(): Promise<void> {
    await this.page.getByRole('link', { name: 'dreaMLearning Lab' }).click();
    await expect(this.page.getByRole('navigation', { name: 'Where to begin' })).toBeVisible();
  }

  /** What stands beside the pipeline, whatever is open. */
  async goToPaper(): Promise<void> {
    await this.page.getByRole('link', { name: 'The paper' }).click();
    await expect(this.page.getByRole('heading', { name: 'The paper', level: 2 })).toBeVisible();
  }

  /** Drops a file anywhere on the page, as from a desktop. */
  async drop(name: string, text: string | Uint8Array): Promise<void> {
    await this.page.evaluate(
      ({ fileName, content, isBytes }) => {
        const dataTransfer = new DataTransfer();
        const part = isBytes ? Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)) : content;
        dataTransfer.items.add(new File([part], fileName, { type: 'text/csv' }));
        for (const type of ['dragenter', 'dragover', 'drop']) {
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }),
          );
        }
      },
      // Bytes go as one text: as a list, every one of them would be a value that is taken apart and put together.
      typeof text === 'string'
        ? { fileName: name, content: text, isBytes: false }
        : { fileName: name, content: Buffer.from(text).toString('base64'), isBytes: true },
    );
  }

  /** Waits for an open dataset of this name. */
  async hasDataset(name: string): Promise<void> {
    await expect(this.page.getByRole('button', { name: `Dataset: ${name}` })).toBeVisible();
  }

  /** Answers what should be predicted of the table that has come. */
  async predict(target: string): Promise<void> {
    const question = this.page.getByRole('region', { name: 'What should be predicted?' });
    await question.getByRole('button', { name: new RegExp(`^${target}`) }).click();
    await expect(question).toBeHidden();
    // The offer to undo it would stand among what a test looks for; on a busy machine it may have left by itself.
    const dismiss = this.messages.getByRole('button', { name: 'Dismiss' }).first();
    await dismiss.click({ timeout: 5_000 }).catch(() => undefined);
  }

  /** Waits for the archive's and the condensed model's headlines. */
  async isReady(): Promise<void> {
    // Nothing stands between title and share while nothing is at work.
    await expect(this.stop('Archive')).toHaveText(/^Archive\s*[\d.]+\s?%\s*of float64/);
    await expect(this.stop('Learn')).toContainText(/×|points|%/);
  }

  /** A coded message or notice anywhere on the page. */
  code(code: string): Locator {
    return this.page.getByText(code, { exact: true }).first();
  }
}
