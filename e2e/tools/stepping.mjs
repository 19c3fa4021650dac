// What it takes to see the method happen: the opening of a first visit, the step-through, and β dragged over the
// picture of condensing.
import { dragAcross, motionDuring, watchTasks } from './motion.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** The built-in samples that are tables. */
const TABLES = ['diamonds', 'bank-marketing'];

/** The way to the opening's first door, by which one knows that it is shown. */
export const firstDoor = (/** @type {Page} */ page) => page.getByRole('link', { name: 'See how it works' });

const seconds = (/** @type {number} */ since) => Number(((performance.now() - since) / 1000).toFixed(2));

/**
 * A first visit, up to the picture of the sample that the opening shows.
 * @param {Page} page of a context that has never been here
 * @param {string} address
 */
async function timeOpening(page, address) {
  const started = performance.now();
  await page.goto(address);
  await firstDoor(page).waitFor();
  const shownSeconds = seconds(started);
  const figures = page.locator('.start-picture .measure-head b');
  await figures.first().waitFor({ timeout: 120_000 });
  const firstFigureSeconds = seconds(started);
  await figures.nth(2).waitFor({ timeout: 120_000 });
  return { shownSeconds, firstFigureSeconds, allFiguresSeconds: seconds(started) };
}

/**
 * The step-through on its table, played from its first step to its last, then scrubbed there and back.
 * @param {Page} page
 */
async function measureSteps(page) {
  const started = performance.now();
  await page.locator('body').press('h');
  const count = page.getByText(/^Step \d+ of \d+$/);
  await count.waitFor();
  const firstStepSeconds = seconds(started);
  const steps = Number(/of (\d+)/.exec(await count.innerText())?.[1]);
  const playing = await motionDuring(page, async () => {
    await page.locator('body').press(' ');
    await page.getByText(`Step ${steps} of ${steps}`, { exact: true }).waitFor({ timeout: steps * 5_000 });
  });
  await page.locator('body').press('Home');
  const scrubber = page.locator('.stepper-scrubber');
  const track = await scrubber.locator('.slider-track').boundingBox();
  const scrubbing = await motionDuring(page, () =>
    dragAcross(page, scrubber.locator('.slider-thumb'), {
      to: (track?.x ?? 0) + (track?.width ?? 0),
      steps: 120,
    }),
  );
  return { steps, firstStepSeconds, playing, scrubbing };
}

/**
 * β dragged down to 1 and back beside a sample's picture of condensing.
 * @param {Page} page
 * @param {string} address
 * @param {string} sample
 */
async function measureBeta(page, address, sample) {
  await page.goto('about:blank');
  await page.goto(`${address}#data=${sample}&station=bits`);
  await page
    .getByRole('navigation', { name: 'Pipeline' })
    .getByRole('link', { name: /^Learn.*(×|points|%)/ })
    .waitFor({ timeout: 120_000 });
  await page.locator('.condensing-place').scrollIntoViewIfNeeded();
  const panel = page.getByRole('region', { name: /^Condensed samples among the records/ });
  await panel.getByRole('img', { name: /condensed samples among them/ }).waitFor({ timeout: 60_000 });
  const track = await panel.locator('.slider-track').boundingBox();
  return motionDuring(page, () =>
    dragAcross(page, panel.locator('.slider-thumb'), { to: track?.x ?? 0, steps: 120 }),
  );
}

/**
 * The three in turn, on a first visit.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 */
export async function measureMotion(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await watchTasks(context);
  const page = await context.newPage();
  const opening = await timeOpening(page, address);
  const stepThrough = await measureSteps(page);
  /** @type {Record<string, Awaited<ReturnType<typeof measureBeta>>>} */
  const betaDrag = {};
  for (const sample of TABLES) betaDrag[sample] = await measureBeta(page, address, sample);
  await context.close();
  return { opening, stepThrough, betaDrag };
}
