/** Files of labels and of names: tables, one label a line, JSON. */
import { LabError } from '../../core/errors.ts';
import { isMissing } from '../csv/cells.ts';
import type { ImageFile, ReadNotice } from '../imageReading.ts';
import {
  readText,
  splitLines,
  splitSpaces,
  splitTable,
  tableOfRecords,
  type CellTable,
} from './cellTable.ts';
import { findLabelColumns, flagOf, isLabelHeader, type LabelColumns } from './labelColumns.ts';
import { cleanName, type Label } from './labels.ts';
import type { PictureNames } from './pictureNames.ts';

/** Labels of a pile of pictures, in the order of the file. */
export interface LabelFile {
  path: string;
  /** Empty texts where there is none. */
  labels: Label[];
  /** The picture of each label, where the file says it; else they are in the order of the pictures. */
  pictures: string[] | null;
  /** Whether it is sure where the labels stand. */
  isCertain: boolean;
  notices: ReadNotice[];
}

/** Names of columns that a notice has. */
const MOST_NAMES = 5;

function unreadable(path: string, what: string): LabError {
  return new LabError('IMAGES_LABELS_MISSING', `${cleanName(path)} holds no labels: ${what}.`);
}

/** Whole numbers where all are, so that 10 comes behind 9; else texts. "007" stays a text: it may not be 7. */
export function numbersOrWords(texts: readonly string[]): Label[] {
  const areNumbers = texts.every((text) => text === '' || /^(?:0|-?[1-9]\d{0,8})$/.test(text));
  return areNumbers ? texts.map((text) => (text === '' ? '' : Number(text))) : [...texts];
}

function labelOf(value: unknown): Label | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of JSON, or its values where each line is one. */
function parseJson(path: string, bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    try {
      if (lines.length > 1) return lines.map((line): unknown => JSON.parse(line));
    } catch {
      // Nor is any line.
    }
    throw unreadable(path, 'it is no JSON');
  }
}

/** A list of labels, each perhaps in brackets of its own, or an object from pictures to labels. */
function labelsOfValues(path: string, json: unknown): LabelFile {
  if (typeof json !== 'object' || json === null) throw unreadable(path, 'it is neither a list nor an object');
  const list: unknown[] | null = Array.isArray(json) ? json : null;
  const values: unknown[] = list ?? Object.values(json);
  const labels: Label[] = [];
  for (const value of values) {
    const label = labelOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
    if (label === null)
      throw unreadable(path, `value ${labels.length + 1} is neither text nor a whole number`);
    labels.push(label);
  }
  const isMixed = labels.some((label) => typeof label === 'string');
  return {
    path,
    labels: isMixed ? numbersOrWords(labels.map(String)) : labels,
    pictures: list === null ? Object.keys(json) : null,
    isCertain: true,
    notices: [],
  };
}

/** The label that a row says: its cell, or the name of the column that is set. */
function labelIn(table: CellTable, row: number, columns: readonly number[]): string {
  if (columns.length === 1) return table.cell(row, columns[0]);
  const set = columns.find((column) => flagOf(table.cell(row, column)) === 1);
  return set === undefined ? '' : table.cell(0, set);
}

/** What is to be said of columns that were not named as those of labels. */
function noticesOn(path: string, table: CellTable, columns: LabelColumns): ReadNotice[] {
  const names = columns.labels.slice(0, MOST_NAMES).map((column) => `"${cleanName(table.cell(0, column))}"`);
  const more = columns.labels.length - names.length;
  if (columns.labels.length > 1)
    return [
      {
        code: 'labels-one-hot',
        text: `${cleanName(path)} has a column for each class, ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}: a picture’s class is the one that is 1.`,
      },
    ];
  if (columns.isCertain) return [];
  const where = columns.hasHeader ? names[0] : String(columns.labels[0] + 1);
  return [
    {
      code: 'label-column-guessed',
      text: `Classes are taken from column ${where} of ${cleanName(path)}, the only one that looks like them.`,
    },
  ];
}

