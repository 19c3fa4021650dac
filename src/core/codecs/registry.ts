/** All codecs. A new one is a folder and a line here. */
import { LabError } from '../errors.ts';
import type { Codec } from './codec.ts';
import { entrogede, entrogedeHigh } from './entrogede/index.ts';
import { greedygd } from './greedygd/index.ts';

export const CODECS: readonly Codec[] = [entrogede, entrogedeHigh, greedygd];

/** @throws CODEC_UNKNOWN */
export function codecByName(name: string): Codec {
  const codec = CODECS.find((one) => one.meta.name === name);
  if (codec === undefined) {
    throw new LabError(
      'CODEC_UNKNOWN',
      `There is no codec "${name}"; there is ${CODECS.map((one) => one.meta.name).join(', ')}.`,
    );
  }
  return codec;
}

/** @throws CODEC_UNKNOWN for a number that this version does not know */
export function codecById(id: number): Codec {
  const codec = CODECS.find((one) => one.meta.id === id);
  if (codec === undefined) {
    throw new LabError(
      'CODEC_UNKNOWN',
      `The archive uses codec number ${id}, which this version does not know.`,
    );
  }
  return codec;
}
