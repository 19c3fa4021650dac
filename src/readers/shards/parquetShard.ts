/** One Parquet file with pictures: its columns, its labels, and the bytes of its pictures row group by row group. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { Column } from '../../core/table/table.ts';
import type { ImageFile } from '../imageReading.ts';
import { cleanName, type Label } from '../labels/labels.ts';
import { openParquet, type ParquetFile } from '../parquet/file.ts';
import { tableFileOf } from '../source.ts';
import { pictureColumns, type PictureColumns } from './features.ts';

/** Most rows of all shards together: each is a picture, and a million of them are more than fit as pixels. */
export const MAX_ROWS = 1_000_000;

export interface ParquetShard {
  path: string;
  parquet: ParquetFile;
  columns: PictureColumns;
  rows: number;
}

/** What is done with a row's picture, or with what is wrong with it. */
export type TakePicture = (row: number, content: Uint8Array | LabError) => void | Promise<void>;

/**
 * Whether a Parquet file has a column of pictures; a damaged one has none.
 *
 * @throws what slicing throws
 */
export async function holdsPictures(file: ImageFile): Promise<boolean> {
  try {
    const { columns, metadata } = await openParquet(tableFileOf(file));
    return pictureColumns(columns, metadata.key_value_metadata) !== null;
  } catch (thrown) {
    if (thrown instanceof LabError) return false;
    throw thrown;
  }
}

/** @throws LabError IMAGES_NONE where it has no column of pictures, IMAGES_TOO_LARGE, PARQUET_DAMAGED, PARQUET_TOO_LARGE */
export async function openParquetShard(file: ImageFile): Promise<ParquetShard> {
  const parquet = await openParquet(tableFileOf(file));
  const columns = pictureColumns(parquet.columns, parquet.metadata.key_value_metadata);
  if (columns === null) throw new LabError('IMAGES_NONE', `${parquet.name} has no column of pictures.`);
  const rows = parquet.checkRows();
  if (rows > MAX_ROWS)
    throw new LabError('IMAGES_TOO_LARGE', `${parquet.name} has ${rows} rows; the limit is ${MAX_ROWS}.`);
  return { path: file.path, parquet, columns, rows };
}

/** Cells of a column as labels: null where one is missing, or is no whole number and no text. */
function labelsOf(column: Column): (Label | null)[] {
  const isMissing = (row: number): boolean => column.missing?.[row] === 1;
  if (column.kind === 'text')
    return Array.from(column.codes, (code, row) => (isMissing(row) ? null : column.dictionary[code]));
  return Array.from(column.values, (value, row) =>
    isMissing(row) || !Number.isSafeInteger(value) ? null : value,
  );
}

/**
 * Reads a column of labels or parts.
 *
 * @returns one per row; null where its cells are neither numbers nor text
 * @throws LabError COLUMN_UNKNOWN, those of Parquet
 */
export async function readLabels(
  { parquet, columns }: ParquetShard,
  name: string,
  pulse: Pulse,
): Promise<(Label | null)[] | null> {
  const found = columns.others.find((column) => column.name === name);
  if (found === undefined)
    throw new LabError('COLUMN_UNKNOWN', `${parquet.name} has no column "${cleanName(name)}".`);
  const read = await parquet.column(cleanName(name), found.leaf, false, pulse);
  return read === null ? null : labelsOf(read.column);
}

/** The names of the pictures' files by row, where there is such a column; null where there is no name. */
export async function readPaths({ parquet, columns }: ParquetShard): Promise<(string | null)[] | null> {
  const { name, path } = columns.image;
  if (path === null) return null;
  const decoder = new TextDecoder();
  const paths: (string | null)[] = [];
  for (let group = 0; group < parquet.metadata.row_groups.length; group++)
    await parquet.eachBytes(`${cleanName(name)}.path`, path, group, (_, bytes) => {
      paths.push(bytes === null ? null : decoder.decode(bytes));
    });
  return paths;
}

/**
 * Gives the pictures of some rows, row group by row group: of the file no more is in memory than one of these.
 *
 * @param isWanted whether the picture of a row is
 * @throws LabError PARQUET_DAMAGED, PARQUET_UNSUPPORTED, PARQUET_TOO_LARGE, and what `take` throws
 */
export async function readPictures(
  { parquet, columns }: ParquetShard,
  isWanted: (row: number) => boolean,
  take: TakePicture,
): Promise<void> {
  const { name, bytes: leaf } = columns.image;
  let first = 0;
  for (const [group, { num_rows }] of parquet.metadata.row_groups.entries()) {
    const rows = Number(num_rows);
    let isAnyWanted = false;
    for (let row = first; row < first + rows && !isAnyWanted; row++) isAnyWanted = isWanted(row);
    const from = first;
    first += rows;
    if (!isAnyWanted) continue;
    await parquet.eachBytes(cleanName(name), leaf, group, (place, bytes) => {
      const row = from + place;
      if (!isWanted(row)) return;
      return take(row, bytes ?? new LabError('PICTURE_DAMAGED', 'The row holds no picture.'));
    });
  }
}
