/** LeNet5: two convolutions with max-pooling, then three dense layers; 61,706 parameters at 28 × 28 × 1 and 10 classes. */
import type { NetworkDesign } from './network.ts';

export const lenet5: NetworkDesign = {
  name: 'lenet5',
  label: 'LeNet5',
  sentence: 'Two convolutions with max-pooling and three dense layers: small, quick, made for digits.',
  hasWidth: false,
  layers: (_shape, classes) => [
    { kind: 'conv', name: 'conv1', filters: 6, size: 5, stride: 1, padding: 'same', bias: true, relu: true },
    { kind: 'maxPool', size: 2, stride: 2 },
    {
      kind: 'conv',
      name: 'conv2',
      filters: 16,
      size: 5,
      stride: 1,
      padding: 'valid',
      bias: true,
      relu: true,
    },
    { kind: 'maxPool', size: 2, stride: 2 },
    { kind: 'flatten' },
    { kind: 'dense', name: 'dense1', units: 120, relu: true },
    { kind: 'dense', name: 'dense2', units: 84, relu: true },
    { kind: 'dense', name: 'logits', units: classes, relu: false },
  ],
};
