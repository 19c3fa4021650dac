/** Pictures in the dense codec. */
import { LabError } from '../../../errors.ts';
import type { Pulse } from '../../../pulse.ts';
import type { ArchiveTraining } from '../../codec.ts';
import type { DenseFamily } from '../family.ts';
import { ContextDecoder, contextEncoder } from './contexts/coder.ts';
import { fitContexts, type Effort } from './contexts/fit.ts';
import { readContextModel } from './contexts/model.ts';
import { PredictionDecoder, predictionEncoder } from './prediction/coder.ts';
import { fitPrediction } from './prediction/fit.ts';
import { readPredictionModel } from './prediction/model.ts';
import { pixelShape, samplePictures } from './sample.ts';

/** First byte of a model. */
const CONTEXTS = 1;
const PREDICTION = 2;

export const densePictures: DenseFamily = {
  fit: (training, pulse) => fitPictures(training, pulse),
  open(bytes, { picture }) {
    const shape = pixelShape(picture);
    const route = bytes.length === 0 ? 0 : bytes[0];
    if (route === CONTEXTS) {
      const model = readContextModel(bytes.subarray(1), shape);
      return {
        recordsPerStream: 1,
        residentBytes: model.residentBytes,
        encoder: (group) => contextEncoder(model, group),
        decoder: () => new ContextDecoder(model),
      };
    }
    if (route === PREDICTION) {
      const model = readPredictionModel(bytes.subarray(1), shape);
      return {
        recordsPerStream: 1,
        residentBytes: model.residentBytes,
        encoder: (group) => predictionEncoder(model, group),
        decoder: () => new PredictionDecoder(model),
      };
    }
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: its model is of no known kind.');
  },
};

export async function fitPictures(
  training: ArchiveTraining,
  pulse: Pulse,
  effort: Effort = 'fast',
): Promise<Uint8Array> {
  const sample = await samplePictures(training, pulse);
  if (sample.shape.channels === 3) {
    const { model } = await fitPrediction(
      sample,
      { own: 10, earlier: 9, groups: 6, stepsAnOctave: 4 },
      pulse,
    );
    return Uint8Array.of(PREDICTION, ...model);
  }
  const { model } = await fitContexts(sample, effort, pulse);
  return Uint8Array.of(CONTEXTS, ...model);
}
