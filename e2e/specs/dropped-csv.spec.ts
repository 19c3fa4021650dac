import { readFile } from 'node:fs/promises';
import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

test('a dropped CSV goes all the way to a finished sweep and its exports', async ({ lab, page }) => {
  await lab.openWith('prices.csv', linearCsv(1500));
  await lab.isReady();
  await expect(lab.stop('Data')).toContainText('1,500 × 5');
  await lab.goTo('Sweep');
  const betas = page.getByRole('textbox', { name: /Values of β/ });
  await betas.fill('4, 8');
  await betas.press('Enter');
  await page.getByRole('button', { name: /^Run \d+ trainings/ }).click();
  await expect(lab.stop('Sweep')).toContainText(/2 β|6 runs|9 runs|done|× /i, { timeout: 60_000 });
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
});

test('any separator reads the same, and what a file is called and holds is text, never markup', async ({
  lab,
  page,
}) => {
  await lab.openIdle();
  for (const [name, delimiter] of [
    ['semicolons.csv', ';'],
    ['tabs.csv', '\t'],
  ] as const) {
    await lab.drop(name, linearCsv(300, delimiter));
    await lab.hasDataset(name);
    await expect(lab.stop('Data')).toContainText('300 × 5');
  }
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
