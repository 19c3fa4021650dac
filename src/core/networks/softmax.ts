/** Softmax regression: one dense layer over the pixels, the least that can be called a network. */
import type { NetworkDesign } from './network.ts';

export const softmax: NetworkDesign = {
  name: 'softmax',
  label: 'Softmax regression',
  sentence: 'One dense layer over the pixels and no hidden one: the baseline that the others have to beat.',
  hasWidth: false,
  layers: (_shape, classes) => [
    { kind: 'flatten' },
    { kind: 'dense', name: 'logits', units: classes, relu: false },
  ],
};
