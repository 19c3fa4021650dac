import { memo, useMemo, useRef, useState, useSyncExternalStore, type PointerEvent } from 'react';
import type { Descender, Landscape } from '../../../../contracts/landscape.ts';
import { readableTicks } from '../../../../ui/charts/axes.ts';
import { drawingHeight } from '../../../../ui/charts/drawingHeight.ts';
import { DASHES, type ChartAxis } from '../../../../ui/charts/figure.tsx';
import { LineSwatch } from '../../../../ui/charts/LineSwatch.tsx';
import { markPath } from '../../../../ui/charts/marks.ts';
import { axisFor } from '../../../../ui/charts/scale.ts';
import { useSize } from '../../../../ui/charts/useSize.ts';
import { DataTable, type TableColumn } from '../../../../ui/controls/index.ts';
import { formatCompact, formatCount, formatValue } from '../../../../ui/format.ts';
import { shortTick } from '../axes.ts';
import { contoursOf, type Contour } from './contours.ts';
import {
  isInside,
  lossAt,
  piecesOf,
  placeAt,
  projectionOf,
  type PlotArea,
  type Projection,
} from './frame.ts';
import { descenderName, LOOKS } from './looks.ts';
import { countAt, pointAt, stepsAt, type Pace } from './pace.ts';
import type { Replay } from './replay.ts';
import { axisNames, endWords, summaryOf } from './words.ts';

interface ContourFigureProps {
  landscape: Landscape;
  replay: Replay;
  /** What the descents have in common as they are played. */
  pace: Pace;
}

const HEIGHT = { least: 280, most: 460, share: 0.5 };

/** The contours with the descents over them, and what each of them has touched. */
export const ContourFigure = memo(function ContourFigure({ landscape, replay, pace }: ContourFigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const height = drawingHeight(width, HEIGHT);
  const names = axisNames(landscape);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  return (
    <div className="contour">
      <div className="contour-head" aria-hidden="true">
        <span className="chart-y-label">{names.up} ↑</span>
        {pointed !== null && (
          <span className="contour-reading chart-pointed">
            {shortTick(pointed.a)} across, {shortTick(pointed.b)} up: loss{' '}
            <b>{formatCompact(lossAt(landscape, pointed.a, pointed.b))}</b>
          </span>
        )}
      </div>
      <div
        ref={frame}
        className="chart-plot keeps-colour"
        role="img"
        aria-label={summaryOf(landscape)}
        style={{ height }}
      >
        {width > 0 && <Picture {...{ landscape, replay, pace, width, height }} onPoint={setPointed} />}
      </div>
      <span className="chart-x-label" aria-hidden="true">
        {names.across} →
      </span>
      <Ways {...{ landscape, replay, pace }} />
    </div>
  );
});

const MARGIN = { top: 8, right: 22, bottom: 26 };
const LETTER = 6.8;

const axisOf = (label: string): ChartAxis => ({ label, kind: 'linear', format: shortTick });
const ACROSS = axisOf('across');

/** A place of the landscape under the pointer. */
interface Pointed {
  a: number;
  b: number;
}

interface PictureProps extends ContourFigureProps {
  /** Pixels. */
  width: number;
  height: number;
  /** Told where the pointer is, null when it has gone. */
  onPoint: (place: Pointed | null) => void;
}

