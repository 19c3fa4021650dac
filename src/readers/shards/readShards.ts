/**
 * Pictures in Parquet files, as dataset hubs hand them out: shards of the same columns, which are parts by their names
 * or by a column. Of the files no more than a row group is in memory.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ImageFile, ImageReading, PictureDecoder, ReadImages, ReadNotice } from '../imageReading.ts';
import { classesOf, cleanName, withNumbers, type Classes, type Label } from '../labels/labels.ts';
import { compareNatural } from '../labels/naturalOrder.ts';
import { isPartColumn, nameFacts, PARTS, type Part } from '../labels/pairing.ts';
import { filesOfFolder, joinFiles, type PictureFiles } from '../pictures/files.ts';
import { classNamesOf } from '../pictures/labelFiles.ts';
import { decodeLabelled } from '../pictures/labelled.ts';
import { labelPictures, sayLeftOut, validationPart, type Labelled } from '../pictures/labelPictures.ts';
import { listed, placesOf } from '../pictures/places.ts';
import { SkipList } from '../pictures/skipList.ts';
import { cleanPath } from '../zip/names.ts';
import {
  MAX_ROWS,
  openParquetShard,
  readLabels,
  readPaths,
  readPictures,
  type ParquetShard,
} from './parquetShard.ts';
import { noLabels, shardLabels, type ShardLabels } from './shardLabels.ts';
import { missingShards } from './shardNames.ts';

/** In which way two shards are of different data sets; null where they are not. */
function difference(a: ParquetShard, b: ParquetShard): string | null {
  const [one, other] = [a.columns, b.columns];
  if (one.image.name !== other.image.name)
    return `the pictures are in "${cleanName(one.image.name)}" in the one, in "${cleanName(other.image.name)}" in the other`;
  for (const [from, to, which] of [
    [one, other, 'first'],
    [other, one, 'second'],
  ] as const) {
    const lost = from.others.find(({ name }) => !to.others.some((column) => column.name === name));
    if (lost !== undefined) return `only the ${which} has a column "${cleanName(lost.name)}"`;
  }
  for (const { name, names, leaf } of one.others) {
    const { names: otherNames, leaf: otherLeaf } = other.others.find((column) => column.name === name)!;
    const [mine, theirs] = [names ?? [], otherNames ?? []];
    const k = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, c) => c).find(
      (c) => mine[c] !== theirs[c],
    );
    if (mine.length !== theirs.length)
      return `"${cleanName(name)}" has names for ${mine.length} classes in the one, for ${theirs.length} in the other`;
    if (k !== undefined)
      return `class ${k} of "${cleanName(name)}" is "${mine[k]}" in the one, "${theirs[k]}" in the other`;
    const isText = ({ node }: typeof leaf): boolean => node.element.type === 'BYTE_ARRAY';
    if (isText(leaf) !== isText(otherLeaf))
      return `"${cleanName(name)}" holds text in the one, numbers in the other`;
  }
  return null;
}

/** @throws LabError SHARDS_DIFFER, IMAGES_TOO_LARGE, those of Parquet */
async function openAll(files: readonly ImageFile[]): Promise<ParquetShard[]> {
  const shards: ParquetShard[] = [];
  for (const file of files) shards.push(await openParquetShard(file));
  shards.sort((a, b) => compareNatural(a.path, b.path));
  for (const shard of shards) {
    const what = difference(shards[0], shard);
    if (what !== null)
      throw new LabError(
        'SHARDS_DIFFER',
        `${cleanName(shards[0].path)} and ${cleanName(shard.path)} are not of one data set: ${what}.`,
      );
  }
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  if (rows > MAX_ROWS)
    throw new LabError('IMAGES_TOO_LARGE', `The files have ${rows} rows together; the limit is ${MAX_ROWS}.`);
  return shards;
}

/** The part of every row, of all shards one after the other: by a column that says it, else by the names of the files. */
async function partsOfRows(
  shards: readonly ParquetShard[],
  pulse: Pulse,
): Promise<{ parts: (Part | null)[]; column: string | null }> {
  const column = shards[0].columns.others.find(({ name }) => isPartColumn(name))?.name;
  if (column !== undefined) {
    const parts: (Part | null)[] = [];
    let isAbout = true;
    for (const shard of shards) {
      const words = await readLabels(shard, column, pulse);
      for (const word of words ?? [null]) {
        const part = PARTS.get(String(word).toLowerCase()) ?? null;
        isAbout &&= part !== null;
        parts.push(part);
      }
    }
    if (isAbout) return { parts, column };
  }
  const parts = shards.flatMap(({ path, rows }) => new Array<Part | null>(rows).fill(nameFacts(path).part));
  return { parts, column: null };
}

/** The pictures of all shards by the numbers of their rows. */
function filesOfShards(
  shards: readonly ParquetShard[],
  pathOf: (shard: number, row: number) => string,
): PictureFiles {
  const files: PictureFiles['files'][number][] = [];
  const starts: number[] = [];
  for (const [s, { rows }] of shards.entries()) {
    starts.push(files.length);
    for (let row = 0; row < rows; row++) files.push({ path: pathOf(s, row), bytes: 0 });
  }
  return {
    format: 'parquet',
    files,
    folders: [],
    skipped: [],
    notices: [],
    read: async (numbers, take) => {
      const wanted = new Uint8Array(files.length);
      for (const number of numbers) wanted[number] = 1;
      for (const [s, shard] of shards.entries()) {
        const start = starts[s];
        await readPictures(
          shard,
          (row) => wanted[start + row] === 1,
          (row, content) => take(start + row, content),
        );
      }
    },
    file: () => {
      throw new LabError('INTERNAL', 'A picture in a table is no file.');
    },
  };
}

