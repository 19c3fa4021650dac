/** What axe finds on the page as it stands. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * All findings. axe evaluates its script in a world of its own; the policy stays in force.
 *
 * What passes is not written down, and what is found does not go through a page of its own, as it would for frames of
 * other origins: the rules are the same, and it takes a quarter of the time.
 */
async function violations(page: Page, rules?: string[]) {
  // Colours on their way from one theme to the other are of neither; the page takes a theme a frame after it is asked to.
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    );
  });
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (rules !== undefined) axe.withRules(rules);
  return (await axe.analyze()).violations;
}

/** What a theme decides: every other rule is of what the page holds, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

const line = ({ id, nodes }: Awaited<ReturnType<typeof violations>>[number]): string =>
  `${id}: ${nodes
    .map(({ target }) => target.join(' '))
    .slice(0, 3)
    .join(' | ')}`;

/** Findings of any weight, one line each. */
export async function allFindings(page: Page): Promise<string[]> {
  return (await violations(page)).map(line);
}

/** Serious and critical findings, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  return (await violations(page))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(line);
}

/** Findings of any weight that depend on the theme, one line each: for the theme that is not looked at as a whole. */
export async function colourFindings(page: Page): Promise<string[]> {
  return (await violations(page, OF_COLOURS)).map(line);
}
