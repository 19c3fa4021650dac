import { gzipSync } from 'node:zlib';
import { test as plain } from '@playwright/test';
import { StepperPage } from '../pages/stepper.ts';
import { expect, test } from '../pages/test.ts';

// No two neighbours have the same code: it stands at Data until the next file is opened.
const FILES: [name: string, text: string | Uint8Array, code: string][] = [
  ['empty.csv', '', 'CSV_EMPTY'],
  ['picture.csv', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]), 'CSV_BINARY'],
  ['header-only.csv', 'a,b,c\n', 'CSV_EMPTY'],
  ['one-row.csv', 'a,b\n1,2\n', 'CSV_ONE_ROW'],
  ['ragged.csv', 'a,b\n1,2\n3\n', 'CSV_RAGGED'],
  ['spaces.csv', 'a b\n1 2\n3 4\n', 'CSV_ONE_COLUMN'],
  ['open.csv', 'a,b\n1,2\n3,"4\n', 'CSV_QUOTES'],
  ['cut.csv.gz', gzipSync('a,b\n1,2\n3,4\n').subarray(0, 24), 'GZIP_DAMAGED'],
  // Long cells: so much text in short ones would take half a minute to read as far as the limit.
  ['bomb.csv.gz', gzipSync(`a,b\n${`${'x'.repeat(999)},1\n`.repeat(80_000)}`), 'GZIP_TOO_LARGE'],
  ['book.xlsx', new Uint8Array([80, 75, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 33, 0]), 'CSV_BINARY'],
  ['points.svm', '+1 1:1 2:2\n-1 2:x\n', 'LIBSVM_MALFORMED'],
  ['cut.parquet', new TextEncoder().encode('PAR1 and nothing more PAR1'), 'PARQUET_DAMAGED'],
  ['cut.dmla', new TextEncoder().encode('DMLA and nothing more'), 'ARCHIVE_CORRUPT'],
];

test('each bad file gets a coded message, and what was open stays open; a table of constants compresses', async ({
  lab,
}) => {
  await lab.open('#data=diamonds&iterations=200');
  await lab.isReady();
  for (const [name, text, code] of FILES) {
    await lab.drop(name, text);
    await expect(lab.code(code), name).toBeVisible();
    await lab.hasDataset('Diamonds');
  }
  // The last one was no dataset but an archive; what is said next is shown before it.
  await lab.page.getByRole('button', { name: 'Use Quick look' }).click();
  const message = lab.messages.locator('.message');
  await expect(message).toHaveCount(1);
  await expect(message).toContainText('2 of 2');
  await message.getByRole('button', { name: 'Next message' }).click();
  await expect(message).toContainText('ARCHIVE_CORRUPT');
  await message.getByRole('button', { name: 'Dismiss' }).click();
  await expect(message).not.toContainText('ARCHIVE_CORRUPT');
  await lab.goTo('Bits');
  await lab.isReady();

  // A table of constants is no bad file: it compresses, and has nothing to be predicted.
  await lab.drop('flat.csv', `a,b\n${'1,2\n'.repeat(50)}`);
  await lab.hasDataset('flat.csv');
  await expect(lab.stop('Archive')).toContainText('of float64');
  await lab.goTo('Data');
  await expect(lab.page.getByText(/one value throughout/).first()).toBeVisible();
});

test('ten thousand columns are taken apart and drawn as far as they can be, and it is said how far', async ({
  lab,
  page,
}) => {
  const columns = Array.from({ length: 9_999 }, (_, k) => `c${k}`);
  const lines = Array.from({ length: 12 }, (_, row) =>
    [...columns.map((_, k) => (row * (k + 7)) % (2 + (k % 5))), ((row * 7) % 12) + 0.5].join(),
  );
  await lab.openIdle();
  await lab.drop('wide.csv', `${[...columns, 'target'].join()}\n${lines.join('\n')}\n`);
  // On a busy machine so many columns take longer than others to be looked at.
  await expect(page.getByRole('button', { name: 'Dataset: wide.csv' })).toBeVisible({ timeout: 60_000 });
  await page
    .getByRole('region', { name: 'What should be predicted?' })
    .getByRole('searchbox', { name: 'Find a column' })
    .fill('target');
  await lab.predict('target');
  await page.getByRole('link', { name: 'How it works' }).click();
  const stepper = new StepperPage(page);
  await stepper.steps();
  await page.getByRole('radio', { name: 'wide.csv', exact: true }).press('Space');
  await expect(stepper.stage).toContainText('c0');
  await expect(
    page.getByText(/^The first \d+ of 10,000 columns are drawn; all are counted\.$/),
  ).toBeVisible();
  await lab.goTo('Bits');
  await page.locator('.condensing-place').scrollIntoViewIfNeeded();
  const panel = page.getByRole('region', { name: /^Condensed samples among the records/ });
  await expect(panel.getByRole('img')).toHaveAccessibleName(/^\d+ training records by c\d+ and target/);
  await expect(panel).toContainText(/The lists have the \d+ columns that go with the target most closely/);
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
