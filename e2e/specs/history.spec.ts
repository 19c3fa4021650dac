import { linearCsv } from '../pages/tables.ts';
import { expect, test } from '../pages/test.ts';

test('Back goes through pages and datasets without leaving the lab; changes are undone', async ({
  lab,
  page,
}) => {
  await lab.openWith('first.csv', linearCsv(300));
  await lab.predict('price');
  await lab.isReady();
  for (const station of ['Data', 'Bits', 'Archive', 'Learn', 'Sweep'] as const) await lab.goTo(station);
  await lab.drop('second.csv', linearCsv(400));
  await lab.hasDataset('second.csv');
  await lab.predict('price');

  await test.step('Back', async () => {
    await page.goBack();
    await lab.hasDataset('first.csv');
    for (const station of ['Learn', 'Archive', 'Bits', 'Data'] as const) {
      await page.goBack();
      await expect(lab.stop(station)).toHaveAttribute('aria-current', 'page');
    }
    await lab.hasDataset('first.csv');
    await page.goForward();
    await expect(lab.stop('Bits')).toHaveAttribute('aria-current', 'page');
  });

  await test.step('undo, and a text field that keeps its own', async () => {
    await lab.isReady();
    const beta = page.getByRole('slider', { name: /β/ }).first();
    const before = await beta.inputValue();
    await beta.focus();
    await page.keyboard.press('ArrowRight');
    await expect(beta).not.toHaveValue(before);
    await page.keyboard.press('Control+z');
    await expect(beta).toHaveValue(before);
    await page.keyboard.press('Control+y');
    await expect(beta).not.toHaveValue(before);
  });

  await test.step('pin and compare', async () => {
    await lab.isReady();
    await page.getByRole('button', { name: 'Changes and comparison' }).click();
    const sheet = page.getByRole('dialog', { name: 'Changes' });
    await expect(
      sheet.getByRole('list', { name: 'Changes, the newest first' }).getByRole('listitem'),
    ).toHaveCount(2);
    await sheet.getByRole('button', { name: 'Pin this experiment' }).click();
    await sheet.getByRole('button', { name: 'Go to: As it was opened' }).click();
    const table = sheet.getByRole('table', { name: /Pinned experiments/ });
    await expect(table.getByRole('row', { name: /β/ })).toBeVisible();
    await expect(table.getByRole('row', { name: /Storage/ })).toContainText('%');
    await sheet.getByRole('button', { name: /^Remove first/ }).click();
    await expect(table).toBeHidden();
  });
});
