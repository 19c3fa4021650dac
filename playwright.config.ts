import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { SERVED_SAMPLES } from './e2e/pages/samples.ts';
import { findChromium } from './scripts/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4173);
const executablePath = findChromium();
const isRoot = process.getuid?.() === 0;

/**
 * What Chromium does for its own window and nobody sees here. The pages that it keeps ready to fall from the address bar,
 * anew in every profile, take a quarter of the processor time of a short test. The switch replaces Playwright's own
 * list, of which the others are.
 */
const NOT_WANTED = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/**
 * What Chromium would rather do without: it hands freed memory back to the system at every turn, and a virtual machine
 * pays for each page of it. Kept for the next use it saves an eighth of the whole processor time. The switch replaces
 * Playwright's own list too, of which the last two are.
 */
const WANTED = [
  'PartitionAllocLargeEmptySlotSpanRing',
  'PartitionAllocLargeThreadCacheSize',
  'CDPScreenshotNewSurface',
  'SkipListAccountsWithoutGaiaCookies',
];

const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--disable-features=${NOT_WANTED.join()}`,
    `--enable-features=${WANTED.join()}`,
  ],
};

/** What needs WebGPU: Chromium has a software adapter of it, behind a flag. */
const WEBGPU = '**/backends.spec.ts';

export default defineConfig({
  testDir: 'e2e/specs',
  globalSetup: './e2e/setup.ts',
  outputDir: 'test-results',
  // A test waits a good part of its time: two keep two cores at work.
  workers: 2,
  fullyParallel: true,
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}/`,
    // Keeping the lab for offline use costs every fresh profile anew; the specs that are about it allow it.
    serviceWorkers: 'block',
    // What moves is drawn sixty times a second, beside the work that is waited for; the specs that are about it let it.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of every page takes a sixth of the whole time: it is kept of a test's second try, or with --trace on.
    trace: { mode: 'on-first-retry', screenshots: false },
    screenshot: 'only-on-failure',
  },
  // Each has browsers of its own. The longer one is not the last, beside which a core would have nothing to do.
  projects: [
    {
      name: 'webgpu',
      testMatch: WEBGPU,
      use: {
        browserName: 'chromium',
        launchOptions: { ...launchOptions, args: [...launchOptions.args, '--enable-unsafe-webgpu'] },
      },
    },
    { name: 'chromium', testIgnore: WEBGPU, use: { browserName: 'chromium', launchOptions } },
  ],
  webServer: {
    command: `node scripts/start.mjs --no-build --plain --strict-port --port ${port} --samples "${fileURLToPath(SERVED_SAMPLES)}"`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
