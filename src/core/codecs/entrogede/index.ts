/** EntroGeDe: base bits by entropy (Algorithm 1, lines 12–29), stored as bases and deviations. */
import type { Codec, CodecMeta } from '../codec.ts';
import { encodeGroup } from '../baseDeviation/encode.ts';
import { openGroup } from '../baseDeviation/decode.ts';
import { measureGroup } from '../baseDeviation/head.ts';
import { openRows } from '../baseDeviation/rows.ts';
import { searchBase } from './search.ts';

export const entrogedeMeta: CodecMeta = {
  name: 'entrogede',
  id: 1,
  label: 'EntroGeDe',
  sentence: 'Adds bits to the bases from the lowest entropy up, and keeps the smallest archive it saw.',
  bases: { order: 'bits added lowest entropy first' },
  condenser: 'clusters',
};

export const entrogede: Codec = {
  meta: entrogedeMeta,
  search: searchBase,
  encode: encodeGroup,
  open: openGroup,
  measure: measureGroup,
  openRows,
};

export const entrogedeHighMeta: CodecMeta = {
  name: 'entrogede-high',
  id: 2,
  label: 'EntroGeDe, high entropy first',
  sentence:
    'Adds bits to the bases from the highest entropy down: what the paper compares its choice with, seldom smaller.',
  bases: { order: 'bits added highest entropy first' },
  condenser: 'clusters',
};

/** The ablation: the same search from the other end. */
export const entrogedeHigh: Codec = {
  meta: entrogedeHighMeta,
  search: (group, options, pulse) => searchBase(group, options, pulse, 'high'),
  encode: encodeGroup,
  open: openGroup,
  measure: measureGroup,
  openRows,
};
