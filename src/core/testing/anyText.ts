/** Any code point but half ones: what fast-check calls "binary", which it takes half a second to make at every use. */
import fc from 'fast-check';

const [HALVES, AFTER_HALVES] = [0xd800, 0xe000];
const CODE_POINTS = 0x110000 - (AFTER_HALVES - HALVES);

const codePoint = fc
  .nat(CODE_POINTS - 1)
  .map((k) => String.fromCodePoint(k < HALVES ? k : k + AFTER_HALVES - HALVES));

/** Texts of any code points. */
export const anyText = (maxLength?: number): fc.Arbitrary<string> =>
  fc.string({ unit: codePoint, maxLength });
