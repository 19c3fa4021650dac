import { readFile } from 'node:fs/promises';
import { seriousFindings } from '../pages/axe.ts';
import { linearCsv } from '../pages/tables.ts';
import { expect, test } from '../pages/test.ts';

test('the loss over two coefficients is drawn, played, chosen anew and saved; columns that follow from others are named', async ({
  lab,
  page,
}) => {
  await lab.openWith('prices.csv', linearCsv(400));
  await lab.predict('price');
  await lab.isReady();
  await lab.goTo('Learn');
  const panel = page.getByRole('region', { name: /The loss over two coefficients/ });
  await panel.scrollIntoViewIfNeeded();
  const picture = panel.getByRole('img', { name: /Contours of the training loss/ });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveAccessibleName(/coefficient of “width” to the right, coefficient of “height”/);
  const row = (name: string) => panel.getByRole('row', { name: new RegExp(`^${name}`) });
  // With no motion wanted all of it is there at once.
  await expect(row('All records')).toContainText(/converged|at its limit/);
  await expect(row('Mini-batches of 64')).toContainText('at its limit');

  const clock = panel.getByRole('slider', { name: 'Clock' });
  await clock.focus();
  await page.keyboard.press('Home');
  await expect(row('All records').getByRole('cell').nth(2)).toHaveText('0');
  await page.keyboard.press('End');
  await expect(row('All records')).toContainText(/converged|at its limit/);

  await panel.getByLabel('Axis across').selectOption('intercept');
  await expect(picture).toHaveAccessibleName(/the intercept to the right/);
  await panel.getByLabel('Axis across').selectOption('principal directions');
  await expect(picture).toHaveAccessibleName(/first principal direction of the path/);
  await expect(panel).toContainText(/% of its path lies in this plane/);

  await panel.getByRole('button', { name: /^Save as/ }).click();
  const [svg] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'SVG' }).click(),
  ]);
  const text = await readFile(await svg.path(), 'utf8');
  expect(text).toContain('condensed optimum');
  expect(text).not.toContain('var(');
  expect(await seriousFindings(page)).toEqual([]);

  // Text along an axis is told from what cannot be drawn, and columns that follow from others are named.
  const lines = Array.from({ length: 300 }, (_, k) => {
    const [a, kind] = [(k * 37) % 101, ['plain', 'fine', 'rare'][k % 3]];
    return [a, 2 * a, kind, `note ${k} of a kind of its own`, 3 * a + (k % 7)].join();
  });
  await lab.drop('same.csv', `width,double,kind,note,price\n${lines.join('\n')}\n`);
  await lab.hasDataset('same.csv');
  await lab.predict('price');
  await lab.isReady();
  await lab.goTo('Learn');
  await page.locator('.condensing-place').scrollIntoViewIfNeeded();
  const cloud = page.getByRole('region', { name: /^Condensed samples among the records/ });
  await cloud.getByRole('combobox', { name: 'Column across' }).selectOption('kind');
  await expect(cloud.getByRole('img')).toHaveAccessibleName(/by kind and price/);
  await cloud.getByRole('button', { name: 'Columns that cannot be drawn: 1' }).click();
  await expect(cloud.getByRole('listitem').filter({ hasText: 'note' })).toBeVisible();

  await panel.scrollIntoViewIfNeeded();
  await expect(panel).toContainText('Some columns follow from others');
});
