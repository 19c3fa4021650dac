/** The software adapter of WebGPU, which every Chromium has behind a flag: slow, and as exact as any. */
import { makePictures, pictureZip } from '../pages/pictures.ts';
import { expect, test } from '../pages/test.ts';
import { TrainingPage } from '../pages/training.ts';

test('WebGPU trains as WebAssembly does, and a lost device is said and replaced', async ({ lab, page }) => {
  test.setTimeout(240_000);
  // The worker remembers its devices, so that one can be lost.
  await page.route(/training\.worker.*\.js/, async (route) => {
    const response = await route.fetch();
    const remember = `{
      const request = self.GPUAdapter?.prototype.requestDevice;
      self.devices = [];
      if (request) GPUAdapter.prototype.requestDevice = async function (...given) {
        const device = await request.apply(this, given);
        self.devices.push(device);
        return device;
      };
    }\n`;
    await route.fulfill({ response, body: remember + (await response.text()) });
  });
  await lab.openWith('shapes.zip', pictureZip(makePictures(20)));
  await expect(lab.stop('Archive')).toContainText('lossless', { timeout: 40_000 });
  await lab.goTo('Learn');
  const training = new TrainingPage(lab);
  await training.choose('Share of the training pictures', '50');
  // Two steps: the second sees what the first has learned.
  await training.fill('Epochs', 1);
  await training.more();
  await training.choose('Batch', '16');
  await training.choose('Backend', /^WebAssembly/);
  await training.train();
  await training.isDone(0);
  await training.choose('Backend', /^WebGPU/);
  await training.train();
  await training.isDone(1, 180_000);
  const [wasm, webgpu] = [await training.log(0), await training.log(1)];
  expect([wasm.run.backend.name, webgpu.run.backend.name]).toEqual(['wasm', 'webgpu']);
  wasm.run.epochs.forEach(({ loss }, k) => {
    expect(Math.abs(webgpu.run.epochs[k].loss - loss)).toBeLessThan(1e-4);
  });

  // One that takes little time on such a device.
  await training.choose('Network', /^Softmax/);
  await training.fill('Epochs', 2_000);
  await training.train();
  await training.isUnderWay(2);
  const worker = page.workers().find((one) => one.url().includes('training'));
  await worker?.evaluate(() => {
    const { devices } = self as unknown as { devices: { destroy: () => void }[] };
    for (const device of devices) device.destroy();
  });
  await expect(training.run(2)).toContainText('DEVICE_LOST', { timeout: 40_000 });
  await training.button(2, 'Play again').first().click();
  await training.isUnderWay(2);
  await training.button(2, 'Pause').click();
  await expect(training.run(2)).toContainText('Paused');
  // A worker that is being replaced at the end is nobody's any more.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
