/**
 * A pile is what one file holds: pictures of one size, one after the other, each with its label. Piles of any format
 * become one set of pictures here.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import type { ImageFormat, ImageReading, ReadImages, ReadNotice, SkippedPicture } from '../imageReading.ts';
import { classesOf, cleanName, type Classes, type Label } from '../labels/labels.ts';
import { fitPicture } from '../pictures/fitPicture.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { planShapes, type ShapePlan } from './shapePlan.ts';
import { StreamReader, type Source } from '../source.ts';

/** Bytes of pictures that are read between two questions to the pulse. */
const STEP_BYTES = 1 << 20;

/** Pictures in reading: whole ones in their order. */
export interface PileReader {
  /** Reads the next pictures. @throws LabError of the format where there are not as many */
  read(target: Uint8Array, records: number): Promise<void>;
  /** Checks that nothing follows the last one. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** A file of pictures whose labels are elsewhere. */
export interface PixelFile {
  path: string;
  shape: ImageShape;
  records: number;
  open(): Promise<PileReader>;
  /** All pictures where they are in memory already. */
  pixels?: Uint8Array;
}

export interface Pile extends PixelFile {
  part: 'train' | 'test' | null;
  /** One per picture; known when all pictures have been read. */
  labels: ArrayLike<Label>;
}

/** Everything besides the piles that the set is made of. */
interface PileStory {
  format: ImageFormat;
  /** Names of the classes by number. */
  names: readonly string[] | null;
  /** Names that are taken where none were given and all labels are among them. */
  usualNames?: readonly string[];
  notices: ReadNotice[];
}

/** Reads the bytes of a file behind its header, to the last one. */
export async function readWhole(
  source: Source,
  from: number,
  bytes: number,
  damaged: (what: string) => LabError,
): Promise<Uint8Array<ArrayBuffer>> {
  const data = new Uint8Array(bytes);
  const reader = await StreamReader.open(source.stream);
  try {
    const length = (await reader.skip(from)) === from ? await reader.read(data) : 0;
    if (length < bytes) throw damaged(`ends after ${length} of the ${bytes} bytes of its values`);
    if (!(await reader.atEnd())) throw damaged(`goes on behind the ${bytes} bytes of its values`);
    return data;
  } finally {
    await reader.close();
  }
}

/** Pictures that are in memory already. */
export function memoryPile(path: string, shape: ImageShape, records: number, pixels: Uint8Array): PixelFile {
  const size = pictureBytes(shape);
  let at = 0;
  const reader: PileReader = {
    read: (target, count) => {
      target.set(pixels.subarray(at, (at += count * size)));
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return { path, shape, records, pixels, open: () => Promise.resolve(reader) };
}

/** A pile whose pictures stand one after the other behind a header. */
export function contiguousPile(
  source: Source,
  from: number,
  shape: ImageShape,
  records: number,
  damaged: (what: string) => LabError,
): PixelFile {
  const size = pictureBytes(shape);
  const open = async (): Promise<PileReader> => {
    const reader = await StreamReader.open(source.stream);
    await reader.skip(from);
    let done = 0;
    return {
      read: async (target, count) => {
        const length = await reader.read(target.subarray(0, count * size));
        done += Math.floor(length / size);
        if (length < count * size) throw damaged(`ends after ${done} of its ${records} pictures`);
      },
      end: async () => {
        if (!(await reader.atEnd())) throw damaged(`goes on behind its ${records} pictures`);
      },
      close: () => reader.close(),
    };
  };
  return { path: source.path, shape, records, open };
}

/** Labels of all piles in one list; where some are numbers and some are texts, all become texts. */
function joinLabels(piles: readonly Pile[]): ArrayLike<Label> {
  if (piles.length === 1) return piles[0].labels;
  const all: Label[] = [];
  for (const { labels } of piles) for (let i = 0; i < labels.length; i++) all.push(labels[i]);
  return all;
}

function classesOfPiles(piles: readonly Pile[], { names, usualNames }: PileStory): Classes {
  const labels = joinLabels(piles);
  if (names !== null || usualNames === undefined) return classesOf(labels, names);
  const classes = classesOf(labels);
  const known = classes.classNames.map((number) => usualNames[Number(number)] as string | undefined);
  const areKnown = known.every((name) => name !== undefined);
  return areKnown ? { ...classes, classNames: known } : classes;
}

/** The order of the set: test pictures last, else by the names of the files. */
function inOrder(piles: readonly Pile[]): Pile[] {
  const late = (pile: Pile): number => Number(pile.part === 'test');
  return [...piles].sort((a, b) => late(a) - late(b) || compareNatural(a.path, b.path));
}

function isSize(a: ImageShape, b: ImageShape): boolean {
  return a.width === b.width && a.height === b.height;
}

function isAsIs(a: ImageShape, b: ImageShape): boolean {
  return isSize(a, b) && a.channels === b.channels;
}

function countOf(piles: readonly Pile[]): number {
  return piles.reduce((sum, { records }) => sum + records, 0);
}

function sayDropped({ path, shape, records }: Pile): SkippedPicture {
  const what = `${records} pictures of ${shape.width} × ${shape.height} pixels: another size than the others.`;
  return { path: cleanName(path), code: 'sizes-mixed', what };
}

function numbersFrom(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i);
}

/**
 * Reads piles into one set.
 *
 * @throws LabError IMAGES_NONE, IMAGES_TOO_LARGE, IMAGES_TOO_MANY_CLASSES, IMAGES_LABELS_MISMATCH, those of the format
 */
export async function assemble(
  piles: readonly Pile[],
  story: PileStory,
  reading: ImageReading,
  pulse: Pulse,
): Promise<ReadImages> {
  const plan = planShapes(piles, reading);
  const { shape, rule } = plan;
  const isKept = (pile: Pile): boolean => rule !== 'only' || isSize(pile.shape, shape);
  const kept = inOrder(piles.filter(isKept));
  const dropped = piles.filter((pile) => !isKept(pile));
  const records = countOf(kept);
  const size = pictureBytes(shape);
  if (records === 0)
    throw new LabError('IMAGES_NONE', `No picture has ${shape.width} × ${shape.height} pixels.`);

  const first = kept[0];
  const isReady = kept.length === 1 && first.pixels !== undefined && isAsIs(first.shape, shape);
  const pixels = isReady ? first.pixels! : new Uint8Array(records * size);
  let at = 0;
  let firstTest = 0;
  for (const pile of kept) {
    if (!isReady) await readPile(pile, pixels.subarray(at * size), plan, { done: at, records, pulse });
    at += pile.records;
    if (pile.part !== 'test') firstTest = at;
  }
  const { classNames, labels, notices } = classesOfPiles(kept, story);
  const isGiven = reading.split !== 'made' && firstTest > 0 && firstTest < records;
  return {
    set: {
      shape,
      records,
      pixels,
      labels,
      classNames,
      givenTest: isGiven ? numbersFrom(firstTest, records) : null,
    },
    format: story.format,
    sizeCount: plan.sizeCount,
    sizes: plan.sizes,
    rule,
    depth: null,
    skippedCount: countOf(dropped),
    skipped: dropped.slice(0, 100).map(sayDropped),
    notices: [...story.notices, ...plan.notices, ...notices],
  };
}

/** Reads one pile to its place, step by step, fitting pictures that are not yet as the set has them. */
async function readPile(
  pile: Pile,
  target: Uint8Array,
  { shape, rule }: ShapePlan,
  progress: { done: number; records: number; pulse: Pulse },
): Promise<void> {
  const from = pictureBytes(pile.shape);
  const to = pictureBytes(shape);
  const { width, height, channels } = pile.shape;
  const step = Math.max(1, Math.floor(STEP_BYTES / from));
  const buffer = isAsIs(pile.shape, shape) ? null : new Uint8Array(step * from);
  const { done, records, pulse } = progress;
  const reader = await pile.open();
  try {
    for (let i = 0; i < pile.records; i += step) {
      const count = Math.min(step, pile.records - i);
      await reader.read(buffer ?? target.subarray(i * to, (i + count) * to), count);
      for (let k = 0; buffer !== null && k < count; k++) {
        const data = buffer.subarray(k * from, (k + 1) * from);
        fitPicture({ width, height, channels, data }, shape, rule, target, (i + k) * to);
        if (pulse.due()) await beat(done + i + k, records, pulse);
      }
      if (pulse.due()) await beat(done + i, records, pulse);
    }
    await reader.end();
  } finally {
    await reader.close();
  }
}

function beat(done: number, total: number, pulse: Pulse): Promise<void> {
  return pulse.beat({ phase: 'Reading pictures', done, total, unit: 'pictures' });
}
