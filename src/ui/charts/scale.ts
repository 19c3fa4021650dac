/** Axes of the charts: where they begin and end, and which ticks they carry. */

export type ScaleKind = 'linear' | 'log';

export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/** Round steps between the values: 1, 2 or 5 times a power of ten. */
function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/** Without the noise of adding decimals: 0.30000000000000004 → 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function linearAxis(low: number, high: number, count: number): Axis {
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    return linearAxis(low - room, high + room, count);
  }
  const step = niceStep(high - low, count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let k = first; k <= last; k++) ticks.push(tidy(k * step));
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

function logAxis(low: number, high: number, count: number): Axis {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const decades = last - first;
  if (decades <= 1) {
    // Within about a decade: round steps read better than one or two powers of ten.
    const axis = linearAxis(low, high, count);
    const ticks = axis.ticks.filter((tick) => tick > 0);
    return { domain: [ticks[0] > low ? low : ticks[0], ticks[ticks.length - 1]], ticks };
  }
  const every = Math.ceil(decades / Math.max(1, count));
  const multiples = decades <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const multiple of multiples) {
      const tick = tidy(multiple * 10 ** power);
      if (power < last || multiple === 1) ticks.push(tick);
    }
  }
  return { domain: [tidy(10 ** first), tidy(10 ** last)], ticks };
}

/** An axis over the finite values; a log axis takes the positive ones only. */
export function axisFor(values: Iterable<number>, kind: ScaleKind, count = 5): Axis {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high)
    return kind === 'log' ? { domain: [1, 10], ticks: [1, 10] } : { domain: [0, 1], ticks: [0, 1] };
  return kind === 'log' ? logAxis(low, high, count) : linearAxis(low, high, count);
}

/** At most `most` of the items, the first and the last among them, evenly spaced. */
export function thin<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const kept: T[] = [];
  for (let k = 0; k < most; k++) kept.push(items[Math.round((k * (items.length - 1)) / (most - 1))]);
  return kept;
}
