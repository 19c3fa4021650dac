/** Pictures as streams of values, each in the context of its neighbours. */
import type { RecordGroup } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder } from '../../family.ts';
import { SymbolDecoder, SymbolEncoder } from '../symbolCoder.ts';
import type { ContextModel } from './model.ts';
import { FramedPicture } from './neighbours.ts';

export function contextEncoder(model: ContextModel, { pixels }: RecordGroup): StreamEncoder {
  const { shape, map } = model;
  const picture = new FramedPicture(shape);
  const count = shape.width * shape.height * shape.channels;
  const contexts = new Uint16Array(count);
  const symbols = new Uint16Array(count);
  const encoder = new SymbolEncoder(model.tables!);
  return (first) => {
    picture.load(pixels!, first * count, map.to);
    model.contextsOf(picture, contexts);
    for (let k = 0, at = first * count; k < count; k++, at++) symbols[k] = map.to[pixels![at]];
    return encoder.encode(contexts, symbols);
  };
}

export class ContextDecoder implements StreamDecoder {
  readonly codes: Uint8Array;
  readonly recordStride: number;
  readonly laneStride = 1;
  readonly #model: ContextModel;
  readonly #picture: FramedPicture;
  readonly #symbols: SymbolDecoder;

  constructor(model: ContextModel) {
    const { width, height, channels } = model.shape;
    this.#model = model;
    this.#symbols = new SymbolDecoder(model.tables!);
    this.#picture = new FramedPicture(model.shape);
    this.recordStride = width * height * channels;
    this.codes = new Uint8Array(this.recordStride);
  }

  get residentBytes(): number {
    return this.codes.length + this.#picture.residentBytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): void {
    this.#symbols.load(bytes, from, to);
    if (this.#model.isLookedUp) this.#lookUp();
    else this.#walk();
    this.#symbols.end();
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
        const symbol = this.#symbols.nextMostlyZero(context);
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
          const symbol = this.#symbols.nextMostlyZero(context);
          values[at] = symbol;
          codes[k] = map.from[symbol];
        }
      }
    }
  }
}
