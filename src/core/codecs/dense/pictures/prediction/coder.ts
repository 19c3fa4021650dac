/** Pictures as streams of what their values are off by from what is predicted. */
import { LabError } from '../../../../errors.ts';
import type { CodedRecords } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder, StreamMeter } from '../../family.ts';
import { SymbolDecoder, SymbolEncoder, symbolUnits } from '../symbolCoder.ts';
import { PicturePredictor, type PredictionModel } from './model.ts';
import { CHANNELS } from './planes.ts';

export function predictionEncoder(model: PredictionModel, records: CodedRecords): StreamEncoder {
  const { contexts, symbols, take } = symbolsOf(model, records);
  const encoder = new SymbolEncoder(model.tables);
  return (first) => {
    take(first);
    return encoder.encode(contexts, symbols);
  };
}

/** What a plane takes is of its channel. */
export function predictionMeter(model: PredictionModel, records: CodedRecords): StreamMeter {
  const { contexts, symbols, take } = symbolsOf(model, records);
  const { channels } = model.shape;
  const perPlane = symbols.length / channels;
  return (first, _count, units) => {
    take(first);
    CHANNELS[channels].forEach((channel, plane) => {
      for (let k = plane * perPlane, lane = channel; k < (plane + 1) * perPlane; k++, lane += channels) {
        units[lane] += symbolUnits(model.tables, contexts[k], symbols[k]);
      }
    });
  };
}

/** Contexts and symbols of one picture after the other, plane by plane. */
function symbolsOf(
  model: PredictionModel,
  { pixels }: CodedRecords,
): { contexts: Uint16Array; symbols: Uint16Array; take: (picture: number) => void } {
  const { width, height, channels } = model.shape;
  const predictor = new PicturePredictor(model.plan, model.shape);
  const count = width * height * channels;
  const contexts = new Uint16Array(count);
  const symbols = new Uint16Array(count);
  const take = (first: number): void => {
    predictor.pictures.load(0, pixels!, first * count);
    predictor.residuals(contexts, symbols);
  };
  return { contexts, symbols, take };
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
