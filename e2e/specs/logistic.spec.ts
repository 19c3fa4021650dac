import type { Locator, Page } from '@playwright/test';
import { colourFindings, seriousFindings } from '../pages/axe.ts';
import { expect, test } from '../pages/test.ts';
import type { LabPage } from '../pages/labPage.ts';

/**
 * A CSV of records with two informative features and an idle one; the last column names the class.
 *
 * @param classes names of the classes in ascending order of their records' scores
 * @param cuts scores, 0…1, between one class and the next
 */
function classesCsv(rows: number, classes: readonly string[], cuts: readonly number[]): string {
  let state = 2024;
  const random = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const lines = ['age,income,noise,answer'];
  for (let i = 0; i < rows; i++) {
    const age = Math.round(random() * 600) / 10;
    const income = Math.round(random() * 5000);
    const score = 0.4 * (age / 60) + 0.4 * (income / 5000) + 0.2 * random();
    const place = cuts.filter((cut) => score > cut).length;
    lines.push([age, income, Math.round(random() * 999), classes[place]].join(','));
  }
  return `${lines.join('\n')}\n`;
}

async function openClasses(lab: LabPage, name: string, csv: string): Promise<void> {
  // Fast steps and few of them; the settings stay when another file is opened.
  await lab.openIdle('&iterations=600&rate=0.5');
  await dropClasses(lab, name, csv);
}

async function dropClasses(lab: LabPage, name: string, csv: string): Promise<void> {
  await lab.drop(name, csv);
  await lab.hasDataset(name);
  await lab.predict('answer');
  await lab.goTo('Learn');
}

/** Brings both gradient descents to their ends, so that every number on the page stands still. */
async function isTrained(page: Page): Promise<void> {
  for (const name of [/^Full: .*gradient descent/, /^Condensed samples, gradient descent/]) {
    const run = page.getByRole('region', { name });
    // Training on all records does not start by itself again after a change if it took long before.
    const play = run.getByRole('button', { name: 'Play' });
    await expect(async () => {
      // It may end by itself between the look and the press.
      if (await play.isVisible()) await play.click({ timeout: 2_000 });
      await expect(run).toContainText(/converged/i, { timeout: 2_000 });
    }).toPass({ timeout: 120_000 });
  }
}

/** The counts of a confusion matrix, row by row, without the shares and the sums. */
async function counts(matrix: Locator): Promise<number[][]> {
  const rows = await matrix.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('td').allInnerTexts();
      return cells.slice(0, -1).map((text) => Number(text.split('\n')[0].replace(/,/g, '')));
    }),
  );
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).click();
  await page.getByRole('option', { name: option }).click();
}

test('two classes are learned by a logistic model, chosen by itself, and judged by more than accuracy; three have a matrix and no ROC curve, and fit a phone', async ({
  lab,
  page,
}) => {
  await openClasses(lab, 'answers.csv', classesCsv(2000, ['no', 'yes'], [0.7]));
  await isTrained(page);
  await expect(page.getByText('Chose logistic regression, because “answer” takes two values.')).toBeVisible();
  await expect(lab.stop('Learn')).toContainText(/×\u202f\d\.\d+\s*log loss of full/);

  // The verdict is of the log loss at the optimum: most records say no.
  const verdict = page.getByRole('region', { name: /^What condensing costs/ });
  await expect(verdict).toContainText('of full’s log loss, Newton’s method');
  await expect(verdict).toContainText(/always guessing “no”: 8\d\.\d\u202f% accuracy, so accuracy alone/);
  await expect(verdict.getByRole('columnheader', { name: 'ROC area' })).toBeVisible();
  const exact = verdict.getByRole('row', { name: /^Full.*Newton’s method/ });
  const share = async (row: Locator, column: number): Promise<number> =>
    parseFloat(await row.locator('td').nth(column).innerText());
  expect(await share(exact, 2)).toBeGreaterThan(93);
  expect(await share(exact, 3)).toBeGreaterThan(80);
  expect(await share(exact, 4)).toBeGreaterThan(0.97);

  // By Newton's method: the matrices hold the 400 test records, and the full one's diagonal is its accuracy.
  const classes = page.getByRole('region', { name: /^Classes and what they are taken for/ });
  await classes.getByRole('radio', { name: 'Newton’s method' }).click();
  await expect(classes).toContainText('400 test records, Newton’s method');
  const full = await counts(
    classes.getByRole('table', { name: /^Confusion matrix, full training by Newton/ }),
  );
  const condensed = await counts(
    classes.getByRole('table', { name: /^Confusion matrix, condensed training by Newton/ }),
  );
  for (const matrix of [full, condensed]) expect(matrix.flat().reduce((sum, n) => sum + n, 0)).toBe(400);
  expect(full[0][0] + full[0][1]).toBe(condensed[0][0] + condensed[0][1]);
  expect((100 * (full[0][0] + full[1][1])) / 400).toBeCloseTo(await share(exact, 2), 1);

  const roc = classes.getByRole('img', {
    name: /^ROC curves by Newton’s method: Full, area 0\.9\d+; Condensed/,
  });
  await expect(roc).toBeVisible();
  await roc.hover();
  await expect(classes.locator('.roc-reading')).toContainText(
    /At [45]\d\.\d\u202f% false positives full finds/,
  );
  await expect(page.getByRole('region', { name: /^Training loss/ })).toContainText('cross-entropy');

  // A target of 0 and 1 can be learned as a number too.
  await dropClasses(lab, 'flags.csv', classesCsv(1200, ['0', '1'], [0.5]));
  await isTrained(page);
  const costs = page.getByRole('region', { name: /^What condensing costs/ });
  await expect(costs.getByRole('columnheader', { name: 'Accuracy' })).toBeVisible();
  await choose(page, 'Model', /^Linear regression/);
  await expect(costs.getByRole('columnheader', { name: 'Test RMSE' })).toBeVisible();
  await expect(page.getByText(/Predicts “answer” as a number/)).toBeVisible();
  await expect(page.getByRole('region', { name: /^Classes and what/ })).toBeHidden();
  await expect(lab.stop('Learn')).toContainText('squared error of full');
  await choose(page, 'Model', /^Logistic regression/);
  await expect(costs.getByRole('columnheader', { name: 'Balanced acc.' })).toBeVisible();
  await expect.poll(() => page.url()).toContain('model=logistic');

  // Three classes.
  await dropClasses(lab, 'sizes.csv', classesCsv(900, ['large', 'medium', 'small'], [0.4, 0.6]));
  await isTrained(page);
  await expect(page.getByText('because “answer” names 3 classes')).toBeVisible();
  await expect(classes.getByRole('table')).toHaveCount(2);
  await expect(classes.getByRole('columnheader', { name: 'medium' })).toHaveCount(2);
  await expect(classes.getByRole('rowheader', { name: 'medium' })).toHaveCount(2);
  await expect(classes.getByRole('img', { name: /ROC/ })).toHaveCount(0);
  await lab.fits([390], 'Learn');
  expect(await seriousFindings(page), 'light').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await colourFindings(page), 'dark').toEqual([]);
});
