/** What the caption of the order says: by which rule bits come first, and which of them split hardly anything. */
import type { AnalyticsOrder, BitsReport } from '../../../contracts/codec.ts';
import { formatCount, formatPercent, formatPlural } from '../../../ui/format.ts';
import { countNearlyConstant, NEARLY_CONSTANT } from './analyticsOrder.ts';

const RULES: Readonly<Record<AnalyticsOrder, string>> = {
  layered:
    'The analytics bits come in rounds: the top bit of every column first, because it halves the range, even when few records differ in it.',
  pool: 'The analytics bits are the top bits of every column, as many of each as β asks for, the highest entropy first.',
  descending: 'The analytics bits are those of the highest entropy, wherever they stand in their columns.',
  ascending: 'The analytics bits are those of the lowest entropy, which tell few records apart.',
  random: 'The analytics bits are drawn at random.',
};

/** What the first β bits come to. */
function samplesWords(bits: BitsReport, beta: number): string {
  const samples = bits.condensedSamples[beta] ?? 1;
  const share = formatPercent(samples / Math.max(1, bits.trainRows), 2);
  return `The first β make ${formatPlural(samples, 'condensed sample')} now, ${share} of ${formatPlural(bits.trainRows, 'training record')}.`;
}

/** How many of the first β bits are nearly constant; nothing where none is. */
function nearlyWords(bits: BitsReport, beta: number): string | null {
  const count = countNearlyConstant(bits, beta);
  if (count === 0) return null;
  const of = `${formatCount(count)} of the first ${formatPlural(beta, 'bit')}`;
  const rest = `nearly constant, marked by a dot: fewer than 1 record in ${formatCount(NEARLY_CONSTANT)} differs`;
  return count === 1
    ? `${of} is ${rest} in it, so it splits off only a few.`
    : `${of} are ${rest} in each, so they split off only a few.`;
}

/** The caption of the order, sentence by sentence. */
export function orderWords(bits: BitsReport, order: AnalyticsOrder, beta: number): string {
  const rule =
    bits.condenser === 'clusters'
      ? RULES[order]
      : 'The bits stand as the codec’s search adds them to its base.';
  return [rule, samplesWords(bits, beta), nearlyWords(bits, beta)]
    .filter((sentence) => sentence !== null)
    .join(' ');
}
