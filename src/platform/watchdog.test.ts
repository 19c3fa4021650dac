import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWatchdog } from './watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const SECOND = 1_000;

it('calls a worker hung after the limit, once', () => {
  const hung = vi.fn();
  createWatchdog(30 * SECOND, hung).watch();
  vi.advanceTimersByTime(29 * SECOND);
  expect(hung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60 * SECOND);
  expect(hung).toHaveBeenCalledOnce();
});

it('allows three times the longest silence so far', () => {
  const hung = vi.fn();
  const watchdog = createWatchdog(30 * SECOND, hung);
  watchdog.watch();
  vi.advanceTimersByTime(20 * SECOND);
  watchdog.heard();
  vi.advanceTimersByTime(SECOND);
  watchdog.heard();
  vi.advanceTimersByTime(59 * SECOND);
  expect(hung).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3 * SECOND);
  expect(hung).toHaveBeenCalledOnce();
});

it('forgets between calls', () => {
  const hung = vi.fn();
  const watchdog = createWatchdog(30 * SECOND, hung);
  watchdog.watch();
  vi.advanceTimersByTime(20 * SECOND);
  watchdog.heard();
  watchdog.rest();
  vi.advanceTimersByTime(1_000 * SECOND);
  expect(hung).not.toHaveBeenCalled();
  watchdog.watch();
  vi.advanceTimersByTime(32 * SECOND);
  expect(hung).toHaveBeenCalledOnce();
});

it('does not hold it against the worker that the page itself was frozen', () => {
  const hung = vi.fn();
  createWatchdog(30 * SECOND, hung).watch();
  vi.advanceTimersByTime(10 * SECOND);
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now + 3_600 * SECOND);
  vi.advanceTimersByTime(SECOND); // the first tick after an hour asleep
  expect(hung).not.toHaveBeenCalled();
  clock.mockRestore();
});