/** Texts with "nan" and the like empty where all others are numbers: of a column of words it may be a class. */
function withoutMarkers(texts: readonly string[]): readonly string[] {
  const filled = texts.map((text) => (isMissing(text) ? '' : text));
  return filled.every((text) => text === '' || /^-?\d+(?:\.\d*)?$/.test(text)) ? filled : texts;
}

/** Labels of rows, which name their pictures or stand in their order. */
function labelsOfRows(path: string, table: CellTable, columns: LabelColumns): LabelFile {
  const { picture, labels, hasHeader, isCertain } = columns;
  const pictures: string[] = [];
  const texts: string[] = [];
  const last = Math.max(picture ?? 0, ...labels);
  for (let row = hasHeader ? 1 : 0; row < table.rows; row++) {
    const cells = table.cellsIn(row);
    if (cells <= last)
      throw unreadable(
        path,
        `row ${row + 1} has ${cells} ${cells === 1 ? 'cell' : 'cells'}, too few for a picture and its label`,
      );
    if (picture !== null) pictures.push(table.cell(row, picture));
    texts.push(labelIn(table, row, labels));
  }
  if (texts.length === 0) throw unreadable(path, 'it has a header, but no rows');
  return {
    path,
    labels: numbersOrWords(withoutMarkers(texts)),
    pictures: picture === null ? null : pictures,
    isCertain,
    notices: noticesOn(path, table, columns),
  };
}

/** The first cell of a row and all others as one. */
function inTwo(table: CellTable): CellTable {
  return {
    rows: table.rows,
    cellsIn: () => 2,
    cell: (row, column) => {
      if (column === 0) return table.cell(row, 0);
      return Array.from({ length: table.cellsIn(row) - 1 }, (_, c) => table.cell(row, c + 1)).join(' ');
    },
  };
}

/** "1.png cat" a line: the picture and, behind spaces, its label, of several words perhaps; null where it is not so. */
function labelsBehindSpaces(path: string, text: Uint8Array, names: PictureNames | null): LabelFile | null {
  const spaced = splitSpaces(text);
  let isRegular = true;
  for (let row = 0; row < spaced.rows; row++) {
    if (spaced.cellsIn(row) < 2) return null;
    isRegular &&= spaced.cellsIn(row) === spaced.cellsIn(0);
  }
  const table = isRegular ? spaced : inTwo(spaced);
  const columns = findLabelColumns(table, path, names, undefined);
  return typeof columns === 'string' || columns.picture === null ? null : labelsOfRows(path, table, columns);
}

/** A label a line. */
function labelsOfLines(path: string, lines: CellTable): LabelFile {
  if (lines.rows === 0) throw unreadable(path, 'it is empty');
  const texts = Array.from({ length: lines.rows }, (_, row) => lines.cell(row, 0));
  if (texts.length > 1 && isLabelHeader(texts[0])) texts.shift();
  return { path, labels: numbersOrWords(texts), pictures: null, isCertain: true, notices: [] };
}

function labelsOfTable(
  path: string,
  table: CellTable,
  names: PictureNames | null,
  asked: string | undefined,
): LabelFile {
  const columns = findLabelColumns(table, path, names, asked);
  if (typeof columns === 'string') throw unreadable(path, columns);
  return labelsOfRows(path, table, columns);
}

function labelsOfText(
  path: string,
  text: Uint8Array,
  names: PictureNames | null,
  asked: string | undefined,
): LabelFile {
  const table = splitTable(text);
  if (table !== null) return labelsOfTable(path, table, names, asked);
  return labelsBehindSpaces(path, text, names) ?? labelsOfLines(path, splitLines(text));
}

function labelsOfJson(
  path: string,
  text: Uint8Array,
  names: PictureNames | null,
  asked: string | undefined,
): LabelFile {
  const json = parseJson(path, text);
  if (!Array.isArray(json) || json.length === 0 || !json.every(isRecord)) return labelsOfValues(path, json);
  return labelsOfTable(path, tableOfRecords(json), names, asked);
}

