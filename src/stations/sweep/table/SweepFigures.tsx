import { memo, useMemo, useState, type ReactNode } from 'react';
import type { ChartAxis, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { axisSeconds } from '../../../ui/charts/axisFormats.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Button } from '../../../ui/controls/index.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import {
  formatCount,
  formatMeasured,
  formatPercent,
  formatPlural,
  formatSeconds,
} from '../../../ui/format.ts';
import type { SweepState } from '../../lab/sweep.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { AXIS_WORDS, isCategorical } from './axes.ts';
import {
  axisAcross,
  floorReference,
  fullReference,
  largestRatio,
  rivalSeries,
  samplesSeries,
  scoreSeries,
  secondsSeries,
  storageSeries,
  type Across,
  type FigureSubject,
} from './figures.ts';
import { countRuns, isWhole } from './plan.ts';
import { readsBeta } from './reading.ts';
import { offeredRivals } from './rivals.ts';
import { TradeoffPanel } from './TradeoffPanel.tsx';
import { measuresOf, measureWords, solverNames, solverWords } from './measures.ts';
import type { Measure, Solver } from './summary.ts';
import { summaryWords } from './words.ts';

const SCALES = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
] as const;

/** Ratios that reach further than this are drawn on a logarithmic axis, unless the reader wants it otherwise. */
const WIDE = 5;

const share = (value: number) => formatPercent(value, 1);

const STORAGE: ChartAxis = {
  label: '% of float64',
  kind: 'linear',
  format: share,
  exact: (value) => formatPercent(value, 3),
  include: [0],
};
const SAMPLES: ChartAxis = { label: 'samples, logarithmic', kind: 'log', format: formatCount };
const SECONDS: ChartAxis = {
  label: 'seconds, logarithmic',
  kind: 'log',
  format: axisSeconds,
  exact: formatMeasured,
};
const NOTHING = 'Points appear as the runs finish.';

type Results = Omit<FigureSubject, 'across' | 'beta'>;

interface SweepFiguresProps {
  results: Results;
  stale: boolean;
}

/** Score, storage, samples and time of every point done so far. */
export const SweepFigures = memo(function SweepFigures({ results, stale }: SweepFiguresProps) {
  const { plan, task } = results;
  const [across, setAcross] = useState<Across>('axis');
  const [wantedSolver, setSolver] = useState<Solver>('exact');
  const hasExact = results.rows.some(({ exactSeconds }) => exactSeconds !== null);
  const solver = hasExact ? wantedSolver : 'gd';
  const beta = useLab((lab) => lab.settings.beta);
  const subject = useMemo<FigureSubject>(() => ({ ...results, across, beta }), [results, across, beta]);
  const alongAxis = useMemo<FigureSubject>(() => ({ ...results, across: 'axis', beta }), [results, beta]);
  const isSplit = plan.axes.length > 1;
  const { name } = plan.axes[0];
  const over = overWords(results);
  const by = isSplit ? ` by ${solverNames(task)[solver]},` : '';
  const toggles = useMemo(() => {
    const words = solverWords(task);
    return (
      <>
        {isSplit && hasExact && (
          <Segments
            label="Trained by"
            value={solver}
            options={(['exact', 'gd'] as const).map((value) => ({ value, label: words[value] }))}
            onChange={setSolver}
          />
        )}
        <Segments
          label="Horizontal axis"
          value={across}
          options={[
            { value: 'axis', label: name === 'beta' ? 'β' : capital(AXIS_WORDS[name].short(1)) },
            { value: 'samples', label: 'Condensed samples' },
          ]}
          onChange={setAcross}
        />
      </>
    );
  }, [isSplit, hasExact, solver, across, name, task]);
  return (
    <>
      <ScorePanel subject={subject} solver={solver} over={`${by} ${over}`} toggles={toggles} stale={stale} />
      {readsBeta(plan) && (
        <>
          <Contenders />
          <TradeoffPanel subject={alongAxis} stale={stale} />
        </>
      )}
      <div className="side-by-side">
        <StoragePanel subject={alongAxis} over={over} stale={stale} />
        <CondensedSamplesPanel subject={alongAxis} over={over} stale={stale} />
      </div>
      <SecondsPanel subject={subject} solver={solver} over={`${by} ${over}`} stale={stale} />
    </>
  );
});

