/** One plug-in of every other kind for tests, each through its registries alone. */
import { pictureBytes } from '../images/imageSet.ts';
import type { ImageTransform, TransformMeta } from '../images/transforms/transform.ts';
import { TRANSFORM_METAS, TRANSFORMS } from '../images/transforms/registry.ts';
import type { NetworkDesign } from '../networks/network.ts';
import { NETWORKS } from '../networks/registry.ts';
import { createFreshDraws } from '../selection/draw.ts';
import type { Method, MethodMeta } from '../selection/method.ts';
import { METHOD_METAS, METHODS } from '../methods/registry.ts';

export const toyTransformMeta: TransformMeta = {
  ...{ name: 'toy-negative', id: 900, label: 'Toy negative', short: 'negative' },
  sentence: 'Every level below nothing.',
  ...{ isLossless: true, usesRepresentation: true, column: 'coefficient', seen: 'negative levels' },
  map: 'as the picture lies',
  place: (channel, y, x) => `${channel} ${y} ${x}`,
};

const toyTransform: ImageTransform = {
  meta: toyTransformMeta,
  plan(shape) {
    const columns = pictureBytes(shape);
    return {
      columns,
      isIdentity: false,
      forward(pixels, from, count, values) {
        for (let k = 0; k < count * columns; k++) values[k] = -pixels[from * columns + k];
      },
      inverse(values, count, pixels, at) {
        for (let k = 0; k < count * columns; k++) pixels[at * columns + k] = -values[k];
      },
      place(column) {
        const pixel = Math.floor(column / shape.channels);
        return {
          channel: column % shape.channels,
          y: Math.floor(pixel / shape.width),
          x: pixel % shape.width,
        };
      },
    };
  },
};

export const toyNetwork: NetworkDesign = {
  name: 'toy-net',
  label: 'Toy network',
  sentence: 'Two dense layers.',
  // The only network but ResNet18 that comes in widths: they decide its hidden units.
  hasWidth: true,
  layers: (_shape, classes, width) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'hidden', units: width, relu: true },
    { kind: 'dense', name: 'logits', units: classes, relu: false },
  ],
};

export const toyMethodMeta: MethodMeta = {
  ...{ name: 'toy-draw', label: 'Toy draw', family: 'Toy', draw: 'toy' },
  ...{ sentence: 'A share by chance, for a test.', sweepSentence: 'By chance.', archiveSentence: null },
  ...{ source: 'archive', isFixed: false, usesFraction: true, needsNetwork: false, options: [] },
  look: { colour: 'var(--series-5)', stroke: 'dotted', marks: 'hollow', shape: 'triangle' },
};

const toyMethod: Method = { meta: toyMethodMeta, create: createFreshDraws };

/** @returns takes all of them out again */
export function addToyPlugins(): () => void {
  const removers = [
    TRANSFORM_METAS.add(toyTransformMeta),
    TRANSFORMS.add(toyTransform),
    NETWORKS.add(toyNetwork),
    METHOD_METAS.add(toyMethodMeta),
    METHODS.add(toyMethod),
  ];
  return () => removers.forEach((remove) => remove());
}
