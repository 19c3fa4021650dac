/**
 * The test of every spec: a page that fails the run when it breaks the content security policy, asks for anything
 * outside its own origin, or throws.
 */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { OPENING_KEY } from '../../src/platform/firstVisit.ts';
import { LabPage } from './labPage.ts';

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

/** Marks the browser as one that has been shown the opening. */
async function skipOpening(context: BrowserContext): Promise<void> {
  await context.addInitScript((key) => {
    // Not every page may keep something: about:blank may not, nor a sandboxed one.
    if (location.protocol.startsWith('http') && self.origin !== 'null') localStorage.setItem(key, '1');
  }, OPENING_KEY);
}

export const test = base.extend<{ isFirstVisit: boolean; watch: Watch; lab: LabPage }>({
  /** Whether the browser has never been shown the opening: without a link the lab then begins with it. */
  isFirstVisit: [false, { option: true }],
  watch: [
    async ({ context, baseURL, isFirstVisit }, use) => {
      if (!isFirstVisit) await skipOpening(context);
      const watch = await watchContext(context, new URL(baseURL!).origin);
      await use(watch);
      expect(watch.violations, 'violations of the content security policy').toEqual([]);
      expect(watch.outside, 'requests to other origins').toEqual([]);
      expect(watch.errors, 'uncaught errors of the page').toEqual([]);
    },
    { auto: true },
  ],
  lab: async ({ page, watch: _ }, use) => {
    await use(new LabPage(page));
  },
});

export { expect };
