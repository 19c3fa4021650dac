import { expect, test } from '../pages/test.ts';

// The lesson compares errors of the whole sample.
test.use({ diamondStep: 1 });

test('“What β does” from its first step to its last by keyboard, and a lesson of one’s own', async ({
  lab,
  page,
}) => {
  await lab.openIdle();
  await page.keyboard.press('l');
  const sheet = page.getByRole('dialog', { name: 'Lessons' });
  await sheet.getByRole('button', { name: 'Start “What β does”' }).focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('complementary', { name: 'Lesson: What β does' });
  const heading = card.getByRole('heading', { level: 2 });
  const next = async (name: string): Promise<void> => {
    await card.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  await expect(heading).toHaveText('Records that agree');
  await expect(page).toHaveURL(/lesson=what-beta-does/);
  // The control that the step is about is marked, and its number is typed.
  const control = page.locator('[data-control="beta"][data-spotlight]').first();
  await expect(control).toBeInViewport();
  const beta = page.getByRole('textbox', { name: 'β as a number' });
  await beta.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('10');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('status')).toHaveText('Done.');
  await next('Next');

  await expect(heading).toHaveText('Few circles, large circles');
  await expect(heading).toBeFocused();
  await next('Back');
  await expect(heading).toHaveText('Records that agree');
  await next('Next');
  await expect(page).toHaveURL(/step=2/);
  await next('Skip');

  await expect(heading).toHaveText('Too few samples');
  await expect(card.getByRole('status')).toHaveText('Done.', { timeout: 20_000 });
  await next('Next');
  await expect(heading).toHaveText('Enough samples');
  await expect(card.getByRole('status')).toHaveText('Done.', { timeout: 20_000 });
  await next('Next');
  await expect(heading).toHaveText('The whole curve');
  await next('Skip');
  await expect(heading).toHaveText('Where it turns flat');
  await next('Finish');
  await expect(card).toBeHidden();
  await page.keyboard.press('l');
  await expect(sheet.getByRole('listitem').filter({ hasText: 'What β does' })).toContainText('done');

  // A lesson of one’s own: a broken one says the line, a mended one travels in the link.
  const lesson = {
    version: 1,
    id: 'mine',
    title: 'My lesson',
    minutes: 1,
    summary: 'One look.',
    steps: [
      { title: 'Look', sentence: 'At <b>this</b>.', link: '#data=diamonds&compress-only=1&station=archive' },
    ],
  };
  const text = JSON.stringify(lesson, null, 2);
  await lab.drop('mine.json', text.replace('"minutes": 1,', '"minutes": 1'));
  await expect(lab.code('LESSON_MALFORMED')).toBeVisible();
  await expect(page.getByText('Line 6, column 3').first()).toBeVisible();
  await lab.drop('mine.json', text.replace('"minutes": 1', '"minutes": "1"'));
  await expect(lab.code('LESSON_INVALID')).toBeVisible();
  await expect(page.getByText('Line 5: “minutes” has to be a whole number').first()).toBeVisible();

  await lab.drop('mine.json', text);
  const own = page.getByRole('complementary', { name: 'Lesson: My lesson' });
  await expect(own).toContainText('At <b>this</b>.');
  await expect(page).toHaveURL(/station=archive.*lesson=own.*lesson-file=/);
  await page.reload();
  await expect(own.getByRole('heading', { name: 'Look' })).toBeVisible();
});
