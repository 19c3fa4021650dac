import { seriousFindings } from '../pages/axe.ts';
import { expect, test } from '../pages/test.ts';

test.use({ hasTouch: true });

test('a dotted word says what it means on hover, on focus and on a tap; condensed samples are seen among the records, move with β, and stand along any two columns', async ({
  lab,
  page,
}) => {
  await lab.open('#data=diamonds&iterations=200&station=bits');
  await lab.isReady();
  // A dotted word, which leaves by Escape.
  const word = page.getByRole('button', { name: 'bases', exact: true });
  const words = page.getByRole('tooltip');
  // A pointer has been elsewhere before.
  await page.mouse.move(5, 5);
  await word.hover();
  await expect(words).toContainText('stored once');
  expect(await seriousFindings(page)).toEqual([]);
  await page.mouse.move(0, 0);
  await expect(words).toBeHidden();

  await page.getByRole('button', { name: 'condensed samples', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(word).toBeFocused();
  await expect(words).toContainText('stored once');
  await page.keyboard.press('Escape');
  await expect(words).toBeHidden();
  await expect(word).toBeFocused();

  await word.tap();
  await expect(words).toContainText('stored once');
  await word.tap();
  await expect(words).toBeHidden();

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
