// npm run screenshots: pictures of the page, taken from the build in dist/.
//   (no option)   docs/screenshot-light.png and docs/screenshot-dark.png for the README
//   --all DIR     every page from top to bottom, at every width and in every theme
//     --data WHAT     what is open: a sample's name (diamonds), or a file, for which the first suggestion is predicted
//     --pages LIST    start, how, paper, data, bits, archive, learn, sweep, help: all unless said
//     --widths LIST   1440,1024,390
//     --themes LIST   light,dark
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withServedLab } from './served.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const { values } = parseArgs({
  options: {
    all: { type: 'string' },
    data: { type: 'string', default: 'diamonds' },
    pages: { type: 'string', default: 'start,how,paper,data,bits,archive,learn,sweep,help' },
    widths: { type: 'string', default: '1440,1024,390' },
    themes: { type: 'string', default: 'light,dark' },
  },
});

const STATIONS = ['data', 'bits', 'archive', 'learn', 'sweep'];
/** How long results and figures are waited for, in milliseconds. */
const PATIENCE = 300_000;

/** @param {Page} page */
const railOf = (page) => page.getByRole('navigation', { name: 'Pipeline' });

/**
 * Waits until nothing is being computed and nothing has changed for a second, or for half a minute: what a person
 * started runs on.
 * @param {Page} page
 */
async function settle(page) {
  let before = '';
  for (let k = 0, calm = 0; k < 60 && calm < 2; k++) {
    await page.waitForTimeout(500);
    const now = await page.content();
    calm = now === before ? calm + 1 : 0;
    before = now;
  }
}

/**
 * A page with a dataset open, compressed and, where it has a target, learned from.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {string} data
 */
async function openLab(browser, address, data) {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const isFile = existsSync(data);
  const settings = data === 'diamonds' ? '&beta=24&betas=16..28&splits=1,2&iterations=500' : '';
  await page.goto(`${address}#data=${isFile ? 'diamonds' : data}${settings}`);
  const rail = railOf(page);
  const archive = rail.getByRole('link', { name: /^Archive.*(of float64|of raw|raw ·)/ });
  if (isFile) {
    await page.locator('input[type=file]').first().setInputFiles(data);
    await page.getByRole('button', { name: /^Dataset: (?!Diamonds|none)/ }).waitFor();
    const question = page.getByRole('region', { name: 'What should be predicted?' });
    await question.or(archive).first().waitFor();
    if (await question.isVisible()) await question.getByRole('listitem').first().getByRole('button').click();
  }
  await archive.waitFor();
  await rail.getByRole('link', { name: /^Learn.*(×|points|%|not trained)/ }).waitFor();
  return { context, page };
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function goTo(page, name) {
  if (name === 'help') {
    await page.getByRole('button', { name: 'Help and shortcuts' }).click();
    return;
  }
  if (STATIONS.includes(name)) await page.locator('body').press(String(STATIONS.indexOf(name) + 1));
  else if (name === 'start') await page.getByRole('link', { name: 'dreaMLearning Lab' }).click();
  else await page.locator('body').press(name === 'how' ? 'h' : 'p');
}

/**
 * Brings every figure of the page near, so that all are drawn, and goes back to the top.
 * @param {Page} page
 */
async function lookThrough(page) {
  await settle(page);
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
      scrollTo(0, y);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    scrollTo(0, 0);
  });
}

/** @param {string} folder */
async function takeAll(folder) {
  mkdirSync(folder, { recursive: true });
  const widths = values.widths.split(',').map(Number);
  const themes = /** @type {('light' | 'dark')[]} */ (values.themes.split(','));
  await withServedLab(async (browser, address) => {
    const { context, page } = await openLab(browser, address, values.data);
    for (const name of values.pages.split(',')) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await goTo(page, name);
      for (const width of widths) {
        await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
        await lookThrough(page);
        for (const colorScheme of themes) {
          await page.emulateMedia({ colorScheme });
          await settle(page);
          await page.screenshot({
            path: join(folder, `${name}-${width}-${colorScheme}.png`),
            fullPage: true,
          });
        }
      }
      if (name === 'help') await page.keyboard.press('Escape');
    }
    await context.close();
  });
}

async function takeForReadme() {
  await withServedLab(async (browser, address) => {
    const { context, page } = await openLab(browser, address, 'diamonds');
    await goTo(page, 'bits');
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await settle(page);
      await page.screenshot({ path: `docs/screenshot-${colorScheme}.png` });
    }
    await context.close();
  });
}

await (values.all === undefined ? takeForReadme() : takeAll(values.all));
