/** Pictures in the dense codec. */
import { LabError } from '../../../errors.ts';
import type { DenseFamily } from '../family.ts';
import { ContextDecoder, contextEncoder, contextMeter } from './contexts/coder.ts';
import { readContextModel } from './contexts/model.ts';
import { fitPictures } from './fit.ts';
import { PredictionDecoder, predictionEncoder, predictionMeter } from './prediction/coder.ts';
import { readPredictionModel } from './prediction/model.ts';
import { CONTEXTS, PREDICTION } from './routes.ts';
import { pixelShape } from './sample.ts';

export const densePictures: DenseFamily = {
  fit: fitPictures,
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
        meter: (records) => contextMeter(model, records),
      };
    }
    if (route === PREDICTION) {
      const model = readPredictionModel(bytes.subarray(1), shape);
      return {
        recordsPerStream: 1,
        residentBytes: model.residentBytes,
        encoder: (group) => predictionEncoder(model, group),
        decoder: () => new PredictionDecoder(model),
        meter: (records) => predictionMeter(model, records),
      };
    }
    throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: its model is of no known kind.');
  },
};
