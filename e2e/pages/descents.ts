/** The gradient descents of a table on Learn. */
import { expect, type Locator, type Page } from '@playwright/test';

/** What a link says of a training that takes no time and could go on for very long. */
export const BRIEF = '&iterations=200&rate=0.000001';

const TITLES = {
  full: /^Full: all training records, gradient descent/,
  condensed: /^Condensed samples, gradient descent/,
};

export function descent(page: Page, method: keyof typeof TITLES): Locator {
  return page.getByRole('region', { name: TITLES[method] });
}

/** Sets the limit by hand, as a person does: what a link asks for may wait for a press. */
export async function setLimit(page: Page, iterations: number): Promise<void> {
  const limit = page.getByRole('textbox', { name: /^Iteration limit/ });
  await limit.fill(String(iterations));
  await limit.press('Enter');
}

/** Has full training go on for longer than any test lasts: by itself where it was brief, else at a press. */
export async function trainForLong(page: Page): Promise<void> {
  await setLimit(page, 1_000_000);
  const full = descent(page, 'full');
  const play = full.getByRole('button', { name: /^(Play|Go on)$/ });
  await expect(async () => {
    if (await play.isVisible()) await play.click({ timeout: 2_000 });
    await expect(full.getByRole('progressbar')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}
