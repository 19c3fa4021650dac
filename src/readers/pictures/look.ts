/** The first look at pictures: kind and size of every one from its first bytes; nothing is decoded yet. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { shortPath } from '../zip/names.ts';
import { checkPixels } from './decodePicture.ts';
import type { PictureFiles } from './files.ts';
import { fullHeader, HEADER_BYTES, type FullHeader } from './header.ts';
import type { SkipList } from './skipList.ts';

/** Bytes of pictures that are kept in memory from the first look, so that they need not be read again. */
const KEPT_BYTES = 192 * 1024 * 1024;

/** Most bytes of one picture's file. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** A picture that will be decoded: its file by number, and what its header says. */
export interface SeenPicture {
  file: number;
  header: FullHeader;
  /** The whole file, where it was small enough to be kept. */
  content: Uint8Array | null;
}

function headerOf(content: Uint8Array): FullHeader {
  const header = fullHeader(content);
  if (header === null)
    throw new LabError(
      'PICTURE_UNSUPPORTED',
      'The file has no header of a PNG, JPEG, WebP, GIF or BMP, or a damaged one.',
    );
  checkPixels(header);
  return header;
}

/** Looks at the files given by number. What is no picture, or too large a one, is skipped. */
export async function lookAtPictures(
  files: PictureFiles,
  numbers: readonly number[],
  skips: SkipList,
  pulse: Pulse,
): Promise<SeenPicture[]> {
  const seen: SeenPicture[] = [];
  const again: number[] = [];
  let kept = 0;
  let done = 0;
  const beat = (): void | Promise<void> =>
    pulse.due()
      ? pulse.beat({ phase: 'Looking at pictures', done, total: numbers.length, unit: 'pictures' })
      : undefined;

  const small = numbers.filter((number) => {
    const { path, bytes } = files.files[number];
    if (bytes <= MAX_FILE_BYTES) return true;
    const what = `${shortPath(path)} has ${bytes} bytes; the limit of a picture is ${MAX_FILE_BYTES}.`;
    skips.add(path, 'PICTURE_TOO_LARGE', what);
    return false;
  });

  const take = (number: number, content: Uint8Array | LabError): void | Promise<void> => {
    const { path, bytes } = files.files[number];
    done++;
    if (content instanceof LabError) {
      skips.add(path, content.code, content.message);
      return beat();
    }
    const isWhole = content.length >= bytes;
    // A JPEG may carry more notes in front of its header than were read.
    if (!isWhole && fullHeader(content) === null && content[0] === 0xff && content[1] === 0xd8) {
      again.push(number);
      return;
    }
    try {
      const header = headerOf(content);
      const isKept = isWhole && kept + content.length <= KEPT_BYTES;
      if (isKept) kept += content.length;
      seen.push({ file: number, header, content: isKept ? content.slice() : null });
    } catch (thrown) {
      skips.addError(path, thrown);
    }
    return beat();
  };
  await files.read(small, take, HEADER_BYTES);
  if (again.length > 0) {
    done -= again.length;
    await files.read(again, take);
  }
  return seen;
}
