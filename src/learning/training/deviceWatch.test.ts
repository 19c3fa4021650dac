import { describe, expect, it } from 'vitest';
import { DeviceWatch } from './deviceWatch.ts';

/** A watch, and what tells it that its device is gone. */
function watched(): { watch: DeviceWatch; lose: (reason: string) => void } {
  let lose: (reason: string) => void = () => undefined;
  const watch = new DeviceWatch(new Promise((resolve) => (lose = resolve)));
  return { watch, lose };
}

const aborted = new Error('Buffer was unmapped before mapping was resolved.');

describe('waiting for a device', () => {
  it('gives what the device gives', async () => {
    await expect(watched().watch.guard(Promise.resolve(7))).resolves.toBe(7);
  });

  it('ends when the device is lost, whatever comes of what was asked', async () => {
    const { watch, lose } = watched();
    const waiting = watch.guard(new Promise(() => undefined));
    lose('pulled out');
    await expect(waiting).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(watch.guard(Promise.resolve(7))).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('takes a failure for the loss that follows it, and else for itself', async () => {
    const { watch, lose } = watched();
    await expect(watch.guard(Promise.reject(aborted))).rejects.toBe(aborted);
    const waiting = watch.guard(Promise.reject(aborted));
    setTimeout(() => lose('pulled out'), 20);
    await expect(waiting).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });
});
