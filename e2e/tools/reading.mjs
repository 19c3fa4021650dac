// What reading pictures from an archive costs in the page, by codec: fresh random samples, and the epochs of a training
// that reads them. Trainings take turns, because one after another on a machine that warms up would flatter the last.
import { readFile } from 'node:fs/promises';

/** Draws of which the median is told. */
const DRAWS = 9;
/** Trainings per codec, in turns. */
const ROUNDS = 2;
/** Epochs of a training; the first pays for what is compiled and is left out. */
const EPOCHS = 5;

/** Milliseconds of a time as the page says it: "312 ms", "1.2 s". */
function milliseconds(/** @type {string} */ text) {
  const [, amount, unit] = /([\d.,]+)\s*(µs|ms|s|min)/.exec(text) ?? [];
  const per = { µs: 1e-3, ms: 1, s: 1e3, min: 6e4 }[unit ?? ''];
  if (amount === undefined || per === undefined) throw new Error(`No time: ${text}`);
  return Number(amount.replaceAll(',', '')) * per;
}

const median = (/** @type {number[]} */ values) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/**
 * Opens a data set of the gallery whose archive is made with a codec, and waits until it is.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {string} data
 * @param {string} codec
 */
async function openArchive(browser, address, data, codec) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(900_000);
  await page.goto(
    `${address}#data=${data}&codec=${codec}&station=learn&fraction=0.1&epochs=${EPOCHS}&evaluate-every=${EPOCHS}&backend=wasm`,
  );
  const rail = page.getByRole('navigation', { name: 'Pipeline' });
  const archive = rail.getByRole('link', { name: /^Archive.*lossless/ });
  // An archive that takes long waits for a press.
  const press = page.getByRole('button', { name: /^Start it/ });
  await archive.or(press).first().waitFor();
  if (await press.isVisible()) await press.click();
  await archive.waitFor();
  await page.getByRole('button', { name: 'What an epoch sees' }).click();
  await page.getByRole('region', { name: /^A random sample, read/ }).waitFor();
  return { codec, context, page };
}

/**
 * Fresh samples, drawn with a press each.
 * @param {import('@playwright/test').Page} page
 */
async function drawSamples(page) {
  const sample = page.getByRole('region', { name: /^A random sample, read/ });
  const stat = (/** @type {string} */ label) =>
    sample
      .locator('.stat', { hasText: label })
      .first()
      .innerText()
      .then((text) => text.replace(/\s+/g, ' '));
  const times = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const before = /seed (\d+)/.exec(await sample.innerText())?.[1];
    await page.getByRole('button', { name: 'Draw a fresh sample' }).click();
    await sample.filter({ hasText: `seed ${Number(before) + 1}` }).waitFor();
    times.push(milliseconds(await stat('Time to get them')));
    // The pictures that are shown of it are being drawn.
    await page.waitForTimeout(1_000);
  }
  const [, resident] = /([\d.]+)\s*%/.exec(await stat('In memory for the data')) ?? [];
  return {
    sampleMs: { median: median(times), worst: Math.max(...times) },
    residentPercent: Number(resident),
  };
}

/**
 * One training of the settings in the link; the seconds of its epochs.
 * @param {import('@playwright/test').Page} page
 * @param {number} round
 */
async function trainOnce(page, round) {
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  const run = page
    .getByRole('list', { name: /^[\d,]+ runs?$/ })
    .getByRole('listitem')
    .nth(round);
  await run.getByText(/Done, \d+ epochs?/).waitFor();
  await run.locator('.run-name').click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Log as JSON' }).click();
  const log = JSON.parse(await readFile(await (await waiting).path(), 'utf8'));
  /** @type {{ seconds: { fetch: number, wait: number, train: number } }[]} */
  const epochs = log.run.epochs;
  return epochs.slice(1).map(({ seconds }) => seconds);
}

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 * @param {{ data: string, codecs: readonly string[], train: boolean }} asked
 */
export async function measureReading(browser, address, { data, codecs, train }) {
  const opened = [];
  /** @type {Record<string, object>} */
  const told = {};
  for (const codec of codecs) {
    const at = await openArchive(browser, address, data, codec);
    told[codec] = await drawSamples(at.page);
    opened.push(at);
  }
  /** @type {Map<string, { fetch: number, wait: number, train: number }[]>} */
  const epochs = new Map(codecs.map((codec) => [codec, []]));
  for (let round = 0; train && round < ROUNDS; round++) {
    for (const { codec, page } of opened) epochs.get(codec)?.push(...(await trainOnce(page, round)));
  }
  for (const [codec, seconds] of epochs) {
    if (seconds.length === 0) continue;
    const mean = (/** @type {(of: { fetch: number, wait: number, train: number }) => number} */ of) =>
      Math.round((1000 * seconds.reduce((sum, epoch) => sum + of(epoch), 0)) / seconds.length);
    told[codec] = {
      ...told[codec],
      // What a person waits for, and the part of it in which the next pictures are not there yet.
      epochMs: mean(({ wait, train: training }) => wait + training),
      waitMs: mean(({ wait }) => wait),
      fetchMs: mean(({ fetch }) => fetch),
    };
  }
  for (const { context } of opened) await context.close();
  return { [data]: told };
}
