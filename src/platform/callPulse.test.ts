import { expect, it, vi } from 'vitest';
import type { Progress } from '../core/pulse.ts';
import { createCallPulse } from './callPulse.ts';

const progress: Progress = { phase: 'Working', done: 1, total: 2, unit: 'rows' };

function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it('is due after a while of work, and not again right after a beat', async () => {
  const pulse = createCallPulse(() => {});
  expect(pulse.due()).toBe(false);
  work(50);
  expect(pulse.due()).toBe(true);
  await pulse.beat(progress);
  expect(pulse.due()).toBe(false);
});

it('reports the first beat, then at most about ten times a second', async () => {
  const report = vi.fn();
  const pulse = createCallPulse(report);
  const start = performance.now();
  do await pulse.beat(progress);
  while (performance.now() - start < 350);
  expect(report.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(report.mock.calls.length).toBeLessThanOrEqual(1 + (performance.now() - start) / 100);
  expect(report).toHaveBeenCalledWith(progress);
});

it('lets messages in while it beats', async () => {
  const { port1, port2 } = new MessageChannel();
  const heard = vi.fn();
  port1.onmessage = heard;
  port2.postMessage('now');
  const pulse = createCallPulse(() => {});
  for (let beat = 0; beat < 10; beat++) await pulse.beat(progress);
  expect(heard).toHaveBeenCalledOnce();
  port1.close();
});

it('ends the work at the next beat once cancelled, even while it is yielding', async () => {
  const pulse = createCallPulse(() => {});
  const beating = pulse.beat(progress);
  pulse.cancel();
  expect(pulse.due()).toBe(true);
  await expect(beating).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(pulse.beat(progress)).rejects.toMatchObject({ code: 'CANCELLED' });
});
