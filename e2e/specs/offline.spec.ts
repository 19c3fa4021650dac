import { expect, test as base } from '../pages/test.ts';
import type { LabPage } from '../pages/labPage.ts';
import { BRIEF, descent, setLimit, trainForLong } from '../pages/descents.ts';
import { someCustomers, someDiamonds } from '../pages/samples.ts';
import { startSite, type SiteServer } from '../pages/siteServer.ts';
import { linearCsv } from '../pages/tables.ts';

/** A short training. */
const SHORT = '#data=diamonds&iterations=200';

/** A site of its own for each test, which can go down. */
const test = base.extend<{ site: SiteServer }>({
  // oxlint-disable-next-line no-empty-pattern
  site: async ({}, use) => {
    const site = await startSite({
      'samples/diamonds.csv': await someDiamonds(18),
      'samples/bank.csv': await someCustomers(),
    });
    await use(site);
    await site.goDown();
  },
  baseURL: async ({ site }, use) => use(site.address),
});

test.use({ serviceWorkers: 'allow' });

async function visit(lab: LabPage, { address }: SiteServer, hash = ''): Promise<void> {
  // A document of its own, also where only the hash is another one.
  await lab.page.goto('about:blank');
  await lab.page.goto(`${address}${hash}`);
}

async function isKept(lab: LabPage): Promise<void> {
  await expect(lab.page.getByRole('contentinfo')).toContainText('works offline', { timeout: 60_000 });
}

async function goOffline(lab: LabPage, site: SiteServer): Promise<void> {
  await lab.page.context().setOffline(true);
  await site.goDown();
}

test('the lab can be installed, takes up a new version when the user says so, and without network and server does everything, but open a sample that was never opened', async ({
  lab,
  page,
  context,
  site,
}) => {
  test.slow();
  const root = page.locator('html');
  await visit(lab, site, `#data=diamonds&station=learn${BRIEF}`);
  await isKept(lab);
  const cdp = await context.newCDPSession(page);
  const { url, errors } = await cdp.send('Page.getAppManifest');
  expect([url, errors]).toEqual([`${site.address}manifest.webmanifest`, []]);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  // A browser under test keeps no profile, in which nothing can be installed.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  // Large and rarely used: fetched when they are, and kept from then on.
  const asked = site.asked();
  expect(asked).not.toContain('samples/bank.csv');
  expect(asked.filter((path) => path.includes('jxl_'))).toEqual([]);

  // Something of the site is open all the time: a version that nobody uses is replaced at once.
  await (await context.newPage()).goto(`${site.address}icon.svg`);
  await site.bringOut('second');
  // A browser looks for new versions when it has nothing better to do; here it is asked to.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const reload = lab.messages.getByRole('button', { name: 'Reload to update' });
  await expect(reload).toBeVisible({ timeout: 150_000 });
  await expect(root).not.toHaveAttribute('data-version');

  // Full training runs; a reload would end it.
  const [full, condensed] = [descent(page, 'full'), descent(page, 'condensed')];
  await expect(full).toContainText(/limit of|converged/i);
  await trainForLong(page);
  await condensed.getByRole('button', { name: 'Pause' }).click();
  await expect(full.getByRole('progressbar')).toBeVisible();
  await reload.click();
  await expect(lab.messages).toContainText('A reload would end what is running: training on all records');
  await expect(root).not.toHaveAttribute('data-version');
  await lab.messages.getByRole('button', { name: 'Dismiss' }).click();

  await full.getByRole('button', { name: 'Pause' }).click();
  await expect(full.getByRole('progressbar')).toBeHidden();
  await setLimit(page, 200);
  await expect.poll(() => page.url()).toContain('iterations=200');
  // The worker answers the pause a moment after the page has shown it: until then a reload would still end something,
  // which is said once more, over the offer.
  const stillRunning = lab.messages.getByText('A reload would end what is running');
  await expect(async () => {
    if ((await root.getAttribute('data-version')) === null) {
      if (await stillRunning.isVisible()) await lab.messages.getByRole('button', { name: 'Dismiss' }).click();
      await reload.click({ timeout: 2_000 });
    }
    await expect(root).toHaveAttribute('data-version', 'second', { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await lab.hasDataset('Diamonds');
  await lab.isReady();
  await isKept(lab);
  await expect(reload).toBeHidden();

  await lab.goTo('Data');
  await page.getByRole('button', { name: 'Open Bank Marketing' }).click();
  await lab.hasDataset('Bank Marketing');
  expect(site.asked()).toContain('samples/bank.csv');
  await goOffline(lab, site);

  await visit(lab, site, SHORT);
  await expect(root).toHaveAttribute('data-version', 'second');
  await lab.hasDataset('Diamonds');
  await lab.isReady();
  await isKept(lab);
  for (const station of ['Bits', 'Archive', 'Learn', 'Sweep', 'Data'] as const) await lab.goTo(station);

  await page.getByRole('button', { name: 'Open Bank Marketing' }).click();
  await lab.hasDataset('Bank Marketing');
  await expect(lab.stop('Data')).toContainText('3,015 × 17');
  await page.getByRole('button', { name: 'Open MNIST' }).click();
  await expect(lab.code('SAMPLE_UNAVAILABLE')).toBeVisible();
  await lab.hasDataset('Bank Marketing');

  await lab.drop('prices.csv', linearCsv(600));
  await lab.hasDataset('prices.csv');
  await lab.predict('price');
  await lab.isReady();
  await expect(lab.stop('Data')).toContainText('600 × 5');
  await lab.goTo('Learn');
  await expect(full).toContainText(/limit of|converged/i, { timeout: 60_000 });
  await lab.goTo('Sweep');
  const betas = page.getByRole('textbox', { name: /Values of β/ });
  await betas.fill('4, 8');
  await betas.press('Enter');
  const run = page.getByRole('button', { name: /^Run \d+ trainings/ });
  await run.click();
  await expect(lab.rail.getByRole('button', { name: 'Cancel Sweep' })).toBeVisible();
  await expect(run).toBeVisible({ timeout: 60_000 });
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ]);
  expect(csv.suggestedFilename()).toMatch(/\.csv$/);

  // What was made without a network is there the next time.
  await visit(lab, site);
  await lab.hasDataset('prices.csv');
  await lab.isReady();
});
