/**
 * ResNet18 for small pictures: a stem of stride 1 without max-pooling, then four stages of two basic blocks, whose
 * channels double while height and width halve. 11,173,962 parameters at width 64, 32 × 32 × 3 and 10 classes.
 */
import type { Layer, NetworkDesign } from './network.ts';

const BLOCKS = [2, 2, 2, 2];

/** 3 × 3 convolution and batch normalisation; the normalisation makes a bias idle. */
function convolution(name: string, filters: number, size: number, stride: number, relu: boolean): Layer[] {
  return [
    { kind: 'conv', name, filters, size, stride, padding: 'same', bias: false, relu: false },
    { kind: 'batchNorm', name: `${name}_norm`, relu },
  ];
}

export const resnet18: NetworkDesign = {
  name: 'resnet18',
  label: 'ResNet18',
  sentence:
    'Seventeen convolutions with batch normalisation and shortcuts around every two of them; its width is the channels of the first stage.',
  hasWidth: true,
  layers(_shape, classes, width) {
    const layers = convolution('stem', width, 3, 1, true);
    let channels: number = width;
    BLOCKS.forEach((blocks, stage) => {
      const filters = width << stage;
      for (let block = 0; block < blocks; block++) {
        const name = `stage${stage + 1}_block${block + 1}`;
        const stride = stage > 0 && block === 0 ? 2 : 1;
        layers.push({
          kind: 'residual',
          name,
          body: [
            ...convolution(`${name}_conv1`, filters, 3, stride, true),
            ...convolution(`${name}_conv2`, filters, 3, 1, false),
          ],
          shortcut:
            stride === 1 && channels === filters
              ? []
              : convolution(`${name}_shortcut`, filters, 1, stride, false),
        });
        channels = filters;
      }
    });
    layers.push({ kind: 'globalAverage' }, { kind: 'dense', name: 'logits', units: classes, relu: false });
    return layers;
  },
};
