import { useMemo, useState } from 'react';
import { Segments } from '../../../ui/charts/Segments.tsx';
import type { LineFigureProps } from '../../../ui/charts/figure.tsx';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { Button } from '../../../ui/controls/index.ts';
import { formatBytes, formatCount, formatPlural } from '../../../ui/format.ts';
import { CODEC_METAS } from '../../../contracts/plugins.ts';
import type { SweepState } from '../../lab/sweep.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { useLabParts } from '../../useLab.ts';
import { largestRatio, type FigureSubject } from './figures.ts';
import { measureWords } from './measures.ts';
import { heldBytes, tradeoffSeries, type TradeoffSubject } from './tradeoff.ts';

/** Ratios that reach further than this are drawn on a logarithmic axis. */
const WIDE = 5;

const BYTE_SCALES = [
  { value: 'linear', label: 'From zero' },
  { value: 'log', label: 'Log' },
] as const;

/** Null where the codec is what is swept over. */
function codecLabel(ran: SweepState['ran']): string | null {
  if (ran === null || ran.plan.axes.some(({ name }) => name === 'codec')) return null;
  return CODEC_METAS.find(ran.settings.codec)?.label ?? null;
}

/** Bytes held against test error, a point for every β; a β is taken over from here. */
export function TradeoffPanel({ subject, stale }: { subject: FigureSubject; stale: boolean }) {
  const { runs, peers, target, codec, records, beta, takeBeta } = useLabParts((lab) => ({
    runs: lab.sweep.runs,
    peers: lab.peers.task.stale ? null : lab.peers.task.value,
    target: lab.settings.target,
    codec: codecLabel(lab.sweep.ran),
    records: lab.dataset.value?.rows ?? 0,
    beta: lab.settings.beta,
    takeBeta: lab.takeBeta,
  }));
  const [scale, setScale] = useState<ScaleKind>('linear');
  const all = useMemo<TradeoffSubject>(
    () => ({ ...subject, runs, peers, target, codec, records }),
    [subject, runs, peers, target, codec, records],
  );
  const figure = useMemo(() => tradeoffFigure(all, scale, takeBeta), [all, scale, takeBeta]);
  const tried = useMemo(() => heldBytes(all).map((one) => one.beta), [all]);
  const actions = useMemo(
    () => <Segments label="Bytes axis" value={scale} options={BYTE_SCALES} onChange={setScale} />,
    [scale],
  );
  return (
    <FigurePanel
      name="tradeoff"
      title="What a byte buys"
      caption={
        'test error ÷ full against the bytes held to train: samples as float64 with a weight for each, ' +
        'drawn records as float64, everything at × 1'
      }
      stale={stale}
      figure={figure}
      actions={actions}
    >
      <div className="sweep-pick">
        <span className="field-hint">Press a point, or</span>
        <Segments
          label="Take over a β"
          value={String(beta)}
          options={tried.map((one) => ({ value: String(one), label: `β ${formatCount(one)}` }))}
          onChange={(one) => takeBeta(Number(one))}
        />
        <span className="field-hint">to use it in every station.</span>
      </div>
      {peers === null && <PeersOffer />}
    </FigurePanel>
  );
}

/** General compressors on the same records are measured under Archive, or from here. */
function PeersOffer() {
  const { isRunning, measurePeers } = useLabParts((lab) => ({
    isRunning: lab.peers.task.status === 'running',
    measurePeers: lab.measurePeers,
  }));
  return (
    <div className="sweep-offer">
      <Button isDisabled={isRunning} onPress={() => void measurePeers()}>
        {isRunning ? 'Measuring other compressors' : 'Compare with gzip, zstd and Parquet'}
      </Button>
    </div>
  );
}

function tradeoffFigure(
  subject: TradeoffSubject,
  scale: ScaleKind,
  takeBeta: (beta: number) => void,
): LineFigureProps {
  const words = measureWords('ratio', subject.task);
  const series = tradeoffSeries(subject, takeBeta, words.exact);
  const points = series[0].points;
  const said = points.map(({ x, y }) => `${words.exact(y)} at ${formatBytes(x)}`).join(', ');
  const isWide = largestRatio(subject) > WIDE;
  return {
    summary: `Test error ÷ full by bytes held, ${formatPlural(points.length, 'point')}: ${said}.`,
    series,
    x: {
      label: scale === 'log' ? 'bytes held, logarithmic' : 'bytes held',
      kind: scale,
      format: formatBytes,
      ...(scale === 'linear' && { include: [0] }),
    },
    y: {
      label: isWide ? `${words.axis}, logarithmic` : words.axis,
      kind: isWide ? 'log' : 'linear',
      format: words.format,
      exact: words.exact,
    },
    reference: { y: 1, name: 'Full = 1', colour: 'var(--full)' },
    height: 320,
    empty: 'Points appear as the runs finish.',
  };
}
