/** What is drawn where nothing speaks for any pick more. */
import type { Generator } from '../random.ts';
import { drawInPlace } from '../selection/draw.ts';

/** `drawn` of the places 0 … count − 1 that are not among the picked, at random. */
export function drawOthers(
  count: number,
  picked: Uint32Array,
  drawn: number,
  generator: Generator,
): Uint32Array {
  const isPicked = new Set(picked);
  const others = Uint32Array.from({ length: count }, (_, place) => place).filter(
    (place) => !isPicked.has(place),
  );
  drawInPlace(others, 0, others.length, drawn, generator);
  return others.subarray(0, drawn);
}
