/** The axes that figures of training share. */
import type { ChartAxis } from '../../../ui/charts/figure.tsx';
import { axisCount, axisSeconds } from '../../../ui/charts/axisFormats.ts';
import { formatCount, formatSeconds } from '../../../ui/format.ts';
import type { Against } from './curves.ts';

export { shortTick } from '../../../ui/charts/axisFormats.ts';

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
