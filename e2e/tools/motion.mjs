// How smoothly a page moves: the times between its frames, and the tasks that held it up.
import { startTrace } from './trace.mjs';

/** @typedef {{ median: number | null, worst: number | null, count: number }} Summary */
/** @typedef {{ longTasks?: number[], frames?: number[], isWatching?: boolean }} Watched */

/**
 * Median, worst and number of times in milliseconds.
 * @param {number[]} times
 * @returns {Summary}
 */
export const summary = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: sorted[sorted.length >> 1] ?? null, worst: sorted.at(-1) ?? null, count: sorted.length };
};

/**
 * Notes the main-thread tasks over 50 ms of every page of a context. Comes before its first page.
 * @param {import('@playwright/test').BrowserContext} context
 */
export const watchTasks = (context) =>
  context.addInitScript(() => {
    const lab = /** @type {Watched} */ (/** @type {unknown} */ (window));
    lab.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) lab.longTasks?.push(Math.round(entry.duration));
    }).observe({ type: 'longtask', buffered: true });
  });

/**
 * Milliseconds of main-thread tasks over 50 ms since the last call.
 * @param {import('@playwright/test').Page} page
 * @returns {Promise<number[]>}
 */
export const longTasks = (page) =>
  page.evaluate(() => {
    const lab = /** @type {Watched} */ (/** @type {unknown} */ (window));
    const tasks = lab.longTasks ?? [];
    lab.longTasks = [];
    return tasks;
  });

/**
 * Processor time of the tasks that had more than 50 ms of it.
 * @param {import('./trace.mjs').Task[]} tasks
 */
export const longCpu = (tasks) => tasks.flatMap(({ cpuMs }) => (cpuMs > 50 ? [Math.round(cpuMs)] : []));

/**
 * Long tasks in words, the longest first.
 * @param {number[]} tasks
 */
export const longest = (tasks) =>
  tasks.length === 0 ? 'none over 50' : tasks.toSorted((a, b) => b - a).join(', ');

/**
 * What the page was like while something was done on it.
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} work
 * @returns {Promise<{ frameMs: Summary, longTaskMs: Summary, longTaskCpuMs: Summary }>} times between frames, and tasks over
 *   50 ms, by the clock and by the processor time that they got
 */
export async function motionDuring(page, work) {
  await longTasks(page);
  const endTrace = await startTrace(page);
  await page.evaluate(() => {
    const lab = /** @type {Watched} */ (/** @type {unknown} */ (window));
    const frames = (lab.frames = /** @type {number[]} */ ([]));
    lab.isWatching = true;
    let before = performance.now();
    const note = (/** @type {number} */ now) => {
      frames.push(now - before);
      before = now;
      if (lab.isWatching) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await work();
  const frames = await page.evaluate(() => {
    const lab = /** @type {Watched} */ (/** @type {unknown} */ (window));
    lab.isWatching = false;
    // The first is no whole one.
    return (lab.frames ?? []).slice(1).map((duration) => Math.round(duration * 10) / 10);
  });
  const { tasks } = await endTrace();
  return {
    frameMs: summary(frames),
    longTaskMs: summary(await longTasks(page)),
    longTaskCpuMs: summary(longCpu(tasks)),
  };
}

/**
 * Drags an element sideways and back, a step of the pointer a frame.
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').Locator} handle
 * @param {{ to: number, steps: number }} way where to turn, in pixels of the page, and in how many steps
 */
export async function dragAcross(page, handle, { to, steps }) {
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (box === null) throw new Error('There is nothing to drag.');
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= 2 * steps; step++) {
    const share = 1 - Math.abs(1 - step / steps);
    await page.mouse.move(x + share * (to - x), y);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await page.mouse.up();
}
