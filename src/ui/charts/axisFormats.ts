/** Numbers as short as an axis needs them. */
import { formatCount, formatSeconds, formatValue } from '../format.ts';

/** 10 ms, 1.0 s, 100 s: minutes would hide that ticks are powers of ten. */
export function axisSeconds(seconds: number): string {
  return seconds >= 59.5 ? `${formatCount(seconds)}\u202fs` : formatSeconds(seconds);
}

/** A number as short as a tick needs it: 12.3k, 4.56M. */
export function shortTick(value: number): string {
  const size = Math.abs(value) >= 1e4 ? axisCount(Math.abs(value)) : formatValue(Math.abs(value), 3);
  return value < 0 ? `−${size}` : size;
}

/** 1,500 → 1.5k, 165,120,000 → 165M */
export function axisCount(value: number): string {
  if (value >= 1e9) return `${formatValue(value / 1e9, 3)}G`;
  if (value >= 1e6) return `${formatValue(value / 1e6, 3)}M`;
  return value >= 1e4 ? `${formatValue(value / 1e3, 3)}k` : formatValue(value, 3);
}
