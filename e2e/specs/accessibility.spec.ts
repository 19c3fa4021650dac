import { seriousFindings } from '../pages/axe.ts';
import { expect, test } from '../pages/test.ts';
import type { Station } from '../pages/labPage.ts';

const STATIONS: Station[] = ['Data', 'Bits', 'Archive', 'Learn', 'Sweep'];
const PAGES = ['Start', ...STATIONS, 'The paper'] as const;

test('no page of a table scrolls sideways, and axe finds nothing serious in either theme', async ({
  lab,
  page,
}) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // A short training, so that axe does not share the machine with it.
  await lab.open('#data=diamonds&iterations=200');
  await lab.isReady();
  for (const station of PAGES) {
    if (station === 'Start') await lab.goToStart();
    else if (station === 'The paper') await lab.goToPaper();
    else await lab.goTo(station);
    for (const width of [390, 1024]) {
      await page.setViewportSize({ width, height: 844 });
      // A chart takes its new width a moment after the window has.
      await expect.poll(() => lab.excessWidth(), `${station} at ${width} px`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page), `${station}, ${colorScheme}`).toEqual([]);
    }
  }
});
