import { readFile } from 'node:fs/promises';
import { seriousFindings } from '../pages/axe.ts';
import { LabPage } from '../pages/labPage.ts';
import { makePictures, pictureZip } from '../pages/pictures.ts';
import { expect, test } from '../pages/test.ts';
import { serveSomeDigits } from '../pages/samples.ts';
import { hide, killWorkers, TrainingPage } from '../pages/training.ts';

const COLOUR = pictureZip(makePictures(64, { channels: 3, seed: 2 }));
const GREY = pictureZip(makePictures(100, { seed: 3 }));

/** Learn with pictures open, in settings that take little time. */
async function openPictures(lab: LabPage, zip: Uint8Array): Promise<TrainingPage> {
  await lab.openWith('shapes.zip', zip);
  await expect(lab.stop('Archive')).toContainText('lossless', { timeout: 40_000 });
  await lab.goTo('Learn');
  return new TrainingPage(lab);
}

test('digits take less than 54 % of their pixels, and a tenth of them is learned from a first visit, paused, reloaded and gone on with, as if nothing had happened', async ({
  lab,
  page,
  context,
}) => {
  await serveSomeDigits(context);
  await lab.open('#data=mnist&station=learn&fraction=0.1&epochs=4&evaluate-every=4');
  const training = new TrainingPage(lab);
  await lab.hasDataset('MNIST');
  // The first run goes on while nobody sees the page.
  await training.train();
  await expect(training.run(0)).toBeVisible();
  await hide(page);
  await training.isDone(0);
  await expect(lab.stop('Learn')).toContainText('%');
  // Index and checksums are counted.
  await expect(lab.stop('Archive')).toContainText('of raw pixels · lossless');
  const percent = Number(/([\d.]+)\s?%/.exec(await lab.stop('Archive').innerText())?.[1]);
  expect(percent).toBeGreaterThan(20);
  expect(percent).toBeLessThan(54);

  await training.train();
  await training.isUnderWay(1);
  await training.button(1, 'Pause').click();
  await expect(training.run(1)).toContainText(/Paused after [1-3] of 4 epochs/);
  await training.button(1, 'Step: one epoch').click();
  await expect(training.run(1)).toContainText(/Paused after [2-4] of 4 epochs|Done/, { timeout: 40_000 });
  await page.reload();
  await lab.hasDataset('MNIST');
  await training.isDone(0);
  await expect(training.run(1)).toContainText(/after [2-4] of 4 epochs|Done/);
  if (await training.button(1, 'Go on').isVisible()) await training.button(1, 'Go on').click();
  await training.isDone(1);

  const uninterrupted = await training.curve(0);
  expect(uninterrupted).toHaveLength(4);
  expect(await training.curve(1)).toEqual(uninterrupted);
  const { run, result } = await training.log(0);
  expect(run.facts.subsetRecords).toBe(600);
  expect(run.facts.pixels).toBe('archive');
  // Ten classes: chance is a tenth.
  expect(result?.accuracy).toBeGreaterThan(0.3);
});

