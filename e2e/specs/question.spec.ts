import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Locator, Page } from '@playwright/test';
import { linearCsv } from '../pages/tables.ts';
import { expect, test } from '../pages/test.ts';

/** Rides by the hour: a number for each record, two parts that add up to the count, and what they depend on. */
function ridesCsv(rows: number): string {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['ride id,temp,holiday,casual,registered,cnt'];
  for (let i = 0; i < rows; i++) {
    const temp = Math.round(random() * 350) / 10;
    const casual = Math.round(2 * temp + random() * 60);
    const registered = Math.round(5 * temp + random() * 90);
    const id = 5000 + ((i * 7) % rows);
    lines.push([id, temp, random() > 0.8 ? 1 : 0, casual, registered, casual + registered].join(','));
  }
  return `${lines.join('\n')}\n`;
}

/** What a press of a button saves. */
async function saved(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download');
  await button.click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test.use({ answersByItself: true });

test('a dropped table asks what to predict, names the leak and the identifier, answers, is taken away, and takes another target', async ({
  lab,
  page,
}) => {
  await lab.openWith('rides.csv', ridesCsv(400), '&station=bits');
  const question = page.getByRole('region', { name: 'What should be predicted?' });
  await expect(question.getByRole('heading', { name: 'What should be predicted?' })).toBeFocused();
  await expect(question.getByRole('listitem').first()).toContainText('“cnt” often names a target.');
  await expect(question.getByText('It names records.')).toBeVisible();
  // What needs no target runs meanwhile, and nothing else.
  await expect(lab.stop('Archive')).toContainText('of float64');
  await expect(lab.stop('Learn')).toContainText('target not said yet');
  await lab.goTo('Learn');
  await expect(question).toBeVisible();

  // By keys: from the heading to the first answer.
  await question.getByRole('listitem').first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  const proposals = page.getByRole('region', { name: 'Better left out' });
  await expect(proposals).toContainText(
    'casual + registered give cnt exactly: with them in, nothing is left to predict.',
  );
  await expect(proposals).toContainText('ride id: Every record has a number of its own.');
  const chip = page.getByRole('button', { name: /Predicting cnt/ });
  await expect(chip).toContainText('leak');
  await proposals.getByRole('button', { name: 'Leave all of them out' }).click();
  await expect(proposals).toBeHidden();
  await expect(chip).not.toContainText('leak');
  await lab.isReady();

  // The answer, and the one headline.
  await lab.goTo('Learn');
  const headline = page.locator('.learn-headline');
  await expect(headline).toContainText('of full’s squared error, closed form');
  const told = await headline.innerText();
  const card = page.getByRole('region', { name: 'Can I shrink this and still learn?' });
  // On a busy machine the search waits for a press.
  const find = card.getByRole('button', { name: /^Find out/ });
  const word = card.getByText(/^(Yes|No)$/);
  await expect(word.or(find).first()).toBeVisible({ timeout: 60_000 });
  if (await find.isVisible()) await find.click();
  await expect(word).toBeVisible({ timeout: 60_000 });

  // Every export, opened again.
  const away = page.getByRole('region', { name: 'Take it with you' });
  const lines = async (name: string): Promise<string[]> =>
    (await saved(page, away.getByRole('button', { name }))).bytes.toString().trim().split(/\r?\n/);
  const samples = await lines('Condensed samples as CSV');
  expect(samples[0]).toBe('part,temp,holiday,cnt,weight');
  const weights = samples.slice(1).map((line) => Number(line.split(',')[4]));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(320);
  const parquet = await saved(page, away.getByRole('button', { name: 'Condensed samples as Parquet' }));
  expect(parquet.bytes.subarray(-4).toString()).toBe('PAR1');
  expect((await lines('Coefficients as CSV')).slice(1).map((line) => line.split(',')[0])).toEqual(
    expect.arrayContaining(['intercept', 'temp', 'holiday']),
  );
  expect(await lines('Predictions as CSV')).toHaveLength(81);
  const report = (await saved(page, away.getByRole('button', { name: 'Report as HTML' }))).bytes.toString();
  expect(report).toContain('Predicting cnt of rides.csv by linear regression');
  expect(report).toContain('<svg');
  await away.getByRole('button', { name: 'Train on them in Python' }).click();
  const program = await saved(page, away.getByRole('button', { name: 'Save .py' }));
  expect(program.bytes.toString()).toContain(`rides-condensed-${samples.length - 1}.csv`);
  await page.getByRole('button', { name: 'Save as: Test error' }).click();
  const figure = await saved(page, page.getByRole('menuitem', { name: 'SVG' }));
  expect(figure.bytes.toString()).toMatch(/^<\?xml[^]*Test error: rides\.csv[^]*<\/svg>\s*$/);
  await expect(headline).toHaveText(told.replace(/\s+/g, ' '), { useInnerText: true });

  await chip.click();
  await page.getByRole('menuitemradio', { name: 'holiday' }).click();
  await expect(page.getByText(/because “holiday” takes two values/)).toBeVisible();
  await expect.poll(() => page.url()).toContain('target=holiday');
  await lab.messages.getByRole('button', { name: 'Undo' }).last().click();
  await expect(chip).toBeVisible();
  await expect.poll(() => page.url()).toContain('target=cnt');
});

/** Runs a script of the page on DuckDB, in a folder of its own. */
async function runSql(script: string, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(script.replace(/ TO '([^']+)'/, (_, name: string) => ` TO '${join(folder, name)}'`));
  connection.closeSync();
  instance.closeSync();
}

test('what the SQL condenses is opened with its weights and its split, and gives the error of the page’s own samples', async ({
  lab,
  page,
}) => {
  await lab.openWith('mine.csv', linearCsv(400), '&station=bits');
  await lab.predict('price');
  const beta = page.getByRole('textbox', { name: 'β as a number' });
  await beta.fill('5');
  await beta.press('Enter');
  await expect.poll(() => page.url()).toContain('beta=5');
  await lab.isReady();
  await lab.goTo('Learn');
  const rmse = async (model: string): Promise<string> => {
    const panel = page.getByRole('region', { name: `${model}, closed form` });
    await expect(panel).toContainText(/Test RMSE\s*[\d.]+/);
    return /Test RMSE\s*([\d.,]+)/.exec(await panel.innerText())?.[1] ?? '';
  };
  const wanted = await rmse('Condensed samples');

  const folder = await mkdtemp(join(tmpdir(), 'weights-'));
  try {
    await lab.goTo('Archive');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as…', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Table and split as CSV' }).click();
    const table = join(folder, 'mine.csv');
    await writeFile(table, await readFile(await (await waiting).path()));

    await lab.goTo('Learn');
    const sql = page.getByRole('region', { name: /^Condense where the data is/ });
    await sql.scrollIntoViewIfNeeded();
    await sql.getByRole('textbox', { name: 'Path of the files' }).fill(table);
    await sql.getByText(/^A column “part” says train or test/).click();
    const script = sql.getByRole('group', { name: 'SQL' });
    await expect(script).toContainText(table);
    await expect(script).toContainText('UNION ALL');
    await runSql(await script.innerText(), folder);
    await lab.drop('mine-condensed.parquet', await readFile(join(folder, 'mine-condensed.parquet')));
  } finally {
    await rm(folder, { recursive: true });
  }
  await lab.hasDataset('mine-condensed.parquet');
  await lab.predict('price');
  await lab.isReady();
  await lab.goTo('Learn');
  expect(await rmse('Full: all training records')).toBe(wanted);
  await lab.goTo('Data');
  await expect(page.getByRole('combobox', { name: 'Role of weight' })).toHaveValue('weight');
  await expect(page.getByText(/80\s*test records/).first()).toBeVisible();
  // The other way to read it: every sample once.
  await page.getByRole('button', { name: 'Count each record once' }).click();
  await expect(page.getByRole('combobox', { name: 'Role of weight' })).toHaveValue('feature');
  await expect.poll(() => page.url()).not.toContain('weight=');
});