function isJson(path: string, text: Uint8Array): boolean {
  return /\.jsonl?$/i.test(path) || /^\s*[[{]/.test(new TextDecoder().decode(text.subarray(0, 1024)));
}

/** What the scanner of tables refuses is no label file either. */
async function refusingAs<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof LabError) || !thrown.code.startsWith('CSV_')) throw thrown;
    throw unreadable(path, thrown.message.replace(/\.$/, ''));
  }
}

/**
 * Reads labels: a table that names the pictures, one label a line, a JSON list, object or list of records.
 *
 * @param names the pictures that there are, where they have names: the column whose cells are these is theirs
 * @param column name of the column of labels that someone has chosen
 * @throws LabError IMAGES_LABELS_MISSING where it holds none, COLUMN_UNKNOWN, GZIP_DAMAGED, FILE_UNREADABLE
 */
export async function readLabelFile(
  file: ImageFile,
  names: PictureNames | null = null,
  column?: string,
): Promise<LabelFile> {
  const { path } = file;
  return refusingAs(path, async () => {
    const { text, isWindows1252 } = await readText(file);
    const read = isJson(path, text)
      ? labelsOfJson(path, text, names, column)
      : labelsOfText(path, text, names, column);
    if (isWindows1252)
      read.notices.push({
        code: 'windows-1252',
        text: `The text of ${cleanName(path)} is not UTF-8; it was read as windows-1252.`,
      });
    return read;
  });
}

/** Names in the order of the numbers beside them; null where these are no numbers, or have gaps. */
function inOrder(numbers: readonly Label[], names: readonly Label[]): string[] | null {
  if (!numbers.every((number) => /^\d{1,5}$/.test(String(number)))) return null;
  const sorted = names
    .map((name, k) => ({ number: Number(numbers[k]), name }))
    .sort((a, b) => a.number - b.number);
  const from = sorted.length > 0 && sorted[0].number === 1 ? 1 : 0;
  return sorted.every(({ number }, k) => number === from + k) ? sorted.map(({ name }) => String(name)) : null;
}

/** Numbers and names in two columns, either first, below a header or not; null where it is another table. */
function namesInColumns(table: CellTable | null): string[] | null {
  if (table === null) return null;
  for (let row = 0; row < table.rows; row++) if (table.cellsIn(row) !== 2) return null;
  for (const from of [0, 1]) {
    const [a, b] = [0, 1].map((column) =>
      Array.from({ length: table.rows - from }, (_, row) => table.cell(row + from, column)),
    );
    const names = a.length === 0 ? null : (inOrder(a, b) ?? inOrder(b, a));
    if (names !== null) return names;
  }
  return null;
}

/** Names of a JSON list, or of an object from number to name or from name to number. */
function namesOfJson(path: string, text: Uint8Array): string[] {
  const { labels, pictures } = labelsOfValues(path, parseJson(path, text));
  if (pictures === null) return labels.map(String);
  const names = inOrder(pictures, labels) ?? inOrder(labels, pictures);
  if (names === null) throw unreadable(path, 'its numbers do not run from 0 without a gap');
  return names;
}

/**
 * Reads names of classes in the order of their numbers: one a line, numbers and names in two columns, a JSON list, or a
 * JSON object from number to name or from name to number.
 *
 * @throws LabError IMAGES_LABELS_MISSING where it holds none, GZIP_DAMAGED, FILE_UNREADABLE
 */
export async function readClassNames(file: ImageFile): Promise<string[]> {
  const { path } = file;
  return refusingAs(path, async () => {
    const { text } = await readText(file);
    if (isJson(path, text)) return namesOfJson(path, text).map(cleanName);
    const named = namesInColumns(splitTable(text));
    if (named !== null) return named.map(cleanName);
    const { labels } = labelsOfLines(path, splitLines(text));
    return labels.map((label) => cleanName(String(label)));
  });
}
