/** Drives the lab in a headless Chromium: opens the pictures, runs a grid of trainings, and hands on its results. */
import { access, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { preview } from 'vite';
import { FIRST_SAMPLE } from '../../src/contracts/gallery.ts';
import type { LinkedData } from '../../src/contracts/link/experiment.ts';
import type { BackendWish, TrainingResult } from '../../src/contracts/training.ts';
import { findChromium } from '../browser.mjs';
import { ROOT, runScript } from './build.ts';
import { countRuns, linkOf, type Reproduction } from './plan.ts';
import { isResult, placeOf } from './report.ts';

/** Milliseconds between two looks at how far the page is. */
const LOOK_EVERY = 500;
/** Milliseconds between two lines on a run that is at work. */
const SAY_EVERY = 10_000;
/** Looks in a row without anything at work after which a sweep that has not ended is taken for stuck. */
const MOST_IDLE_LOOKS = 20;

/** What hears of a reproduction while it runs. */
export interface Listener {
  /** How far it is, in words. */
  say: (text: string) => void;
  /** A run that has finished; every one once. */
  result: (result: TrainingResult) => void;
}

/** Runs work with the address of the served build, and ends the server afterwards. */
async function withServer<T>(work: (address: string) => Promise<T>): Promise<T> {
  const server = await preview({
    root: ROOT,
    logLevel: 'warn',
    preview: { port: 4400, strictPort: false, host: 'localhost', open: false },
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

/** Runs work with a browser and a profile of its own, which has the browser's full store, and removes both. */
async function withBrowser<T>(
  { backend, signal }: { backend: BackendWish; signal: AbortSignal },
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  if (findChromium() === undefined) await runScript(['scripts/browser.mjs']);
  const executablePath = findChromium();
  const profile = await mkdtemp(join(tmpdir(), 'dreamlearning-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath === undefined ? {} : { executablePath }),
    headless: true,
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
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
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
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
  if (said.length > 0) throw new Error(said.join('\n'));
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
  return withBrowser({ backend: 'auto', signal }, async (context) => {
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

/** The finished runs as the page saves them. */
async function savedResults(page: Page): Promise<TrainingResult[]> {
  const button = page.getByRole('button', { name: 'Save as JSON' });
  if (!(await button.isEnabled())) return [];
  const waiting = page.waitForEvent('download');
  await button.click();
  const path = await (await waiting).path();
  const saved: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(saved) || !saved.every(isResult)) throw new Error('The page saved no list of results.');
  return saved;
}

/** Runs the grid of the Sweep station to its end. */
async function sweep(page: Page, runs: number, listener: Listener): Promise<void> {
  await page.getByRole('radio', { name: 'Training', exact: true }).check({ force: true });
  const standing = page.getByRole('status').filter({ hasText: /runs? done/ });
  const run = page.getByRole('button', { name: `Run ${runs} training${runs === 1 ? '' : 's'}`, exact: true });
  await run.waitFor();
  await run.click();

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
      for (const result of await savedResults(page)) {
        const place = placeOf(result);
        if (!seen.has(place)) listener.result(result);
        seen.add(place);
      }
    }
    if (Number(done) === runs) return;
    idle = (await isVisible(cancel)) ? 0 : idle + 1;
    const isOver = Number(done) + Number(failed ?? 0) >= runs;
    if ((isOver && idle > 1) || idle > MOST_IDLE_LOOKS) {
      const reasons = await failures(page);
      throw new Error([`${text}.`, ...reasons].join('\n'));
    }
    await page.waitForTimeout(LOOK_EVERY);
  }
}

/**
 * Trains what was asked for.
 *
 * @param signal closes the browser when it is aborted
 * @throws Error with the page's own words, its code first, where a run or what goes before it fails
 */
export async function reproduce(plan: Reproduction, listener: Listener, signal: AbortSignal): Promise<void> {
  const { dataset } = plan;
  const paths = dataset.kind === 'files' ? dataset.paths.map((path) => resolve(path)) : [];
  for (const path of paths) {
    await access(path).catch(() => {
      throw new Error(`${path} is not there, or cannot be read.`);
    });
  }
  await withServer(async (address) => {
    const data: LinkedData =
      dataset.kind === 'sample'
        ? { kind: 'sample', id: dataset.id }
        : await nameFiles(address, paths, signal);
    await withBrowser({ backend: plan.backend, signal }, async (context) => {
      const page = await context.newPage();
      // A training may take any time.
      page.setDefaultTimeout(0);
      const crash = new Promise<never>((_resolve, reject) => {
        page.once('crash', () => reject(new Error('The page crashed; its browser may be out of memory.')));
      });
      const work = async () => {
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
        // A dataset that is awaited shows the Data station.
        await page
          .getByRole('navigation', { name: 'Pipeline' })
          .getByRole('link', { name: /^Sweep/ })
          .click();
        await sweep(page, countRuns(plan), listener);
      };
      await Promise.race([work(), crash]);
    });
  });
}
