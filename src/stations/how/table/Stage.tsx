import { memo, useRef, type CSSProperties } from 'react';
import type { WalkReport } from '../../../contracts/walk.ts';
import { formatCompact, formatCount } from '../../../ui/format.ts';
import { isAlike } from '../../../ui/alike.ts';
import { useSize } from '../../../ui/charts/useSize.ts';
import type { TableScene } from './scenes.ts';
import {
  DIGIT_WIDTH,
  drawnColumns,
  labelBase,
  layOutStage,
  type BitColumn,
  type Plot,
  type StageLayout,
} from './stageLayout.ts';

interface StageProps {
  report: WalkReport;
  scene: TableScene;
  /** What is to be seen, in words. */
  summary: string;
}

const at = (x: number, y: number): CSSProperties => ({ transform: `translate(${x}px, ${y}px)` });

/** The table, its bits and its records as dots: what a scene changes moves to its new place. */
export function Stage({ report, scene, summary }: StageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  return (
    <div ref={frame} className="walk-frame">
      {width > 0 && <Drawing report={report} scene={scene} summary={summary} width={width} />}
    </div>
  );
}

function Drawing({ report, scene, summary, width }: StageProps & { width: number }) {
  const layout = layOutStage(report, scene, width, window.innerHeight);
  return (
    <div
      className="walk-scroll"
      {...(layout.width > width && { tabIndex: 0, role: 'group', 'aria-label': 'The stage, to be scrolled' })}
    >
      <svg
        className="walk-stage"
        role="img"
        aria-label={summary}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
      >
        <Values
          report={report}
          layout={layout}
          shows={scene.kind === 'values' || scene.kind === 'codes' ? scene.kind : null}
        />
        <g className="walk-labels">
          {layout.labels.map(({ text, x, line, role }) => (
            <text
              key={`${role ?? ''} ${x}`}
              className={role === null ? undefined : `walk-label-${role}`}
              x={x}
              y={labelBase(line)}
            >
              {text}
            </text>
          ))}
        </g>
        {layout.columns.map((column) => (
          <Bits
            key={column.cell}
            {...column}
            report={report}
            width={layout.cell.width}
            height={layout.cell.height}
            barTop={layout.top - 6 - layout.barHeight}
            barHeight={layout.barHeight}
            isBarShown={layout.areBarsShown}
          />
        ))}
        {layout.ids !== null && <Ids ids={layout.ids} layout={layout} />}
        {layout.plot !== null && <Axes plot={layout.plot} />}
        <Dots layout={layout} weights={report.clusters?.samples.weights ?? new Float64Array(0)} />
      </svg>
    </div>
  );
}

