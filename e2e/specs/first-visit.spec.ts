import { expect, MOVING, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';

test.use({ ...MOVING, isFirstVisit: true, answersByItself: true });

test.describe('with the whole sample', () => {
  test.use({ serviceWorkers: 'allow', diamondStep: 1 });

  test('a first visit opens on a picture of finished results with no click, which train on everything behind it', async ({
    lab,
    page,
  }) => {
    await lab.open();
    await expect(page.getByRole('heading', { name: 'dreaMLearning Lab', level: 2 })).toBeVisible();
    await expect(lab.rail).toBeHidden();
    const picture = page.getByRole('img', { name: /^Diamonds, a built-in sample/ });
    await expect(picture).toHaveAccessibleName(
      /condensed samples stand for .* has ×.* the squared test error/,
      {
        timeout: 30_000,
      },
    );
    await page.getByRole('link', { name: 'Look around with the sample' }).click();
    await lab.isReady();
    await expect(lab.stop('Data')).toContainText('53,940 × 10');
    await lab.goTo('Learn');
    const condensed = page.getByRole('region', { name: /Condensed samples, gradient descent/ });
    await expect(condensed).toContainText(/limit of|converged/i);
    const full = page.getByRole('region', { name: /Full: all training records, gradient descent/ });
    await expect(full.getByRole('progressbar')).toBeVisible();
    // Time left is told once the rate is known.
    await expect(full).toContainText(/left/);
  });
});

test('the opening comes once by itself, leads three ways, and comes back by the logo', async ({
  lab,
  page,
}) => {
  await lab.open();
  const opening = page.getByRole('heading', { name: 'dreaMLearning Lab', level: 2 });
  const doors = page.getByRole('navigation', { name: 'Where to begin' });
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    doors.getByRole('button', { name: 'Try my data' }).click(),
  ]);
  await chooser.setFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(linearCsv(600)) });
  await lab.hasDataset('mine.csv');
  await expect(page.getByRole('region', { name: 'What should be predicted?' })).toBeVisible();
  await lab.goToStart();
  await expect(page.getByRole('img', { name: /^mine\.csv, 600 records/ })).toBeVisible();
  await doors.getByRole('link', { name: 'See how it works' }).click();
  await expect(page.getByRole('heading', { name: 'How it works', level: 2 })).toBeVisible();
  await lab.goToStart();
  await doors.getByRole('link', { name: 'The paper' }).click();
  await expect(page.getByRole('heading', { name: 'The paper', level: 2 })).toBeVisible();
  await page.goto('about:blank');
  await lab.open();
  await expect(lab.rail).toBeVisible();
  await expect(opening).toBeHidden();
});
