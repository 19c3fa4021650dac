/** Pictures in the dense codec. */
import type { Pulse } from '../../../pulse.ts';
import type { ArchiveTraining } from '../../codec.ts';
import type { DenseFamily } from '../family.ts';
import { ContextDecoder, contextEncoder } from './contexts/coder.ts';
import { fitContexts, type Effort } from './contexts/fit.ts';
import { readContextModel } from './contexts/model.ts';
import { pixelShape, samplePictures } from './sample.ts';

export const densePictures: DenseFamily = {
  fit: (training, pulse) => fitPictures(training, pulse),
  open(bytes, { picture }) {
    const model = readContextModel(bytes, pixelShape(picture));
    return {
      recordsPerStream: 1,
      residentBytes: model.residentBytes,
      encoder: (group) => contextEncoder(model, group),
      decoder: () => new ContextDecoder(model),
    };
  },
};

export async function fitPictures(
  training: ArchiveTraining,
  pulse: Pulse,
  effort: Effort = 'fast',
): Promise<Uint8Array> {
  const sample = await samplePictures(training, pulse);
  return (await fitContexts(sample, effort, pulse)).model;
}
