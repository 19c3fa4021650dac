// What the page's main thread does, by the browser's own trace. Beside the time by the clock it has the processor time of
// every task: on a machine that is busy with other things, this alone says how much the page makes it do.

/** @typedef {{ name: string, cat: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number, id2?: { local?: string }, id?: string, args?: { name?: string } }} TraceEvent */
/** @typedef {{ start: number, end: number, cpuMs: number }} Task microseconds of the trace's clock, and milliseconds */
/** @typedef {{ name: string, start: number, end: number }} Span microseconds of the trace's clock */

/** Categories of tasks, and of what the page itself measures. */
const CATEGORIES = ['toplevel', 'blink.user_timing'];

/** @param {TraceEvent[]} events */
function tasksOf(events) {
  const threadOf = (/** @type {TraceEvent} */ { pid, tid }) => `${pid} ${tid}`;
  const pages = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return events
    .filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && pages.has(threadOf(event)))
    .map(({ ts, dur = 0, tdur = 0 }) => ({ start: ts, end: ts + dur, cpuMs: tdur / 1000 }));
}

/** @param {TraceEvent[]} events */
function spansOf(events) {
  /** @type {Map<string, TraceEvent>} */
  const begun = new Map();
  /** @type {Span[]} */
  const spans = [];
  for (const event of events.filter(({ cat }) => cat.includes('blink.user_timing'))) {
    const key = `${event.name} ${event.id2?.local ?? event.id ?? ''}`;
    if (event.ph === 'b') begun.set(key, event);
    const from = event.ph === 'e' ? begun.get(key) : undefined;
    if (from !== undefined) spans.push({ name: event.name, start: from.ts, end: event.ts });
  }
  return spans;
}

/**
 * Traces until the returned function is called.
 * @param {import('@playwright/test').Page} page of a browser that was launched
 * @returns {Promise<() => Promise<{ tasks: Task[], spans: Span[] }>>}
 */
export async function startTrace(page) {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The browser cannot be traced.');
  /** @type {TraceEvent[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(/** @type {TraceEvent} */ (/** @type {unknown} */ (event)));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES },
  });
  return async () => {
    const isWhole = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await isWhole;
    await session.detach();
    return { tasks: tasksOf(events), spans: spansOf(events) };
  };
}

/**
 * Processor time of the page's tasks within spans of a name, in milliseconds each: other work between included.
 * @param {{ tasks: Task[], spans: Span[] }} traced
 * @param {string} name
 */
export const cpuWithin = ({ tasks, spans }, name) =>
  spans
    .filter((span) => span.name === name)
    .map((span) =>
      Math.round(
        tasks
          .filter(({ start, end }) => end > span.start && start < span.end)
          .reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      ),
    );
