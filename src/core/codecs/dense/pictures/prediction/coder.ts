/** Pictures as streams of what their values are off by from what is predicted. */
import { LabError } from '../../../../errors.ts';
import type { RecordGroup } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder } from '../../family.ts';
import { RansDecoder, RansEncoder } from '../../rans.ts';
import type { SymbolTables } from '../symbolTables.ts';
import { PicturePredictor, ZERO, type PredictionModel } from './model.ts';
import { PlanarPictures } from './planes.ts';

const ESCAPED_BITS = 9;

export function predictionEncoder(model: PredictionModel, { pixels }: RecordGroup): StreamEncoder {
  const { shape, plan } = model;
  const { starts, stride, bits, symbols: escape } = model.tables;
  const pictures = new PlanarPictures(shape, 1);
  const predictor = new PicturePredictor(plan, pictures);
  const count = shape.width * shape.height * shape.channels;
  const contexts = new Uint16Array(count);
  const symbols = new Uint16Array(count);
  const rans = new RansEncoder();
  return (first) => {
    pictures.load(0, pixels!, first * count);
    predictor.residuals(0, contexts, symbols);
    for (let k = count - 1; k >= 0; k--) {
      const base = contexts[k] * stride;
      let part = base + symbols[k];
      if (starts[part + 1] === starts[part]) {
        rans.put(symbols[k] << (bits - ESCAPED_BITS), 1 << (bits - ESCAPED_BITS), bits);
        part = base + escape;
      }
      rans.put(starts[part], starts[part + 1] - starts[part], bits);
    }
    return rans.finish();
  };
}

export class PredictionDecoder implements StreamDecoder {
  readonly codes: Uint8Array;
  readonly recordStride: number;
  readonly laneStride = 1;
  readonly #tables: SymbolTables;
  readonly #pictures: PlanarPictures;
  readonly #predictor: PicturePredictor;
  readonly #rans = new RansDecoder();

  constructor({ shape, plan, tables }: PredictionModel) {
    this.#tables = tables;
    this.#pictures = new PlanarPictures(shape, 1);
    this.#predictor = new PicturePredictor(plan, this.#pictures);
    this.recordStride = shape.width * shape.height * shape.channels;
    this.codes = new Uint8Array(this.recordStride);
  }

  get residentBytes(): number {
    return this.codes.length + this.#pictures.residentBytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): void {
    this.#rans.load(bytes, from, to);
    for (let plane = 0; plane < this.#pictures.planes; plane++) this.#decodePlane(plane);
    const arePixels = this.#pictures.store(0, this.codes);
    if (!arePixels || !this.#rans.isAtEnd) {
      throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: a picture is not what was encoded.');
    }
  }

  #decodePlane(p: number): void {
    const pictures = this.#pictures;
    const { values, magnitudes, width, height } = pictures;
    const plane = this.#predictor.planes[p];
    const first = this.#predictor.contexts[p];
    for (let y = 0; y < height; y++) {
      pictures.beginRow(0, p, y);
      let at = pictures.start(0, p, y);
      for (let x = 0; x < width; x++, at++) {
        plane.look(at, y === 0);
        const off = this.#take(first + 2 * plane.step + plane.isRoundedUp) - ZERO;
        magnitudes[at] = Math.abs(off);
        values[at] = plane.expected + off;
      }
      pictures.endRow(0, p, y);
    }
  }

  /** The next symbol. */
  #take(context: number): number {
    const { starts, firsts, stride, bits, bucketShift, symbols } = this.#tables;
    const rans = this.#rans;
    const slot = rans.peek(bits);
    const base = context * stride;
    let part = base + firsts[(context << 8) | (slot >>> bucketShift)];
    while (starts[part + 1] <= slot) part++;
    rans.take(starts[part], starts[part + 1] - starts[part], bits);
    if (part - base < symbols) return part - base;
    const escaped = rans.peek(bits) >>> (bits - ESCAPED_BITS);
    rans.take(escaped << (bits - ESCAPED_BITS), 1 << (bits - ESCAPED_BITS), bits);
    return escaped;
  }
}
