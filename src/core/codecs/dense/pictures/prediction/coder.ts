/** Pictures as streams of what their values are off by from what is predicted. */
import { LabError } from '../../../../errors.ts';
import type { RecordGroup } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder } from '../../family.ts';
import { SymbolDecoder, SymbolEncoder } from '../symbolCoder.ts';
import { PicturePredictor, type PredictionModel } from './model.ts';

export function predictionEncoder(model: PredictionModel, { pixels }: RecordGroup): StreamEncoder {
  const { width, height, channels } = model.shape;
  const predictor = new PicturePredictor(model.plan, model.shape);
  const count = width * height * channels;
  const contexts = new Uint16Array(count);
  const symbols = new Uint16Array(count);
  const encoder = new SymbolEncoder(model.tables);
  return (first) => {
    predictor.pictures.load(0, pixels!, first * count);
    predictor.residuals(contexts, symbols);
    return encoder.encode(contexts, symbols);
  };
}

export class PredictionDecoder implements StreamDecoder {
  readonly codes: Uint8Array;
  readonly recordStride: number;
  readonly laneStride = 1;
  readonly #predictor: PicturePredictor;
  readonly #symbols: SymbolDecoder;

  constructor({ shape, plan, tables }: PredictionModel) {
    this.#predictor = new PicturePredictor(plan, shape);
    this.#symbols = new SymbolDecoder(tables);
    this.recordStride = shape.width * shape.height * shape.channels;
    this.codes = new Uint8Array(this.recordStride);
  }

  get residentBytes(): number {
    return this.codes.length + this.#predictor.residentBytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): void {
    this.#symbols.load(bytes, from, to);
    this.#predictor.restore(this.#symbols);
    this.#symbols.end();
    if (!this.#predictor.pictures.store(0, this.codes)) {
      throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: a picture has values beyond its tones.');
    }
  }
}
