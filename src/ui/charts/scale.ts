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
  // Values that are equal but for rounding: steps between them would drown in the size of the numbers.
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (high - low <= size * 1e-9) {
    const room = size === 0 ? 1 : size * 0.1;
    return linearAxis(low - room, high + room, count);
  }
  const step = niceStep(high - low, count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let k = first; k <= last; k++) ticks.push(tidy(k * step));
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

/** The nearest 1, 2 or 5 times a power of ten: below the value, or above it. */
function roundOut(value: number, side: 'below' | 'above'): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const lead = value / power;
  const leads = side === 'below' ? [5, 2, 1] : [1, 2, 5, 10];
  const slack = 1e-9;
  const fits = side === 'below' ? (l: number) => l <= lead + slack : (l: number) => l >= lead - slack;
  return tidy((leads.find(fits) ?? 1) * power);
}

function logAxis(low: number, high: number, count: number): Axis {
  const domain: [number, number] = [roundOut(low, 'below'), roundOut(high, 'above')];
  const decades = Math.log10(domain[1] / domain[0]);
  if (decades < 1.2) {
    // Within about a decade: round steps read better than one or two powers of ten.
    const axis = linearAxis(low, high, count);
    const ticks = axis.ticks.filter((tick) => tick > 0);
    return { domain: [Math.min(low, ticks[0]), ticks[ticks.length - 1]], ticks };
  }
  const first = Math.floor(Math.log10(domain[0]) + 1e-9);
  const last = Math.ceil(Math.log10(domain[1]) - 1e-9);
  const every = Math.ceil(decades / (count + 1));
  const multiples = decades <= 2.4 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) {
    for (const multiple of multiples) {
      const tick = tidy(multiple * 10 ** power);
      if (tick >= domain[0] && tick <= domain[1]) ticks.push(tick);
    }
  }
  return { domain, ticks };
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

/** An axis over ticks that are given, ascending. */
export function fixedAxis(ticks: readonly number[]): Axis {
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks: [...ticks] };
}
