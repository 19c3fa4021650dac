/**
 * The test of every spec: a page that fails the run when it breaks the content security policy, asks for anything
 * outside its own origin, or throws.
 */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { ANSWER_KEY, WHEN_ASKED } from '../../src/platform/answerChoice.ts';
import { OPENING_KEY } from '../../src/platform/firstVisit.ts';
import { LabPage } from './labPage.ts';
import { SERVED_STEP, serveSomeDiamonds } from './samples.ts';

export interface Watch {
  violations: string[];
  outside: string[];
  errors: string[];
}

/** Watches every page of a context, workers' requests included. */
async function watchContext(context: BrowserContext, origin: string): Promise<Watch> {
  const watch: Watch = { violations: [], outside: [], errors: [] };
  await context.exposeBinding('reportViolation', (_source, text: string) => {
    watch.violations.push(text);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { reportViolation?: (text: string) => void }).reportViolation;
      report?.(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) watch.outside.push(url);
  });
  context.on('page', (page) => watchPage(page, watch));
  return watch;
}

function watchPage(page: Page, watch: Watch): void {
  page.on('pageerror', (error) => watch.errors.push(String(error)));
  page.on('console', (message) => {
    // A worker's violations reach the console only.
    if (/Content Security Policy/i.test(message.text())) watch.violations.push(message.text());
  });
}

/** Has the browser remember this before its first page, and forget nothing of what it was told since. */
async function remember(context: BrowserContext, key: string, value: string): Promise<void> {
  await context.addInitScript(
    ([name, told]) => {
      try {
        if (localStorage.getItem(name) === null) localStorage.setItem(name, told);
      } catch {
        // Not every page may keep something: about:blank may not, nor a sandboxed frame, nor one of another site.
      }
    },
    [key, value],
  );
}

/** What every context of a test is made ready with. */
interface Visit {
  /** Whether the browser has never been shown the opening: without a link the lab then begins with it. */
  isFirstVisit: boolean;
  /**
   * Whether the answer is looked for by itself. It takes a third of the work of a visit that trains: only what is about
   * it lets it come.
   */
  answersByItself: boolean;
  /** Every so many-th record of Diamonds is there. */
  diamondStep: number;
}

/** Makes a context ready, and watches it. */
async function prepare(
  context: BrowserContext,
  baseURL: string,
  { isFirstVisit, answersByItself, diamondStep }: Visit,
): Promise<Watch> {
  if (!isFirstVisit) await remember(context, OPENING_KEY, '1');
  if (!answersByItself) await remember(context, ANSWER_KEY, WHEN_ASKED);
  if (diamondStep !== SERVED_STEP) await serveSomeDiamonds(context, diamondStep);
  return watchContext(context, new URL(baseURL).origin);
}

function expectNothingAmiss({ violations, outside, errors }: Watch): void {
  expect(violations, 'violations of the content security policy').toEqual([]);
  expect(outside, 'requests to other origins').toEqual([]);
  expect(errors, 'uncaught errors of the page').toEqual([]);
}

/** For specs that are about what moves: everywhere else nothing does. */
export const MOVING = { contextOptions: { reducedMotion: 'no-preference' } } as const;

interface Fixtures {
  watch: Watch;
  lab: LabPage;
  /** Opens a page in another profile of the browser, which shares nothing with the first. */
  elsewhere: () => Promise<LabPage>;
}

export const test = base.extend<Visit & Fixtures>({
  isFirstVisit: [false, { option: true }],
  answersByItself: [false, { option: true }],
  diamondStep: [SERVED_STEP, { option: true }],
  watch: [
    async ({ context, baseURL, isFirstVisit, answersByItself, diamondStep }, use) => {
      const watch = await prepare(context, baseURL!, { isFirstVisit, answersByItself, diamondStep });
      await use(watch);
      expectNothingAmiss(watch);
    },
    { auto: true },
  ],
  lab: async ({ page, watch: _ }, use) => {
    await use(new LabPage(page));
  },
  elsewhere: async ({ browser, baseURL, isFirstVisit, answersByItself, diamondStep }, use) => {
    const profiles: { context: BrowserContext; watch: Watch }[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL });
      const watch = await prepare(context, baseURL!, { isFirstVisit, answersByItself, diamondStep });
      profiles.push({ context, watch });
      return new LabPage(await context.newPage());
    });
    for (const { context, watch } of profiles) {
      await context.close();
      expectNothingAmiss(watch);
    }
  },
});

export { expect };
