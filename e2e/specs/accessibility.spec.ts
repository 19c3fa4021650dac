import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../pages/test.ts';
import { linearCsv } from '../pages/tables.ts';
import type { Station } from '../pages/labPage.ts';

const STATIONS: Station[] = ['Data', 'Bits', 'Archive', 'Learn', 'Sweep'];

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on any station, ${theme}`, async ({ lab, page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await lab.open('#data=diamonds');
    await lab.hasDataset('Diamonds');
    // A small table trains at once, so that axe does not share the machine with it.
    await lab.drop('small.csv', linearCsv(400));
    await lab.hasDataset('small.csv');
    await lab.isReady();
    for (const station of STATIONS) {
      await lab.goTo(station);
      // axe evaluates its own script in an isolated world; the page's policy stays in force.
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
          ({ id, nodes }) =>
            `${station}: ${id} ${nodes
              .map((node) => node.target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
        );
      expect(serious).toEqual([]);
    }
  });
}

for (const width of [390, 1024]) {
  test(`no station scrolls sideways at ${width} px`, async ({ lab, page }) => {
    await page.setViewportSize({ width, height: 844 });
    await lab.open('#data=diamonds');
    await lab.isReady();
    for (const station of STATIONS) {
      await lab.goTo(station);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(excess, station).toBeLessThanOrEqual(0);
    }
  });
}
