// npm run moving-picture: the step-through on its table as a moving picture for the README, docs/step-through.webp, a
// frame for every step, taken from the build in dist/.
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { withServedLab } from './served.mjs';

const FILE = 'docs/step-through.webp';
const MOST_BYTES = 1_500_000;
const WIDTH = 1000;
/** Pixels around a frame. */
const MARGIN = 16;
/** Milliseconds of a step that begins something, of one that goes on with it, and of the last. */
const DELAYS = { begins: 2600, goesOn: 700, last: 4000 };

/**
 * What steps that go on with one thing have in common: their titles but for the numbers.
 * @param {string} title
 */
const kindOf = (title) => title.replace(/\d+/g, '');

/**
 * The stage and the words of every step.
 * @param {import('@playwright/test').Page} page
 */
async function takeSteps(page) {
  const stepper = page.locator('.stepper');
  const count = page.getByText(/^Step \d+ of \d+$/);
  const title = stepper.getByRole('heading', { level: 3 }).first();
  await count.waitFor();
  const steps = Number(/of (\d+)/.exec(await count.innerText())?.[1]);
  /** @type {{ png: Buffer, title: string }[]} */
  const taken = [];
  for (let step = 1; step <= steps; step++) {
    await page.getByText(`Step ${step} of ${steps}`, { exact: true }).waitFor();
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    taken.push({ png: await stepper.screenshot(), title: await title.innerText() });
    await page.keyboard.press('ArrowRight');
  }
  return taken;
}

/**
 * Frames of one size, with a margin, and room below those that are lower.
 * @param {readonly Buffer[]} pngs
 */
async function ofOneSize(pngs) {
  const sizes = await Promise.all(pngs.map((png) => sharp(png).metadata()));
  const height = Math.max(...sizes.map((size) => size.height));
  const background = await sharp(pngs[0]).extract({ left: 0, top: 0, width: 1, height: 1 }).raw().toBuffer();
  const [r, g, b] = background;
  return Promise.all(
    pngs.map((png, k) =>
      sharp(png)
        .extend({
          ...{ top: MARGIN, left: MARGIN, right: MARGIN },
          bottom: MARGIN + height - sizes[k].height,
          background: { r, g, b },
        })
        .png()
        .toBuffer(),
    ),
  );
}

/**
 * The frames in the best quality that the limit leaves room for.
 * @param {Buffer[]} frames
 * @param {number[]} delay
 */
async function join(frames, delay) {
  for (const quality of [90, 80, 70, 60, 50, 40]) {
    const webp = await sharp(frames, { join: { animated: true } })
      .webp({ quality, effort: 6, minSize: true, mixed: true, loop: 0, delay })
      .toBuffer();
    if (webp.byteLength <= MOST_BYTES) return { webp, quality };
  }
  throw new Error(`${frames.length} frames do not fit into ${MOST_BYTES} bytes.`);
}

await withServedLab(async (browser, address) => {
  const context = await browser.newContext({
    colorScheme: 'light',
    reducedMotion: 'reduce',
    // As high as the stage, so that nothing of the page lies over it.
    viewport: { width: WIDTH, height: 1600 },
  });
  const page = await context.newPage();
  await page.goto(`${address}#station=how`);
  const steps = await takeSteps(page);
  await context.close();
  const delay = steps.map(({ title }, k) => {
    if (k === steps.length - 1) return DELAYS.last;
    return k > 0 && kindOf(title) === kindOf(steps[k - 1].title) ? DELAYS.goesOn : DELAYS.begins;
  });
  const { webp, quality } = await join(await ofOneSize(steps.map(({ png }) => png)), delay);
  writeFileSync(FILE, webp);
  console.log(`${FILE}: ${steps.length} steps, ${Math.round(webp.byteLength / 1000)} kB, quality ${quality}`);
});
