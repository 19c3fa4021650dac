/** tfjs on the graphics card through WebGPU. tfjs never looks at `device.lost`; here it is passed on. */
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { namesAnEmulator, within, type Backend } from './backend.ts';

const LOOK_SECONDS = 5;

/** Words for an adapter: "nvidia ampere", or what its description says. */
function wordsFor(info: GPUAdapterInfo | undefined): string {
  const description = info?.description ?? '';
  if (description !== '') return description;
  const words = [info?.vendor, info?.architecture].filter((word) => word !== undefined && word !== '');
  return words.length === 0 ? 'a graphics card' : words.join(' ');
}

/** Where browsers keep it, or kept it. */
function isFallback(adapter: GPUAdapter): boolean {
  const older = adapter as GPUAdapter & { isFallbackAdapter?: boolean };
  return adapter.info?.isFallbackAdapter === true || older.isFallbackAdapter === true;
}

/** The device's name as it was last looked at: the device itself does not tell in every browser. */
let device = 'a graphics card';

export const WEBGPU: Backend = {
  name: 'webgpu',
  label: 'WebGPU',

  async look() {
    const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
    if (gpu === undefined) return { isHere: false, reason: 'WebGPU is not there in this browser.' };
    try {
      // As tfjs will ask.
      const asked = gpu.requestAdapter({ powerPreference: 'high-performance' });
      const adapter = await within(LOOK_SECONDS, 'WebGPU', asked);
      if (adapter === null) return { isHere: false, reason: 'WebGPU finds no graphics card here.' };
      const words = wordsFor(adapter.info);
      const isEmulated = isFallback(adapter) || namesAnEmulator(words);
      device = isEmulated && /swiftshader/i.test(words) ? 'SwiftShader' : words;
      return { isHere: true, device, isEmulated };
    } catch (thrown) {
      const what = thrown instanceof Error ? thrown.message : String(thrown);
      return { isHere: false, reason: `WebGPU finds no graphics card here: ${what}.` };
    }
  },

  async start() {
    await import('@tensorflow/tfjs-backend-webgpu');
    if (!(await setBackend('webgpu'))) throw new Error('the driver gave no device');
    const own = (backend() as unknown as { device: GPUDevice }).device;
    return {
      device,
      isSynchronous: false,
      lost: own.lost.then(({ message }) => (message === '' ? 'The graphics device was lost.' : message)),
      loseDevice() {
        own.destroy();
        return true;
      },
    };
  },
};
