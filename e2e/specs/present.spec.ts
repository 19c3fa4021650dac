import type { Page } from '@playwright/test';
import { expect, test } from '../pages/test.ts';

/** What lies outside the window, in pixels: of the page, and of the figure that is shown. */
async function cut(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const figure = [...document.querySelectorAll<HTMLElement>('[data-figure]')].find(({ hidden }) => !hidden);
    const box = figure?.getBoundingClientRect();
    const beyond =
      box === undefined ? [NaN] : [-box.left, -box.top, box.right - innerWidth, box.bottom - innerHeight];
    return [scrollWidth - innerWidth, scrollHeight - innerHeight, ...beyond].map((by) =>
      Math.max(0, Math.round(by)),
    );
  });
}

test('one figure after the other is presented, and nothing of it is cut; one that a link names stands alone', async ({
  lab,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await lab.open('#data=diamonds&compress-only=1&station=archive&present=1');
  const figure = (name: string) => page.locator(`[data-figure="${name}"]:visible`);
  await expect(figure('storage')).toBeVisible();
  await expect(lab.rail).toBeHidden();
  for (const name of ['bytes', 'search']) {
    await page.keyboard.press('ArrowRight');
    await expect(figure(name)).toBeVisible();
    await expect(page.locator('[data-figure]:visible')).toHaveCount(1);
    await expect.poll(() => cut(page)).toEqual([0, 0, 0, 0, 0, 0]);
  }
  await page.setViewportSize({ width: 960, height: 540 });
  await expect.poll(() => cut(page)).toEqual([0, 0, 0, 0, 0, 0]);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(figure('bit-map')).toBeVisible();
  await expect.poll(() => page.url()).toContain('present=1');
  await page.keyboard.press('Escape');
  await expect(lab.rail).toBeVisible();
  await expect(lab.stop('Bits')).toHaveAttribute('aria-current', 'page');
  await expect.poll(() => page.url()).not.toContain('present=1');

  // A figure that a link names stands alone; one that is not there is said.
  await lab.openIdle('&station=archive&figure=bytes');
  await expect(page.locator('[data-figure]:visible')).toHaveCount(1);
  await lab.openIdle('&station=archive&figure=nothing-like-it');
  await expect(page.getByText('This page has no figure “nothing-like-it”')).toBeVisible();
  await page.getByRole('button', { name: 'Show the whole page' }).click();
  await expect(page.getByText('nothing-like-it')).toBeHidden();
  await lab.open('#data=diamonds&compress-only=1&station=sweep&present=1');
  await expect(page.getByText('Nothing has been swept yet.')).toBeVisible();
});
