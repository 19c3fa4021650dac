import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

test('a column left out after a reload can be taken back', async ({ lab, page }) => {
  await lab.openWith('prices.csv', linearCsv(600));
  await lab.isReady();
  const storage = await lab.stop('Archive').innerText();
  const bits = await lab.stop('Bits').innerText();
  // From here on the archive is all that there is of the table.
  await page.goto('about:blank');
  await lab.open();
  await lab.hasDataset('prices.csv');
  await lab.isReady();
  await lab.goTo('Data');
  await page.getByText('Leave columns out of the archive').click();
  const height = page.getByRole('checkbox', { name: 'height' });
  await height.last().click({ force: true });
  await expect.poll(() => lab.stop('Archive').innerText()).not.toBe(storage);
  await height.last().click({ force: true });
  await expect.poll(() => lab.stop('Archive').innerText()).toBe(storage);
  await expect.poll(() => lab.stop('Bits').innerText()).toBe(bits);
});
