/**
 * One class of pictures through every stage, to be looked at step by step: how its base grew, and one of its pictures
 * taken apart and put together again. The search is that of any archive, and what is said of a picture is read from one.
 */
import { joinPieces, memorySource, readBlocks } from '../../archive/container.ts';
import { bitsFor } from '../../bits/width.ts';
import { objectiveBits } from '../../codecs/baseDeviation/objective.ts';
import { BlockRoom, type Objective, type SearchTrace } from '../../codecs/codec.ts';
import { LabError } from '../../errors.ts';
import { counted } from '../../limits.ts';
import type { Pulse } from '../../pulse.ts';
import { openImageArchive, type ImageArchive } from '../archive/read.ts';
import { encodeTable, type EncodedTable, type TableBases } from '../encodeTable.ts';
import { fidelityOf, measureError, noErrors, type Fidelity } from '../fidelity.ts';
import { pictureBytes, type ImageSet, type ImageShape } from '../imageSet.ts';
import { makeImageArchive } from '../makeImageArchive.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../settings.ts';
import { valueArray } from '../values.ts';

/** What decides how a class is divided; the codec is EntroGeDe, which is what is shown. */
export type WalkSettings = Pick<ImageSettings, 'transform' | 'representation' | 'tau' | 'objective'>;

/** Pictures of one class. */
export interface WalkedPictures {
  shape: ImageShape;
  className: string;
  /** NHWC, one picture after the other. */
  pixels: Uint8Array;
}

/** How the base grew: the arrays of prefixes begin with the constant bits alone. */
export interface WalkSearch {
  /** Per position the number of added bits with which it is in the base: 0 of a constant bit, NEVER where it was not tried. */
  addedAt: Int32Array;
  /** l_b, n_b and ⌈log2 n_b⌉ per prefix. */
  baseBits: Uint32Array;
  baseCounts: Uint32Array;
  idBits: Uint8Array;
  /** Size S in bits per prefix: as it is stored, and by Equation 1 taken literally. */
  trueBits: Float64Array;
  equation1Bits: Float64Array;
  objective: Objective;
  tau: number;
  /** Added bits of the prefix of least size by the objective. */
  chosen: number;
  stop: SearchTrace['stop'];
  /** l_t and v. */
  recordBits: number;
  constantBits: number;
}

/** A class whose base is found. */
export interface WalkedClass {
  shape: ImageShape;
  pixels: Uint8Array;
  /** Bits per column, and count of ones per position. */
  widths: Uint8Array;
  ones: Uint32Array;
  /** One flag per position, and n_b. */
  inBase: Uint8Array;
  baseCount: number;
  search: WalkSearch;
  /** Base ID of every picture. */
  ids: Uint32Array;
  /** The pictures as an archive of their own, and its bytes with every header and checksum. */
  archive: ImageArchive;
  fileBytes: number;
}

/** One picture taken apart and put together again. */
export interface TakenApart {
  /** Its number among the pictures of the class. */
  index: number;
  /** NHWC, as it was, and as it is read from the archive. */
  pixels: Uint8Array;
  decoded: Uint8Array;
  fidelity: Fidelity;
  /** Its bits: an unsigned code per column. */
  codes: Uint32Array;
  base: {
    id: number;
    /** Decoded with every bit of the deviation 0. */
    pixels: Uint8Array;
    /** Pictures that share it, this one included, and the numbers of the first of them, this one in front. */
    sharedBy: number;
    sharing: Uint32Array;
  };
}

/** Of a bit that the search ended before. */
const NEVER = 0x7fffffff;

/** Most values of a picture: each has bits of its own, which are all shown. */
const MOST_VALUES = 2 ** 15;
/** Most pictures, and most bytes of them, that are looked at: a whole class of MNIST or CIFAR-10. */
const MOST_PICTURES = 7_000;
const MOST_BYTES = 2 ** 24;
/** Pictures that are named as sharing a base. */
const SHOWN = 24;

/**
 * How many of a class's pictures are looked at: the first ones.
 *
 * @throws IMAGES_TOO_LARGE, IMAGES_TOO_FEW
 */
export function picturesToWalk(shape: ImageShape, className: string, ofClass: number): number {
  const values = pictureBytes(shape);
  if (values > MOST_VALUES) {
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `The pictures have ${counted(values)} values each; up to ${counted(MOST_VALUES)} can be shown bit by bit.`,
    );
  }
  if (ofClass === 0) {
    throw new LabError('IMAGES_TOO_FEW', `The class ${className} has no picture for training.`);
  }
  return Math.min(ofClass, MOST_PICTURES, Math.floor(MOST_BYTES / values));
}

/**
 * Finds the base of a class and encodes its pictures.
 *
 * @throws TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN, IMAGES_TOO_LARGE; CANCELLED by the pulse
 */
