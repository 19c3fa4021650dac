/**
 * The logistic function and its inverse as tables of whole numbers: what decides a bit of an archive has to come out alike
 * on every engine, and `Math.exp` need not. Powers come from one product after the other, of doubles.
 */

/** Steps of the logistic domain on either side of 0; 256 of them are one nat. */
export const MOST_STRETCH = 2047;

/** e^(1/256). */
const STEP = 1.003913889338348;

/** Neither answer is ever impossible. */
const LEAST = 16;

/** Probability in parts of 2^16 of what stands at `MOST_STRETCH + x`: 1 / (1 + e^(−x/256)). */
export const SQUASHED = /* @__PURE__ */ (() => {
  const table = new Uint16Array(2 * MOST_STRETCH + 1);
  let power = 1;
  for (let x = 0; x <= MOST_STRETCH; x++, power *= STEP) {
    const p = Math.min(65_536 - LEAST, Math.floor((65_536 * power) / (1 + power)));
    table[MOST_STRETCH + x] = p;
    table[MOST_STRETCH - x] = 65_536 - p;
  }
  return table;
})();

/** Bits of a probability that is stretched. */
export const STRETCH_BITS = 12;

/** The x of a probability in parts of 2^12: the first at which the logistic function reaches its middle. */
export const STRETCHED = /* @__PURE__ */ (() => {
  const table = new Int16Array(1 << STRETCH_BITS);
  let at = 0;
  for (let p = 0; p < table.length; p++) {
    while (at < SQUASHED.length - 1 && SQUASHED[at] < p * 16 + 8) at++;
    table[p] = at - MOST_STRETCH;
  }
  return table;
})();