const Picture = memo(function Picture({ landscape, replay, pace, width, height, onPoint }: PictureProps) {
  const { bounds, surface, optima, paths } = landscape;
  const ticks = useMemo(() => {
    const within = ([low, high]: readonly [number, number]) =>
      axisFor([low, high], 'linear', 5).ticks.filter((tick) => tick >= low && tick <= high);
    return { a: within(bounds.a), b: within(bounds.b) };
  }, [bounds]);
  const left = Math.max(...ticks.b.map((tick) => shortTick(tick).length), 2) * LETTER + 12;
  const area = useMemo(
    () => ({ left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom }),
    [left, width, height],
  );
  const project = useMemo(() => projectionOf(bounds, area), [bounds, area]);
  const bands = useMemo(() => contoursOf(surface, area), [surface, area]);
  const pieces = useMemo(() => paths.map((path) => piecesOf(path, project, area)), [paths, project, area]);
  const shownTicks = readableTicks({ domain: [...bounds.a], ticks: ticks.a }, ACROSS, area.right - area.left);
  const onPointerMove = (event: PointerEvent<SVGSVGElement>): void => {
    const frame = event.currentTarget.getBoundingClientRect();
    const place = placeAt(bounds, area, event.clientX - frame.left, event.clientY - frame.top);
    onPoint(isInside(bounds, place.a, place.b) ? place : null);
  };
  return (
    <svg
      width={width}
      height={height}
      aria-hidden="true"
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPoint(null)}
    >
      <Ground bands={bands} area={area} />
      {ticks.b.map((tick) => (
        <text key={tick} x={left - 8} y={project.y(tick) + 4} textAnchor="end">
          {shortTick(tick)}
        </text>
      ))}
      {shownTicks.map((tick) => (
        <text key={tick} x={project.x(tick)} y={area.bottom + 18} textAnchor="middle">
          {shortTick(tick)}
        </text>
      ))}
      <Paths {...{ landscape, replay, pace, pieces, project }} />
      <Optima optima={optima} start={paths[0]} project={project} area={area} />
    </svg>
  );
});

/** The bands between the contours, the darker the larger the loss, and the frame. */
const Ground = memo(function Ground({ bands, area }: { bands: readonly Contour[]; area: PlotArea }) {
  const { left, top, right, bottom } = area;
  return (
    <>
      {bands.map(({ level, d }) => (
        <path key={level} d={d} fill="var(--ink)" opacity={0.038} />
      ))}
      {bands.map(({ level, d }) => (
        <path key={level} d={d} fill="none" stroke="var(--line-strong)" strokeWidth={0.7} opacity={0.7} />
      ))}
      <rect
        x={left}
        y={top}
        width={right - left}
        height={bottom - top}
        fill="none"
        stroke="var(--line-strong)"
      />
    </>
  );
});

/** Drawn one over the other, that which moves least on top. */
const ORDER: readonly Descender[] = ['miniBatch', 'full', 'condensed'];

interface PathsProps extends ContourFigureProps {
  /** What is drawn on coming to each point of each path. */
  pieces: readonly (readonly string[])[];
  project: Projection;
}

/** The paths as far as they have come, each with a mark at its head. */
function Paths({ landscape: { paths, bounds }, replay, pace, pieces, project }: PathsProps) {
  const share = useSyncExternalStore(replay.subscribe, replay.getShare);
  const count = countAt(paths, pace, share);
  return ORDER.map((descender) => {
    const k = paths.findIndex((path) => path.descender === descender);
    if (k < 0) return null;
    const path = paths[k];
    const { colour, stroke, shape, width } = LOOKS[descender];
    const point = pointAt(path, stepsAt(path, pace, count));
    const [a, b] = [path.a[point], path.b[point]];
    return (
      <g key={descender}>
        <path
          d={pieces[k].slice(0, point + 1).join('')}
          fill="none"
          stroke={colour}
          strokeWidth={width}
          strokeDasharray={DASHES[stroke]}
          strokeLinejoin="round"
        />
        {isInside(bounds, a, b) && (
          <path
            d={markPath(shape, project.x(a), project.y(b), 4.4)}
            fill={colour}
            stroke="var(--panel)"
            strokeWidth={1.2}
          />
        )}
      </g>
    );
  });
}

interface OptimaProps {
  optima: Landscape['optima'];
  start: { a: Float64Array; b: Float64Array };
  project: Projection;
  area: PlotArea;
}

/** Pixels from a mark to its words, and between two lines of words. */
const AWAY = 11;
const LINE = 15;

