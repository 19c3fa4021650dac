import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Download, Locator, Page } from '@playwright/test';
import { expect, test } from '../pages/test.ts';
import { installTool } from '../pages/tool.ts';
import type { LabPage } from '../pages/labPage.ts';
import { linearCsv } from '../pages/tables.ts';

const ROWS = 600;

/** The lab with mine.csv open on the Archive station. */
async function withTable(lab: LabPage): Promise<void> {
  await lab.openWith('mine.csv', linearCsv(ROWS));
  await lab.predict('price');
  await lab.isReady();
  await lab.goTo('Archive');
}

/** The row of an archive in the list. */
function entry(page: Page, name: string): Locator {
  return page
    .getByRole('region', { name: 'Archives in this browser' })
    .getByRole('row')
    .filter({ hasText: name })
    .first();
}

/** What a press of `start` saves, chosen in the menu that it opens where there is one. */
async function saved(page: Page, start: Locator, format?: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await start.click();
  if (format !== undefined) await page.getByRole('menuitem', { name: format }).click();
  const download: Download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const saveAs = (page: Page): Locator => page.getByRole('button', { name: 'Save as…', exact: true });

/** Dataset and numbers that an archive has to bring along. */
async function numbers(lab: LabPage): Promise<string[]> {
  await lab.isReady();
  const read = async (station: 'Bits' | 'Archive' | 'Learn') =>
    (await lab.stop(station).innerText()).replace(/\s+/g, ' ');
  return [await read('Bits'), await read('Archive'), await lab.stop('Learn').locator('b').innerText()];
}

const datasetOf = (page: Page): string =>
  new URLSearchParams(new URL(page.url()).hash.slice(1)).get('data') ?? '';

test('an archive saved here is opened in another browser with the same numbers and the same link, unless it was damaged; it is verified, saved in other forms, set beside its peers, deleted, and made again', async ({
  lab,
  page,
  elsewhere,
}) => {
  test.slow();
  await withTable(lab);
  await lab.goTo('Bits');
  await page.getByRole('textbox', { name: 'β as a number' }).fill('5');
  await page.getByRole('textbox', { name: 'β as a number' }).press('Enter');
  await expect.poll(() => page.url()).toContain('beta=5');
  await lab.goTo('Archive');
  await expect(saveAs(page)).toBeEnabled();
  const { name, bytes } = await saved(page, saveAs(page), 'Archive');
  expect(name).toBe('mine-entrogede.dmla');
  expect(bytes.subarray(0, 4).toString()).toBe('DMLA');
  const expected = await numbers(lab);

  // The command line tool makes the same archive of the same file, byte for byte, and knows what to do with it.
  const tool = await installTool();
  try {
    await writeFile(join(tool.folder, 'mine.csv'), linearCsv(ROWS));
    await tool.dmla('compress', 'mine.csv', '-o', 'mine.dmla', '--target', 'price', '--beta', '5');
    expect((await readFile(join(tool.folder, 'mine.dmla'))).equals(bytes)).toBe(true);
    expect(await tool.dmla('inspect', 'mine.dmla')).toMatchObject({ rows: ROWS });
    expect(await tool.dmla('verify', 'mine.dmla')).toMatchObject({ records: ROWS });
    for (const [command, file] of [
      ['unpack', 'mine.parquet'],
      ['sample', 'mine.npz'],
      ['condense', 'samples.csv'],
    ])
      await tool.dmla(command, 'mine.dmla', '-o', file);
    expect((await readdir(tool.folder)).sort()).toEqual([
      ...['mine.csv', 'mine.dmla', 'mine.npz', 'mine.parquet', 'samples.csv'],
    ]);
  } finally {
    await tool.remove();
  }
  await expect.poll(() => page.url()).toContain('station=archive');

  // Damaged, shortened and foreign files are refused by a code, and the page goes on.
  const list = page.getByRole('region', { name: 'Archives in this browser' });
  const listed = await list.getByRole('row').count();
  const flipped = Buffer.from(bytes);
  flipped[Math.floor(bytes.length / 2)] ^= 1;
  const newer = Buffer.from(bytes);
  newer[4] = 9;
  const boasting = Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(64, 0xff)]);
  for (const [what, file] of [
    ['a flipped bit', flipped],
    ['cut off', bytes.subarray(0, bytes.length - 100)],
    ['only its start', bytes.subarray(0, 6)],
    ['another version in its header', newer],
    ['absurd sizes', boasting],
  ] as const) {
    await lab.drop('mine-entrogede.dmla', file);
    await expect(lab.code('ARCHIVE_CORRUPT'), what).toBeVisible();
    await lab.messages.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(lab.code('ARCHIVE_CORRUPT'), what).toBeHidden();
  }
  await lab.hasDataset('mine.csv');
  await expect(list.getByRole('row')).toHaveCount(listed);

  const other = await elsewhere();
  await other.openIdle('&station=archive');
  // Known by its content, whatever it is called.
  await other.drop('from-a-friend.bin', bytes);
  await expect(other.messages).toContainText('was verified and is kept');
  await other.hasDataset('mine.csv');
  await expect.poll(() => numbers(other)).toEqual(expected);
  await expect.poll(() => other.page.url()).toBe(page.url());
  const box = entry(other.page, 'mine.csv').getByRole('checkbox', { name: 'Keep mine.csv' });
  await expect(box).toBeChecked();

  // By the button, a second time: nothing is written again.
  await other.page.getByLabel('Import an archive…').last().setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: bytes,
  });
  await expect(other.messages).toContainText('was in this browser already');
  await expect(entry(other.page, 'mine.csv')).toHaveCount(1);

  // Where it is listed it is verified, saved in other forms, set beside its peers, deleted, and made again.
  await expect.poll(() => datasetOf(page)).toMatch(/^sha256-/);
  const dataset = datasetOf(page);
  const row = entry(page, 'mine.csv');
  await row.getByRole('button', { name: 'Verify the archive of mine.csv' }).click();
  await expect(row.getByText(/^verified: \d+ blocks, [\d.]+.kB, 600 records in /)).toBeVisible();

  const samples = await saved(page, page.getByRole('button', { name: 'Samples as CSV' }));
  const [header, ...lines] = samples.bytes.toString().trim().split('\n');
  expect(samples.name).toBe(`mine-condensed-${lines.length}.csv`);
  expect(header.split(',').slice(-2)).toEqual(['price', 'weight']);
  const weights = lines.map((line) => Number(line.split(',').at(-1)));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(ROWS * 0.8);

  // The menu, by keys.
  await expect(saveAs(page)).toBeEnabled();
  const waiting = page.waitForEvent('download');
  await saveAs(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Archive' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const download = await waiting;
  expect(download.suggestedFilename()).toBe('mine.parquet');
  const parquet = await readFile(await download.path());
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  await expect(saveAs(page)).toBeFocused();

  const csv = await saved(page, row.getByRole('button', { name: /^Save the archive/ }), 'Table as CSV');
  expect(csv.name).toBe('mine.csv');
  expect(csv.bytes.toString().trim().split('\n')).toHaveLength(ROWS + 1);

  // The peers are measured when asked for, row by row, and forgotten with the split.
  const panel = page.getByRole('region', { name: 'Beside general compressors' });
  await panel.getByRole('button', { name: 'Measure them' }).click();
  await expect(panel.getByRole('row').nth(1)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Measure again' })).toBeVisible({ timeout: 60_000 });
  for (const peer of ['EntroGeDe', 'gzip', 'zstd', 'brotli', 'Parquet'])
    await expect(panel.getByRole('row').filter({ hasText: peer }).first()).toBeVisible();
  await lab.goTo('Data');
  const split = page.getByRole('textbox', { name: /^Split/ });
  await split.fill('2');
  await split.press('Enter');
  await lab.goTo('Archive');
  await expect(panel.getByRole('button', { name: 'Measure them' })).toBeVisible();
  await lab.isReady();

  await row.getByRole('button', { name: 'Delete the archive of mine.csv' }).click();
  await expect(row).toBeHidden();
  await lab.messages.getByRole('button', { name: 'Dismiss' }).first().click();
  await page.goto('about:blank');
  await lab.openIdle('&station=archive');
  await expect(entry(page, 'Diamonds')).toBeVisible();
  await expect(entry(page, 'mine.csv')).toBeHidden();

  await lab.drop('again.csv', csv.bytes);
  await lab.hasDataset('again.csv');
  await expect.poll(() => page.url()).toContain('again.csv');
  expect(datasetOf(page)).toBe(dataset);
});
