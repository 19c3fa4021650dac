import { useCallback, useMemo, useRef, useState } from 'react';
import type { Coefficients } from '../../../contracts/fitted.ts';
import { DotFigure } from '../../../ui/charts/DotFigure.tsx';
import type { DotSeries } from '../../../ui/charts/dots.ts';
import { Button, CompactSelect, Disclosure, ErrorNotice, ProgressLine } from '../../../ui/controls/index.ts';
import { formatPlural, formatCompact } from '../../../ui/format.ts';
import { SavedPanel } from '../../SaveFigure.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { shortTick } from './axes.ts';
import { apart, coefficientRows, plannedSplits, type CoefficientRow } from './coefficients.ts';
import { className } from '../../className.ts';
import { useFitted } from './useFitted.ts';

/** Rows that are shown until all are asked for; for a projector fewer, and larger. */
const FIRST = 15;
const FIRST_PRESENTED = 9;

const SERIES: readonly DotSeries[] = [
  { id: 'full', name: 'Full', colour: 'var(--full)', marks: 'hollow', shape: 'square' },
  { id: 'condensed', name: 'Condensed', colour: 'var(--analytics)', marks: 'filled', shape: 'circle' },
];

/** The coefficients of both models beside each other, with their range over splits. */
export function CoefficientsPanel() {
  const place = useRef<HTMLDivElement>(null);
  useFitted('coefficients', place);
  const { value: splits, stale } = useLab(({ fitted }) => fitted.coefficients);
  const [output, setOutput] = useState('');
  const [isAll, setAll] = useState(false);
  const first = useLab(({ view }) => (view.present ? FIRST_PRESENTED : FIRST));
  const outputs = splits?.[0]?.outputs ?? [];
  const chosen = Math.max(0, outputs.indexOf(output));
  const rows = useMemo(
    () => (splits === null || splits.length === 0 ? [] : coefficientRows(splits, chosen)),
    [splits, chosen],
  );
  const shown = isAll ? rows : rows.slice(0, first);
  const title = 'Coefficients';
  const csv = useCallback(() => coefficientLines(rows), [rows]);
  return (
    <div ref={place}>
      <SavedPanel
        name="coefficients"
        title={title}
        caption={captionOf(splits, chosen)}
        stale={stale}
        actions={
          outputs.length > 1 && (
            <CompactSelect
              label="Coefficients of class"
              value={outputs[chosen]}
              options={outputs.map((name) => ({ value: name, label: name }))}
              onChange={setOutput}
            />
          )
        }
        rows={csv}
        isEmpty={rows.length === 0}
        figure={<Dots rows={shown} unit={unitOf(splits, chosen)} />}
      >
        <div className="coefficients-more">
          {rows.length > first && (
            <p>
              <Button onPress={() => setAll(!isAll)}>
                {isAll ? `Show the ${FIRST} largest` : `Show all ${rows.length}`}
              </Button>
            </p>
          )}
          <Work />
        </div>
        {rows.length > 0 && <Reading rows={rows} splits={splits?.length ?? 0} />}
        <Disclosure about="coefficients">
          <p>
            A coefficient is of the model at its optimum, for a feature that rises by one standard deviation
            of the training records: so they can be compared with one another. A category has a column for
            each of its values; together these tell no more than all but one of them, so that only their
            differences mean something.
          </p>
          <p>
            A dot is the median over splits of the same table into training and test records, its line reaches
            from the smallest to the largest. The intercept is left out.
          </p>
        </Disclosure>
      </SavedPanel>
    </div>
  );
}

function captionOf(splits: readonly Coefficients[] | null, output: number): string {
  if (splits === null || splits.length === 0) return 'both models at their optima';
  const over = splits.length === 1 ? 'on one split' : `median and range over ${splits.length} splits`;
  return `${unitOf(splits, output)}; ${over}, by size`;
}

function unitOf(splits: readonly Coefficients[] | null, output: number): string {
  const made = splits?.[0];
  if (made === undefined) return '';
  const unit =
    made.task === 'regression'
      ? `in the unit of ${className(made.outputs[0])}`
      : `log-odds of ${className(made.outputs[output])}`;
  return `${unit}, per standard deviation`;
}

function Dots({ rows, unit }: { rows: readonly CoefficientRow[]; unit: string }) {
  const drawn = useMemo(
    () =>
      rows.map(({ name, intervals }) => ({
        name,
        dots: Object.fromEntries(
          Object.entries(intervals).map(([method, { median, least, most }]) => [
            method,
            { value: median, low: least, high: most },
          ]),
        ),
      })),
    [rows],
  );
  const x = useMemo(
    () => ({ label: `coefficient, ${unit}`, kind: 'linear' as const, format: shortTick }),
    [unit],
  );
  const said = rows
    .slice(0, 5)
    .map(
      ({ name, intervals }) =>
        `${name}: full ${formatCompact(intervals.full.median)}, condensed ${formatCompact(intervals.condensed.median)}`,
    );
  return (
    <DotFigure
      summary={`Coefficients, ${unit}. ${said.join('; ')}.`}
      series={SERIES}
      rows={drawn}
      x={x}
      empty="The coefficients appear once both models are at their optima."
    />
  );
}

/** How far the splits are, and the rest of them for the asking. */
function Work() {
  const { task, dataset, computeFitted, cancelFitted } = useLabParts((lab) => ({
    task: lab.fitted.coefficients,
    dataset: lab.dataset.value,
    computeFitted: lab.computeFitted,
    cancelFitted: lab.cancelFitted,
  }));
  const { status, value, progress, error } = task;
  const left = plannedSplits(dataset) - (value?.length ?? 0);
  if (status === 'running') {
    return (
      <ProgressLine
        progress={progress}
        label="Solving on other splits"
        onCancel={() => cancelFitted('coefficients')}
      />
    );
  }
  if (error !== null)
    return <ErrorNotice error={error} onRetry={() => void computeFitted('coefficients', true)} />;
  const isShort = value !== null && value.length > 0 && left > 0;
  if (status !== 'cancelled' && !isShort) return null;
  return (
    <p>
      <Button onPress={() => void computeFitted('coefficients', true)}>
        {isShort ? `Solve ${formatPlural(left, 'more split')}` : 'Solve'}
      </Button>
    </p>
  );
}

function Reading({ rows, splits }: { rows: readonly CoefficientRow[]; splits: number }) {
  // Two splits are no range yet.
  if (splits < 3) return null;
  const distant = apart(rows);
  return (
    <p className="learn-remark">
      {distant.length === 0
        ? `The ranges of both models meet in every one of ${formatPlural(rows.length, 'coefficient')}.`
        : `The ranges of both models lie apart in ${distant.length} of ${formatPlural(rows.length, 'coefficient')}: ${distant
            .slice(0, 4)
            .map(({ name }) => className(name))
            .join(', ')}${distant.length > 4 ? ' and others' : ''}.`}
    </p>
  );
}

function coefficientLines(rows: readonly CoefficientRow[]): (string | number)[][] {
  const columns = (method: string) => [`${method}_median`, `${method}_least`, `${method}_most`];
  return [
    ['feature', ...columns('full'), ...columns('condensed')],
    ...rows.map(({ name, intervals: { full, condensed } }) => [
      ...[name, full.median, full.least, full.most],
      ...[condensed.median, condensed.least, condensed.most],
    ]),
  ];
}
