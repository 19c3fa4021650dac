/** The axes that figures of training share. */
import type { ChartAxis } from '../../../ui/charts/figure.tsx';
import { axisCount, axisSeconds } from '../../../ui/charts/axisFormats.ts';
import { formatCount, formatSeconds, formatValue } from '../../../ui/format.ts';
import type { Against } from './curves.ts';

export const AGAINST_AXES: Record<Against, ChartAxis> = {
  touched: { label: 'samples touched, logarithmic', kind: 'log', format: axisCount, exact: formatCount },
  seconds: {
    label: 'seconds of training, logarithmic',
    kind: 'log',
    format: axisSeconds,
    exact: formatSeconds,
  },
  iterations: { label: 'iterations', kind: 'linear', format: formatCount },
};

export const AGAINST = [
  { value: 'touched', label: 'Samples touched' },
  { value: 'seconds', label: 'Seconds' },
  { value: 'iterations', label: 'Iterations' },
] as const;

export const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

/** A number as short as a tick needs it: 12.3k, 4.56M. */
export function shortTick(value: number): string {
  const size = Math.abs(value) >= 1e4 ? axisCount(Math.abs(value)) : formatValue(Math.abs(value), 3);
  return value < 0 ? `−${size}` : size;
}
