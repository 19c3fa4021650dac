import { expect, test } from '../pages/test.ts';
import { LabPage } from '../pages/labPage.ts';
import { linearCsv } from '../pages/tables.ts';

/** A training that takes no time. */
const SHORT = '#data=diamonds&iterations=200';

test('after a reload the archive alone carries everything on, also a column that is left out and taken back; deleted, it can be brought back', async ({
  lab,
  page,
}) => {
  await lab.openWith('prices.csv', linearCsv(1200));
  await lab.predict('price');
  await lab.isReady();
  const storage = await lab.stop('Archive').innerText();
  const bits = await lab.stop('Bits').innerText();
  const learned = await lab.stop('Learn').locator('b').innerText();
  await lab.goTo('Archive');
  await expect(page.getByRole('table').filter({ hasText: 'prices.csv' }).first()).toBeVisible();
  await page.goto('about:blank');
  await lab.open();
  await lab.hasDataset('prices.csv');
  await lab.isReady();
  await expect(lab.stop('Learn').locator('b')).toHaveText(learned);
  await lab.goTo('Archive');
  const record = page.getByRole('textbox', { name: 'Record' });
  await record.fill('7');
  await record.press('Enter');
  await expect(page.getByText(/which (\d+ \w+ records share|no other record has)/)).toBeVisible();

  await lab.goTo('Data');
  const height = page.getByRole('combobox', { name: 'Role of height' });
  await height.selectOption('left-out');
  await expect.poll(() => lab.stop('Archive').innerText()).not.toBe(storage);
  await height.selectOption('feature');
  await expect.poll(() => lab.stop('Archive').innerText()).toBe(storage);
  await expect.poll(() => lab.stop('Bits').innerText()).toBe(bits);

  // Deleted, brought back, and everything deleted. Without the column there was an archive too, if there was time for it.
  await lab.isReady();
  await lab.goTo('Archive');
  const rows = page.getByRole('row').filter({ hasText: 'prices.csv' });
  await expect(rows.first()).toBeVisible();
  const kept = await rows.count();
  await rows
    .first()
    .getByRole('button', { name: /Delete/ })
    .click();
  await expect(rows).toHaveCount(kept - 1);
  await lab.messages.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(kept);
  await page.getByRole('button', { name: /Delete everything/ }).click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.getByRole('button', { name: /Delete/ }).click();
  await expect(rows).toHaveCount(0);
});

test('a full disk is said, and what was there stays', async ({ lab, page, context, baseURL }) => {
  const { origin } = new URL(baseURL!);
  const cdp = await context.newCDPSession(page);
  // Room for the first archive and not for a second one. Set before the first write: the browser remembers for a
  // while how much room it had.
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 });
  await lab.open(SHORT);
  await lab.isReady();
  await lab.drop('large.csv', linearCsv(35_000));
  await lab.hasDataset('large.csv');
  await lab.predict('price');
  await expect(lab.code('STORAGE_FULL')).toBeVisible();
  // The experiment itself goes on without the store.
  await expect(lab.stop('Learn')).toContainText('×', { timeout: 60_000 });
  await page.goto('about:blank');
  await lab.open();
  await lab.hasDataset('Diamonds');
  await lab.isReady();
});

test('without IndexedDB the lab works and says that it keeps nothing', async ({ lab, page }) => {
  await page.route(/codec\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const body = `Object.defineProperty(self, 'indexedDB', { value: undefined });\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await lab.open(SHORT);
  await lab.isReady();
  await lab.goTo('Archive');
  await expect(lab.code('STORAGE_UNAVAILABLE')).toBeVisible();
  // A worker that begins at the end is nobody's any more.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('two tabs share one store, neither loses its archive, and each lists those of the other', async ({
  lab,
  context,
}) => {
  const other = new LabPage(await context.newPage());
  await Promise.all([lab.openIdle(), other.openIdle()]);
  await Promise.all([lab.drop('one.csv', linearCsv(400)), other.drop('two.csv', linearCsv(500))]);
  await Promise.all([lab.hasDataset('one.csv'), other.hasDataset('two.csv')]);
  await Promise.all([lab.predict('price'), other.predict('price')]);
  await Promise.all([lab.isReady(), other.isReady()]);
  // Nothing more is opened in this tab.
  await lab.goTo('Archive');
  await other.drop('three.csv', linearCsv(300));
  await expect(lab.page.getByRole('table').filter({ hasText: 'three.csv' }).first()).toBeVisible();
  await other.page.goto('about:blank');
  await other.open('#station=archive');
  await other.goTo('Archive');
  for (const name of ['Diamonds', 'one.csv', 'two.csv']) {
    await expect(other.page.getByRole('table').filter({ hasText: name }).first()).toBeVisible();
  }
});
