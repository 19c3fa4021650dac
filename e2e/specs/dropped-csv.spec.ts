import { readFile } from 'node:fs/promises';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

test.use({ answersByItself: true });

test('a dropped CSV goes all the way to a finished sweep and its exports; a zip of two asks which to open; what a file is called and holds is text', async ({
  lab,
  page,
}) => {
  await lab.openWith('prices.csv', linearCsv(1500));
  await lab.predict('price');
  await lab.isReady();
  await expect(lab.stop('Data')).toContainText('1,500 × 5');
  await lab.goTo('Sweep');
  const betas = page.getByRole('textbox', { name: /Values of β/ });
  await betas.fill('4, 8');
  await betas.press('Enter');
  await page.getByRole('button', { name: /^Run \d+ trainings/ }).click();
  await expect(lab.stop('Sweep')).toContainText(/within 5|done|× /i, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: /^Run \d+ trainings/ })).toBeVisible({ timeout: 60_000 });
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/\.csv$/);
  const text = await readFile(await csv.path(), 'utf8');
  expect(text.split('\n').length).toBeGreaterThan(6);
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON', exact: true }).click(),
  ]);
  const parsed: unknown = JSON.parse(await readFile(await json.path(), 'utf8'));
  expect(parsed).toBeTruthy();
  const card = page.getByRole('region', { name: /Can I shrink this and still learn/ });
  // On a busy machine it waits for a press.
  const answer = card.getByText(/^(Yes|No)$/).or(card.getByRole('button', { name: /^Find out/ }));
  await expect(answer.first()).toBeVisible({ timeout: 60_000 });

  // A zip of two tables asks which to open.
  const lines = linearCsv(400).trimEnd().split('\n');
  const part = (from: number, to: number): Uint8Array =>
    strToU8([lines[0], ...lines.slice(from, to)].join('\n'));
  await lab.drop('prices.zip', zipSync({ 'test.csv': part(301, 401), 'train.csv': part(1, 301) }));
  await page
    .getByRole('button', { name: 'Train on prices.zip/train.csv, test on prices.zip/test.csv' })
    .click();
  await lab.hasDataset('prices.zip/train.csv');
  await expect(lab.stop('Data')).toContainText('400 × 5');
  await expect(page.getByText('300 training, 100 test')).toBeVisible();
  await expect(page.getByText('The 100 records of test.csv are the test records.')).toBeVisible();
  await page.getByRole('button', { name: 'Draw a split instead' }).click();
  await expect(page.getByText('300 training, 100 test')).toBeHidden();

  // Any separator reads the same.
  for (const [name, delimiter] of [
    ['semicolons.csv', ';'],
    ['tabs.csv', '\t'],
  ] as const) {
    await lab.drop(name, linearCsv(300, delimiter));
    await lab.hasDataset(name);
    await expect(lab.stop('Data')).toContainText('300 × 5');
  }
  // What a file is called and holds is text, never markup.
  const evil = '<img src=x onerror=alert(1)>';
  await lab.drop(
    `${evil}.csv`,
    `${evil},__proto__,y\n${evil},1,2\n<b>b</b>,3,4\n${evil},5,7\n<b>b</b>,2,3\n`,
  );
  await lab.hasDataset(`${evil}.csv`);
  await lab.goTo('Data');
  await expect(page.getByText(evil).first()).toBeVisible();
  expect(await page.locator('img').count()).toBe(0);
  await expect(
    page
      .getByRole('cell', { name: '__proto__' })
      .or(page.getByRole('rowheader', { name: '__proto__' }))
      .first(),
  ).toBeVisible();
});
