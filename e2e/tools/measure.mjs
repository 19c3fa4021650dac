// npm run measure: what a person waits for, measured on the build in dist/ in a real browser. Prints one JSON object.
//   opening               from navigation on a first visit to the opening, its first figure and all of them
//   stepThrough           from a press to the first step; frames and long tasks while it plays, and while it is scrubbed
//   betaDrag              frames and long tasks while β is dragged over the picture of condensing, for each sample
// Tasks are told twice: by the clock, and by the processor time that they got, which other work on the machine does not
// change. With --motion no more than that; else also:
//   closedFormSeconds     from navigation to storage and the condensed model in closed form
//   firstVisitSeconds     from navigation to storage, closed-form and condensed results on a first visit
//   longestTaskMs         longest main-thread task while workers train and sweep, after the page has settled
//   longestTaskCpuMs      the same by processor time
//   cancelMs              from the click on a sweep's cancel to its button being back
//   crashMs               from a worker's death to the coded message on the page
//   figureMountMs         first drawing of figures: median and worst, and how many
//   figureUpdateMs        drawings anew while workers train and sweep: median and worst, and how many
//   figureCpuMs           processor time of the page from begin to end of a first drawing, and of one anew
//   chartsAfterResultMs   from the first result on the page to the request for the chart library, on the Archive station
//   chartsLoadMs          from there until its code has run
//   sweepSeconds          a sweep of --betas × --splits over the file given as argument, GD included
// With --pictures mnist (or another data set of the gallery) instead: what reading a tenth of the pictures costs with
// each of --codecs, and an epoch of a training on WebAssembly that does it; --no-train leaves the epochs out.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { longCpu, longest, longTasks, summary, watchTasks } from './motion.mjs';
import { measureReading } from './reading.mjs';
import { withServedLab } from './served.mjs';
import { firstDoor, measureMotion } from './stepping.mjs';
import { cpuWithin, startTrace } from './trace.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    betas: { type: 'string', default: '9..20' },
    splits: { type: 'string', default: '1..5' },
    motion: { type: 'boolean', default: false },
    pictures: { type: 'string' },
    codecs: { type: 'string', default: 'entrogede,dense' },
    'no-train': { type: 'boolean', default: false },
  },
});
const [path] = positionals;

/** @param {import('@playwright/test').Page} page */
const railOf = (page) => page.getByRole('navigation', { name: 'Pipeline' });

/**
 * How long figures were being drawn since the last call, by the page's clock: from the turn of one until everything that
 * it made the page do was over, other work between included.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<{ mounts: number[], updates: number[] }>}
 */
const figureTimes = (page) =>
  page.evaluate(() => {
    const lab = /** @type {{ figures?: { name: string, duration: number }[] }} */ (
      /** @type {unknown} */ (window)
    );
    const of = (/** @type {string} */ name) =>
      (lab.figures ?? []).filter((entry) => entry.name === name).map(({ duration }) => Math.round(duration));
    const times = { mounts: of('figure-mount'), updates: of('figure-update') };
    lab.figures = [];
    return times;
  });

/**
 * What a person waits for from the first visit on, while models train and sweeps run.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} address
 */
