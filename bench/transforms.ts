/**
 * How fast the transforms of pictures are, both ways, and what they lose:
 *
 *     npx tsx bench/transforms.ts [WIDTH HEIGHT [CHANNELS]]
 *
 * The pictures are made here: soft shapes with noise, from a seed.
 */
import type { ImageShape } from '../src/core/images/imageSet.ts';
import { pictureBytes } from '../src/core/images/imageSet.ts';
import { fidelityOf, measureError, noErrors } from '../src/core/images/fidelity.ts';
import { TRANSFORMS } from '../src/core/images/transforms/registry.ts';
import { createGenerator } from '../src/core/random.ts';

const MEGABYTES = 12;
const ROUNDS = 7;

const [width = 32, height = width, channels = 3] = process.argv.slice(2).map(Number);
const shape: ImageShape = { width, height, channels: channels === 1 ? 1 : 3 };
const bytes = pictureBytes(shape);
const count = Math.max(1, Math.floor((MEGABYTES * 1e6) / bytes));
const pixels = pictures();

for (const transform of TRANSFORMS.all) {
  const made = transform.plan(shape);
  const values = new Int16Array(count * made.columns);
  const back = new Uint8Array(pixels.length);
  const forward = best(() => made.forward(pixels, 0, count, values));
  const inverse = best(() => made.inverse(values, count, back, 0));
  const sums = noErrors();
  measureError(pixels, back, sums);
  const speed = (seconds: number): string => `${(pixels.length / 1e6 / seconds).toFixed(1)} MB/s`;
  console.log(
    transform.meta.name.padEnd(6),
    'forward',
    speed(forward),
    'inverse',
    speed(inverse),
    fidelityOf(sums),
  );
}

/** Seconds of the fastest of some runs. */
function best(run: () => void): number {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    run();
    least = Math.min(least, performance.now() - begin);
  }
  return least / 1000;
}

function pictures(): Uint8Array {
  const generator = createGenerator(1);
  const random = (): number => (generator.next() >>> 0) / 2 ** 32;
  const all = new Uint8Array(count * bytes);
  for (let picture = 0, at = 0; picture < count; picture++) {
    const [cx, cy, size, tint] = [random() * width, random() * height, 1 + random() * width, random() * 120];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const soft = 200 / (1 + ((x - cx) ** 2 + (y - cy) ** 2) / size ** 2);
        for (let c = 0; c < shape.channels; c++) {
          all[at++] = Math.min(255, Math.max(0, soft + tint * c * 0.3 + random() * 24));
        }
      }
    }
  }
  return all;
}
