import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { LabPage } from '../pages/labPage.ts';
import { makePictures, pictureZip } from '../pages/pictures.ts';
import { someDiamonds } from '../pages/samples.ts';
import { expect, test } from '../pages/test.ts';

const DENSE = 'Dense (the lab’s own)';

/** Chooses the dense codec at the station that is open. */
async function chooseDense(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Codec$/ }).click();
  await page.getByRole('option', { name: DENSE }).click();
  await expect.poll(() => page.url()).toContain('codec=dense');
}

/** Size of the training part, in per cent of what it was. */
async function share(lab: LabPage): Promise<number> {
  return Number(/([\d.]+)\s?%/.exec(await lab.stop('Archive').innerText())?.[1]);
}

const storage = (page: Page) => page.getByRole('region', { name: /^Storage (near-)?lossless/ });
const parts = (page: Page) => page.getByRole('region', { name: /^Where the bytes go/ });

/** The archive that is open, as a file. */
async function savedArchive(page: Page): Promise<{ name: string; bytes: Buffer }> {
  const button = page.getByRole('button', { name: 'Save as…', exact: true });
  await expect(button).toBeEnabled();
  const waiting = page.waitForEvent('download');
  await button.click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a dense archive of a table is smaller, exact, kept over a reload, read record by record, saved, and opened again; one of pictures gives back any of them', async ({
  lab,
  page,
}) => {
  const table = await someDiamonds(36);
  await lab.openWith('mine.csv', table);
  await lab.predict('price');
  await lab.isReady();
  const before = await share(lab);
  await lab.goTo('Archive');
  await expect(storage(page)).toContainText('Bases');
  await chooseDense(page);
  await expect(storage(page)).not.toContainText('Bases');
  await lab.isReady();
  expect(await share(lab)).toBeLessThan(before);
  await expect(storage(page)).toContainText('lossless: every value was decoded and compared');
  for (const part of ['model', 'index', 'records'])
    await expect(parts(page).getByRole('rowheader', { name: part, exact: true })).toBeVisible();
  await expect(parts(page)).not.toContainText(/base|deviation/);
  const columns = page.getByRole('table', { name: 'Bits of every column, mean of the training records' });
  await expect(columns.getByRole('row').filter({ hasText: 'clarity' })).toBeVisible();
  await expect(page.getByRole('region', { name: /search/i })).toHaveCount(0);

  const dense = await share(lab);
  await page.reload();
  await lab.hasDataset('mine.csv');
  await lab.isReady();
  expect(await share(lab)).toBe(dense);
  const inspector = page.getByRole('region', { name: 'One record' });
  const number = inspector.getByRole('textbox', { name: 'Record' });
  await number.fill('7');
  await number.press('Enter');
  await expect(inspector).toContainText('touched in');
  const [carat] = table.split('\n')[8].split(',');
  await expect(inspector.getByRole('row').filter({ hasText: 'carat' })).toContainText(carat);

  const { name, bytes } = await savedArchive(page);
  expect(name).toBe('mine-dense.dmla');
  await page.getByRole('button', { name: /Delete everything/ }).click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.getByRole('button', { name: /Delete/ }).click();
  await lab.drop(name, bytes);
  await expect(lab.messages).toContainText('was verified and is kept');
  await lab.hasDataset('mine.csv');
  await lab.isReady();
  expect(await share(lab)).toBe(dense);
  await lab.goTo('Archive');
  await expect(storage(page)).not.toContainText('Bases');

  // Pictures become one that gives back any of them, alone or as a sample.
  const done = async (): Promise<void> => {
    await expect(lab.stop('Archive')).toContainText(/of raw pixels · lossless/, { timeout: 60_000 });
  };
  await lab.drop('shapes.zip', pictureZip(makePictures(24, { channels: 3 })));
  await lab.hasDataset('shapes.zip');
  await expect(lab.stop('Archive')).toContainText(/lossless/, { timeout: 40_000 });
  await lab.goTo('Archive');
  await chooseDense(page);
  // Colour too is exact: the codec takes pixels as they are.
  await done();
  await expect(storage(page)).not.toContainText('Bases');
  await expect(parts(page).getByRole('rowheader', { name: 'model', exact: true })).toBeVisible();

  const pictures = page.getByRole('region', { name: 'One picture' });
  const picture = pictures.getByRole('textbox', { name: 'Record' });
  await picture.fill('11');
  await picture.press('Enter');
  await expect(pictures).toContainText('every value came back exactly');
  await expect(pictures).not.toContainText(/base/i);
  await expect(pictures.getByRole('img', { name: /^Bits of every pixel, record 11/ })).toBeVisible();

  await lab.goTo('Learn');
  await page.getByRole('button', { name: 'What an epoch sees' }).click();
  const sample = page.getByRole('region', { name: 'A random sample, read from the archive' });
  await expect(sample).toContainText('seed 1');
  await page.getByRole('button', { name: 'Draw a fresh sample' }).click();
  await expect(sample).toContainText('seed 2');
});
