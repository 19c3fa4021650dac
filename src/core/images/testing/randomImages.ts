/** Small sets of pictures for tests, from a seed: smooth ones, so that bases are shared, with a few stray pixels. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { createGenerator } from '../../random.ts';
import { pictureBytes, type ImageSet, type ImageShape } from '../imageSet.ts';

export interface ImageRecipe {
  seed: number;
  shape: ImageShape;
  records: number;
  classes: number;
  /** Test pictures that the dataset brings: the last ones, every third one, or none, in which case a split is made. */
  given: 'tail' | 'third' | 'none';
}

/** Classes come in turns with a random one now and then; a class may stay empty. */
export function randomImages({ seed, shape, records, classes, given }: ImageRecipe): ImageSet {
  const generator = createGenerator(seed);
  const below = (n: number): number => uniformInt(generator, 0, n - 1);
  const bytes = pictureBytes(shape);
  const pixels = new Uint8Array(records * bytes);
  const labels = new Uint16Array(records);
  for (let i = 0; i < records; i++) {
    labels[i] = below(4) === 0 ? below(classes) : i % classes;
    const level = 40 * labels[i] + below(30);
    const slope = below(3);
    for (let k = 0; k < bytes; k++) {
      const pixel = below(60) === 0 ? below(256) : level + slope * (k % shape.width) + below(4);
      // The border is the same everywhere.
      pixels[i * bytes + k] = k < shape.width ? 7 : pixel & 255;
    }
  }
  const numbers = Uint32Array.from({ length: records }, (_, i) => i);
  const givenTest = {
    tail: numbers.slice(records - Math.floor(records / 4)),
    third: numbers.filter((i) => i % 3 === 1),
    none: null,
  }[given];
  const classNames = Array.from({ length: classes }, (_, c) => `class ${c}`);
  return { shape, records, pixels, labels, classNames, givenTest };
}
