import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { DataAxis, ScatterCloud, ScatterLines, ScatterSamples } from '../../contracts/scatter.ts';
import type { ScatterLine } from '../../ui/charts/drawScatter.ts';
import { ScatterFigure, type ScatterAxis } from '../../ui/charts/ScatterFigure.tsx';
import {
  DataTable,
  Disclosure,
  ErrorNotice,
  Panel,
  ProgressLine,
  type TableColumn,
} from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';
import { SaveFigure } from '../SaveFigure.tsx';
import { useLabParts } from '../useLab.ts';
import { sampleLines } from './files.ts';
import { Legend } from './Legend.tsx';
import { ScatterControls } from './ScatterControls.tsx';
import {
  cellsWords,
  linesWords,
  missingWords,
  pictureWords,
  placeWords,
  sampleWords,
  tickWords,
  type Axes,
} from './words.ts';

const TITLE = 'Condensed samples among the records';
const NO_CUTS = new Float64Array(0);
const NO_LINES: readonly ScatterLine[] = [];
/** Samples of the table. */
const TABLE_ROWS = 50;

/** The training records along two columns and the condensed samples among them, as β makes them now. */
export function ScatterPanel() {
  const { scatter, isStale, watchScatter, retryScatter } = useLabParts((lab) => ({
    scatter: lab.scatter,
    isStale: lab.bits.stale && lab.settings.order !== 'pool',
    watchScatter: lab.watchScatter,
    retryScatter: lab.retryScatter,
  }));
  useEffect(() => {
    watchScatter(true);
    return () => watchScatter(false);
  }, [watchScatter]);
  const { samples, error } = scatter;
  const { status, value: cloud, progress } = scatter.cloud;
  const axes = cloud?.axes ?? null;
  const place = useRef<HTMLDivElement>(null);
  const rows = useCallback(() => sampleLines(axes, samples), [axes, samples]);
  const words = { title: TITLE, caption: captionOf(axes, samples) };
  const failure = scatter.cloud.error ?? error;
  return (
    <Panel
      name="condensing"
      {...words}
      stale={isStale}
      actions={<SaveFigure {...words} place={place} rows={rows} isEmpty={samples === null} />}
    >
      {failure !== null && <ErrorNotice error={failure} onRetry={retryScatter} />}
      {status === 'running' && progress !== null && (
        <ProgressLine progress={progress} label="Placing the records" />
      )}
      {cloud !== null && axes !== null ? (
        <Picture cloud={cloud} axes={axes} place={place} />
      ) : (
        failure === null && (
          <p className="chart-empty condensing-empty">
            {cloud === null
              ? 'The records appear once their bits are counted.'
              : 'A picture needs two columns that can be drawn: numbers that differ, or text with few different values.'}
          </p>
        )
      )}
      {cloud !== null && <Refused cloud={cloud} />}
    </Panel>
  );
}

function captionOf(axes: Axes | null, samples: ScatterSamples | null): string {
  if (axes === null) return 'training records';
  const plane = `${axes.y.column} against ${axes.x.column}, training records`;
  return samples === null ? plane : `${plane}; β = ${formatCount(samples.beta)}`;
}

const ABOUT = (
  <Disclosure about="this picture">
    <p>
      Every point is a training record, every circle a condensed sample: it stands at the mean of the records
      that agree on all analytics bits, and its area is how many they are. The mean is taken over every
      column; two of them are drawn.
    </p>
    <p>
      The number beside a column is how closely it goes with the target, from 0 to 1: the correlation of two
      numbers, or the correlation ratio where one of them is a category. Records that share a category are
      spread a little so that they can be seen; a circle between two categories is the mean of both.
    </p>
  </Disclosure>
);

interface PictureProps {
  cloud: ScatterCloud;
  axes: Axes;
  /** The element that is saved as a picture. */
  place: RefObject<HTMLDivElement | null>;
}

