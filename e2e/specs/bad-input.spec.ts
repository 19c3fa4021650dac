import { test as plain } from '@playwright/test';
import { expect, test } from '../pages/test.ts';

const FILES: [name: string, text: string | Uint8Array, code: string][] = [
  ['empty.csv', '', 'CSV_EMPTY'],
  ['header-only.csv', 'a,b,c\n', 'CSV_EMPTY'],
  ['picture.csv', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]), 'CSV_BINARY'],
  ['one-row.csv', 'a,b\n1,2\n', 'CSV_ONE_ROW'],
  ['one-column.csv', 'a\n1\n2\n3\n', 'CSV_ONE_COLUMN'],
  ['words.csv', 'a,b\nx,y\nz,w\n', 'CSV_NO_NUMERIC_COLUMN'],
  ['ragged.csv', 'a,b\n1,2\n3\n', 'CSV_RAGGED'],
  ['twice.csv', 'a,a\n1,2\n3,4\n', 'CSV_DUPLICATE_HEADER'],
  ['latin1.csv', new Uint8Array([97, 44, 98, 10, 49, 44, 0xe9, 10, 50, 44, 0xe8, 10]), 'CSV_NOT_UTF8'],
];

test('each bad file gets a coded message, and what was open stays open', async ({ lab }) => {
  await lab.open('#data=diamonds');
  await lab.isReady();
  for (const [name, text, code] of FILES) {
    await lab.drop(name, text);
    await expect(lab.code(code), name).toBeVisible();
    await lab.hasDataset('Diamonds');
    await lab.messages.getByRole('button', { name: 'Dismiss' }).first().click();
  }
  await lab.goTo('Bits');
  await lab.isReady();
});

test('a constant target cannot be chosen, and a table of constants still compresses', async ({ lab }) => {
  await lab.open('#data=diamonds');
  await lab.hasDataset('Diamonds');
  await lab.drop('flat.csv', `a,b\n${'1,2\n'.repeat(50)}`);
  await lab.hasDataset('flat.csv');
  await expect(lab.stop('Archive')).toContainText('of float64');
  await lab.goTo('Data');
  await expect(lab.page.getByText(/one value throughout/).first()).toBeVisible();
});

plain('without a secure context the page says what is missing', async ({ page, baseURL }) => {
  // A name that is not localhost over plain http is no secure context; the answers come from the same build.
  await page.route('http://lab.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await page.request.fetch(new URL(pathname, baseURL).href);
    await route.fulfill({ response });
  });
  await page.goto('http://lab.test/');
  await expect(page.getByText('CONTEXT_INSECURE')).toBeVisible();
  await expect(page.getByText(/https/).first()).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
