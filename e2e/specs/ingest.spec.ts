import { gzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { rowsOf, workbook } from '../../src/readers/testing/workbookFiles.ts';
import { allFindings, colourFindings } from '../pages/axe.ts';
import type { LabPage } from '../pages/labPage.ts';
import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

/** Rows of text by a function of their number, under a header. */
function lines(header: string, rows: number, row: (index: number) => string): string {
  return `${[header, ...Array.from({ length: rows }, (_, index) => row(index))].join('\n')}\n`;
}

/** Drops a file on the lab and goes to its Data station. */
async function openFile(lab: LabPage, name: string, content: string | Uint8Array): Promise<void> {
  await lab.openWith(name, content, '&station=data');
  await lab.goTo('Data');
}

/** Drops another file on the lab. */
async function drop(lab: LabPage, name: string, content: string | Uint8Array): Promise<void> {
  await lab.drop(name, content);
  await lab.hasDataset(name);
}

const reading = (page: Page): Locator => page.getByRole('region', { name: /^How it was read/ });
const columnsTable = (page: Page): Locator => page.getByRole('region', { name: /^Columns of/ });
const firstRecords = (page: Page): Locator => page.getByRole('region', { name: /^First records of/ });
const columnRow = (page: Page, name: string): Locator =>
  columnsTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${field}$`) }).click();
  await page.getByRole('option', { name: option }).click();
}

test('files of other forms are read as they are meant, and what cannot be read leaves them open; names may be any, and thousands', async ({
  lab,
  page,
}) => {
  // Decimal commas between semicolons.
  await openFile(
    lab,
    'kommata.csv',
    lines('breite;höhe;preis', 40, (i) => `${i},5;${i % 7},25;${2 * i},75`),
  );
  await expect(lab.stop('Data')).toContainText('40 × 3');
  await expect(reading(page)).toContainText('semicolon');
  await expect(reading(page)).toContainText('comma');
  await expect(columnRow(page, 'breite')).toContainText('0.5 … 39.5');
  await expect(columnRow(page, 'höhe')).toContainText('every filled cell is a number');

  // No header: it gets names, and a header can be said.
  await drop(
    lab,
    'plain.csv',
    lines('7,1,2', 40, (i) => `${i},${i % 3},${3 * i}`),
  );
  await expect(lab.stop('Data')).toContainText('41 × 3');
  await expect(columnRow(page, 'column1')).toBeVisible();
  await page.getByRole('button', { name: 'Read it another way' }).click();
  await choose(page, 'Header', 'The first row names the columns');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(lab.stop('Data')).toContainText('40 × 3');
  await expect(columnRow(page, '2')).toBeVisible();

  // Text that is not UTF-8.
  const text = lines('town,price', 30, (i) => `${i % 2 ? 'Orléans' : 'Köln'},${i}`);
  await drop(
    lab,
    'latin.csv',
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
  );
  await expect(firstRecords(page)).toContainText('Orléans');
  await expect(reading(page)).toContainText(/windows-1252/i);
  await expect(page.getByText(/remarks? on this table/)).toBeVisible();

  // LIBSVM, and a packed file.
  await drop(
    lab,
    'two.libsvm',
    lines('+1 1:0.5 3:2', 60, (i) => `${i % 2 ? '+1' : '-1'} 1:${i / 4} 2:${i % 5}`),
  );
  await expect(lab.stop('Data')).toContainText('61 × 4');
  await expect(reading(page)).toContainText('LIBSVM');
  await lab.predict('label');
  await expect(page.getByText('Two values: logistic regression predicts which.')).toBeVisible();
  await drop(lab, 'prices.csv.gz', gzipSync(linearCsv(300)));
  await expect(lab.stop('Data')).toContainText('300 × 5');

  // Ragged lines are named.
  await lab.drop('ragged.csv', `a,b\n${'1,2\n'.repeat(15)}3\n${'1,2\n'.repeat(4)}4,5,6\n1,2\n`);
  await expect(lab.code('CSV_RAGGED')).toBeVisible();
  await expect(page.getByText(/17/).first()).toBeVisible();
  await lab.hasDataset('prices.csv.gz');
  await expect(lab.stop('Data')).toContainText('300 × 5');

  // Headers that are names of JavaScript are names like any other; here as keys of JSON records.
  const records = Array.from(
    { length: 40 },
    (_, i) => `{"__proto__":${i},"constructor":${i % 5},"toString":"t${i % 3}","y":${2 * i}}`,
  );
  await drop(lab, 'names.jsonl', records.join('\n'));
  await expect(lab.stop('Data')).toContainText('40 × 4');
  await expect(reading(page)).toContainText('JSON');
  await expect(columnRow(page, '__proto__')).toBeVisible();
  await page.getByRole('combobox', { name: 'Type of __proto__' }).selectOption('text');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(columnRow(page, '__proto__')).toContainText('40 values');
  await page.getByRole('combobox', { name: 'Role of constructor' }).selectOption('target');
  await expect(columnRow(page, 'y').getByRole('combobox', { name: 'Role of y' })).toHaveValue('feature');
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);

  // Thousands of them are looked through page by page.
  const names = Array.from({ length: 3000 }, (_, c) => `c${c}`);
  const wide = lines(names.join(','), 12, (i) => names.map((_, c) => (i * (c + 3)) % 17).join(','));
  await drop(lab, 'wide.csv', wide);
  await expect(lab.stop('Data')).toContainText('12 × 3,000');
  await lab.predict('c0');
  expect(await columnsTable(page).getByRole('row').count()).toBeLessThanOrEqual(201);
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('c299');
  await expect(page.getByText('11 columns of 3,000')).toBeVisible();
  await page.getByRole('combobox', { name: 'Role of all columns found' }).selectOption('left-out');
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('');
  await page.getByRole('combobox', { name: 'Columns shown' }).selectOption('left-out');
  await expect(columnsTable(page).getByRole('row')).toHaveCount(12);
});

test('a type and a marker of missing cells can be said, taken back, and travel in the link; axe finds nothing serious', async ({
  lab,
  page,
  elsewhere,
}) => {
  // A workbook, whose first sheet is no table.
  const rows = Array.from({ length: 60 }, (_, i) => [
    100 + (i % 30),
    i % 9 === 4 ? -200 : i / 10,
    (i * 7) % 50,
  ]);
  const bytes = workbook([
    { name: 'About', rows: rowsOf([['Measured in spring']]) },
    { name: 'Air', rows: rowsOf([['station', 'co', 'price'], ...rows]) },
  ]);
  await openFile(lab, 'air.xlsx', bytes);
  await expect(lab.stop('Data')).toContainText('60 × 3');
  await page.getByText(/remarks? on this table/).click();
  await expect(
    page.getByText(/^This workbook has 2 sheets; “Air” was read\..* Too little for a table: “About”\.$/),
  ).toBeVisible();
  await lab.predict('price');
  await lab.isReady();
  // The marker is only suggested.
  await expect(columnRow(page, 'co')).toContainText('−200 …');
  await page.getByRole('button', { name: 'Read −200 as missing' }).click();
  // While the file is read again, perhaps: what is said meanwhile stays said.
  await page.getByRole('combobox', { name: 'Type of station' }).selectOption('text');
  await expect(columnRow(page, 'co')).not.toContainText('−200');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(columnRow(page, 'station')).toContainText('30 values');
  await expect(columnRow(page, 'station')).toContainText('your choice');
  // The marker is in the address since the reading before.
  await expect.poll(() => page.url()).toContain('types=station:text');
  expect(page.url()).toContain('na=-200');

  // Elsewhere the link asks for the file, and has it read in the same way.
  const { page: other } = await elsewhere();
  await other.goto(page.url());
  await expect(other.getByText('This link needs air.xlsx')).toBeVisible();
  await other
    .locator('input[type=file]:not([webkitdirectory])')
    .last()
    .setInputFiles({ name: 'air.xlsx', mimeType: '', buffer: Buffer.from(bytes) });
  await expect(columnRow(other, 'station')).toContainText('30 values');
  await expect(columnRow(other, 'co')).not.toContainText('−200');

  // What cannot be read so is refused by a code, and the reading before it stays.
  await page.getByRole('combobox', { name: 'Type of price' }).selectOption('time');
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(lab.code('CSV_TYPE')).toBeVisible();
  await expect(columnRow(page, 'station')).toContainText('your choice');
  await page.getByRole('button', { name: 'Discard' }).click();

  await page.getByRole('button', { name: 'Back to what was found' }).click();
  await expect(columnRow(page, 'co')).toContainText('−200 …');
  await expect.poll(() => page.url()).not.toContain('types=');
  await lab.isReady();

  // Axe finds nothing where the reading is said, in either theme.
  await drop(
    lab,
    'told.csv',
    lines('day,zip,co,price', 60, (i) => `2026-01-${10 + (i % 20)},0${i},${i % 9 ? i : -200},${i * 3}`),
  );
  expect(await allFindings(page), 'the question').toEqual([]);
  await lab.predict('price');
  await lab.isReady();
  await page.getByRole('button', { name: 'Read it another way' }).click();
  await page.getByRole('combobox', { name: 'Type of price' }).selectOption('text');
  await expect(page.getByRole('button', { name: 'Read again' })).toBeVisible();
  expect(await allFindings(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await colourFindings(page), 'dark').toEqual([]);
  await lab.fits([390, 1024], 'Data');
});
