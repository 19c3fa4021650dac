/** GreedyGD, the predecessor: base bits column by column from the most significant, the cheapest first. */
import { baseDeviationCodec } from '../baseDeviation/codec.ts';
import type { CodecMeta } from '../codec.ts';
import { searchGreedily } from './search.ts';

export const greedygdMeta: CodecMeta = {
  name: 'greedygd',
  id: 3,
  label: 'GreedyGD',
  sentence:
    'The predecessor: each column offers its next most significant bit, and the one that makes the smallest archive is added.',
  bases: { order: 'each step adds the bit that leaves the fewest bases' },
  condenser: 'bases-zero',
  takesPixels: false,
  hasEffort: false,
  speed: null,
};

export const greedygd = /* @__PURE__ */ baseDeviationCodec(greedygdMeta, searchGreedily);
