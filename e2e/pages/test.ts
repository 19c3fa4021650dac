/**
 * The test of every spec: a page that fails the run when it breaks the content security policy, asks for anything
 * outside its own origin, or throws.
 */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
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

export const test = base.extend<{ watch: Watch; lab: LabPage }>({
  watch: [
    async ({ context, baseURL }, use) => {
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
