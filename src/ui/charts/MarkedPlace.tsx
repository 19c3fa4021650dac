import { usePlotArea, useXAxisDomain, useXAxisScale } from 'recharts';
import { DASHES } from './figure.tsx';
import { LETTER } from './letter.ts';

/** Pixels from a marked line to its name, and from the top down to where its letters stand. */
const GAP = 5;
const DOWN = 10;

interface MarkedPlaceProps {
  at: number;
  name: string;
}

/** A place of the horizontal axis: a line across with its name at the upper end, on the side that has room. */
export function MarkedPlace({ at, name }: MarkedPlaceProps) {
  const area = usePlotArea();
  const toX = useXAxisScale();
  const [low, high] = (useXAxisDomain() ?? []).map(Number);
  const x = toX?.(at);
  if (area === undefined || x === undefined || !(at >= low && at <= high)) return null;
  const isLeft = x + GAP + name.length * LETTER > area.x + area.width;
  return (
    <g>
      <path
        d={`M${x} ${area.y}v${area.height}`}
        stroke="var(--analytics)"
        strokeWidth={1.5}
        strokeDasharray={DASHES.dotted}
      />
      <text x={isLeft ? x - GAP : x + GAP} y={area.y + DOWN} textAnchor={isLeft ? 'end' : 'start'}>
        {name}
      </text>
    </g>
  );
}