async function measureWaits(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await watchTasks(context);
  await context.addInitScript(() => {
    const lab = /** @type {{ figures?: { name: string, startTime: number, duration: number }[] }} */ (
      /** @type {unknown} */ (window)
    );
    lab.figures = [];
    new PerformanceObserver((list) => {
      for (const { name, startTime, duration } of list.getEntries()) {
        lab.figures?.push({ name, startTime, duration });
      }
    }).observe({ type: 'measure' });
  });
  const page = await context.newPage();
  const rail = railOf(page);

  const endLoading = await startTrace(page);
  let started = performance.now();
  await page.goto(address);
  await firstDoor(page).waitFor();
  await page.locator('body').press('4');
  await rail.getByRole('link', { name: /^Archive.*of float64/ }).waitFor();
  await rail.getByRole('link', { name: /^Learn.*×/ }).waitFor();
  const closedFormSeconds = (performance.now() - started) / 1000;
  const condensed = page.getByRole('region', { name: /Condensed samples, gradient descent/ });
  await condensed
    .getByText(/limit of|converged/i)
    .first()
    .waitFor({ timeout: 60_000 });
  const firstVisitSeconds = (performance.now() - started) / 1000;
  const whileLoading = await longTasks(page);
  const loading = await endLoading();

  const endTraining = await startTrace(page);
  await page.waitForTimeout(5_000); // full gradient descent runs, its curve drawn live
  const whileTraining = await longTasks(page);
  const figuresOfTraining = await figureTimes(page);
  const training = await endTraining();

  const full = page.getByRole('region', { name: /Full: all training records, gradient descent/ });
  if (await full.getByRole('button', { name: 'Pause' }).isVisible()) {
    await full.getByRole('button', { name: 'Pause' }).click();
  }
  const endSweeping = await startTrace(page);
  /** @type {{ seconds: number, runs: string } | null} */
  let sweep = null;
  if (path !== undefined) {
    const text = readFileSync(path, 'utf8');
    const drop = await page.evaluateHandle(
      ({ name, content }) => {
        const data = new DataTransfer();
        data.items.add(new File([content], name, { type: 'text/csv' }));
        return data;
      },
      { name: basename(path), content: text },
    );
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await page.dispatchEvent('body', type, { dataTransfer: drop });
    }
    await page.getByRole('button', { name: `Dataset: ${basename(path)}` }).waitFor();
    await page
      .getByRole('region', { name: 'What should be predicted?' })
      .getByRole('listitem')
      .first()
      .getByRole('button')
      .click();
    await page.waitForTimeout(1_000);
    await full
      .getByText(/limit of|converged/i)
      .first()
      .waitFor({ timeout: 120_000 });
    await page.locator('body').press('5');
    const betas = page.getByRole('textbox', { name: /Values of β/ });
    await betas.fill(values.betas);
    await betas.press('Enter');
    const splits = page.getByRole('textbox', { name: /Number of splits/ });
    await splits.fill(String(Number(values.splits.split('..')[1] ?? values.splits)));
    await splits.press('Enter');
    await longTasks(page);
    const run = page.getByRole('button', { name: /^Run \d+ trainings/ });
    const runs = (await run.innerText()).trim();
    started = performance.now();
    await run.click();
    await page.getByRole('button', { name: 'Cancel Sweep' }).waitFor();
    await run.waitFor({ timeout: 600_000 });
    sweep = { seconds: (performance.now() - started) / 1000, runs };
  } else {
    await page.locator('body').press('5');
  }
  const whileSweeping = await longTasks(page);

  const run = page.getByRole('button', { name: /^Run \d+ trainings/ });
  await run.click();
  const cancel = page.getByRole('button', { name: 'Cancel Sweep' });
  await cancel.waitFor();
  await page.waitForTimeout(6_000); // figures follow the runs that finish
  const cancelMs = await page.evaluate(async () => {
    const buttons = () => [...document.querySelectorAll('button')];
    const begun = performance.now();
    buttons()
      .find((button) => button.ariaLabel === 'Cancel Sweep')
      ?.click();
    while (!buttons().some((button) => /^Run \d+/.test(button.innerText))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return Math.round(performance.now() - begun);
  });

  const figuresOfSweeping = await figureTimes(page);
  const sweeping = await endSweeping();

  await page.goto('about:blank');
  await page.goto(`${address}#data=diamonds&station=archive`);
  const resultAt = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const look = () => {
          if (!/of float64/.test(document.querySelector('nav')?.textContent ?? '')) return;
          observer.disconnect();
          resolve(performance.now());
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { subtree: true, childList: true, characterData: true });
        look();
      }),
  );
  await page.locator('.recharts-surface').first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(500);
  const charts = await page.evaluate((shownAt) => {
    const lab = /** @type {{ figures?: { startTime: number }[] }} */ (/** @type {unknown} */ (window));
    const entries = performance.getEntriesByType('resource');
    const asked = entries.find(({ name }) => /LinePlot-[^/]*\.js$/.test(name))?.startTime ?? NaN;
    const begun = lab.figures?.[0]?.startTime ?? NaN;
    return { afterResultMs: Math.round(asked - shownAt), loadMs: Math.round(begun - asked) };
  }, resultAt);
  const figuresOfArchive = await figureTimes(page);

  await page.goto('about:blank');
  await page.goto(`${address}#data=diamonds&station=learn`);
  await page.getByRole('button', { name: 'Pause' }).first().waitFor({ timeout: 60_000 });
  started = performance.now();
  for (const worker of page.workers()) void worker.evaluate(() => globalThis.close()).catch(() => undefined);
  await page.getByText('WORKER_CRASHED').first().waitFor();
  const crashMs = Math.round(performance.now() - started);

  const round = (/** @type {number} */ value) => Number(value.toFixed(2));
  await context.close();
  return {
    closedFormSeconds: round(closedFormSeconds),
    firstVisitSeconds: round(firstVisitSeconds),
    longestTaskMs: {
      loading: longest(whileLoading),
      training: longest(whileTraining),
      sweeping: longest(whileSweeping),
    },
    longestTaskCpuMs: {
      loading: longest(longCpu(loading.tasks)),
      training: longest(longCpu(training.tasks)),
      sweeping: longest(longCpu(sweeping.tasks)),
    },
    figureCpuMs: {
      mount: summary([loading, training, sweeping].flatMap((traced) => cpuWithin(traced, 'figure-mount'))),
      update: summary([loading, training, sweeping].flatMap((traced) => cpuWithin(traced, 'figure-update'))),
    },
    figureMountMs: summary([
      ...figuresOfTraining.mounts,
      ...figuresOfSweeping.mounts,
      ...figuresOfArchive.mounts,
    ]),
    figureUpdateMs: {
      training: summary(figuresOfTraining.updates),
      sweeping: summary(figuresOfSweeping.updates),
    },
    chartsAfterResultMs: charts.afterResultMs,
    chartsLoadMs: charts.loadMs,
    sweep: sweep === null ? null : { ...sweep, seconds: round(sweep.seconds) },
    cancelMs,
    crashMs,
  };
}

await withServedLab(async (browser, address) => {
  if (values.pictures !== undefined) {
    const asked = {
      data: values.pictures,
      codecs: values.codecs.split(','),
      train: !values['no-train'],
    };
    console.log(JSON.stringify(await measureReading(browser, address, asked), null, 2));
    return;
  }
  const motion = await measureMotion(browser, address);
  const waits = values.motion ? {} : await measureWaits(browser, address);
  console.log(JSON.stringify({ ...motion, ...waits }, null, 2));
});
