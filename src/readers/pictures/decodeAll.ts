/** Decodes pictures into one array, each to its place: PNGs one by one, other kinds several at a time. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import type { Picture, PictureDecoder, SizeRule } from '../imageReading.ts';
import { decodeByOthers } from './decodePicture.ts';
import type { PictureFiles } from './files.ts';
import { fitPicture } from './fitPicture.ts';
import type { SeenPicture } from './look.ts';
import { decodePng, lookAtSamples } from './png.ts';
import type { MendedList } from './mended.ts';
import type { SixteenBits } from './sixteenBits.ts';
import type { SkipList } from './skipList.ts';

/** Pictures that the surroundings decode at the same time, and the most pixels of them together. */
const AT_ONCE = 8;
const PIXELS_AT_ONCE = 32 * 1024 * 1024;

export interface Decoded {
  /** Records in the order of `pictures`; places of those that failed hold zeros. */
  pixels: Uint8Array;
  /** 1 where a picture could be decoded. */
  isThere: Uint8Array;
  /** Pictures that were laid on white. */
  flattened: number;
}

type TakeContent = (record: number, content: Uint8Array | LabError) => void | Promise<void>;

/** Gives the files of pictures, those first that were kept from the first look. */
async function readContents(
  files: PictureFiles,
  pictures: readonly SeenPicture[],
  take: TakeContent,
): Promise<void> {
  const unread = new Map<number, number>();
  for (let record = 0; record < pictures.length; record++) {
    const { content, file } = pictures[record];
    if (content === null) {
      unread.set(file, record);
      continue;
    }
    const waiting = take(record, content);
    if (waiting !== undefined) await waiting;
  }
  if (unread.size > 0)
    await files.read([...unread.keys()], (file, content) => take(unread.get(file)!, content));
}

/** Finds the range of all samples of 16 bits. What is damaged is named when it is decoded. */
async function lookAtDepth(
  files: PictureFiles,
  pictures: readonly SeenPicture[],
  sixteenBits: SixteenBits,
  pulse: Pulse,
): Promise<void> {
  const deep = pictures.filter(({ header }) => header.kind === 'png' && header.bits === 16);
  let done = 0;
  await readContents(files, deep, (_, content) => {
    done++;
    try {
      if (!(content instanceof LabError)) lookAtSamples(content, sixteenBits);
    } catch (thrown) {
      if (!(thrown instanceof LabError)) throw thrown;
    }
    if (pulse.due())
      return pulse.beat({ phase: 'Measuring 16 bits', done, total: deep.length, unit: 'pictures' });
  });
}

interface DecodeAllContext {
  decode: PictureDecoder;
  skips: SkipList;
  mended: MendedList;
  sixteenBits: SixteenBits;
  /** Pictures there are, those that were skipped before among them. */
  total: number;
  pulse: Pulse;
}

/**
 * Decodes pictures; what is damaged is skipped.
 *
 * @throws LabError with the code of most of the failures where more than half of `total` pictures have failed
 */
export async function decodeAll(
  files: PictureFiles,
  pictures: readonly SeenPicture[],
  { shape, rule }: { shape: ImageShape; rule: SizeRule },
  { decode, skips, mended, sixteenBits, total, pulse }: DecodeAllContext,
): Promise<Decoded> {
  if (sixteenBits.wantsLook) await lookAtDepth(files, pictures, sixteenBits, pulse);
  const size = pictureBytes(shape);
  const pixels = new Uint8Array(pictures.length * size);
  const isThere = new Uint8Array(pictures.length);
  let flattened = 0;
  let done = 0;

  const place = (record: number, picture: Picture): void => {
    const { width, height } = picture;
    if (rule === 'only' && (width !== shape.width || height !== shape.height))
      throw new LabError(
        'PICTURE_DAMAGED',
        `It decodes to ${width} × ${height} pixels, not what its header says.`,
      );
    if (fitPicture(picture, shape, rule, pixels, record * size).isFlattened) flattened++;
    isThere[record] = 1;
    done++;
  };
  const fail = (record: number, thrown: unknown): void => {
    done++;
    skips.addError(files.files[pictures[record].file].path, thrown);
    skips.check(total);
  };
  const beat = (): void | Promise<void> =>
    pulse.due()
      ? pulse.beat({ phase: 'Decoding pictures', done, total: pictures.length, unit: 'pictures' })
      : undefined;

  // Work in the background rejects never: what should end everything is kept here until somebody waits.
  const endings: unknown[] = [];
  const pending = new Set<Promise<void>>();
  let pendingPixels = 0;
  const start = (record: number, content: Uint8Array): void => {
    const { header } = pictures[record];
    const own = header.width * header.height;
    pendingPixels += own;
    const work = decodeByOthers(content, header, decode)
      .then((picture) => place(record, picture))
      .catch((thrown: unknown) => fail(record, thrown))
      .catch((thrown: unknown) => {
        endings.push(thrown);
      })
      .finally(() => {
        pendingPixels -= own;
        pending.delete(work);
      });
    pending.add(work);
  };
  const waitWhile = async (isFull: () => boolean): Promise<void> => {
    while (pending.size > 0 && isFull()) await Promise.race(pending);
    if (endings.length > 0) throw endings[0];
  };
  const waitForRoom = async (): Promise<void> => {
    await waitWhile(() => pending.size >= AT_ONCE || pendingPixels > PIXELS_AT_ONCE);
    await beat();
  };

  const take: TakeContent = (record, content) => {
    if (content instanceof LabError) fail(record, content);
    else if (pictures[record].header.kind !== 'png') {
      start(record, content);
      return waitForRoom();
    } else {
      try {
        const tellMended = (what: string): void => mended.add(files.files[pictures[record].file].path, what);
        place(record, decodePng(content, { sixteenBits, tellMended }));
      } catch (thrown) {
        fail(record, thrown);
      }
    }
    return beat();
  };

  try {
    await readContents(files, pictures, take);
    await waitWhile(() => true);
  } finally {
    // A failure elsewhere leaves none of these running into an array that nobody wants.
    await Promise.allSettled(pending);
  }
  return { pixels, isThere, flattened };
}
