import { expect, test } from '../pages/test.ts';

test.use({ serviceWorkers: 'allow' });

test('a first visit shows finished results with no click, then trains on everything', async ({
  lab,
  page,
}) => {
  await lab.open();
  await lab.hasDataset('Diamonds');
  await lab.isReady();
  await expect(lab.stop('Data')).toContainText('53,940 × 10');
  await lab.goTo('Learn');
  const condensed = page.getByRole('region', { name: /Condensed samples, gradient descent/ });
  await expect(condensed).toContainText(/limit of|converged/i, { timeout: 30_000 });
  const full = page.getByRole('region', { name: /Full: all training records, gradient descent/ });
  await expect(full.getByRole('progressbar')).toBeVisible();
  // Time left is told once the rate is known.
  await expect(full).toContainText(/left/, { timeout: 30_000 });
});

test('stations answer to the keyboard, and β dragged on the bits changes the condensed samples at once', async ({
  lab,
  page,
}) => {
  await lab.open('#data=diamonds&iterations=200');
  await lab.isReady();
  for (const [key, station] of [
    ['1', 'Data'],
    ['3', 'Archive'],
    ['4', 'Learn'],
    ['5', 'Sweep'],
    ['2', 'Bits'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(lab.stop(station)).toHaveAttribute('aria-current', 'page');
  }
  const before = await lab.stop('Bits').innerText();
  const slider = page.getByRole('slider', { name: /Analytics bits/ }).first();
  await slider.focus();
  for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowRight');
  await expect(lab.stop('Bits')).not.toHaveText(before);
  await expect(lab.stop('Bits')).toContainText(/β = \d+/);
});