/** What is said of the shards before any picture is read. */
function noticesOn(shards: readonly ParquetShard[], parts: readonly (Part | null)[]): ReadNotice[] {
  const notices: ReadNotice[] = [];
  const lost = missingShards(shards.map(({ path }) => path));
  if (lost.length > 0)
    notices.push({ code: 'shards-missing', text: `By their names, ${lost.join(', ')} are missing.` });
  const { image, otherImages } = shards[0].columns;
  if (otherImages.length > 0)
    notices.push({
      code: 'picture-columns',
      text: `The pictures are those in "${cleanName(image.name)}"; there are others in ${listed(otherImages.map(cleanName))}.`,
    });
  if (parts.includes(null) && parts.some((part) => part !== null)) {
    const unnamed = shards.filter(({ path }) => nameFacts(path).part === null).map(({ path }) => path);
    notices.push({
      code: 'part-unknown',
      text: `${listed(unnamed, 3)} ${unnamed.length === 1 ? 'is' : 'are'} called neither train nor test; their pictures are for training.`,
    });
  }
  return notices;
}

/** Rows with a label and a part each; the others are left out, and said. */
function labelRows(
  files: PictureFiles,
  { labels, column }: ShardLabels,
  parts: readonly (Part | null)[],
  notices: ReadNotice[],
): Labelled {
  const validation = validationPart(parts, notices);
  const labelled: Labelled = { numbers: [], labels: [], parts: [] };
  const empty: string[] = [];
  labels.flat().forEach((label, number) => {
    if (label === null || label === '') {
      empty.push(files.files[number].path);
      return;
    }
    const part = parts[number] ?? 'train';
    labelled.numbers.push(number);
    labelled.labels.push(label);
    labelled.parts.push(part === 'validation' ? validation : part);
  });
  if (labelled.numbers.length === 0)
    throw new LabError(
      'IMAGES_LABELS_MISSING',
      `None of the ${files.files.length} pictures has a label in "${cleanName(column)}".`,
    );
  sayLeftOut(empty, 'labels-empty', 'no label', notices);
  return labelled;
}

/** Labels of pictures without a column of classes: by the folders in their names, or by files of labels beside them. */
async function labelByNames(
  shards: readonly ParquetShard[],
  parts: readonly (Part | null)[],
  texts: readonly ImageFile[],
  reading: ImageReading,
  notices: ReadNotice[],
): Promise<{ files: PictureFiles; labelled: Labelled }> {
  const paths: (string | null)[][] = [];
  for (const shard of shards) paths.push((await readPaths(shard)) ?? []);
  const areInFolders = paths.some((some) => some.some((path) => path !== null && /[\\/]/.test(path)));
  if (texts.length === 0 && !areInFolders) throw noLabels(shards);
  let number = 0;
  const rows = filesOfShards(shards, (s, row) => {
    const part = parts[number++];
    const own = cleanPath(paths[s][row] ?? '');
    const name = own === '' ? `${s + 1}-${row + 1}.png` : own;
    return part === null ? name : `${part}/${name}`;
  });
  const beside = filesOfFolder(texts);
  const joined = joinFiles([
    { folder: '', files: rows },
    { folder: '', files: beside },
  ]);
  const files: PictureFiles = { ...joined, format: 'parquet' };
  const numbers = rows.files.map((_, k) => k);
  const places = placesOf(rows.files.map(({ path }) => path));
  return { files, labelled: await labelPictures(files, numbers, places, reading, notices) };
}

/**
 * Reads the pictures of Parquet files.
 *
 * @param texts files beside them that may hold labels or names of classes
 * @throws LabError SHARDS_DIFFER, IMAGES_LABELS_MISSING, IMAGES_LABELS_MISMATCH, COLUMN_UNKNOWN, IMAGES_TOO_LARGE,
 *   PARQUET_DAMAGED, PARQUET_UNSUPPORTED, PARQUET_TOO_LARGE, and those of `decodeLabelled`
 */
export async function readShards(
  given: readonly ImageFile[],
  texts: readonly ImageFile[],
  reading: ImageReading,
  decode: PictureDecoder,
  pulse: Pulse,
): Promise<ReadImages> {
  const shards = await openAll(given);
  const { parts, column: partColumn } = await partsOfRows(shards, pulse);
  const notices = noticesOn(shards, partColumn === null ? parts : []);
  const isByFile = reading.labels !== undefined || reading.classesFrom !== undefined;
  const told = isByFile ? null : await shardLabels(shards, partColumn, reading.labelColumn, pulse);
  const namesBeside = await classNamesOf(filesOfFolder(texts), reading);
  let files: PictureFiles;
  let labelled: Labelled;
  let classify: (labels: readonly Label[]) => Classes;
  if (told === null) {
    ({ files, labelled } = await labelByNames(shards, parts, texts, reading, notices));
    classify = (labels) => classesOf(namesBeside === null ? labels : withNumbers(labels), namesBeside);
  } else {
    notices.push(...told.notices);
    files = filesOfShards(shards, (s, row) => `${shards[s].path}, row ${row + 1}`);
    labelled = labelRows(files, told, parts, notices);
    const names = told.names ?? namesBeside;
    classify = (labels) =>
      classesOf(told.names === null && names !== null ? withNumbers(labels) : labels, names);
  }
  const pictures = {
    files,
    labelled,
    classify,
    order: 'given' as const,
    empty: [],
    skips: new SkipList(),
    notices,
  };
  return decodeLabelled(pictures, reading, decode, pulse);
}
