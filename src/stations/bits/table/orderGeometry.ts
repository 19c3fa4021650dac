/** The strip of the analytics order with the number of condensed samples above it, on one horizontal scale. */

export const ORDER = {
  left: 46,
  right: 14,
  curveTop: 26,
  curveHeight: 92,
  stripTop: 130,
  stripHeight: 24,
  height: 180,
} as const;

/** Powers of ten for the vertical scale of the curve, up to the first that covers `most`. */
export function powersOfTen(most: number): number[] {
  const powers = [1];
  while (powers[powers.length - 1] < most) powers.push(powers[powers.length - 1] * 10);
  return powers.length === 1 ? [1, 10] : powers;
}

/** Height of a number of condensed samples on the curve. */
export function curveY(samples: number, top: number): number {
  const share = Math.log10(Math.max(1, samples)) / Math.log10(Math.max(10, top));
  return ORDER.curveTop + ORDER.curveHeight * (1 - share);
}

/** Horizontal place of a boundary in the order. */
export function orderX(beta: number, orderLength: number, width: number): number {
  const inner = Math.max(1, width - ORDER.left - ORDER.right);
  return ORDER.left + (beta / Math.max(1, orderLength)) * inner;
}
