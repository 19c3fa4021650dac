/** What has to be done to pixels before a network sees them, as it is kept with the network's file. */

export interface Preprocessing {
  /** By channel, in levels of 0 … 1: a network sees (pixel ÷ 255 − mean) ÷ deviation. */
  mean: number[];
  deviation: number[];
  /** In the order of the outputs. */
  classNames: string[];
}

/** Said in the file, for whoever uses the network elsewhere. */
const PIXELS = '(pixel / 255 - mean) / deviation, by channel';
const MAX_NAME = 1000;

/** As it stands in a file's user-defined metadata. */
export function asMetadata(preprocessing: Preprocessing): Record<string, unknown> {
  const { mean, deviation, classNames } = preprocessing;
  return { pixels: PIXELS, mean, deviation, classNames };
}

function isNumbers(value: unknown, count: number): value is number[] {
  return Array.isArray(value) && value.length === count && value.every((one) => Number.isFinite(one));
}

/** What a file's metadata says, or null where it says nothing that fits the network. */
export function fromMetadata(metadata: unknown, channels: number, classes: number): Preprocessing | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const { pixels, mean, deviation, classNames } = metadata as Record<string, unknown>;
  if (pixels !== PIXELS || !isNumbers(mean, channels) || !isNumbers(deviation, channels)) return null;
  if (deviation.some((one) => one <= 0)) return null;
  if (!Array.isArray(classNames) || classNames.length !== classes) return null;
  if (!classNames.every((name) => typeof name === 'string' && name.length <= MAX_NAME)) return null;
  return { mean: mean.slice(), deviation: deviation.slice(), classNames: classNames.slice() as string[] };
}
