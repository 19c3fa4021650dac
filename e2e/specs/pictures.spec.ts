import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { decode, encode } from 'fast-png';
import type { Page } from '@playwright/test';
import type { LabPage } from '../pages/labPage.ts';
import { seriousFindings } from '../pages/axe.ts';
import { idxPair, makePictures, manyOf, mixedZip, pictureZip, png } from '../pages/pictures.ts';
import { expect, test } from '../pages/test.ts';

const GREY = makePictures(60);
const COLOUR = makePictures(24, { channels: 3, seed: 2 });

/** Waits until the archive is made. */
async function isDone(lab: LabPage): Promise<void> {
  await expect(lab.stop('Archive')).toContainText(/lossless/, { timeout: 40_000 });
  await expect(lab.stop('Learn')).toContainText('not trained');
}

/** The lab with a zip of grey pictures open. */
async function withPictures(lab: LabPage, zip = pictureZip(GREY)): Promise<void> {
  await lab.openWith('shapes.zip', zip);
  await isDone(lab);
}

const headline = async (lab: LabPage, station: 'Archive' | 'Bits'): Promise<string> =>
  (await lab.stop(station).innerText()).replace(/\s+/g, ' ');

/** The percentage in a headline. */
const share = (text: string): number => Number(/([\d.]+)\s?%/.exec(text)?.[1]);

/** What is saved by an entry of a menu. */
async function saved(page: Page, menu: string, entry: string | RegExp): Promise<Uint8Array> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
  return new Uint8Array(await readFile(await (await waiting).path()));
}

const inspector = (page: Page) => page.getByRole('region', { name: 'One picture' });

test('a zip of pictures becomes an archive, bits, a sample and a sweep, and an IDX pair of them the same; labels and folders are classes, and 16 bits a value are cut or stretched', async ({
  lab,
  page,
}) => {
  await withPictures(lab);
  await lab.goTo('Data');
  await expect(lab.stop('Data')).toContainText('180');
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('disc');
  await expect(lab.stop('Archive')).toContainText('of raw pixels · lossless');

  await lab.goTo('Bits');
  await expect(page.getByText('bit 1 of 8 (top)', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: /next/i }).first().click();
  await expect(lab.stop('Bits')).toContainText('class disc');

  await lab.goTo('Archive');
  await expect(inspector(page)).toContainText('every value came back exactly');

  await lab.goTo('Learn');
  const region = page.getByRole('region', { name: 'A random sample, read from the archive' });
  await page.getByRole('button', { name: 'What an epoch sees' }).click();
  await expect(region).toContainText('seed 1');
  await page.getByRole('button', { name: 'Draw a fresh sample' }).click();
  await expect(region).toContainText('seed 2');
  // The menu, by keys.
  const saveAs = page.getByRole('button', { name: 'Save as: the random sample' });
  const waiting = page.waitForEvent('download');
  await saveAs.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Parquet' })).toBeFocused();
  expect(await seriousFindings(page), 'the menu').toEqual([]);
  await page.keyboard.press('Enter');
  await expect(saveAs).toBeFocused();
  const sample = new Uint8Array(await readFile(await (await waiting).path()));

  await lab.goTo('Sweep');
  await page.getByRole('button', { name: /^Measure 6 points/ }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const resume = page.getByRole('button', { name: /^Resume: [1-6] points? left/ });
  const left = (await resume.innerText()).trim();
  await page.reload();
  await lab.hasDataset('shapes.zip');
  await expect(resume).toHaveText(left);
  await resume.click();
  await expect(lab.stop('Sweep')).not.toContainText(/planned|paused/);
  await expect(page.getByRole('row')).toHaveCount(7, { timeout: 40_000 });

  // An IDX pair of the same pictures, given together, comes to the same.
  const archive = await headline(lab, 'Archive');
  const { images, labels } = idxPair(GREY);
  await lab.goTo('Data');
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles([
      { name: 'train-images-idx3-ubyte', mimeType: '', buffer: Buffer.from(images) },
      { name: 'train-labels-idx1-ubyte', mimeType: '', buffer: Buffer.from(labels) },
    ]);
  await lab.hasDataset('train-images-idx3-ubyte');
  await isDone(lab);
  // Names and labels are a few bytes; the pictures are the same.
  expect(Math.abs(share(await headline(lab, 'Archive')) - share(archive))).toBeLessThan(0.3);

  // The sample that was saved is a data set of its own: a tenth of the training pictures, and their classes.
  await lab.drop('sample.parquet', sample);
  await lab.hasDataset('sample.parquet');
  await lab.goTo('Data');
  await expect(lab.stop('Data')).toContainText(/14\s*pictures/);
  await expect(page.getByRole('region', { name: 'Balance' })).toContainText('disc');
  await expect(page.getByRole('region', { name: 'How they were read' })).toContainText(
    'a table of picture files',
  );

  // Labels that name the pictures are the classes, and folders are offered.
  const made = { ...GREY, classNames: ['bars', 'round/disc', 'round/frame'] };
  const rows = made.pictures.map(
    ({ label }, k) => `${made.classNames[label]}/${String(k).padStart(4, '0')}.png,"a, ""b""\nc",k${k % 2}`,
  );
  const table = new TextEncoder().encode(['path,note,label', ...rows].join('\n'));
  await lab.drop('labelled.zip', pictureZip(made, { 'labels.csv': table }));
  await lab.hasDataset('labelled.zip');
  await isDone(lab);
  await lab.goTo('Data');
  const balance = page.getByRole('region', { name: 'Balance' });
  await expect(balance).toContainText('k1');
  // By keys: the focus is where the other reading is, whatever it has become.
  await page.getByRole('button', { name: 'Take the folders instead' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The classes are the 2 folders at the top, "bars", "round".')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take those right above the pictures' })).toBeFocused();
  await expect(balance).toContainText('round');
  await page.keyboard.press('Enter');
  await expect(balance).toContainText('frame');
  await expect.poll(() => page.url()).toContain('classes-from=last-folders');

  // 16 bits a value are said to be cut, can be stretched, and the link says so.
  const { width, height, classNames, pictures } = makePictures(6);
  const files = pictures.map(({ label, pixels }, k) => {
    const data = Uint16Array.from(pixels, (value) => 16 * value);
    return [
      `${classNames[label]}/${k}.png`,
      encode({ width, height, channels: 1, depth: 16, data }),
    ] as const;
  });
  await lab.drop('deep.zip', zipSync(Object.fromEntries(files), { level: 0 }));
  await lab.hasDataset('deep.zip');
  await lab.goTo('Data');
  await expect(page.getByText(/^18 pictures have 16 bits a value, of which the high 8/)).toBeVisible();
  await page.getByRole('button', { name: 'Read them another way' }).click();
  await page.getByRole('button', { name: /Values of 16 bits$/ }).click();
  await page.getByRole('option', { name: 'Stretch the range found' }).click();
  await page.getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText(/^18 pictures have 16 bits a value; the range from 0/)).toBeVisible();
  await expect.poll(() => page.url()).toContain('sixteen-bits=stretch');
});