function Picture({ cloud, axes, place }: PictureProps) {
  const { samples, lines, target, classes } = useLabParts((lab) => ({
    samples: lab.scatter.samples,
    lines: lab.scatter.lines,
    target: lab.settings.target,
    classes: lab.learn.full.closedForm.value?.score.classes?.labels ?? null,
  }));
  const [hasCells, setCells] = useState(true);
  const x = useMemo(() => scatterAxis(axes.x), [axes]);
  const y = useMemo(() => scatterAxis(axes.y), [axes]);
  const cuts = useMemo(
    () =>
      samples === null || !hasCells
        ? null
        : { x: samples.cuts.x.at ?? NO_CUTS, y: samples.cuts.y.at ?? NO_CUTS },
    [samples, hasCells],
  );
  const drawn = useMemo(() => (lines === null ? NO_LINES : scatterLines(lines)), [lines]);
  const describe = useCallback(
    (k: number) => (samples === null ? '' : sampleWords(axes, samples, k)),
    [axes, samples],
  );
  return (
    <>
      <ScatterControls cloud={cloud} axes={axes} hasCells={hasCells} onCells={setCells} />
      <div ref={place}>
        <ScatterFigure
          summary={pictureWords(axes, cloud, samples)}
          x={x}
          y={y}
          cloud={cloud}
          circles={samples}
          dots={samples?.random ?? null}
          cuts={cuts}
          lines={drawn}
          legend={<Legend cloud={cloud} samples={samples} lines={lines} hasCells={cuts !== null} />}
          describe={describe}
          invitation={samples === null ? '' : 'Point at a circle to read its weight and its place.'}
        />
      </div>
      <div className="condensing-words">
        {samples === null ? (
          <Uncondensed />
        ) : (
          <>
            {hasCells && <p>{cellsWords(axes, samples)}</p>}
            <p>{linesWords(axes, cloud, lines !== null, { target, classes })}</p>
          </>
        )}
        <p>{missingWords(cloud, samples)}</p>
      </div>
      {samples !== null && (
        <>
          <Disclosure title="The heaviest samples as a table" isLate>
            <SamplesTable axes={axes} samples={samples} />
          </Disclosure>
          {ABOUT}
        </>
      )}
    </>
  );
}

function scatterAxis(axis: DataAxis): ScatterAxis {
  const { column, low, high, named } = axis;
  return { label: column, low, high, named, format: (value) => tickWords(axis, value) };
}

/** The models' lines, that of all records on top. */
function scatterLines({ x, full, condensed, random }: ScatterLines): ScatterLine[] {
  return [
    ...(random === null ? [] : [{ tone: 'random' as const, isDashed: true, x, y: random }]),
    { tone: 'analytics', isDashed: false, x, y: condensed },
    { tone: 'full', isDashed: true, x, y: full },
  ];
}

/** Why there are no circles. */
function Uncondensed() {
  const { target, isEmpty } = useLabParts(({ settings, bits }) => ({
    target: settings.target,
    isEmpty: bits.value?.order.length === 0,
  }));
  if (target === null)
    return <p>There is no target, so nothing is condensed: these are the records alone.</p>;
  if (isEmpty) return <p>No bit of a feature can split the records: there is nothing to condense.</p>;
  return null;
}

function SamplesTable({ axes, samples }: { axes: Axes; samples: ScatterSamples }) {
  const { x, y, weights } = samples;
  const columns: TableColumn<number>[] = [
    {
      id: 'weight',
      header: 'Weight',
      isNumeric: true,
      isRowHeader: true,
      cell: (k) => formatCount(weights[k]),
    },
    { id: 'x', header: axes.x.column, isNumeric: true, cell: (k) => placeWords(axes.x, x[k]) },
    { id: 'y', header: axes.y.column, isNumeric: true, cell: (k) => placeWords(axes.y, y[k]) },
  ];
  return (
    <DataTable
      caption="Condensed samples, the heaviest first"
      columns={columns}
      rows={Array.from({ length: Math.min(TABLE_ROWS, weights.length) }, (_, k) => k)}
      rowKey={(k) => k}
      maxHeight={320}
      isDense
    />
  );
}

/** Columns that can be no axis, and those that are not in the lists. */
function Refused({ cloud: { refused, refusedFurther, columns, further } }: { cloud: ScatterCloud }) {
  const count = refused.length + refusedFurther;
  return (
    <>
      {further > 0 && (
        <p className="condensing-words">
          The lists have the {formatCount(columns.length)} columns that go with the target most closely;{' '}
          {formatCount(further)} more could be drawn.
        </p>
      )}
      {count > 0 && (
        <Disclosure title={`Columns that cannot be drawn: ${formatCount(count)}`} isLate>
          <ul>
            {refused.map(({ name, reason }) => (
              <li key={name}>
                <b>{name}</b>: {reason}
              </li>
            ))}
            {refusedFurther > 0 && <li>{formatCount(refusedFurther)} more.</li>}
          </ul>
        </Disclosure>
      )}
    </>
  );
}
