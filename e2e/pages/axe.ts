/** What axe finds on the page as it stands. */
import type { Page } from '@playwright/test';
import axeCore from 'axe-core';

interface Finding {
  /** Name of the rule. */
  id: string;
  impact: string | null;
  /** Selectors of the elements, the first three. */
  elements: string[];
}

/** As axe leaves it on the page. */
interface WithAxe {
  axe: {
    run(
      context: Document,
      options: object,
    ): Promise<{
      violations: { id: string; impact?: string | null; nodes: { target: unknown[] }[] }[];
    }>;
  };
}

/**
 * All findings, of these rules alone where some are named. The script is evaluated by the debugger, once for every
 * document; the page's policy stays in force. What passes is not written down.
 */
async function violations(page: Page, rules?: string[]): Promise<Finding[]> {
  // Colours on their way from one theme to the other are of neither; the page takes a theme a frame after it is asked to.
  const hasAxe = await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    );
    return 'axe' in window;
  });
  if (!hasAxe) await page.evaluate(axeCore.source);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as WithAxe;
    const chosen = only === null ? {} : { runOnly: { type: 'rule', values: only } };
    const found = await axe.run(document, { resultTypes: ['violations'], ...chosen });
    return found.violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? null,
      elements: nodes.slice(0, 3).map(({ target }) => target.join(' ')),
    }));
  }, rules ?? null);
}

/** What a theme decides: every other rule is of what the page holds, which is the same in both. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

const line = ({ id, elements }: Finding): string => `${id}: ${elements.join(' | ')}`;

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
