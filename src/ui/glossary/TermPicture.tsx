/** A tiny picture for every word of the glossary, in the colours of the roles. */
import type { ReactNode } from 'react';
import type { TermName } from './glossary.ts';

const WIDTH = 96;
const HEIGHT = 40;

/** How a cell looks, by a letter: b base, i base ID, d deviation, a analytics bit, x what is meant, - plain, . faint. */
const LOOKS: Readonly<Record<string, string>> = {
  b: 'base',
  i: 'id',
  d: 'deviation',
  a: 'analytics',
  x: 'ink',
  '-': 'plain',
  '.': 'faint',
};

interface GridProps {
  /** A letter for every cell, row by row; a space leaves half a cell free. */
  looks: readonly string[];
  /** What is written in the cells, in the shape of `looks`. */
  digits?: readonly string[];
  /** Width and height of a cell with its gap, in units of the picture. */
  pitch: readonly [width: number, height: number];
  x?: number;
  /** Top of the first row; by default the rows stand in the middle. */
  y?: number;
}

/** Rows of cells, as bits stand in records. */
function Grid({ looks, digits, pitch: [width, height], x = 0, y }: GridProps) {
  const top = y ?? (HEIGHT - looks.length * height + 1) / 2;
  return looks.flatMap((row, r) =>
    [...row].map((letter, c) => {
      if (letter === ' ') return null;
      const spaces = row.slice(0, c).split(' ').length - 1;
      const left = x + (c - spaces / 2) * width;
      const digit = digits?.[r][c];
      return (
        <g key={`${r} ${c}`} className={`cell-${LOOKS[letter]}`}>
          <rect x={left} y={top + r * height} width={width - 1} height={height - 1} rx={width > 8 ? 2 : 1} />
          {digit !== undefined && (
            <text x={left + (width - 1) / 2} y={top + r * height + height / 2 + 3}>
              {digit}
            </text>
          )}
        </g>
      );
    }),
  );
}

/** Three records in bits. */
const RECORDS = ['1011 0110', '1011 1001', '1011 0011'];
const CELL = [11.2, 13] as const;

function records(looks: string): ReactNode {
  return <Grid digits={RECORDS} looks={RECORDS.map(() => looks)} pitch={CELL} />;
}

/** The size of an archive against the bits in its base: down, and then on the level. */
const SIZES = 'M3 5C18 29 30 32 44 32L93 31';

/** Entropy of a bit against its share of ones. */
const ARCH = Array.from({ length: 25 }, (_, k) => {
  const p = k / 24;
  const entropy = p === 0 || p === 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
  return `${k === 0 ? 'M' : 'L'}${(8 + 80 * p).toFixed(1)} ${(36 - 32 * entropy).toFixed(1)}`;
}).join('');

const BELL = Array.from({ length: 25 }, (_, k) => {
  const z = (k - 12) / 4;
  return `${k === 0 ? 'M' : 'L'}${(48 + 15 * z).toFixed(1)} ${(34 - 29 * Math.exp((-z * z) / 2)).toFixed(1)}`;
}).join('');

/** Records of two clusters, and where their means lie. */
const CLUSTERS = [
  { x: 27, y: 24, records: [-14, 2, -9, -8, -4, 9, 3, -11, 8, 5, 13, -3, 10, 11, -11, 8, 1, 1] },
  { x: 70, y: 16, records: [-10, 3, -4, -9, 4, 8, 9, -3, 12, 6, -1, 12] },
] as const;

function dots({ x, y, records: offsets }: (typeof CLUSTERS)[number]): ReactNode {
  return Array.from({ length: offsets.length / 2 }, (_, k) => (
    <circle key={k} className="cell-plain" cx={x + offsets[2 * k]} cy={y + offsets[2 * k + 1]} r={1.7} />
  ));
}

