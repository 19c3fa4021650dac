/** How each descent looks, and what it is called. */
import type { Descender, LandscapePath } from '../../../../contracts/landscape.ts';
import type { LineLook } from '../../../../ui/charts/LineSwatch.tsx';
import type { MarkShape } from '../../../../ui/charts/marks.ts';
import { formatCount } from '../../../../ui/format.ts';

export const LOOKS: Record<Descender, LineLook & { shape: MarkShape; width: number }> = {
  full: { colour: 'var(--full)', stroke: 'dashed', shape: 'square', width: 2 },
  condensed: { colour: 'var(--analytics)', stroke: 'solid', shape: 'circle', width: 2.4 },
  miniBatch: { colour: 'var(--batch)', stroke: 'dotted', shape: 'triangle', width: 1.6 },
};

/** "All records", "Condensed samples", "Mini-batches of 64". */
export function descenderName({
  descender,
  samplesPerStep,
}: Pick<LandscapePath, 'descender' | 'samplesPerStep'>): string {
  if (descender === 'full') return 'All records';
  return descender === 'condensed' ? 'Condensed samples' : `Mini-batches of ${formatCount(samplesPerStep)}`;
}
