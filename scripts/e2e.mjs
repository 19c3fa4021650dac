// npm run e2e: finds a browser, then runs Playwright on the build in dist/. Arguments go to Playwright.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './browser.mjs';
import { locateShell } from './headlessShell.mjs';

async function main() {
  if (!existsSync(new URL('../dist/index.html', import.meta.url))) {
    throw new Error('There is no build in dist/ to test. Run: npm run build');
  }
  const isNamed = Boolean(process.env.CHROMIUM_PATH ?? process.env.PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH);
  const executable = (isNamed ? null : locateShell()) ?? (await ensureChromium());
  const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '../cli.js');
  const child = spawn(process.execPath, [cli, 'test', ...process.argv.slice(2)], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: executable },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

main().catch((error) => {
  console.error(`e2e: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
