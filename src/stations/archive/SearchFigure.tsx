import { useMemo, type ReactNode } from 'react';
import type { SearchCurve } from '../../contracts/codec.ts';
import { CODEC_METAS } from '../../contracts/plugins.ts';
import type { ChartAxis, ChartSeries, LineFigureProps } from '../../ui/charts/figure.tsx';
import { formatBytes, formatCount, formatPlural } from '../../ui/format.ts';
import { withTerms } from '../../ui/glossary/withTerms.tsx';
import { FigurePanel } from '../FigurePanel.tsx';

const STOPS: Record<SearchCurve['stop'], string> = {
  plateau: 'the search stopped on the plateau, after τ bits in a row that did not help',
  'all-distinct': 'the search stopped because every record had a base of its own',
  exhausted: 'the search tried every bit',
};

const BITS: ChartAxis = { label: 'bits in the base', kind: 'linear', format: formatCount };
const BYTES: Pick<ChartAxis, 'kind' | 'format' | 'exact'> = {
  kind: 'linear',
  format: formatBytes,
  exact: (bytes) => `${formatCount(bytes)} B`,
};
const SIZES: Record<SearchCurve['objective'], ChartAxis> = {
  true: { label: 'size', ...BYTES },
  equation1: { label: 'S (Equation 1)', ...BYTES },
};

interface SearchFigureProps {
  curve: SearchCurve;
  constantBits: number;
  /** Name of the codec that searched. */
  codec: string;
  /** What was searched on: "training records", "training pictures of 7". */
  records?: string;
  isStale: boolean;
  /** Which of several searches is shown. */
  actions?: ReactNode;
}

/** S after every bit that was tried for the base, with the prefix that was kept. */
export function SearchFigure({
  curve,
  constantBits,
  codec,
  records = 'training records',
  isStale,
  actions,
}: SearchFigureProps) {
  const order = CODEC_METAS.find(codec)?.bases?.order;
  const { series, focus } = useMemo(() => {
    const points = Array.from(curve.baseBits, (bits, step) => ({
      x: bits,
      y: curve.size[step] / 8,
      note: formatPlural(curve.baseCounts[step], 'base'),
    }));
    const line: ChartSeries = { id: 'size', name: 'size', colour: 'var(--base)', points };
    const best = { x: curve.baseBits[curve.chosen], y: curve.size[curve.chosen] / 8, colour: 'var(--base)' };
    return { series: [line], focus: best };
  }, [curve]);
  const objective =
    curve.objective === 'true'
      ? `bases, base IDs and deviations of the ${records}`
      : `S of Equation 1, ${records}`;
  const bits = `${formatPlural(focus.x, 'bit')} in the base${constantBits > 0 ? ` (${formatCount(constantBits)} constant)` : ''}`;
  const chosen = `${bits}, ${formatPlural(curve.baseCounts[curve.chosen], 'base')}, ${formatBytes(focus.y)}`;
  const figure = useMemo<LineFigureProps>(
    () => ({
      summary: `Size after each bit added to the base. Smallest: ${chosen}.`,
      ...{ series, focus, x: BITS, y: SIZES[curve.objective], height: 230 },
      empty: 'No search yet.',
    }),
    [series, focus, chosen, curve.objective],
  );
  return (
    <FigurePanel
      name="search"
      title="The search for the base"
      caption={order === undefined ? objective : `${objective}; ${order}`}
      stale={isStale}
      actions={actions}
      figure={figure}
    >
      <p className="figure-note">
        Kept: <strong>{chosen}</strong>; {withTerms(STOPS[curve.stop], { plateau: 'plateau', τ: 'tau' })}.
      </p>
    </FigurePanel>
  );
}