/** As much of a text as fits, at about 7 px a letter. */
function clipped(text: string, width: number): string {
  const most = Math.max(2, Math.floor(width / 7));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

interface ValuesProps {
  report: WalkReport;
  layout: StageLayout;
  shows: 'values' | 'codes' | null;
}

function Values({ report, layout, shows }: ValuesProps) {
  const { rows, values, codes } = report;
  const stored = rows.filter(({ kind }) => kind === 'stored');
  const { width, y } = layout.values;
  const textOf = (column: number, record: number): string => {
    if (shows !== 'codes') return values[column][record] ?? 'missing';
    return stored
      .flatMap((row, field) => (row.column === column ? [codes[field]?.[record] ?? null] : []))
      .map((code) => (code === null ? '…' : formatCount(code)))
      .join(' : ');
  };
  const names = drawnColumns(report).map((column) => ({
    column,
    name: stored.find((row) => row.column === column)?.label ?? '',
  }));
  return (
    <g className="walk-values" data-shown={shows !== null || undefined}>
      {shows !== null &&
        names.map(({ column, name }, place) => (
          <g key={column} style={at(place * width, 0)}>
            <text className="walk-name" x={8} y={layout.top - 14}>
              {clipped(name.replace(/ [pq]$/, ''), width - 12)}
            </text>
            {y.map((top, record) => (
              <text key={record} x={8} y={top + 14}>
                {clipped(textOf(column, record), width - 12)}
              </text>
            ))}
          </g>
        ))}
    </g>
  );
}

/** What the cells of a column follow from. */
interface CellsProps extends Pick<BitColumn, 'cell' | 'y'> {
  report: WalkReport;
  /** Pixels from a column to the next, and height of a cell. */
  width: number;
  height: number;
}

interface BitsProps extends CellsProps, BitColumn {
  /** Where a bar of 1 bit would begin, and how high it would be. */
  barTop: number;
  barHeight: number;
  isBarShown: boolean;
}

const innerWidth = (width: number): number => width - (width >= DIGIT_WIDTH ? 2 : 1);

/** A column of bits, with the bar of its entropy. */
const Bits = memo(function Bits(props: BitsProps) {
  const { cell, x, role, isShown, y, report, width, height, barTop, barHeight, isBarShown } = props;
  const bar = Math.max(1, report.entropy[cell] * barHeight);
  return (
    <g className={`walk-bits walk-${role}`} style={at(x, 0)} data-shown={isShown || undefined}>
      <rect
        className="walk-bar"
        data-shown={isBarShown || undefined}
        x={0}
        y={barTop + barHeight - bar}
        width={innerWidth(width)}
        height={bar}
      />
      <Cells {...{ cell, y, report, width, height }} />
    </g>
  );
}, isAlike);

/** The bits themselves, which stay as they are while their column moves or changes its role. */
const Cells = memo(function Cells({ cell, y, report: { bits, ones }, width, height }: CellsProps) {
  const inner = innerWidth(width);
  return y.map((top, record) => {
    const bit = bits[record * ones.length + cell];
    return (
      <g key={record} className={bit === 1 ? 'walk-cell walk-one' : 'walk-cell'} style={at(0, top)}>
        <rect width={inner} height={height} rx={width >= DIGIT_WIDTH ? 2 : 0} />
        {width >= DIGIT_WIDTH && (
          <text x={inner / 2} y={height - 6}>
            {bit}
          </text>
        )}
      </g>
    );
  });
}, isAlike);

function Ids({ ids, layout }: { ids: NonNullable<StageLayout['ids']>; layout: StageLayout }) {
  const { y } = layout.values;
  return (
    <g className="walk-ids">
      {ids.bases.map(({ id, y: top }) => (
        <g key={`base ${id}`} style={at(ids.baseX, top)}>
          <IdChip id={id} />
        </g>
      ))}
      {ids.records.map((id, record) => (
        <g key={record} style={at(ids.x, y[record])}>
          <IdChip id={id} />
        </g>
      ))}
    </g>
  );
}

function IdChip({ id }: { id: number }) {
  return (
    <>
      <rect width={32} height={19} rx={9} />
      <text x={16} y={13}>
        {id}
      </text>
    </>
  );
}

function Axes({ plot }: { plot: Plot }) {
  const { x, y, left, right, top, bottom } = plot;
  return (
    <g className="walk-axes">
      <path d={`M${left} ${top}V${bottom}H${right}`} />
      <text x={left} y={bottom + 16}>
        {formatCompact(x.low)}
      </text>
      <text x={right} y={bottom + 16} textAnchor="end">
        {formatCompact(x.high)}
      </text>
      <text className="walk-axis-name" x={(left + right) / 2} y={bottom + 32} textAnchor="middle">
        {x.name}
      </text>
      <text x={left - 6} y={bottom} textAnchor="end">
        {formatCompact(y.low)}
      </text>
      <text x={left - 6} y={top + 10} textAnchor="end">
        {formatCompact(y.high)}
      </text>
      <text className="walk-axis-name" x={left + 6} y={top + 10}>
        {y.name}
      </text>
    </g>
  );
}

function Dots({ layout, weights }: { layout: StageLayout; weights: Float64Array }) {
  const { dots, samples } = layout;
  return (
    <>
      <g className="walk-samples">
        {samples?.map(({ x, y, radius }, k) => (
          <g key={k} style={at(x, y)}>
            <circle r={radius} />
            <text y={4}>{formatCount(weights[k])}</text>
          </g>
        ))}
      </g>
      <g className="walk-dots" data-gone={samples !== null || undefined}>
        {dots?.map(({ x, y, radius }, record) => (
          <circle key={record} r={radius} style={at(x, y)} />
        ))}
      </g>
    </>
  );
}
