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

test('a dropped table asks what to predict, names the leak and the identifier, and takes another target', async ({
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

  await chip.click();
  await page.getByRole('menuitemradio', { name: 'holiday' }).click();
  await expect(page.getByText(/because “holiday” takes two values/)).toBeVisible();
  await expect.poll(() => page.url()).toContain('target=holiday');
  await lab.messages.getByRole('button', { name: 'Undo' }).last().click();
  await expect(chip).toBeVisible();
  await expect.poll(() => page.url()).toContain('target=cnt');
});
