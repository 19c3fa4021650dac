/**
 * One class of pictures through every stage, to be looked at step by step: how its base grew, and one of its pictures
 * taken apart and put together again. The search is that of any archive, and what is said of a picture is read from one.
 */
import { joinPieces, memorySource } from '../../archive/container.ts';
import { searchSteps, type SearchSteps } from '../../codecs/baseDeviation/searchSteps.ts';
import type { BasePlan } from '../../codecs/codec.ts';
import { LabError } from '../../errors.ts';
import { counted } from '../../limits.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { openImageArchive, type ImageArchive } from '../archive/read.ts';
import { encodeTable, type EncodedTable } from '../encodeTable.ts';
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

/** How the base grew, and which bits joined it when. */
export interface WalkSearch extends SearchSteps {
  /** Per position the number of added bits with which it is in the base: 0 of a constant bit, NEVER where it was not tried. */
  addedAt: Int32Array;
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
    search: {
      ...searchSteps(bases.trace, { records, recordBits }, { objective, tau }),
      addedAt: additionsOf(bases),
    },
    fileBytes: made.image.bytes,
  };
}

function additionsOf({ inBase, trace }: BasePlan): Int32Array {
  // What is in the base and was not added is constant.
  const addedAt = Int32Array.from(inBase, (flag) => (flag === 1 ? 0 : NEVER));
  trace.added.forEach((position, k) => (addedAt[position] = k + 1));
  return addedAt;
}

/**
 * Takes one picture apart, and reads it back.
 *
 * @param index its number among those of the class; null for the first one of the base that most pictures share
 * @throws RECORD_OUT_OF_RANGE, CANCELLED
 */
export async function takeApart(
  walked: WalkedClass,
  index: number | null,
  pulse: Pulse = SILENT_PULSE,
): Promise<TakenApart> {
  const { shape, archive } = walked;
  const bytes = pictureBytes(shape);
  const own = index ?? (await archive.mostShared(pulse));
  const { pixels: decoded, base } = await archive.inspect(own);
  if (base === null) throw new LabError('INTERNAL', 'The codec that is shown has no bases.');
  const pixels = walked.pixels.slice(own * bytes, (own + 1) * bytes);
  const errors = noErrors();
  measureError(pixels, decoded, errors);
  const { count, records } = await archive.sharing(own, SHOWN - 1, pulse);
  return {
    index: own,
    ...{ pixels, decoded },
    fidelity: fidelityOf(errors),
    codes: codesOf(walked, pixels),
    base: { ...base, sharedBy: count, sharing: Uint32Array.of(own, ...records) },
  };
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
