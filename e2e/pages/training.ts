/** Training networks as a person meets it: the controls of Learn, and its list of runs. */
import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import type { LabPage } from './labPage.ts';

/** What is read of a run's log. */
export interface RunLog {
  result: { accuracy: number; backend: string } | null;
  run: {
    settings: Record<string, unknown>;
    facts: { subsetRecords: number; pixels: string };
    backend: { name: string; device: string };
    notices: string[];
    checkpoint: number;
    epochs: {
      epoch: number;
      loss: number;
      trainAccuracy: number;
      distinctRecords: number;
      test: { accuracy: number; loss: number } | null;
    }[];
  };
}

export class TrainingPage {
  readonly lab: LabPage;
  readonly page: Page;
  readonly runs: Locator;

  constructor(lab: LabPage) {
    this.lab = lab;
    this.page = lab.page;
    this.runs = this.page.getByRole('list', { name: /^[\d,]+ runs?$/ });
  }

  /** A run of the list, the oldest first, from 0. */
  run(index: number): Locator {
    return this.runs.getByRole('listitem').nth(index);
  }

  button(index: number, name: string | RegExp): Locator {
    return this.run(index).getByRole('button', { name });
  }

  async choose(field: string, option: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`${field}$`) }).click();
    await this.page.getByRole('option', { name: option }).first().click();
  }

  async fill(field: string, value: number): Promise<void> {
    const box = this.page.getByRole('textbox', { name: new RegExp(`^${field}`) });
    await box.fill(String(value));
    await box.press('Enter');
  }

  /** Sets a field that is usually left alone. */
  async more(): Promise<void> {
    const title = this.page.getByRole('button', { name: 'More settings' });
    if ((await title.getAttribute('aria-expanded')) !== 'true') await title.click();
  }

  async train(): Promise<void> {
    await this.page.getByRole('button', { name: 'Train', exact: true }).click();
  }

  async isDone(index: number, timeout = 60_000): Promise<void> {
    await expect(this.run(index)).toContainText(/Done, \d+ epochs?/, { timeout });
  }

  /** Waits until an epoch has ended, and the run goes on. */
  async isUnderWay(index: number): Promise<void> {
    await expect(this.run(index)).toContainText(/Training, epoch (?:[2-9]|\d\d)/, { timeout: 40_000 });
  }

  /** Everything that is known of a run, as its log says it. */
  async log(index: number): Promise<RunLog> {
    await this.run(index).locator('.run-name').click();
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Log as JSON' }).click();
    return JSON.parse(await readFile(await (await waiting).path(), 'utf8')) as RunLog;
  }

  /** The curve: what each epoch came to, without the time that it took. */
  async curve(index: number): Promise<object[]> {
    const { run } = await this.log(index);
    return run.epochs.map(({ epoch, loss, trainAccuracy, distinctRecords, test }) => ({
      ...{ epoch, loss, trainAccuracy, distinctRecords, test },
    }));
  }
}

/** Ends a worker of the page without a word, as a crash does. */
export async function killWorkers(page: Page, name: RegExp): Promise<number> {
  const workers = page.workers().filter((worker) => name.test(worker.url()));
  for (const worker of workers) {
    await worker
      .evaluate(() => {
        self.close();
      })
      .catch(() => undefined);
  }
  return workers.length;
}

/** Makes the page believe that nobody sees it: no frame is drawn any more. */
export async function hide(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    window.requestAnimationFrame = () => 0;
    document.dispatchEvent(new Event('visibilitychange'));
  });
}
