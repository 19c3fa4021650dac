import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { seriousFindings } from '../pages/axe.ts';
import { expect, test } from '../pages/test.ts';
import type { LabPage } from '../pages/labPage.ts';
import { linearCsv } from '../pages/tables.ts';

/** Opens a small table, and its Sweep station with this plan. */
async function openSweep(lab: LabPage, plan: string, rows = 400): Promise<void> {
  await lab.openWith('prices.csv', linearCsv(rows), `&${plan}`);
  await lab.predict('price');
  await lab.isReady();
  await lab.goTo('Sweep');
}

/** What a click saves: its name and its bytes. */
async function saved(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function saveAs(page: Page, panel: Locator, format: 'SVG' | 'PNG') {
  await panel.getByRole('button', { name: /^Save as/ }).click();
  return saved(page, () => page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click());
}

test('a sweep over codecs and β pauses, goes on after a reload, is saved in four formats, and fits a phone; axe finds nothing serious', async ({
  lab,
  page,
}) => {
  await openSweep(lab, 'sweep=codec:entrogede,greedygd;beta:2,4,6&splits=1,2', 4_000);
  await expect(page.getByText(/β then counts the bits of its bases/)).toBeVisible();
  await page.getByRole('button', { name: 'Run 14 trainings' }).click();
  // Paused in the act: some trainings are done, others are not.
  const stop = lab.stop('Sweep');
  await page.waitForFunction(() =>
    /(?<!\d)[1-9]\d? of 14/.test(document.querySelector('nav')?.textContent ?? ''),
  );
  await page.getByRole('main').getByRole('button', { name: 'Pause' }).click();
  const resume = page.getByRole('button', { name: /^Resume: \d+ trainings? left/ });
  await expect(resume).toBeVisible();
  await expect(stop).toContainText('paused');
  const left = (await resume.innerText()).trim();
  await page.reload();
  await lab.hasDataset('prices.csv');
  await lab.goTo('Sweep');
  await expect(resume).toHaveText(left);
  await resume.click();
  await expect(stop).toContainText('2 codecs × 3 β', { timeout: 60_000 });

  await page.getByRole('radio', { name: 'Table' }).click();
  const table = page.getByRole('region', { name: 'The sweep in numbers' });
  await expect(table.getByRole('row')).toHaveCount(1 + 6);
  await expect(table).toContainText('GreedyGD');

  const csv = await saved(page, () => page.getByRole('button', { name: 'CSV', exact: true }).click());
  expect(csv.name).toBe('prices-sweep.csv');
  const lines = csv.bytes.toString('utf8').trim().split('\r\n');
  expect(lines).toHaveLength(1 + 14);
  expect(lines.filter((line) => line.includes(',greedygd,'))).toHaveLength(6);

  const json = await saved(page, () => page.getByRole('button', { name: 'JSON', exact: true }).click());
  const record = JSON.parse(json.bytes.toString('utf8'));
  expect(record.full).toHaveLength(2);
  expect(record.runs).toHaveLength(12);
  expect(record.summary.points).toHaveLength(6);
  expect(record.plan.axes).toMatchObject([{ name: 'codec' }, { name: 'beta' }]);

  await page.getByRole('radio', { name: 'Charts' }).click();
  const panel = page.getByRole('region', { name: /^Error/ });
  const svg = await saveAs(page, panel, 'SVG');
  expect(svg.name).toBe('prices-error.svg');
  const text = svg.bytes.toString('utf8');
  const words = await page.evaluate((content) => {
    const picture = new DOMParser().parseFromString(content, 'image/svg+xml');
    if (picture.querySelector('parsererror') !== null) return null;
    return [...picture.querySelectorAll('text')].map((element) => element.textContent);
  }, text);
  for (const word of [
    'Error: prices.csv',
    'EntroGeDe',
    'GreedyGD',
    'β 2',
    'β 6',
    'codec',
    'Full: all training records = 1',
  ]) {
    expect(words).toContain(word);
  }
  expect(text).not.toMatch(/var\(|class=|style|href|url\(|<script|foreignObject/);
  // It is the line that is shown.
  const line = await panel.locator('.recharts-line-curve').first().getAttribute('d');
  expect(text).toContain(`d="${line}"`);

  const png = await saveAs(page, panel, 'PNG');
  expect(png.name).toBe('prices-error.png');
  expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const [width, height] = (/<svg[^>]* width="(\d+)" height="(\d+)"/.exec(text) ?? []).slice(1).map(Number);
  const shown = await panel.locator('.line-figure').boundingBox();
  expect(width).toBeGreaterThanOrEqual(Math.floor(shown!.width));
  expect(png.bytes.readUInt32BE(16)).toBe(2 * width);
  expect(png.bytes.readUInt32BE(20)).toBe(2 * height);

  for (const [width, colorScheme] of [
    [390, 'light'],
    [1024, 'dark'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await lab.fits([width], 'Sweep');
    expect(await seriousFindings(page), colorScheme).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 720 });

  // The results stay with the dataset, and say when they are of other settings.
  await page.reload();
  await lab.hasDataset('prices.csv');
  await expect(stop).toContainText('2 codecs × 3 β');
  await lab.goTo('Bits');
  await page.getByText('Target in the clusters', { exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Target in the clusters' })).toBeChecked();
  await lab.goTo('Sweep');
  await expect(
    page.getByText(/Out of date: this sweep ran with target in the clusters off, now on/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Clear the results' }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByText('No runs yet.')).toBeVisible();
});

test('classes are measured as classes, with full training for every learning rate', async ({ lab, page }) => {
  const rows = linearCsv(400).trim().split('\n');
  const classes = rows.map((row, k) =>
    k === 0 ? `${row},dear` : `${row},${Number(row.split(',').at(-1)) > 300 ? 'yes' : 'no'}`,
  );
  await lab.openWith(
    'classes.csv',
    `${classes
      .map((row) =>
        row
          .split(',')
          .filter((_, k) => k !== 4)
          .join(','),
      )
      .join('\n')}\n`,
    '&sweep=rate:0.001,0.01,0.1&splits=1,2',
  );
  await lab.predict('dear');
  await lab.goTo('Sweep');
  await page.getByRole('button', { name: 'Run 12 trainings' }).click();
  await expect(lab.stop('Sweep')).toContainText('3 rates', { timeout: 60_000 });
  await expect(page.getByText('Ratios are of the log loss.')).toBeVisible();
  await page.getByRole('radio', { name: 'Accuracy', exact: true }).click();
  const panel = page.getByRole('region', { name: /^Accuracy/ });
  await expect(panel.getByText(/Always the larger class/)).toBeVisible();
  await page.getByRole('radio', { name: 'Log loss' }).click();
  await expect(
    page.getByRole('region', { name: /^Log loss/ }).getByText('Full: all training records'),
  ).toBeVisible();
});