export async function walkClass(
  { shape, className, pixels }: WalkedPictures,
  { transform, representation, tau, objective }: WalkSettings,
  pulse: Pulse,
): Promise<WalkedClass> {
  const records = pixels.length / pictureBytes(shape);
  const settings = { ...DEFAULT_IMAGE_SETTINGS, transform, representation, tau, objective };
  const set: ImageSet = {
    ...{ shape, records, pixels, classNames: [className], givenTest: null },
    labels: new Uint16Array(records),
  };
  const split = { train: Uint32Array.from({ length: records }, (_, i) => i), test: new Uint32Array(0) };
  // It is not named by its content: nobody but this walk opens it.
  const label = { datasetId: '0'.repeat(64), name: className, fileName: '' };
  const tables: EncodedTable[] = [];
  const made = await makeImageArchive(
    set,
    split,
    settings,
    label,
    [
      async (job, beating) => {
        const encoded = await encodeTable(job, beating);
        tables.push(encoded);
        return encoded;
      },
    ],
    pulse,
  );
  const [{ widths, ones, bases, recordBits, train }] = tables;
  if (bases === null || train.bases === null)
    throw new LabError('INTERNAL', 'The codec that is shown has no bases.');
  const archive = await openImageArchive(memorySource(joinPieces(made.image), { isTrusted: true }), pulse);
  return {
    ...{ shape, pixels, widths, ones, archive },
    inBase: bases.inBase,
    baseCount: train.bases.baseCount,
    search: { ...searchOf(bases, records, recordBits), objective, tau },
    ids: await readIds(archive),
    fileBytes: made.image.bytes,
  };
}

function searchOf(
  { inBase, trace, constantBits }: TableBases,
  records: number,
  recordBits: number,
): Omit<WalkSearch, 'objective' | 'tau'> {
  const { added, baseBits, baseCounts, chosen, stop } = trace;
  // What is in the base and was not added is constant.
  const addedAt = Int32Array.from(inBase, (flag) => (flag === 1 ? 0 : NEVER));
  added.forEach((position, k) => (addedAt[position] = k + 1));
  const sizes = (by: Objective): Float64Array =>
    Float64Array.from(baseBits, (bits, k) =>
      objectiveBits({ records, recordBits, constantBits, baseBits: bits, baseCount: baseCounts[k] }, by),
    );
  return {
    ...{ addedAt, baseBits, baseCounts, chosen, stop, recordBits, constantBits },
    idBits: Uint8Array.from(baseCounts, bitsFor),
    trueBits: sizes('true'),
    equation1Bits: sizes('equation1'),
  };
}

/** Base IDs of all pictures, from their records. */
async function readIds({ source, tables: [{ train }] }: ImageArchive): Promise<Uint32Array> {
  const ids = new Uint32Array(train.records);
  // Where records take no bytes, all of them are one base.
  if (train.blocks.length === 0) return ids;
  const rows = await train.rows();
  const room = new BlockRoom();
  const blocks = await readBlocks(source, train.blocks);
  blocks.forEach((block, number) => {
    rows.load(block, number, room);
    const first = number * train.recordsPerBlock;
    const end = Math.min(first + train.recordsPerBlock, train.records);
    for (let i = first; i < end; i++) ids[i] = rows.bases?.id(i - first) ?? 0;
  });
  return ids;
}

/**
 * Takes one picture apart, and reads it back.
 *
 * @param index its number among those of the class; null for the first one of the base that most pictures share
 * @throws RECORD_OUT_OF_RANGE
 */
export async function takeApart(walked: WalkedClass, index: number | null): Promise<TakenApart> {
  const { shape, archive, ids } = walked;
  const bytes = pictureBytes(shape);
  const own = index ?? ids.indexOf(mostFrequent(ids));
  const { pixels: decoded, base } = await archive.inspect(own);
  if (base === null) throw new LabError('INTERNAL', 'The codec that is shown has no bases.');
  const pixels = walked.pixels.slice(own * bytes, (own + 1) * bytes);
  const errors = noErrors();
  measureError(pixels, decoded, errors);
  return {
    index: own,
    ...{ pixels, decoded },
    fidelity: fidelityOf(errors),
    codes: codesOf(walked, pixels),
    base: { ...base, ...sharing(ids, own) },
  };
}

/** The value that comes most often; of several the least. */
function mostFrequent(ids: Uint32Array): number {
  const counts = new Uint32Array(ids.length);
  for (const id of ids) counts[id]++;
  return counts.reduce((best, count, id) => (count > counts[best] ? id : best), 0);
}

function sharing(ids: Uint32Array, own: number): Pick<TakenApart['base'], 'sharedBy' | 'sharing'> {
  const others: number[] = [];
  let sharedBy = 0;
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] !== ids[own]) continue;
    sharedBy++;
    if (i !== own && others.length < SHOWN - 1) others.push(i);
  }
  return { sharedBy, sharing: Uint32Array.of(own, ...others) };
}

/** A picture's values as the codec sees them. */
function codesOf({ shape, archive }: WalkedClass, pixels: Uint8Array): Uint32Array {
  const { plan, tables } = archive;
  const [{ forms }] = tables;
  if (forms === null) return Uint32Array.from(pixels);
  const values = valueArray(shape, plan.columns);
  plan.forward(pixels, 0, 1, values);
  return Uint32Array.from(values, (value, column) => forms.encode(column, value));
}
