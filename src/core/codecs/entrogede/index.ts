/** EntroGeDe: base bits in ascending order of entropy (Algorithm 1, lines 12–29), stored as bases and deviations. */
import type { Codec } from '../codec.ts';
import { encodeGroup } from '../baseDeviation/encode.ts';
import { openGroup } from '../baseDeviation/decode.ts';
import { searchBase } from './search.ts';

export const entrogede: Codec = {
  meta: {
    name: 'entrogede',
    id: 1,
    label: 'EntroGeDe',
    sentence: 'Adds bits to the bases from the lowest entropy up, and keeps the smallest archive it saw.',
  },
  search: searchBase,
  encode: encodeGroup,
  open: openGroup,
};
