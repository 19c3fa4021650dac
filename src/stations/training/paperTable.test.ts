import { describe, expect, it } from 'vitest';
import { sampleById } from '../../contracts/gallery.ts';
import { paperResult, paperResultOf, paperResultOfSample } from './paperTable.ts';

const datasetId = (sample: string) => sampleById(sample)?.datasetId ?? '';

describe('the numbers of the paper', () => {
  it('are found by the pictures and the network', () => {
    const mnist = paperResult(datasetId('mnist'), 'lenet5', null);
    expect(mnist?.points.map(({ fraction, accuracy }) => [fraction, accuracy])).toEqual([
      [0.01, 0.983],
      [0.05, 0.991],
      [0.1, 0.991],
      [0.2, 0.992],
    ]);
    expect(mnist?.points.map(({ timeShare }) => timeShare)).toEqual([null, null, 0.11, null]);
    expect(mnist?.full).toEqual({ least: 0.993, most: 0.993 });
    expect(paperResult(datasetId('cifar10'), 'resnet18', 64)?.full).toEqual({ least: 0.952, most: 0.953 });
    expect(paperResultOfSample('cifar100')?.points[0].accuracy).toBe(0.387);
  });

  it('belong to width 64 alone, and to no other pictures', () => {
    expect(paperResult(datasetId('cifar10'), 'resnet18', 8)).toBeNull();
    expect(paperResultOf(datasetId('cifar10'))?.width).toBe(64);
    expect(paperResult(datasetId('mnist'), 'softmax', null)).toBeNull();
    expect(paperResultOf('a'.repeat(64))).toBeNull();
    expect(paperResultOfSample('__proto__')).toBeNull();
  });
});
