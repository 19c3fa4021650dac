/** EntroGeDe: base bits by entropy (Algorithm 1, lines 12–29), stored as bases and deviations. */
import { baseDeviationCodec } from '../baseDeviation/codec.ts';
import type { CodecMeta } from '../codec.ts';
import { searchBase } from './search.ts';

export const entrogedeMeta: CodecMeta = {
  name: 'entrogede',
  id: 1,
  label: 'EntroGeDe',
  sentence: 'Adds bits to the bases from the lowest entropy up, and keeps the smallest archive it saw.',
  bases: { order: 'bits added lowest entropy first' },
  condenser: 'clusters',
  takesPixels: false,
  hasEffort: false,
  speed: null,
};

export const entrogede = /* @__PURE__ */ baseDeviationCodec(entrogedeMeta, searchBase);

export const entrogedeHighMeta: CodecMeta = {
  name: 'entrogede-high',
  id: 2,
  label: 'EntroGeDe, high entropy first',
  sentence:
    'Adds bits to the bases from the highest entropy down: what the paper compares its choice with, seldom smaller.',
  bases: { order: 'bits added highest entropy first' },
  condenser: 'clusters',
  takesPixels: false,
  hasEffort: false,
  speed: null,
};

/** The ablation: the same search from the other end. */
export const entrogedeHigh = /* @__PURE__ */ baseDeviationCodec(entrogedeHighMeta, (group, options, pulse) =>
  searchBase(group, options, pulse, 'high'),
);