const PICTURES: Readonly<Record<TermName, ReactNode>> = {
  bit: <Grid digits={['01101001']} looks={['....x...']} pitch={[12, 15]} />,
  msb: (
    <>
      <Grid digits={['1011']} looks={['x...']} pitch={[12, 14]} x={24} y={2} />
      <rect className="cell-faint" x={0} y={24} width={47} height={12} rx={2} />
      <rect className="cell-ink" x={49} y={24} width={47} height={12} rx={2} />
    </>
  ),
  float64: (
    <Grid
      looks={[`x${'-'.repeat(11)}${'.'.repeat(4)}`, ...Array.from({ length: 3 }, () => '.'.repeat(16))]}
      pitch={[6, 10]}
    />
  ),
  entropy: (
    <>
      <path className="line-faint" d="M4 36H92" />
      <path className="line-ink" d={ARCH} />
      <circle className="cell-ink" cx={48} cy={4} r={3} />
    </>
  ),
  base: records('bbbb ....'),
  baseId: (
    <Grid
      digits={['0 1011', '1 0110', '0 1110']}
      looks={['i ....', 'i ....', 'i ....']}
      pitch={CELL}
      x={17}
    />
  ),
  deviation: records('.... dddd'),
  tau: (
    <>
      <path className="line-base" d={SIZES} />
      {[52, 60, 68, 76].map((x) => (
        <path key={x} className="line-ink" d={`M${x} 18V25`} />
      ))}
      <path className="line-ink" d="M86 12V37" />
    </>
  ),
  plateau: (
    <>
      <rect className="cell-faint" x={44} y={4} width={49} height={34} rx={3} />
      <path className="line-base" d={SIZES} />
    </>
  ),
  codec: (
    <>
      <Grid looks={['------', '------', '------', '------']} pitch={[6, 9]} />
      <path className="line-ink" d="M43 20H57M52 15L57 20L52 25" />
      <Grid looks={['bbb', 'ddd', 'ddd']} pitch={[9, 9]} x={66} />
    </>
  ),
  equation1: (
    <>
      <g className="words-ink">
        <text x={9} y={24}>
          S =
        </text>
        <text x={55} y={24}>
          +
        </text>
      </g>
      <Grid looks={['bbbb', 'bbbb']} pitch={[7, 9]} x={21} />
      <Grid looks={['i ddd', 'i ddd', 'i ddd', 'i ddd']} pitch={[7, 9]} x={63} />
    </>
  ),
  archive: (
    <>
      <rect className="cell-faint" x={0} y={12} width={96} height={16} rx={3} />
      <rect className="cell-base" x={0} y={12} width={20} height={16} />
      <rect className="cell-id" x={20} y={12} width={9} height={16} />
      <rect className="cell-deviation" x={29} y={12} width={22} height={16} />
    </>
  ),
  randomAccess: (
    <Grid looks={['............', '............', '.......x....', '............']} pitch={[8, 10]} />
  ),
  analyticsBit: (
    <Grid
      digits={['1011 0110', '1100 0011', '0101 1100']}
      looks={['a... a...', 'a... a...', 'a... a...']}
      pitch={CELL}
    />
  ),
  beta: (
    <>
      <Grid looks={['aaaaa.......']} pitch={[8, 14]} />
      <rect className="cell-analytics" x={38.5} y={4} width={2.5} height={32} rx={1} />
    </>
  ),
  condensedSample: (
    <>
      {CLUSTERS.map((cluster) => (
        <g key={cluster.x}>
          {dots(cluster)}
          <circle className="cell-analytics" cx={cluster.x} cy={cluster.y} r={4.5} />
        </g>
      ))}
    </>
  ),
  weight: (
    <g className="cell-analytics">
      <circle cx={28} cy={20} r={17} />
      <text x={28} y={23.5}>
        18
      </text>
      <circle cx={72} cy={20} r={8} />
      <text x={72} y={23.5}>
        4
      </text>
    </g>
  ),
  optimum: (
    <>
      <path className="line-plain" d="M10 3C28 48 68 48 86 3" />
      <circle className="cell-ink" cx={48} cy={36} r={3.5} />
    </>
  ),
  standardised: (
    <>
      <path className="line-faint" d="M2 35H94" />
      <path className="line-plain" d={BELL} />
      <path className="line-ink" d="M33 31V38M48 31V38M63 31V38" />
    </>
  ),
  subset: <Grid looks={['..x.........', '.......x..x.', 'x...........', '.....x......']} pitch={[8, 10]} />,
  epoch: (
    <>
      <path className="line-ink" d="M30 14A13 13 0 1 1 18 8M18 8L24 4M18 8L23 13" />
      <Grid looks={['.x....', '....x.', '..x...', 'x.....']} pitch={[8, 10]} x={47} />
    </>
  ),
};

export function TermPicture({ name }: { name: TermName }) {
  return (
    <svg
      className="term-picture keeps-colour"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {PICTURES[name]}
    </svg>
  );
}
