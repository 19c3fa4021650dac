/** Pictures as streams of values, each in the context of its neighbours. */
import { LabError } from '../../../../errors.ts';
import type { RecordGroup } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder } from '../../family.ts';
import { RansDecoder, RansEncoder } from '../../rans.ts';
import type { SymbolTables } from '../symbolTables.ts';
import { FramedPicture } from './neighbours.ts';
import type { ContextModel } from './model.ts';

const ESCAPED_BITS = 8;

export function contextEncoder(model: ContextModel, { pixels }: RecordGroup): StreamEncoder {
  const { shape, map } = model;
  const { starts, stride, bits, symbols } = model.tables!;
  const picture = new FramedPicture(shape);
  const bytes = shape.width * shape.height * shape.channels;
  const contexts = new Uint16Array(bytes);
  const rans = new RansEncoder();
  return (first) => {
    picture.load(pixels!, first * bytes, map.to);
    model.contextsOf(picture, contexts);
    for (let k = bytes - 1, at = first * bytes + k; k >= 0; k--, at--) {
      const symbol = map.to[pixels![at]];
      let part = contexts[k] * stride + symbol;
      let start = starts[part];
      let frequency = starts[part + 1] - start;
      if (frequency === 0) {
        rans.put(symbol << (bits - ESCAPED_BITS), 1 << (bits - ESCAPED_BITS), bits);
        part += symbols - symbol;
        start = starts[part];
        frequency = starts[part + 1] - start;
      }
      rans.put(start, frequency, bits);
    }
    return rans.finish();
  };
}

export class ContextDecoder implements StreamDecoder {
  readonly codes: Uint8Array;
  readonly recordStride: number;
  readonly laneStride = 1;
  readonly #model: ContextModel;
  readonly #tables: SymbolTables;
  readonly #picture: FramedPicture;
  readonly #rans = new RansDecoder();

  constructor(model: ContextModel) {
    const { width, height, channels } = model.shape;
    this.#model = model;
    this.#tables = model.tables!;
    this.#picture = new FramedPicture(model.shape);
    this.recordStride = width * height * channels;
    this.codes = new Uint8Array(this.recordStride);
  }

  get residentBytes(): number {
    return this.codes.length + this.#picture.residentBytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): void {
    this.#rans.load(bytes, from, to);
    if (this.#model.isLookedUp) this.#lookUp();
    else this.#walk();
    if (!this.#rans.isAtEnd) {
      throw new LabError('ARCHIVE_CORRUPT', 'The archive is damaged: a picture is not what was encoded.');
    }
  }

  #lookUp(): void {
    const { groundContexts, shares, contexts, map } = this.#model;
    const { values, offsets, origin, stride, width, height, channels } = this.#picture;
    const [west, north, northWest, northEast, west2, north2] = offsets;
    const codes = this.codes;
    const row = width * channels;
    for (let y = 0, k = 0; y < height; y++) {
      const start = origin + y * stride;
      for (let at = start; at < start + row; at++, k++) {
        const a = values[at + west];
        const b = values[at + north];
        const c = values[at + northWest];
        const d = values[at + northEast];
        const e = values[at + west2];
        const f = values[at + north2];
        const context =
          (a | b | c | d | e | f) === 0
            ? groundContexts[k]
            : contexts[
                shares[a] +
                  shares[256 + b] +
                  shares[512 + c] +
                  shares[768 + d] +
                  shares[1024 + e] +
                  shares[1280 + f]
              ];
        const symbol = this.#take(context);
        values[at] = symbol;
        codes[k] = map.from[symbol];
      }
    }
  }

  #walk(): void {
    const { groundContexts, tree, first, groundNeighbours, map } = this.#model;
    const picture = this.#picture;
    const { values, origin, stride, width, height, channels, features } = picture;
    const codes = this.codes;
    for (let y = 0, k = 0; y < height; y++) {
      for (let x = 0, at = origin + y * stride; x < width; x++) {
        for (let channel = 0; channel < channels; channel++, at++, k++) {
          let context = groundContexts[k];
          if (!picture.isGround(at, groundNeighbours)) {
            picture.place(x, y, channel);
            picture.look(at);
            context = first + tree.find(features);
          }
          const symbol = this.#take(context);
          values[at] = symbol;
          codes[k] = map.from[symbol];
        }
      }
    }
  }

  /** The next symbol. */
  #take(context: number): number {
    const { starts, firsts, stride, bits, bucketShift, symbols } = this.#tables;
    const rans = this.#rans;
    const slot = rans.peek(bits);
    const base = context * stride;
    // Mostly it is the first one, ground.
    const ground = starts[base + 1];
    if (slot < ground) {
      rans.take(0, ground, bits);
      return 0;
    }
    let part = base + firsts[(context << 8) | (slot >>> bucketShift)];
    while (starts[part + 1] <= slot) part++;
    rans.take(starts[part], starts[part + 1] - starts[part], bits);
    if (part - base < symbols) return part - base;
    const escaped = rans.peek(bits) >>> (bits - ESCAPED_BITS);
    rans.take(escaped << (bits - ESCAPED_BITS), 1 << (bits - ESCAPED_BITS), bits);
    return escaped;
  }
}
