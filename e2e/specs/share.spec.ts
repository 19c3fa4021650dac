import { readFile } from 'node:fs/promises';
import { expect, test } from '../pages/test.ts';
import type { LabPage } from '../pages/labPage.ts';
import { linearCsv } from '../pages/tables.ts';

/** The result that a link has to bring back: storage and error. */
async function result(lab: LabPage): Promise<string[]> {
  await lab.isReady();
  const station = (name: 'Bits' | 'Archive') => lab.stop(name).innerText();
  await lab.goTo('Learn');
  const closed = lab.page.getByRole('region', { name: /Condensed samples, closed form/ });
  await expect(closed).toContainText('Test RMSE');
  const text = await closed.innerText();
  const rmse = /Test RMSE\s+([\d.,]+)/.exec(text)?.[1] ?? text;
  return [await station('Bits'), (await station('Archive')).replace(/\s+/g, ' '), rmse];
}

test('a link restores experiment and result in another profile', async ({
  lab,
  page,
  context,
  elsewhere,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await lab.open('#data=diamonds&beta=9&split=3&features=carat,x,y,z&iterations=200');
  const expected = await result(lab);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy the link' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('beta=9');
  const other = await elsewhere();
  await other.page.goto(link);
  expect(await result(other)).toEqual(expected);
});

test('a link to a file asks for it by name and checks it', async ({ lab, page, elsewhere }) => {
  await lab.openWith('mine.csv', linearCsv(600));
  await lab.predict('price');
  await lab.isReady();
  await expect.poll(() => page.url()).toContain('file=mine.csv');
  const other = await elsewhere();
  await other.page.goto(page.url());
  await expect(other.page.getByText('mine.csv').first()).toBeVisible();
  await other.drop('mine.csv', linearCsv(601));
  await expect(other.code('LINK_DATASET_MISMATCH')).toBeVisible();
  await other.drop('renamed.csv', linearCsv(600));
  await other.hasDataset('renamed.csv');
  await other.isReady();
});

test('what a link says wrongly is refused by name, and the rest is kept; one shows a table of the paper beside shipped results', async ({
  lab,
  page,
}) => {
  await lab.open(
    '#data=diamonds&split=3&iterations=200&beta=-3&rate=many&tau=999999999&target=nothing&z=%%%',
  );
  await lab.hasDataset('Diamonds');
  // One at a time, in any order.
  const left = new Map([
    ['beta', 'LINK_OUT_OF_RANGE'],
    ['many', 'LINK_MALFORMED'],
    ['tau', 'LINK_OUT_OF_RANGE'],
    ['nothing', 'TARGET_UNKNOWN'],
    ['z', 'LINK_MALFORMED'],
  ]);
  for (let k = left.size; k > 0; k--) {
    if (k > 1) await expect(lab.openingMessages).toContainText(` of ${k}`);
    const text = await lab.openingMessages.innerText();
    const name = [...left.keys()].find((one) => text.includes(`“${one}”`));
    expect(text, text).toContain(left.get(name ?? ''));
    left.delete(name ?? '');
    await lab.openingMessages.getByRole('button', { name: 'Dismiss' }).click();
  }
  await expect(lab.openingMessages).toBeEmpty();
  await lab.isReady();
  await expect.poll(() => page.url()).toContain('split=3');

  // A link shows a table of the paper beside shipped results, whatever is open, and it is saved for LaTeX.
  const seconds = { fetch: 1, wait: 0, train: 100, evaluate: 1, select: 0, warmup: 1 };
  const shipped = {
    ...{ dataset: 'mnist', model: 'lenet5', width: null, method: 'random', fraction: 0.05, seed: 1 },
    ...{ epochs: 100, backend: 'wasm', accuracy: 0.9876, seconds, residentBytes: 1, tensorBytes: 1 },
    ...{ distinctRecordsRead: 60_000, storageRatio: null, trainRecords: 60_000, subsetRecords: 3_000 },
    ...{ rawBytes: 1, selection: null, date: '2026-11-29', machine: 'two cores', curve: [] },
    command: 'npm run -s reproduce -- mnist',
  };
  await page.route('**/paper/results.json', (route) =>
    route.fulfill({ json: { version: 1, results: [shipped] } }),
  );
  await lab.open('#data=diamonds&station=paper&paper-table=4');
  const table = page.getByRole('region', { name: 'Table 4', exact: true }).last();
  await expect(table.getByRole('row', { name: /^Random 5/ })).toContainText('98.9 ± 0.30');
  await table.getByRole('button', { name: /^98\.76, Ours/ }).click();
  const details = page.getByRole('dialog', { name: /^Ours: Random, 5/ });
  await expect(details).toContainText('two cores');
  await expect(details).toContainText('npm run -s reproduce -- mnist');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save as: Table 4' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'LaTeX' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('paper-table-4-mnist.tex');
  const latex = await readFile(await file.path(), 'utf8');
  expect(latex).toContain('98.9 $\\pm$ 0.30 & 98.76 &');
  await expect.poll(() => page.url()).toContain('paper-table=4');
});

test.describe('with more of the sample', () => {
  test.use({ diamondStep: 9 });

  test('a link that asks for hours of training waits for one press; what runs is paused from any station', async ({
    lab,
    page,
  }) => {
    await lab.open('#data=diamonds&iterations=600000&rate=0.000001&station=data');
    const waiting = page.getByRole('region', { name: 'Waiting for you' });
    await expect(waiting).toContainText(/gradient descent on all records \(about .*(s|min|h)\)/, {
      timeout: 60_000,
    });
    await expect(lab.stop('Learn')).toContainText('waits');
    const pause = lab.rail.getByRole('button', { name: 'Pause Learn' });
    await expect(pause).toBeHidden();
    await lab.goTo('Bits');
    await waiting.getByRole('button', { name: /^Start (it|them): about / }).click();
    await expect(waiting).toBeHidden();
    await pause.click();
    await expect(pause).toBeHidden();
  });
});

test('an address that is no page of the lab is not found', async ({ page }) => {
  const statuses = await Promise.all(
    ['/', '/index.html', '/nowhere', '/samples/nothing.csv'].map(async (path) =>
      (await page.request.get(path, { headers: { accept: 'text/html' } })).status(),
    ),
  );
  expect(statuses).toEqual([200, 200, 404, 404]);
});
