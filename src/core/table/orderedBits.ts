/**
 * IEEE bits made order-preserving: flip the sign bit of positives, all bits of negatives. As unsigned integers they
 * then sort as the numbers do (−0 before +0, the canonical NaN last).
 */
const float64 = new Float64Array(1);
const float64Words = new Uint32Array(float64.buffer);
const float32 = new Float32Array(1);
const float32Word = new Uint32Array(float32.buffer);
const CANONICAL_NAN_HIGH = 0x7ff80000;

/** Writes the ordered code of every value as high and low words. */
export function orderFloat64(values: Float64Array, high: Uint32Array, low: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    float64[0] = values[i];
    let h = float64Words[1];
    let l = float64Words[0];
    if (values[i] !== values[i]) {
      h = CANONICAL_NAN_HIGH;
      l = 0;
    }
    if (h >>> 31 === 1) {
      high[i] = ~h;
      low[i] = ~l;
    } else {
      high[i] = h ^ 0x80000000;
      low[i] = l;
    }
  }
}

/** Inverse of orderFloat64 for one code. */
export function unorderFloat64(high: number, low: number): number {
  if (high >>> 31 === 1) {
    float64Words[1] = high ^ 0x80000000;
    float64Words[0] = low;
  } else {
    float64Words[1] = ~high;
    float64Words[0] = ~low;
  }
  return float64[0];
}

/** Writes the ordered code of every value, each of which is exactly a float32. */
export function orderFloat32(values: Float64Array, code: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    float32[0] = values[i];
    const bits = values[i] !== values[i] ? 0x7fc00000 : float32Word[0];
    code[i] = bits >>> 31 === 1 ? ~bits : bits ^ 0x80000000;
  }
}

/** Inverse of orderFloat32 for one code. */
export function unorderFloat32(code: number): number {
  float32Word[0] = code >>> 31 === 1 ? code ^ 0x80000000 : ~code;
  return float32[0];
}
