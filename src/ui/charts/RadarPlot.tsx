/** The picture of a radar figure, drawn by the chart library, and loaded with it. */
import { memo } from 'react';
import { PolarAngleAxis, PolarGrid, PolarRadiusAxis, Radar, RadarChart } from 'recharts';
import { DASHES } from './figure.tsx';
import type { RadarFigureProps } from './radar.ts';

type RadarPlotProps = Pick<RadarFigureProps, 'axes' | 'series'> & {
  /** Pixels. */
  width: number;
  height: number;
};

/** Room around the rim for the names: beside it, and above and below. */
const BESIDE = 88;
const ABOVE = 56;
/** Letters of a line of a name, and pixels from line to line. */
const LETTERS = 13;
const LINE = 14;
const RIM = [0, 1] as const;

export const RadarPlot = memo(function RadarPlot({ axes, series, width, height }: RadarPlotProps) {
  const data = axes.map((axis, k) => ({
    axis,
    ...Object.fromEntries(series.map(({ values }, line) => [`line${line}`, values[k]])),
  }));
  const radius = Math.max(40, Math.min(width / 2 - BESIDE, height / 2 - ABOVE));
  return (
    <RadarChart width={width} height={height} data={data} outerRadius={radius} accessibilityLayer={false}>
      <PolarGrid stroke="var(--line-strong)" strokeOpacity={0.5} />
      <PolarAngleAxis dataKey="axis" tick={(tick: TickProps) => <Name tick={tick} middle={height / 2} />} />
      <PolarRadiusAxis domain={[...RIM]} tick={false} axisLine={false} />
      {series.map(({ id, name, colour, stroke }, line) => (
        <Radar
          key={id}
          name={name}
          dataKey={`line${line}`}
          stroke={colour}
          strokeWidth={2}
          strokeDasharray={DASHES[stroke]}
          fill={colour}
          fillOpacity={0.05}
          dot={false}
          isAnimationActive={false}
        />
      ))}
    </RadarChart>
  );
});

/** What recharts says of an axis' name. */
interface TickProps {
  x: number | string;
  y: number | string;
  textAnchor?: 'start' | 'middle' | 'end' | 'inherit';
  payload: { value: string };
}

/** The name of an axis in short lines, which grow away from the middle. */
function Name({ tick, middle }: { tick: TickProps; middle: number }) {
  const { x, y, textAnchor = 'middle', payload } = tick;
  const lines = linesOf(payload.value);
  const isAbove = Number(y) < middle;
  // Names beside the rim are centred on their place.
  const first =
    textAnchor !== 'middle'
      ? (LINE * (2 - lines.length)) / 2 - 2
      : isAbove
        ? -LINE * (lines.length - 1) - 2
        : LINE - 2;
  return (
    <text x={x} y={y} textAnchor={textAnchor}>
      {lines.map((line, k) => (
        <tspan key={line} x={x} dy={k === 0 ? first : LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

function linesOf(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LETTERS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