/** Lets further contenders take part: those that an older sweep lacks, then those that take long. */
function Contenders() {
  const { sweep, addContenders } = useLabParts((lab) => ({
    sweep: lab.sweep,
    addContenders: lab.addContenders,
  }));
  const { ran, contests } = sweep;
  const offer = useMemo(() => (ran === null ? null : offeredRivals(ran.plan, contests)), [ran, contests]);
  if (offer === null || !isThrough(sweep)) return null;
  const { metas, isCostly, isLacking } = offer;
  const labels = new Intl.ListFormat('en-GB').format(metas.map(({ label }) => label));
  const names = isCostly ? labels : 'random samples of the same size';
  return (
    <div className="sweep-offer">
      <Button onPress={() => void addContenders(isCostly)}>Add {names}</Button>
      <span className="field-hint">
        {isLacking
          ? `This sweep lacks ${names}: what is there stays, and only the rest is computed.`
          : 'These take longer to make: what is there stays, and only they are computed.'}{' '}
        {isCostly && metas.map(({ label, sentence }) => `${label}: ${sentence}`).join(' ')}
      </span>
    </div>
  );
}

/** Whether every training of a sweep is done, so that what is added to it is all that is computed. */
function isThrough({ status, ran, full, runs }: SweepState): boolean {
  if (status === 'done') return true;
  if (status !== 'cancelled' || ran === null) return false;
  const planned = countRuns(ran.plan);
  return [...full, ...runs].filter(isWhole).length === planned.full + planned.condensed;
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** "mean of 3 splits, bars one standard deviation" */
function overWords({ rows }: Results): string {
  const most = Math.max(1, ...rows.map(({ splits }) => splits));
  return most > 1 ? `mean of ${formatPlural(most, 'split')}, bars one standard deviation` : '1 split';
}

interface PanelProps {
  subject: FigureSubject;
  over: string;
  stale: boolean;
}

interface ScorePanelProps extends PanelProps {
  solver: Solver;
  toggles: ReactNode;
}

/** The score by the measure that is chosen. */
function ScorePanel({ subject, solver, over, toggles, stale }: ScorePanelProps) {
  const { rows, task } = subject;
  const [wanted, setWanted] = useState<Measure | null>(null);
  const [wantedScale, setScale] = useState<ScaleKind | null>(null);
  const hasRoc = rows.some(
    ({ scores }) => scores.exact.rocArea !== undefined || scores.gd.rocArea !== undefined,
  );
  const measures = useMemo(() => measuresOf(task, hasRoc), [task, hasRoc]);
  const measure = measureOf(measures, wanted);
  const usual = measure === 'ratio' && largestRatio(subject) > WIDE ? 'log' : 'linear';
  const words = measureWords(measure, task);
  const band =
    measure === 'ratio' && subject.rivals.length > 0 ? '; areas: the middle half of all draws' : '';
  const scale = words.scale ?? wantedScale ?? usual;
  const figure = useMemo(
    () => scoreFigure(subject, measure, solver, scale),
    [subject, measure, solver, scale],
  );
  const actions = useMemo(
    () => (
      <>
        <Segments
          label="Measure"
          value={measure}
          options={measures.map((value) => ({ value, label: measureWords(value, task).label }))}
          onChange={setWanted}
        />
        {toggles}
        {words.scale === null && (
          <Segments label="Error axis" value={scale} options={SCALES} onChange={setScale} />
        )}
      </>
    ),
    [measures, measure, task, toggles, scale, words.scale],
  );
  return (
    <FigurePanel
      name="sweep-error"
      title={measure === 'ratio' ? 'Error' : words.label}
      caption={`${words.caption},${over}${band}`}
      stale={stale}
      figure={figure}
      actions={actions}
    />
  );
}

/** The measure that was chosen, or the first where there is no such. */
function measureOf(measures: readonly Measure[], wanted: Measure | null): Measure {
  return measures.find((measure) => measure === wanted) ?? measures[0];
}

function scoreFigure(
  subject: FigureSubject,
  measure: Measure,
  solver: Solver,
  scale: ScaleKind,
): LineFigureProps {
  const { axis, format, exact } = measureWords(measure, subject.task);
  const ofFull = fullReference(
    subject,
    'Full: all training records',
    (row) => row.scores[solver][measure],
    exact,
  );
  const isRatio = measure === 'ratio';
  return {
    summary: summaryWords(subject, axis, (row) => row.scores[solver][measure] ?? null, exact),
    series: [
      ...scoreSeries(subject, measure, solver, exact),
      // Contests are of the error alone, at the optimum.
      ...(isRatio ? rivalSeries(subject) : []),
    ],
    x: axisAcross(subject, subject.across),
    y: { label: scale === 'log' ? `${axis}, logarithmic` : axis, kind: scale, format, exact },
    reference: isRatio ? { y: 1, name: 'Full: all training records = 1', colour: 'var(--full)' } : ofFull,
    floor: isRatio ? undefined : floorReference(subject, measure, exact),
    height: 300,
    empty: NOTHING,
  };
}

function StoragePanel({ subject, over, stale }: PanelProps) {
  const isSplit = subject.plan.axes.length > 1;
  const figure = useMemo<LineFigureProps>(
    () => ({
      summary: summaryWords(subject, 'Archive size as a share of float64', (row) => row.storage, share),
      series: storageSeries(subject, share),
      x: axisAcross(subject, 'axis'),
      y: STORAGE,
      empty: NOTHING,
    }),
    [subject],
  );
  const samples = isSplit ? ', samples made on demand' : '';
  return (
    <FigurePanel
      name="sweep-storage"
      title="Storage"
      caption={`training part of the archive, % of its float64 bytes${samples}, ${over}`}
      stale={stale}
      figure={figure}
    >
      {readsBeta(subject.plan) && (
        <p className="field-hint">
          Made on demand, samples take no room, so that the archive is as large at every β: β only says which
          bits cluster the records.
        </p>
      )}
    </FigurePanel>
  );
}

function CondensedSamplesPanel({ subject, over, stale }: PanelProps) {
  const figure = useMemo<LineFigureProps>(
    () => ({
      summary: summaryWords(subject, 'Condensed samples', (row) => row.samples, formatCount),
      series: samplesSeries(subject, formatCount),
      x: axisAcross(subject, 'axis'),
      y: SAMPLES,
      empty: NOTHING,
    }),
    [subject],
  );
  return (
    <FigurePanel
      name="sweep-samples"
      title="Condensed samples"
      caption={over}
      stale={stale}
      figure={figure}
    />
  );
}

function SecondsPanel({ subject, solver, over, stale }: PanelProps & { solver: Solver }) {
  const { task } = subject;
  const figure = useMemo<LineFigureProps>(() => {
    const of = `Full, ${solverNames(task)[solver]}`;
    const seconds = (row: FigureSubject['full'][number]) =>
      solver === 'gd' ? row.gdSeconds : row.exactSeconds;
    return {
      summary: summaryWords(
        subject,
        'Seconds of training on condensed samples',
        (row) => (solver === 'gd' ? row.gdSeconds : row.exactSeconds),
        formatSeconds,
      ),
      series: secondsSeries(subject, solver, formatMeasured),
      x: axisAcross(subject, subject.across),
      y: SECONDS,
      reference: fullReference(subject, of, seconds, formatSeconds),
      empty: NOTHING,
    };
  }, [subject, solver, task]);
  const isNamed = isCategorical(subject.plan.axes[0].name);
  return (
    <FigurePanel
      name="sweep-seconds"
      title="Training time"
      caption={`seconds in this browser${isNamed ? ', without encoding' : ''},${over}`}
      stale={stale}
      figure={figure}
    />
  );
}
