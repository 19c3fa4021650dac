import { colourFindings, seriousFindings } from '../pages/axe.ts';
import { expect, test } from '../pages/test.ts';
import type { Station } from '../pages/labPage.ts';

const STATIONS: Station[] = ['Data', 'Bits', 'Archive', 'Learn', 'Sweep'];
// The opening comes last: it stands without the rail.
const PAGES = [...STATIONS, 'The paper', 'Start'] as const;
/** Pages that are looked at in the dark elsewhere: with a table that asks, and with a sweep that has run. */
const DARK_ELSEWHERE: readonly string[] = ['Data', 'Sweep'];

test.use({ answersByItself: true });

test('the pages of a table answer to the keyboard, none scrolls sideways, and axe finds nothing serious in either theme', async ({
  lab,
  page,
}) => {
  // Every page in two themes and at two widths.
  test.slow();
  // A short training, so that axe does not share the machine with it.
  await lab.open('#data=diamonds&iterations=200');
  await lab.isReady();

  // By keys alone from station to station, and along β.
  for (const [key, station] of [
    ['1', 'Data'],
    ['3', 'Archive'],
    ['4', 'Learn'],
    ['5', 'Sweep'],
    ['2', 'Bits'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(lab.stop(station)).toHaveAttribute('aria-current', 'page');
  }
  const before = await lab.stop('Bits').innerText();
  await page
    .getByRole('slider', { name: /Analytics bits/ })
    .first()
    .focus();
  for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowLeft');
  await expect(lab.stop('Bits')).not.toHaveText(before);
  await expect(lab.stop('Bits')).toContainText(/β = \d+/);
  await lab.isReady();

  for (const station of PAGES) {
    if (station === 'Start') await lab.goToStart();
    else if (station === 'The paper') await lab.goToPaper();
    else await lab.goTo(station);
    // 720 is what is left of 1440 where the page is enlarged to 200 %.
    for (const width of [320, 720, 1024]) {
      await lab.fits([width], station);
      // The opening stands without the rail.
      if (station === 'Start') continue;
      for (const stop of STATIONS) await expect(lab.stop(stop)).toBeInViewport({ ratio: 1 });
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    if (station === 'Learn') {
      // The SQL is written once it is near.
      const sql = page.getByRole('region', { name: /^Condense where the data is/ });
      await sql.scrollIntoViewIfNeeded();
      await expect(sql.getByRole('group', { name: 'SQL' })).toBeVisible();
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await seriousFindings(page), `${station}, light`).toEqual([]);
    if (DARK_ELSEWHERE.includes(station)) continue;
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await colourFindings(page), `${station}, dark`).toEqual([]);
  }
});