test('colour pictures are near-lossless, every claim about their storage says so, their stations do not scroll sideways, and axe finds nothing serious', async ({
  lab,
  page,
}) => {
  await lab.openWith('colours.zip', pictureZip(COLOUR));
  await isDone(lab);
  await expect(lab.stop('Archive')).toContainText('near-lossless');
  await lab.goTo('Archive');
  await expect(page.getByRole('region', { name: 'What is lost' })).toContainText('dB');
  await expect(page.getByText(/near-lossless: PSNR/).first()).toBeVisible();

  // The other formats' encoders are wasm modules, which the page's policy has to let in.
  await page.getByRole('button', { name: 'Measure them' }).click();
  const peers = page.getByRole('region', { name: 'Beside picture formats' });
  for (const name of [/EntroGeDe/, /^deflate/, /^PNG/, /^WebP/, /^QOI/, /^zstd/, /gzip/, /^JPEG XL/]) {
    await expect(peers.getByRole('row').filter({ hasText: name }).first()).toBeVisible({ timeout: 60_000 });
  }

  // The stations share their parts and colours: each theme is looked at in some of them, and in all those of a table.
  // Learn and Sweep are where networks have been trained (training.spec.ts).
  for (const [station, colorScheme] of [
    ['Data', 'light'],
    ['Bits', 'dark'],
    ['Archive', 'light'],
  ] as const) {
    await lab.goTo(station);
    await page.emulateMedia({ colorScheme });
    await lab.fits([1280, 390], station);
    expect(await seriousFindings(page), `${station}, ${colorScheme}`).toEqual([]);
  }
});

