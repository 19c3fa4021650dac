import { BRIEF, descent, trainForLong } from '../pages/descents.ts';
import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

test('a load can be cancelled and what was open stays open, a sweep too; full training pauses, goes on from where it was, steps and rewinds, and its worker is replaced when it dies', async ({
  lab,
  page,
}) => {
  await lab.openIdle('&station=data');
  // Large enough to be caught in the act; the text is made on the page.
  await page.evaluate(() => {
    const line = Array.from({ length: 12 }, (_, k) => (k * 1234.5678).toFixed(4)).join(',');
    const head = Array.from({ length: 12 }, (_, k) => `c${k}`).join(',');
    const block = `${`${line}\n`.repeat(10_000)}`;
    const file = new File([`${head}\n`, ...Array.from({ length: 60 }, () => block)], 'huge.csv');
    const data = new DataTransfer();
    data.items.add(file);
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
    );
  });
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await lab.hasDataset('Diamonds');
  await expect(page.getByRole('button', { name: /^Cancel: Reading/ })).toBeHidden();
  await lab.drop('prices.csv', linearCsv(5000));
  await lab.hasDataset('prices.csv');
  await lab.predict('price');
  await lab.isReady();

  await lab.goTo('Sweep');
  const run = page.getByRole('button', { name: /^Run \d+ trainings/ });
  await run.click();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Cancel/ })
    .first()
    .click();
  await expect(run).toBeVisible();

  // Full training pauses, goes on from where it was, steps and rewinds, and its worker is replaced when it dies.
  await lab.open(`#data=diamonds&station=learn${BRIEF}`);
  await lab.hasDataset('Diamonds');
  await lab.isReady();
  await lab.goTo('Learn');
  const full = descent(page, 'full');
  await expect(full).toContainText(/limit of|converged/i);
  await trainForLong(page);
  const iteration = async (): Promise<number> =>
    Number(/Iteration\s+([\d,]+)/.exec(await full.innerText())?.[1].replace(/,/g, '') ?? 0);
  // Paused before its first iteration there would be nothing to go on from.
  await expect.poll(iteration).toBeGreaterThan(200);
  await full.getByRole('button', { name: 'Pause' }).click();
  await expect(full.getByRole('button', { name: 'Go on' })).toBeVisible();
  // The worker answers with what it had reached when the pause came to it.
  let paused = NaN;
  await expect
    .poll(
      async () => {
        const before = paused;
        paused = await iteration();
        return paused === before;
      },
      { intervals: [1_000] },
    )
    .toBe(true);
  await full.getByRole('button', { name: /Step/ }).click();
  await expect.poll(iteration).toBe(paused + 100);
  await full.getByRole('button', { name: /Rewind/ }).click();
  await expect(full.getByRole('button', { name: 'Play' })).toBeVisible();
  await full.getByRole('button', { name: /Step/ }).click();
  await expect.poll(iteration).toBe(100);

  await full.getByRole('button', { name: 'Go on' }).click();
  await expect(full.getByRole('button', { name: 'Pause' })).toBeVisible();
  for (const worker of page.workers()) {
    await worker
      .evaluate(() => {
        self.close();
      })
      .catch(() => undefined);
  }
  await expect(lab.code('WORKER_CRASHED')).toBeVisible();
  await lab.goTo('Data');
  await lab.drop('after.csv', linearCsv(300));
  await lab.hasDataset('after.csv');
  await lab.predict('price');
  await lab.isReady();
});
