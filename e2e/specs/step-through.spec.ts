import { colourFindings, seriousFindings } from '../pages/axe.ts';
import { StepperPage } from '../pages/stepper.ts';
import { expect, MOVING, test } from '../pages/test.ts';

/** Seconds of a transition that counts as none. */
const STILL = 0.001;

test.describe('a first visit', () => {
  test.use({ isFirstVisit: true });

  test('goes from the opening through every step by keys alone, and nothing moves for who wants it still', async ({
    lab,
    page,
  }) => {
    test.slow();
    await lab.open();
    const door = page.getByRole('link', { name: 'See how it works' });
    await expect(door).toBeVisible();
    await expect(lab.rail).toBeHidden();
    for (let k = 0; k < 30 && !(await door.evaluate((link) => link === document.activeElement)); k++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { name: 'How it works', level: 2 })).toBeVisible();
    const stepper = new StepperPage(page);
    const titles = await stepper.walk(() => page.keyboard.press('ArrowRight'));
    expect(titles[0]).toBe('Records');
    expect(titles.at(-1)).toBe('A cluster becomes one sample');
    await expect(stepper.button(/^One step forward/)).toBeDisabled();
    expect(await stepper.longestMotion()).toBeLessThan(STILL);
    expect(await seriousFindings(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colourFindings(page), 'dark').toEqual([]);

    await page.keyboard.press('Home');
    await stepper.isAt(1);
    await page.keyboard.press('End');
    await stepper.isAt(titles.length);
    // At the end it plays from the beginning.
    await page.keyboard.press('Space');
    await expect(stepper.button(/^Pause/)).toBeVisible();
    await stepper.isAt(1);
    await page.keyboard.press('Space');
    await expect(stepper.button(/^Play/)).toBeVisible();
    await stepper.scrubber.press('End');
    await stepper.isAt(titles.length);
    await stepper.scrubber.press('ArrowLeft');
    await stepper.isAt(titles.length - 1);
    expect(await stepper.longestMotion()).toBeLessThan(STILL);

    // What computes behind the opening is there by now, or soon.
    await page.keyboard.press('2');
    await lab.hasDataset('Diamonds');
    await lab.isReady();
  });
});

test.describe('on a phone', () => {
  test.use({ ...MOVING, viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('every step is a tap, β and τ go to their ends, and nonsense in the table is said', async ({
    lab,
    page,
  }) => {
    await lab.open('#data=diamonds&compress-only=1&station=how');
    const stepper = new StepperPage(page);
    const forward = stepper.button(/^One step forward/);
    const titles = await stepper.walk(() => forward.tap());
    expect(titles.length).toBeGreaterThan(12);
    expect(await lab.excessWidth()).toBeLessThanOrEqual(0);
    await stepper.button(/^To the beginning/).tap();
    await stepper.isAt(1);

    let steps = titles.length;
    for (const name of ['Analytics bits β', 'Plateau threshold τ']) {
      const slider = page.getByRole('slider', { name });
      await slider.press('End');
      await expect.poll(() => stepper.steps(), name).toBeGreaterThanOrEqual(steps);
      await slider.press('Home');
      await expect.poll(() => stepper.steps(), name).toBeLessThan(steps);
      steps = await stepper.steps();
    }

    await page.getByText('Change the table').tap();
    const cell = (column: string) =>
      page.getByRole('textbox', { name: `${column} of record 1`, exact: true });
    for (const nonsense of ['Infinity', '1e999', 'none of your business', '']) {
      await cell('power').fill(nonsense);
      await expect(stepper.count, nonsense).toBeVisible();
    }
    const fewer = page.getByRole('button', { name: 'One record fewer' });
    while (await fewer.isEnabled()) await fewer.tap();
    await expect(page.getByText('1 record of 3 columns.')).toBeVisible();
    for (const column of ['speed', 'temperature']) await cell(column).fill('');
    await expect(lab.code('CSV_EMPTY')).toBeVisible();
    await page.getByRole('button', { name: 'As it was' }).tap();
    await expect(lab.code('CSV_EMPTY')).toBeHidden();
    await expect(page.getByText('12 records of 3 columns.')).toBeVisible();
    await forward.tap();
    await stepper.isAt(2);
    expect(await lab.excessWidth()).toBeLessThanOrEqual(0);
  });
});

test('pictures are taken apart and put together by keys, in grey and in colour', async ({ lab, page }) => {
  await lab.openIdle('&station=how');
  await page.getByRole('radio', { name: 'Pictures', exact: true }).press('Space');
  const stepper = new StepperPage(page);
  await expect(stepper.title).toHaveText('The class “7”');
  const play = stepper.button(/^Play/);
  await play.focus();
  const titles = await stepper.walk(() => page.keyboard.press('ArrowRight'));
  for (const title of ['The entropy of every bit', 'The search stops', 'One picture taken apart'])
    expect(titles).toContain(title);
  expect(titles.at(-1)).toBe('Rounded, and back');
  expect(await stepper.longestMotion()).toBeLessThan(STILL);

  let step = titles.length;
  for (const title of ['Put back together', 'One picture taken apart']) {
    while (step > titles.indexOf(title) + 1) {
      await page.keyboard.press('ArrowLeft');
      await stepper.isAt(--step);
    }
    if (title === 'Put back together')
      await expect(stepper.stage).toContainText('none: every value came back exactly');
  }
  for (const part of [/^Base \d+/, /^Deviation/])
    await expect(stepper.stage.getByRole('img', { name: part })).toBeVisible();
  await expect(stepper.stage.getByRole('grid', { name: /by role\./ })).toBeVisible();

  await page.getByRole('button', { name: 'Next class' }).press('Enter');
  await expect(stepper.title).toHaveText('The class “1”');
  await page.getByRole('radio', { name: 'Small, in colour' }).press('Space');
  await expect(stepper.title).toHaveText('The class “noon”');
  await play.focus();
  await page.keyboard.press('End');
  await expect(stepper.title).toHaveText('Put back together');
});