test('what is wrong with pictures is said with a code; what was open stays, also after a reload, and is saved as PNG and Parquet', async ({
  lab,
  page,
}) => {
  // PNG, GIF and BMP, of which the browser reads two: what is saved below has every value again.
  await withPictures(lab, mixedZip(GREY));
  const archive = await headline(lab, 'Archive');

  // One class only.
  const bars = { ...GREY, pictures: GREY.pictures.filter(({ label }) => label === 0) };
  await lab.drop('bars.zip', pictureZip(bars));
  await expect(lab.code('IMAGES_ONE_CLASS')).toBeVisible();

  // An encrypted entry: bit 0 of the flags, in the local header and in the directory.
  const locked = pictureZip(GREY);
  for (let k = 0; k + 4 < locked.length; k++) {
    const isLocal =
      locked[k] === 0x50 && locked[k + 1] === 0x4b && locked[k + 2] === 3 && locked[k + 3] === 4;
    const isEntry =
      locked[k] === 0x50 && locked[k + 1] === 0x4b && locked[k + 2] === 1 && locked[k + 3] === 2;
    if (isLocal) locked[k + 6] |= 1;
    if (isEntry) locked[k + 8] |= 1;
  }
  await lab.drop('locked.zip', locked);
  await expect(lab.code('ZIP_ENCRYPTED')).toBeVisible();

  // Cut short.
  await lab.drop('cut.zip', pictureZip(GREY).subarray(0, 2000));
  await expect(lab.code('ZIP_DAMAGED')).toBeVisible();

  await lab.hasDataset('shapes.zip');
  expect(await headline(lab, 'Archive')).toBe(archive);

  // Cancelled in the act.
  const buffer = Buffer.from(pictureZip(manyOf(GREY, 3_000)));
  await lab.goTo('Data');
  await page
    .locator('input[type=file][multiple]')
    .first()
    .setInputFiles({ name: 'many.zip', mimeType: 'application/zip', buffer });
  await page
    .getByRole('main')
    .getByRole('button', { name: /cancel/i })
    .first()
    .click();
  await lab.hasDataset('shapes.zip');
  await expect(page.getByRole('button', { name: /cancel/i })).toHaveCount(0);

  // From the archive alone.
  await page.reload();
  await page.evaluate(() => (location.hash = ''));
  await page.reload();
  await lab.hasDataset('shapes.zip');
  await isDone(lab);
  expect(await headline(lab, 'Archive')).toBe(archive);

  await lab.goTo('Archive');
  const files = unzipSync(await saved(page, 'Save as…', /^Pictures as PNG/));
  const decoded = Object.values(files).map((bytes) =>
    Buffer.from(decode(bytes).data.buffer).toString('base64'),
  );
  const given = GREY.pictures.map(({ pixels }) => Buffer.from(pixels).toString('base64'));
  expect(decoded.sort()).toEqual(given.sort());

  // As a table of picture files they are the same set, their split with them.
  await lab.drop('saved.parquet', await saved(page, 'Save as…', /^Pictures as Parquet/));
  await lab.hasDataset('saved.parquet');
  await isDone(lab);
  expect(Math.abs(share(await headline(lab, 'Archive')) - share(archive))).toBeLessThan(0.3);

  // A damaged picture, one of another kind and a huge one among good ones: left out by name, and counted.
  const huge = png({ width: 16, height: 16, channels: 1 }, new Uint8Array(256));
  new DataView(huge.buffer, huge.byteOffset).setUint32(16, 16_000);
  new DataView(huge.buffer, huge.byteOffset).setUint32(20, 16_000);
  const mixed = pictureZip(GREY, {
    'disc/damaged.png': png(GREY, GREY.pictures[0].pixels).subarray(0, 60),
    'disc/huge.png': huge,
    'frame/<img src=x onerror=alert(1)>.png': new Uint8Array(30),
  });
  await lab.drop('mixed.zip', mixed);
  await lab.hasDataset('mixed.zip');
  await lab.goTo('Data');
  await expect(page.getByText('damaged.png').first()).toBeAttached();
  await expect(page.getByText('huge.png').first()).toBeAttached();
  await expect(lab.stop('Data')).toContainText('180');
});

/** Picture files of one's own to try besides: PICTURES=a.zip,b.zip. */
for (const path of (process.env.PICTURES ?? '').split(',').filter((one) => one !== '')) {
  test(`${basename(path)} goes the whole way`, async ({ lab, page }) => {
    await lab.openIdle();
    await page.locator('input[type=file][multiple]').first().setInputFiles(path);
    await lab.hasDataset(basename(path));
    await isDone(lab);
    await lab.goTo('Archive');
    await expect(page.getByText(/every picture was decoded and compared/).first()).toBeVisible();
  });
}