/** Where the descents begin, and where they should come to. */
const Optima = memo(function Optima({ optima, start, project, area }: OptimaProps) {
  const at = ({ a, b }: { a: number; b: number }) => ({ x: project.x(a), y: project.y(b) });
  const full = at(optima.full);
  const condensed = at(optima.condensed);
  const begin = at({ a: start.a[0], b: start.b[0] });
  const isFullAbove = full.y < condensed.y || (full.y === condensed.y && full.x <= condensed.x);
  return (
    <>
      <path
        d={markPath('circle', begin.x, begin.y, 4)}
        fill="var(--panel)"
        stroke="var(--ink)"
        strokeWidth={1.6}
      />
      <Label at={begin} area={area} isAbove={begin.y > full.y}>
        start
      </Label>
      <path d={cross(full.x, full.y)} fill="none" stroke="var(--full)" strokeWidth={2.4} />
      <Label at={full} area={area} isAbove={isFullAbove}>
        full optimum
      </Label>
      <path
        d={markPath('diamond', condensed.x, condensed.y, 5)}
        fill="none"
        stroke="var(--analytics)"
        strokeWidth={2.2}
      />
      <Label at={condensed} area={area} isAbove={!isFullAbove}>
        condensed optimum
      </Label>
    </>
  );
});

/** Half the width of the cross in pixels. */
const ARM = 5.5;

function cross(x: number, y: number): string {
  return `M${x - ARM} ${y - ARM}L${x + ARM} ${y + ARM}M${x - ARM} ${y + ARM}L${x + ARM} ${y - ARM}`;
}

interface LabelProps {
  at: { x: number; y: number };
  area: PlotArea;
  isAbove: boolean;
  children: string;
}

/** Words beside a mark, on the side where there is room. */
function Label({ at: { x, y }, area, isAbove, children }: LabelProps) {
  const width = children.length * LETTER;
  const isLeft = x + AWAY + width > area.right;
  const wanted = isAbove ? y - AWAY : y + AWAY + LINE / 2;
  const height = Math.max(area.top + LINE, Math.min(area.bottom - 5, wanted));
  const place = isLeft ? Math.max(x - AWAY, area.left + width + 4) : x + AWAY;
  return (
    <text className="contour-label" x={place} y={height} textAnchor={isLeft ? 'end' : 'start'}>
      {children}
    </text>
  );
}

/** Rows follow the clock in so many steps of the whole way: numbers that change faster nobody reads. */
const ROW_STEPS = 120;

interface WayRow {
  descender: Descender;
  name: string;
  samplesPerStep: number;
  learningRate: number;
  steps: number;
  /** Words on its end, once it is there. */
  end: string;
  loss: number | null;
}

const COLUMNS: readonly TableColumn<WayRow>[] = [
  {
    id: 'name',
    header: 'Descent on',
    isRowHeader: true,
    cell: ({ descender, name }) => (
      <span className="contour-name">
        <LineSwatch look={LOOKS[descender]} />
        {name}
      </span>
    ),
  },
  {
    id: 'size',
    header: 'Samples a step',
    isNumeric: true,
    cell: ({ samplesPerStep, learningRate }) => (
      <>
        {formatCount(samplesPerStep)}
        <span className="contour-end">α {formatValue(learningRate, 2)}</span>
      </>
    ),
  },
  {
    id: 'steps',
    header: 'Steps',
    isNumeric: true,
    cell: ({ steps, end }) => (
      <>
        {formatCount(steps)}
        <span className="contour-end">{end === '' ? '\u00a0' : end}</span>
      </>
    ),
  },
  {
    id: 'touched',
    header: 'Samples touched',
    isNumeric: true,
    cell: ({ steps, samplesPerStep }) => formatCount(steps * samplesPerStep),
  },
  {
    id: 'loss',
    header: 'Loss at the end',
    isNumeric: true,
    cell: ({ loss }) => (loss === null ? '' : formatCompact(loss)),
  },
];

/** What every descent has done by now. */
const Ways = memo(function Ways({ landscape: { paths }, replay, pace }: ContourFigureProps) {
  const share = useSyncExternalStore(
    replay.subscribe,
    () => Math.round(replay.getShare() * ROW_STEPS) / ROW_STEPS,
  );
  const count = countAt(paths, pace, share);
  const rows = paths.map((path): WayRow => {
    const steps = stepsAt(path, pace, count);
    const isThere = steps === path.at[path.at.length - 1];
    return {
      descender: path.descender,
      name: descenderName(path),
      samplesPerStep: path.samplesPerStep,
      learningRate: path.learningRate,
      steps,
      end: isThere ? endWords(path) : '',
      loss: isThere ? path.loss : null,
    };
  });
  return (
    <DataTable
      caption="What each descent has touched"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ descender }) => descender}
    />
  );
});
