// npm run screenshots: pictures of the stations, taken from the build in dist/.
//   (no option)   docs/screenshot-light.png and docs/screenshot-dark.png for the README
//   --all DIR     every station at 1440, 1024 and 390 px in both themes, whole pages
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withServedLab } from './served.mjs';

const STATIONS = ['data', 'bits', 'archive', 'learn', 'sweep'];
const WIDTHS = [1440, 1024, 390];
const THEMES = /** @type {const} */ (['light', 'dark']);

/**
 * A page on which Diamonds has been compressed and learned from.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {'light' | 'dark'} theme
 * @param {number} width
 */
async function openLab(browser, address, theme, width) {
  const context = await browser.newContext({
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: { width, height: width < 500 ? 844 : 900 },
  });
  const page = await context.newPage();
  await page.goto(`${address}#data=diamonds&beta=24&station=sweep&betas=16..28&splits=1,2`);
  const rail = page.getByRole('navigation', { name: 'Pipeline' });
  await rail.getByRole('link', { name: /^Archive.*of float64/ }).waitFor({ timeout: 120_000 });
  await rail.getByRole('link', { name: /^Learn.*×/ }).waitFor({ timeout: 120_000 });
  return { context, page };
}

/** @param {string} folder */
async function takeAll(folder) {
  mkdirSync(folder, { recursive: true });
  await withServedLab(async (browser, address) => {
    for (const theme of THEMES) {
      for (const width of WIDTHS) {
        const { context, page } = await openLab(browser, address, theme, width);
        for (const [index, station] of STATIONS.entries()) {
          await page.locator('body').press(String(index + 1));
          await page.waitForTimeout(800);
          await page.screenshot({ path: join(folder, `${station}-${width}-${theme}.png`), fullPage: true });
        }
        await context.close();
      }
    }
  });
}

async function takeForReadme() {
  await withServedLab(async (browser, address) => {
    for (const theme of THEMES) {
      const { context, page } = await openLab(browser, address, theme, 1440);
      await page.locator('body').press('2');
      await page.waitForTimeout(1_000);
      await page.screenshot({ path: `docs/screenshot-${theme}.png` });
      await context.close();
    }
  });
}

const { values } = parseArgs({ options: { all: { type: 'string' } } });
await (values.all === undefined ? takeForReadme() : takeAll(values.all));
