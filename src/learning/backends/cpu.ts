/** tfjs in plain JavaScript: always here, slow, and what the gradients of the others are compared with. */
import { setBackend } from '@tensorflow/tfjs-core';
import { NEVER_LOST, type Backend } from './backend.ts';

/** Loads it, where that has not happened yet, and computes with it. */
export async function useCpuBackend(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  if (!(await setBackend('cpu'))) throw new Error('the backend did not start');
}

export const CPU: Backend = {
  name: 'cpu',
  label: 'Plain JavaScript',
  look: async () => ({ isHere: true, device: 'JavaScript', isEmulated: false }),
  async start() {
    await useCpuBackend();
    return { device: 'JavaScript', isSynchronous: true, lost: NEVER_LOST, loseDevice: () => false };
  },
};