test('ResNet18 learns colour pictures; its link asks elsewhere for the file, checks it and gives the same curve; its file has the same accuracy', async ({
  lab,
  page,
  elsewhere,
}) => {
  test.slow();
  const training = await openPictures(lab, COLOUR);
  await lab.goTo('Archive');
  await page.getByRole('switch', { name: /base table for every class/i }).press('Space');
  await expect.poll(() => page.url()).toContain('tables=all');
  await expect(lab.stop('Archive')).toContainText('lossless', { timeout: 40_000 });
  await lab.goTo('Learn');
  await expect(page.getByRole('button', { name: /ResNet18/ }).first()).toBeVisible();
  await training.choose('Share of the training pictures', '50');
  await training.fill('Epochs', 4);
  await training.more();
  await training.choose('Batch', '16');
  await training.train();
  await training.isDone(0, 150_000);
  const { run, result } = await training.log(0);
  expect(run.settings).toMatchObject({
    network: 'resnet18',
    width: 8,
    augment: 'crop-flip',
    method: 'dreamlearning',
  });
  // Three classes: chance is a third.
  expect(result?.accuracy).toBeGreaterThan(0.6);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the network' }).click();
  const model = await saving;
  expect(model.suggestedFilename()).toMatch(/\.zip$/);
  await page.getByLabel('Evaluate a network…').setInputFiles({
    name: model.suggestedFilename(),
    mimeType: 'application/zip',
    buffer: await readFile(await model.path()),
  });
  const imported = page.getByRole('region', { name: 'A network from a file' });
  await expect(imported).toContainText(`${(100 * result!.accuracy).toFixed(2)}`, { timeout: 40_000 });

  for (const [station, colorScheme] of [
    ['Learn', 'dark'],
    ['Sweep', 'light'],
  ] as const) {
    await lab.goTo(station);
    await page.emulateMedia({ colorScheme });
    await lab.fits([1280, 390], station);
    expect(await seriousFindings(page), `${station}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1280, height: 844 });

  await expect.poll(() => page.url()).toContain('epochs=4');
  const other = await elsewhere();
  await other.page.goto(page.url());
  await expect(other.page.getByText('This link needs shapes.zip')).toBeVisible();
  await other.drop('shapes.zip', GREY);
  await expect(other.code('LINK_DATASET_MISMATCH')).toBeVisible();
  await other.drop('shapes.zip', COLOUR);
  await other.hasDataset('shapes.zip');
  expect(other.page.url()).toContain('tables=all');
  await other.goTo('Learn');
  const there = new TrainingPage(other);
  await there.train();
  await there.isDone(0, 150_000);
  const curve = await there.curve(0);
  await lab.goTo('Learn');
  expect(curve).toEqual(await training.curve(0));
});

test('a worker that dies leaves the last checkpoint to go on from; an archive that another tab deletes ends a run with a code', async ({
  lab,
  page,
  context,
}) => {
  test.slow();
  const training = await openPictures(lab, GREY);
  await training.fill('Epochs', 16);
  await training.train();
  await training.isUnderWay(0);
  expect(await killWorkers(page, /training/)).toBe(1);
  await expect(training.run(0)).toContainText('WORKER_CRASHED');
  await training.button(0, 'Play again').first().click();
  await training.isDone(0);
  await training.train();
  await training.isDone(1);
  expect(await training.curve(0)).toEqual(await training.curve(1));

  // Another tab deletes the archive; it is opened before the training, which leaves it little of the machine.
  const other = new LabPage(await context.newPage());
  await other.openIdle('&station=archive');
  await training.fill('Epochs', 2_000);
  await training.train();
  await training.isUnderWay(2);
  await other.page.getByRole('button', { name: 'Delete the archive of shapes.zip' }).click();
  await expect(training.run(2)).toContainText(/[A-Z]+(_[A-Z]+)+/, { timeout: 40_000 });
  await expect(training.run(2)).toContainText('Failed');
  // Raw pixels are still there to learn from.
  await training.choose('Method', /^Random/);
  await training.fill('Epochs', 2);
  await training.train();
  await training.isDone(3);
  await lab.goTo('Archive');
});

test('what cannot be trained is said with a code; a sweep goes on with the rest, is held, gone on with, and saved as results', async ({
  lab,
  page,
}) => {
  const training = await openPictures(lab, pictureZip(makePictures(20, { size: 8 })));
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await expect(page.getByText('NETWORK_PICTURES_TOO_SMALL').first()).toBeVisible();
  await expect(train).toBeDisabled();
  await training.choose('Network', /^Softmax/);

  // A backend that is not here, and the same run on one that is; its epochs are smaller than a batch.
  await training.fill('Epochs', 2);
  await training.choose('Backend', /^WebGPU/);
  await training.train();
  await expect(training.run(0)).toContainText('BACKEND_UNAVAILABLE', { timeout: 40_000 });
  await training.choose('Backend', /^Automatic|^Auto/);
  await training.button(0, 'Play again').first().click();
  await training.isDone(0);
  expect((await training.log(0)).run.notices.join(' ')).toMatch(/smaller|fewer/i);

  // A share that is not one picture: alone it is not begun, in a sweep it fails beside the others.
  await training.choose('Share of the training pictures', '0.5');
  await expect(page.getByText(/training pictures is none: choose a larger one/).first()).toBeVisible();
  await expect(train).toBeDisabled();
  await lab.goTo('Sweep');
  await page.getByRole('radio', { name: 'Training', exact: true }).check({ force: true });
  await page.getByRole('button', { name: /^Run \d trainings/ }).click();
  const standing = page.getByRole('status').filter({ hasText: /runs? done/ });
  await page.getByRole('button', { name: 'Hold' }).click();
  await expect(standing).toContainText('held');
  await page.getByRole('button', { name: /^Resume/ }).click();
  await expect(standing).toHaveText('7 of 9 runs done, 2 failed', { timeout: 60_000 });
  await expect(lab.code('TRAINING_SUBSET_EMPTY')).toBeVisible();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const results = JSON.parse(await readFile(await (await saving).path(), 'utf8')) as Record<
    string,
    unknown
  >[];
  expect(results).toHaveLength(7);
  expect(Object.keys(results[0])).toEqual([
    ...['dataset', 'model', 'width', 'method', 'fraction', 'seed', 'epochs', 'backend', 'accuracy'],
    ...['seconds', 'residentBytes', 'tensorBytes', 'distinctRecordsRead', 'storageRatio'],
    ...['trainRecords', 'subsetRecords', 'rawBytes', 'selection', 'device', 'curve', 'settings', 'unusual'],
  ]);
});
