/** Drives the lab in a headless Chromium: opens the pictures, runs grids of trainings, and hands on their results. */
import { access, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { preview } from 'vite';
import { FIRST_SAMPLE } from '../../src/contracts/gallery.ts';
import type { LinkedData } from '../../src/contracts/link/experiment.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import type { SavedResult } from '../../src/contracts/results.ts';
import { TRAINING_SETTINGS, type BackendWish } from '../../src/contracts/training.ts';
import { findChromium } from '../browser.mjs';
import { ROOT, runScript } from './build.ts';
import { countRuns, linkOf, type Dataset, type Grid } from './plan.ts';
import { isResult, placeOf } from './report.ts';

/** Where the build is served: what a profile keeps belongs to an address. */
const PORT = 4400;
/** Milliseconds between two looks at how far the page is. */
const LOOK_EVERY = 500;
/** Looks in a row without anything at work after which the page is taken to be at rest. */
const QUIET_LOOKS = 3;
/** Milliseconds between two lines on a run that is at work. */
const SAY_EVERY = 10_000;
/** Looks in a row without anything at work after which a sweep that has not ended is taken for stuck. */
const MOST_IDLE_LOOKS = 20;

/** What hears of a reproduction while it runs. */
export interface Listener {
  /** How far it is, in words. */
  say: (text: string) => void;
  /** A run that has finished; every one once. */
  result: (result: SavedResult) => Promise<void>;
}

/** What is trained on, and with what. */
export interface Bench {
  dataset: Dataset;
  backend: BackendWish;
  /** Folder of a profile that is kept, or null. */
  profile: string | null;
}

/** Trains one grid on a page of its own. @throws RunFailed, and Error where the browser itself fails */
export type Train = (grid: Grid, listener: Listener) => Promise<void>;

/** The page says itself why there is no result; others may well have one. */
export class RunFailed extends Error {}

/** Runs work with the address of the served build, and ends the server afterwards. */
async function withServer<T>(isKept: boolean, work: (address: string) => Promise<T>): Promise<T> {
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { port: PORT, strictPort: isKept, host: 'localhost', open: false },
  });
  try {
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('The server has no address.');
    return await work(address);
  } finally {
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
    await server.close();
  }
}

/**
 * Runs work with a browser and a profile of its own, which has the browser's full store, and removes both; a profile
 * that is named stays.
 */
