import { useMemo } from 'react';
import { FIGURE_EVERY } from '../../../ui/charts/useThrottled.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';
import type { ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { Disclosure } from '../../../ui/controls/index.ts';
import { formatFactor } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { useLab, useLabParts, useLabSlowly } from '../../useLab.ts';
import { descentSaving, optimumSaving, type Saving } from './saves.ts';

/** "× 9.6", "× 165" */
const times = (factor: number): string => formatFactor(factor, factor >= 99.5 ? 0 : 1);

const OPTIMUM = 'Optimum';
const DESCENT = 'Gradient descent';

type Look = Omit<ChartSeries, 'points'> & { of: keyof Saving };

/** Beside each other over each solver. */
const SERIES: readonly Look[] = [
  {
    of: 'predicted',
    id: 'predicted',
    name: 'Operations, by the cost model',
    colour: 'var(--constant-text)',
    stroke: 'none',
    marks: 'hollow',
    shape: 'diamond',
  },
  {
    of: 'touched',
    id: 'touched',
    name: 'Samples touched, counted',
    colour: 'var(--analytics)',
    stroke: 'none',
    marks: 'hollow',
    shape: 'circle',
  },
  {
    of: 'time',
    id: 'time',
    name: 'Time, measured here',
    colour: 'var(--analytics)',
    stroke: 'none',
    marks: 'filled',
    shape: 'square',
  },
];

/** Where the points of the three lines stand beside a category's place. */
const OFFSETS = [-0.14, 0, 0.14] as const;

function figureOf(optimum: Saving | null, descent: Saving | null): LineFigureProps {
  const savings = [optimum, descent];
  const series = SERIES.map(({ of, ...look }, k): ChartSeries => ({
    ...look,
    points: savings.flatMap((saving, place): ChartPoint[] => {
      const factor = saving?.[of] ?? null;
      return factor === null || !Number.isFinite(factor) ? [] : [{ x: place + OFFSETS[k], y: factor }];
    }),
  }));
  return {
    summary: `Full training divided by condensed training. ${wordsOf(OPTIMUM, optimum)} ${wordsOf(DESCENT, descent)}`,
    series,
    x: { label: '', kind: 'linear', format: String, categories: [OPTIMUM, DESCENT] },
    y: { label: 'times less than full training, logarithmic', kind: 'log', format: times, include: [1] },
    reference: { y: 1, name: 'As much as full training', colour: 'var(--full)' },
    height: 240,
    empty: 'The points appear once both models are at their optima.',
  };
}

function wordsOf(name: string, saving: Saving | null): string {
  if (saving === null) return `${name}: not yet.`;
  const { predicted, touched, time } = saving;
  const measured = time === null ? 'time not measured' : `time ${times(time)}`;
  return `${name}: operations ${times(predicted)}, samples touched ${times(touched)}, ${measured}.`;
}

/** What condensing saves: the paper's cost model against what was counted and measured, on one figure. */
export function SavesPanel() {
  const { full, condensed } = useLabParts(({ learn }) => ({
    full: learn.full.closedForm,
    condensed: learn.condensed.closedForm,
  }));
  const timed = useLab((lab) => (lab.times.stale ? null : lab.times.value));
  const descents = useLabSlowly(
    ({ learn }) => ({ full: learn.full.descent, condensed: learn.condensed.descent }),
    FIGURE_EVERY,
  );
  const descent = useMemo(
    () =>
      descents.full.stale || descents.condensed.stale
        ? null
        : descentSaving(descents.full.value, descents.condensed.value),
    [descents],
  );
  const [all, few] = [full.value, condensed.value];
  const optimum = useMemo(
    () => (all === null || few === null ? null : optimumSaving(all, few, timed)),
    [all, few, timed],
  );
  const figure = useMemo(() => figureOf(optimum, descent), [optimum, descent]);
  return (
    <FigurePanel
      name="saves"
      title="What it saves"
      caption="full training ÷ condensed training, after the cost model of the paper’s Appendix C; making the samples is counted in the time of the optimum"
      stale={full.stale || condensed.stale}
      figure={figure}
    >
      {optimum !== null && (
        <p className="learn-remark">
          {wordsOf(OPTIMUM, optimum)} {wordsOf(DESCENT, descent)}
        </p>
      )}
      <Disclosure about="the cost model">
        <p>
          With n records of d columns, k iterations of gradient descent take about k·n·d operations, and the
          closed form n·d² + d³; Newton’s method takes that in each of its steps. With m condensed samples, m
          stands in the place of n: the fewer samples, the less work, until d³ is all that is left.
        </p>
        <p>
          A browser does not run at one speed: few samples stay in the cache, and making them takes time too.
          So the measured saving of the optimum may lie far below the model’s. Samples touched are the same on
          every machine.
        </p>
      </Disclosure>
    </FigurePanel>
  );
}
