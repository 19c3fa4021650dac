// Serves the build and opens a browser on it, for scripts that look at the page.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { ensureChromium } from '../../scripts/browser.mjs';

/**
 * Runs work with a browser and the address of the served build, and closes both afterwards.
 * @param {(browser: import('@playwright/test').Browser, address: string) => Promise<void>} work
 */
export async function withServedLab(work) {
  if (!existsSync(new URL('../../dist/index.html', import.meta.url))) {
    throw new Error('There is no build in dist/ to look at. Run: npm run samples && npm run build');
  }
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const server = await preview({ root, logLevel: 'warn', preview: { port: 4300, host: 'localhost' } });
  const address = server.resolvedUrls?.local[0];
  const executablePath = await ensureChromium();
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-quic', '--disable-background-networking'],
  });
  try {
    if (!address) throw new Error('The server has no address.');
    await work(browser, address);
  } finally {
    await browser.close();
    if ('closeAllConnections' in server.httpServer) server.httpServer.closeAllConnections();
    await server.close();
  }
}
