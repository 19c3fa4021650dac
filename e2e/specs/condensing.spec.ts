import { expect, test } from '../pages/test.ts';

test('condensed samples are seen among the records, move with β, and stand along any two columns', async ({
  lab,
  page,
}) => {
  await lab.open('#data=diamonds&iterations=200&station=bits');
  await lab.isReady();
  await page.locator('.condensing-place').scrollIntoViewIfNeeded();
  const panel = page.getByRole('region', { name: /^Condensed samples among the records/ });
  const picture = panel.getByRole('img');
  const among = (samples: string) =>
    new RegExp(`^2,39\\d training records by \\w+ and price, and ${samples} condensed samples among them`);
  await expect(picture).toHaveAccessibleName(among('[\\d,]{3,5}'));
  await expect(panel).toContainText('full training');

  const slider = panel.getByRole('slider', { name: 'β' });
  await slider.focus();
  for (let k = 0; k < 12; k++) await page.keyboard.press('ArrowLeft');
  await expect(picture).toHaveAccessibleName(among('\\d{2,3}'));
  await expect(lab.stop('Bits')).toContainText('β = 12');

  await panel.getByRole('combobox', { name: 'Column across' }).selectOption('cut');
  await expect(picture).toHaveAccessibleName(/by cut and price, and \d{2,3} condensed samples/);
  await panel.getByText('Random sample of the same size').click();
  await expect(panel.getByRole('list', { name: 'Legend' })).toContainText(/\d{2,3} random records/);

  // Learn shows the same picture, as it was left.
  await lab.goTo('Learn');
  await page.locator('.condensing-place').scrollIntoViewIfNeeded();
  await expect(picture).toHaveAccessibleName(/by cut and price/);
  await expect(panel.getByRole('checkbox', { name: 'Random sample of the same size' })).toBeChecked();
});
