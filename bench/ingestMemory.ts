import type { Pulse } from '../src/core/pulse.ts';

/** Looks at the memory of array buffers and heap with every piece of the file. */
export class MemoryPulse implements Pulse {
  buffers = 0;
  heap = 0;

  due(): boolean {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    this.buffers = Math.max(this.buffers, arrayBuffers);
    this.heap = Math.max(this.heap, heapUsed);
    return false;
  }

  beat(): Promise<void> {
    return Promise.resolve();
  }
}