async function withBrowser<T>(
  { backend, profile, signal }: Pick<Bench, 'backend' | 'profile'> & { signal: AbortSignal },
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  if (findChromium() === undefined) await runScript(['scripts/browser.mjs']);
  const executablePath = findChromium();
  if (profile !== null) await mkdir(profile, { recursive: true });
  const folder = profile ?? (await mkdtemp(join(tmpdir(), 'dreamlearning-')));
  const context = await chromium.launchPersistentContext(folder, {
    ...(executablePath === undefined ? {} : { executablePath }),
    headless: true,
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
    // Keeping the lab for work without a network would disturb the clock, and a kept profile would open an old build.
    serviceWorkers: 'block',
    // Bars that move without end are drawn by the processor that trains.
    reducedMotion: 'reduce',
    // Whoever started this decides what a signal does.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(backend === 'webgpu' ? ['--enable-unsafe-webgpu'] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  let closing: Promise<unknown> | null = null;
  const close = () => (closing ??= context.close().catch(() => undefined));
  signal.addEventListener('abort', () => void close(), { once: true });
  try {
    return await work(context);
  } finally {
    await close();
    if (profile === null) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const isVisible = (locator: Locator): Promise<boolean> => locator.first().isVisible();

/** Sentences and codes of what went wrong, as the page says them: "DEVICE_LOST: … …". */
async function failures(page: Page): Promise<string[]> {
  const cards = await page.locator('.message-error, .message-warning:has(code), .notice-error').all();
  const lines = await Promise.all(
    cards.map(async (card) => {
      const code = squeezed((await card.locator('code').allInnerTexts()).join(' '));
      const sentences = (await card.locator('p').allInnerTexts()).map(squeezed);
      return `${code}: ${sentences.filter((one) => one !== code && one !== '').join(' ')}`;
    }),
  );
  return [...new Set(lines)];
}

/** Fails with what the page says where it says that something failed. */
async function throwWhatFailed(page: Page): Promise<void> {
  const said = await failures(page);
  if (said.length > 0) throw new RunFailed(said.join('\n'));
}

/** Gives the page the files of a dataset of one's own, in whatever way it takes them. */
async function giveFiles(page: Page, paths: readonly string[]): Promise<void> {
  const isFolder = paths.length === 1 && (await stat(paths[0])).isDirectory();
  const input = page.locator(
    isFolder ? 'input[type=file][webkitdirectory]' : 'input[type=file][multiple]:not([webkitdirectory])',
  );
  await input.first().setInputFiles(isFolder ? paths[0] : [...paths]);
}

/** How the page names a dataset of one's own: by its content, for which it has to be read once. */
async function nameFiles(
  address: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<LinkedData> {
  return withBrowser({ backend: 'auto', profile: null, signal }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${address}#data=${FIRST_SAMPLE}&compress-only=1&station=data`);
    await page.getByRole('button', { name: 'Dataset: Diamonds' }).waitFor();
    await giveFiles(page, paths);
    for (;;) {
      const hash = new URLSearchParams(new URL(page.url()).hash.slice(1));
      const datasetId = hash.get('data') ?? '';
      if (datasetId.startsWith('sha256-')) {
        return {
          kind: 'dataset',
          datasetId: datasetId.slice('sha256-'.length),
          fileName: hash.get('file') ?? '',
        };
      }
      // The file of a sample is the sample.
      if (datasetId !== '' && datasetId !== FIRST_SAMPLE) return { kind: 'sample', id: datasetId };
      await throwWhatFailed(page);
      await page.waitForTimeout(LOOK_EVERY);
    }
  });
}

/** Waits until the archive is made, which the archive's methods train from. */
async function isCompressed(page: Page, say: Listener['say']): Promise<void> {
  const archive = page.getByRole('navigation', { name: 'Pipeline' }).getByRole('link', { name: /^Archive/ });
  say('compressing …');
  for (;;) {
    const text = await archive.innerText();
    if (/float64/.test(text)) throw new Error('This is a table; networks are trained on pictures.');
    if (/lossless/.test(text)) break;
    await throwWhatFailed(page);
    await page.waitForTimeout(LOOK_EVERY);
  }
  say(squeezed(await archive.innerText()));
}

/** Waits until nothing is at work at any station, so that a training has the machine to itself. */
async function isAtRest(page: Page): Promise<void> {
  const working = page
    .getByRole('navigation', { name: 'Pipeline' })
    .getByRole('button', { name: /^Cancel / });
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet++) {
    if (await isVisible(working)) quiet = -1;
    await page.waitForTimeout(LOOK_EVERY);
  }
}

/** The finished runs as the page saves them. */
async function savedResults(page: Page): Promise<SavedResult[]> {
  const button = page.getByRole('button', { name: 'Save as JSON' });
  if (!(await button.isEnabled())) return [];
  const waiting = page.waitForEvent('download');
  await button.click();
  const path = await (await waiting).path();
  const saved: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(saved) || !saved.every(isResult)) throw new Error('The page saved no list of results.');
  return saved;
}

/** Whether a result is of the grid: a profile that is kept may have others. */
function isOf({ training, grid }: Grid, { method, fraction, seed, settings, unusual }: SavedResult): boolean {
  const isSide =
    grid.methods.includes(method) &&
    grid.seeds.includes(seed) &&
    (grid.fractions.includes(fraction) || METHOD_METAS.find(method)?.usesFraction === false);
  const isAsked = TRAINING_SETTINGS.all.every(([name, { affects }]) => {
    const value = training[name];
    if (value === undefined) return !(name in unusual);
    return affects.length === 0 || value === settings[name];
  });
  return isSide && isAsked;
}

/** Runs the grid of the Sweep station to its end. */
async function sweep(page: Page, plan: Grid, listener: Listener): Promise<void> {
  const runs = countRuns(plan);
  await page.getByRole('radio', { name: 'Training', exact: true }).check({ force: true });
  const standing = page.getByRole('status').filter({ hasText: /runs? done/ });
  const run = page.getByRole('button', { name: /^Run \d+ trainings?$/ });
  // Of a profile that was kept.
  const done = page.getByRole('button', { name: 'All of these runs are done' });
  await run.or(done).waitFor();
  if (await run.isVisible()) await run.click();

  const seen = new Set<string>();
  const cancel = page.getByRole('button', { name: 'Cancel the sweep' });
  let [said, saidAt, idle, finished] = ['', 0, 0, 0];
  for (;;) {
    const text = squeezed(await standing.innerText());
    const [, done, , failed] = /^(\d+) of (\d+) runs? done(?:, (\d+) failed)?/.exec(text) ?? [];
    const work = page.locator('.progress-phase');
    const now = (await isVisible(cancel)) ? squeezed((await work.allInnerTexts()).slice(1).join(' ')) : '';
    if (text !== said || (now !== '' && performance.now() - saidAt > SAY_EVERY)) {
      listener.say(now === '' ? text : `${text} · ${now}`);
      [said, saidAt] = [text, performance.now()];
    }
    if (Number(done) > finished) {
      finished = Number(done);
      // Of two in one place, which a kept profile may have, the newer one.
      const places = new Map(
        (await savedResults(page)).flatMap((result) =>
          isOf(plan, result) ? [[placeOf(result), result]] : [],
        ),
      );
      for (const [place, result] of places) {
        if (!seen.has(place)) await listener.result(result);
        seen.add(place);
      }
    }
    if (Number(done) === runs) return;
    idle = (await isVisible(cancel)) ? 0 : idle + 1;
    const isOver = Number(done) + Number(failed ?? 0) >= runs;
    if ((isOver && idle > 1) || idle > MOST_IDLE_LOOKS) {
      const reasons = await failures(page);
      throw new RunFailed([`${text}.`, ...reasons].join('\n'));
    }
    await page.waitForTimeout(LOOK_EVERY);
  }
}

/** Opens the pictures on a page, and trains a grid there. */
async function trainOn(
  page: Page,
  address: string,
  data: LinkedData,
  paths: readonly string[],
  plan: Grid,
  listener: Listener,
): Promise<void> {
  await page.goto(`${address}#${linkOf(plan, data)}`);
  if (data.kind === 'dataset') {
    listener.say(`reading ${paths.map((path) => basename(path)).join(', ')} …`);
    // A file that comes before the page has read its link would be opened without it.
    await page
      .getByText(/^This link needs/)
      .first()
      .waitFor();
    await giveFiles(page, paths);
  }
  await isCompressed(page, listener.say);
  await isAtRest(page);
  // A dataset that is awaited shows the Data station.
  await page
    .getByRole('navigation', { name: 'Pipeline' })
    .getByRole('link', { name: /^Sweep/ })
    .click();
  await sweep(page, plan, listener);
}

/**
 * Opens a browser on the built lab for trainings on one dataset.
 *
 * @param work is handed what trains a grid; one at a time
 * @param signal closes the browser when it is aborted
 * @throws Error with the page's own words, its code first, where what goes before a run fails
 */
export async function withLab<T>(
  { dataset, backend, profile }: Bench,
  signal: AbortSignal,
  work: (train: Train) => Promise<T>,
): Promise<T> {
  const paths = dataset.kind === 'files' ? dataset.paths.map((path) => resolve(path)) : [];
  for (const path of paths) {
    await access(path).catch(() => {
      throw new Error(`${path} is not there, or cannot be read.`);
    });
  }
  return withServer(profile !== null, async (address) => {
    const data: LinkedData =
      dataset.kind === 'sample'
        ? { kind: 'sample', id: dataset.id }
        : await nameFiles(address, paths, signal);
    const trainIn = async (context: BrowserContext, plan: Grid, listener: Listener): Promise<void> => {
      // A page for itself: nothing is left over from the grid before.
      const page = await context.newPage();
      // A training may take any time.
      page.setDefaultTimeout(0);
      const crash = new Promise<never>((_resolve, reject) => {
        page.once('crash', () => reject(new Error('The page crashed; its browser may be out of memory.')));
      });
      try {
        await Promise.race([trainOn(page, address, data, paths, plan, listener), crash]);
      } finally {
        await page.close().catch(() => undefined);
      }
    };
    if (data.kind === 'sample') {
      return withBrowser({ backend, profile, signal }, (context) =>
        work((plan, listener) => trainIn(context, plan, listener)),
      );
    }
    // Where an archive of the files is kept the page does not ask for them: each grid has a browser of its own.
    if (profile !== null) throw new Error('--profile keeps trainings on samples of the lab alone.');
    return work((plan, listener) =>
      withBrowser({ backend, profile, signal }, (context) => trainIn(context, plan, listener)),
    );
  });
}
