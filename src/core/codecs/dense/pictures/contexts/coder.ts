/** Pictures as streams of values, each in the context of its neighbours. */
import type { CodedRecords } from '../../../codec.ts';
import type { StreamDecoder, StreamEncoder, StreamMeter } from '../../family.ts';
import { SymbolDecoder, SymbolEncoder, symbolUnits } from '../symbolCoder.ts';
import type { ContextModel } from './model.ts';
import { PictureContexts } from './pictureContexts.ts';

export function contextEncoder(model: ContextModel, records: CodedRecords): StreamEncoder {
  const { contexts, symbols, take } = symbolsOf(model, records);
  const encoder = new SymbolEncoder(model.tables!);
  return (first) => {
    take(first);
    return encoder.encode(contexts, symbols);
  };
}

export function contextMeter(model: ContextModel, records: CodedRecords): StreamMeter {
  const { contexts, symbols, take } = symbolsOf(model, records);
  return (first, _count, units) => {
    take(first);
    for (let k = 0; k < symbols.length; k++) units[k] += symbolUnits(model.tables!, contexts[k], symbols[k]);
  };
}

/** Contexts and symbols of one picture after the other, in the order of its values. */
function symbolsOf(
  model: ContextModel,
  { pixels }: CodedRecords,
): { contexts: Uint16Array; symbols: Uint16Array; take: (picture: number) => void } {
  const { to } = model.map;
  const finder = new PictureContexts(model);
  const { picture } = finder;
  const count = model.groundContexts.length;
  const contexts = new Uint16Array(count);
  const symbols = new Uint16Array(count);
  const take = (first: number): void => {
    picture.load(pixels!, first * count, to);
    finder.find(contexts);
    for (let k = 0, at = first * count; k < count; k++, at++) symbols[k] = to[pixels![at]];
  };
  return { contexts, symbols, take };
}

export class ContextDecoder implements StreamDecoder {
  readonly codes: Uint8Array;
  readonly recordStride: number;
  readonly laneStride = 1;
  readonly #from: Uint8Array;
  readonly #finder: PictureContexts;
  readonly #symbols: SymbolDecoder;

  constructor(model: ContextModel) {
    this.#from = model.map.from;
    this.#finder = new PictureContexts(model);
    this.#symbols = new SymbolDecoder(model.tables!);
    this.recordStride = model.groundContexts.length;
    this.codes = new Uint8Array(this.recordStride);
  }

  get residentBytes(): number {
    return this.codes.length + this.#finder.residentBytes;
  }

  decode(bytes: Uint8Array, from: number, to: number): void {
    this.#symbols.load(bytes, from, to);
    this.#finder.restore(this.#symbols);
    this.#symbols.end();
    this.#finder.picture.store(this.codes, this.#from);
  }
}
