/** What a sweep over β trades: bytes that are held to train, against the test error that comes of them. */
import type { PeersReport } from '../../../contracts/peers.ts';
import type { ChartSeries } from '../../../ui/charts/figure.tsx';
import { formatBytes, formatCount, formatPlural } from '../../../ui/format.ts';
import type { SweepRun } from '../../lab/sweep.ts';
import { statistic } from '../../statistic.ts';
import { rivalPoint, type FigureSubject } from './figures.ts';

/** What is known of the bytes of one sweep. */
export interface TradeoffSubject extends FigureSubject {
  runs: readonly SweepRun[];
  /** Of the training records, where they have been measured. */
  peers: PeersReport | null;
  target: string | null;
  /** Label of the archive’s codec; null where that is swept over. */
  codec: string | null;
  records: number;
}

/** The paper's one figure: 92 condensed samples of California Housing, nine columns and a weight each as float64. */
const PAPER = { target: 'MedHouseVal', records: 20_640, ratio: 1.04, samples: 92, columns: 9 } as const;

const VALUE_BYTES = 8;

/** Of every β: bytes of its condensed samples, mean over the splits, ascending. */
export function heldBytes({
  rows,
  runs,
}: TradeoffSubject): { beta: number; samples: number; bytes: number }[] {
  return rows.flatMap(({ point: [beta], samples }) => {
    const bytes = statistic(
      runs.flatMap(({ point, cell }) => (point[0] === beta ? (sampleBytesOf(cell) ?? []) : [])),
    );
    return bytes === null ? [] : [{ beta: Number(beta), samples: samples.mean, bytes: bytes.mean }];
  });
}

/** A sweep of an earlier version tells them by what the archive grew when it stored them. */
function sampleBytesOf({ sampleBytes, bytes, bytesStored }: SweepRun['cell']): number | null {
  if (sampleBytes !== undefined) return sampleBytes;
  return bytes === null || bytesStored === null ? null : bytesStored - bytes;
}

/** Condensed samples, what stands in beside them, and everything at × 1: as float64, archived, and compressed. */
export function tradeoffSeries(
  subject: TradeoffSubject,
  onPick: (beta: number) => void,
  format: (ratio: number) => string,
): ChartSeries[] {
  const { rows, rivals, runs } = subject;
  const held = heldBytes(subject);
  const condensed = held.flatMap(({ beta, samples, bytes }) => {
    const ratio = rows.find(({ point }) => point[0] === beta)?.scores.exact.ratio;
    if (ratio === undefined) return [];
    const note = `β ${formatCount(beta)}, ${formatPlural(Math.round(samples), 'sample')}, ${formatBytes(bytes)}`;
    return [{ beta, x: bytes, y: ratio.mean, spread: ratio.std, note }];
  });
  const cell = runs.at(0)?.cell;
  const recordBytes = cell === undefined ? NaN : cell.rawFloat64Bytes / cell.trainRows;
  return [
    {
      ...{ id: 'condensed', name: 'Condensed samples', colour: 'var(--analytics)', marks: 'filled' },
      points: condensed.map(({ beta: _, ...point }) => point).sort((a, b) => a.x - b.x),
      onPick({ x }) {
        const picked = condensed.find((point) => point.x === x);
        if (picked !== undefined) onPick(picked.beta);
      },
    },
    ...rivals.map(({ meta, points }): ChartSeries => ({
      ...{ id: meta.name, name: meta.label, ...meta.look },
      points: points
        .map((point) => {
          const like = held.find(({ beta }) => beta === point.beta);
          // A drawn record is one of the table's; what is made or chosen has a weight beside it, as condensed samples have.
          const each = meta.isCostly && like !== undefined ? like.bytes / like.samples : recordBytes;
          return rivalPoint(point, point.samples * each);
        })
        .sort((a, b) => a.x - b.x),
    })),
    ...wholeSeries(subject),
    ...paperSeries(subject, format),
  ];
}

/** All training records, in the forms that are known. */
function wholeSeries({ full, rows, runs, peers, codec }: TradeoffSubject): ChartSeries[] {
  const raw = statistic(runs.map(({ cell }) => cell.rawFloat64Bytes));
  if (raw === null || full.length === 0) return [];
  const archived = statistic(rows.flatMap(({ storage }) => storage?.mean ?? []));
  const whole = (id: string, name: string, bytes: number, look: Pick<ChartSeries, 'colour' | 'shape'>) => ({
    ...{ id, name: `${name}: ${formatBytes(bytes)}`, ...look, stroke: 'none' as const },
    ...{ marks: 'filled' as const, points: [{ x: bytes, y: 1, note: formatBytes(bytes) }] },
  });
  const best = (randomAccess: boolean) =>
    (peers?.rows ?? [])
      .flatMap(({ label, bytes, isOurs, ...peer }) =>
        isOurs || bytes === null || peer.randomAccess !== randomAccess ? [] : [{ label, bytes }],
      )
      .sort((a, b) => a.bytes - b.bytes)
      .at(0);
  const scale = peers === null ? 1 : peers.trainRows / Math.max(1, peers.measuredRows);
  const [alone, together] = [best(true), best(false)];
  return [
    whole('raw', 'Full: all training records', raw.mean, { colour: 'var(--full)', shape: 'circle' }),
    ...(archived === null
      ? []
      : [
          whole(
            'archive',
            `Full, archived ${codec === null ? '' : `by ${codec}, `}with random access`,
            archived.mean * raw.mean,
            {
              ...{ colour: 'var(--base)', shape: 'diamond' },
            },
          ),
        ]),
    ...(alone === undefined
      ? []
      : [
          whole('alone', `Full, ${alone.label}`, alone.bytes * scale, {
            ...{ colour: 'var(--deviation)', shape: 'triangle' },
          }),
        ]),
    ...(together === undefined
      ? []
      : [
          whole('together', `Full, ${together.label}, no random access`, together.bytes * scale, {
            ...{ colour: 'var(--weight)', shape: 'square' },
          }),
        ]),
  ];
}

function paperSeries({ target, records }: TradeoffSubject, format: (ratio: number) => string): ChartSeries[] {
  if (target !== PAPER.target || records !== PAPER.records) return [];
  const x = PAPER.samples * (PAPER.columns + 1) * VALUE_BYTES;
  const note = `${PAPER.samples} samples, by gradient descent`;
  return [
    {
      ...{ id: 'paper', name: `The paper: ${format(PAPER.ratio)}`, colour: 'var(--line-strong)' },
      ...{ stroke: 'none', marks: 'hollow', shape: 'square', points: [{ x, y: PAPER.ratio, note }] },
    },
  ];
}
