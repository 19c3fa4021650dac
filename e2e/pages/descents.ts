/** The gradient descents of a table on Learn. */
import type { Locator, Page } from '@playwright/test';

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
