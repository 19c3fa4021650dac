/** Labels as they come in files, and the classes that they make: text with a label a line, JSON, or picture,label. */
import { LabError } from '../../core/errors.ts';
import { MAX_CLASSES } from '../../core/images/imageSet.ts';
import type { ImageFile, ReadNotice } from '../imageReading.ts';
import { compareNatural } from './naturalOrder.ts';

/** A class as a file names it. */
export type Label = number | string;

/** Labels of a pile of pictures, in the order of the file. */
export interface LabelFile {
  path: string;
  labels: Label[];
  /** The picture of each label, where the file says it; else they are in the order of the pictures. */
  pictures: string[] | null;
}

/** Classes in their order, and the class of every picture. */
export interface Classes {
  classNames: string[];
  labels: Uint16Array;
  notices: ReadNotice[];
}

/** Most bytes of a file of labels or names. */
const MAX_LABEL_BYTES = 64 * 1024 * 1024;
/** Most characters of a name. */
const MAX_NAME_LENGTH = 120;
const PICTURE_NAME = /\.(?:png|jpe?g|jfif|webp|gif|bmp)$/i;
const PICTURE_COLUMN =
  /^(?:file|file_?names?|image|image_?(?:id|names?|paths?)|id|names?|paths?|pictures?)$/i;
const LABEL_COLUMN = /^(?:labels?|class|class_?(?:id|names?|labels?)|category|y|targets?)$/i;

// eslint-disable-next-line no-control-regex -- they are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Untrusted text as a name to show: without control characters, without white space around it, not too long. */
export function cleanName(text: string): string {
  const clean = text.slice(0, 4096).replace(UNPRINTABLE, '').trim().toWellFormed();
  if (clean.length <= MAX_NAME_LENGTH) return clean;
  return `${clean.slice(0, MAX_NAME_LENGTH - 1).toWellFormed()}…`;
}

/** Whether a file may hold labels or names of classes, by its name. */
export function mayHoldLabels(path: string): boolean {
  return /\.(?:txt|csv|tsv|json|labels|names)$/i.test(path);
}

/** Whether a file's name says that it names the classes: "names.txt", "batches.meta.txt", "fine_label_names.txt". */
export function namesClasses(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^coarse/i.test(name) || !mayHoldLabels(name)) return false;
  return /names\.|^(?:classes|categories|batches\.meta)\.|[-_ ](?:names|classes)\./i.test(name);
}

async function textOf(file: ImageFile): Promise<string> {
  if (file.bytes > MAX_LABEL_BYTES)
    throw new LabError(
      'IMAGES_LABELS_MISSING',
      `${cleanName(file.path)} has ${file.bytes} bytes; a file of labels has ${MAX_LABEL_BYTES} at most.`,
    );
  return new TextDecoder().decode(await file.slice(0, file.bytes));
}

function unreadable(path: string, what: string): LabError {
  return new LabError('IMAGES_LABELS_MISSING', `${cleanName(path)} holds no labels: ${what}.`);
}

/** Whole numbers where all are, so that 10 comes behind 9; else texts. "007" stays a text: it may not be 7. */
function numbersOrWords(texts: readonly string[]): Label[] {
  return texts.every((text) => /^(?:0|-?[1-9]\d{0,8})$/.test(text)) ? texts.map(Number) : [...texts];
}

function labelOf(value: unknown): Label | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** A list of labels, each perhaps in brackets of its own, or an object from pictures to labels. */
function labelsOfJson(path: string, text: string): LabelFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unreadable(path, 'it is no JSON');
  }
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
  };
}

function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

/** Lines of cells, and which of their columns are the picture and its label. */
interface Columns {
  delimiter: string;
  picture: number;
  label: number;
  hasHeader: boolean;
}

/** Finds the columns by a header or by names of pictures; null where every line is a label. */
function findColumns(lines: readonly string[]): Columns | null {
  const some = lines.slice(0, 100);
  for (const delimiter of ['\t', ',', ';', ' ']) {
    if (!some.every((line) => line.includes(delimiter)) && delimiter === ' ') continue;
    const [first, next = first] = some.map((line) => cellsOf(line, delimiter));
    if (first.length < 2) continue;
    const picture = first.findIndex((cell) => PICTURE_COLUMN.test(cell));
    const label = first.findIndex((cell, c) => c !== picture && LABEL_COLUMN.test(cell));
    if (picture >= 0 && label >= 0) return { delimiter, picture, label, hasHeader: true };
    // "id,breed": of two columns the one that is not the picture's.
    if (picture >= 0 && first.length === 2 && delimiter !== ' ')
      return { delimiter, picture, label: 1 - picture, hasHeader: true };
    const hasHeader = !first.some((cell) => PICTURE_NAME.test(cell));
    const named = (hasHeader ? next : first).findIndex((cell) => PICTURE_NAME.test(cell));
    if (named < 0) continue;
    return { delimiter, picture: named, label: label >= 0 ? label : named === 0 ? 1 : 0, hasHeader };
  }
  return null;
}

/** Labels of lines that name their pictures. */
function labelsOfRows(path: string, lines: readonly string[], columns: Columns): LabelFile {
  const { delimiter, picture, label, hasHeader } = columns;
  const pictures: string[] = [];
  const texts: string[] = [];
  for (let l = hasHeader ? 1 : 0; l < lines.length; l++) {
    const cells = cellsOf(lines[l], delimiter);
    if (cells.length <= Math.max(picture, label))
      throw unreadable(path, `row ${l + 1} has ${cells.length} cells, too few for a picture and its label`);
    pictures.push(cells[picture]);
    texts.push(cells[label]);
  }
  return { path, labels: numbersOrWords(texts), pictures };
}

/**
 * Reads labels: one a line, a JSON list, or pictures with their labels in two columns or a JSON object.
 *
 * @throws LabError IMAGES_LABELS_MISSING where it holds none
 */
export async function readLabelFile(file: ImageFile): Promise<LabelFile> {
  const text = (await textOf(file)).replace(/^\ufeff/, '');
  const { path } = file;
  if (/\.json$/i.test(path) || /^\s*[[{]/.test(text)) return labelsOfJson(path, text);
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw unreadable(path, 'it is empty');
  const columns = findColumns(lines);
  if (columns !== null) return labelsOfRows(path, lines, columns);
  const texts = lines.map((line) => line.trim().replace(/^"(.*)"$/, '$1'));
  if (texts.length > 1 && LABEL_COLUMN.test(texts[0])) texts.shift();
  return { path, labels: numbersOrWords(texts), pictures: null };
}

/**
 * Reads names of classes in the order of their numbers: one a line, a JSON list, or a JSON object from number to name or
 * from name to number.
 *
 * @throws LabError IMAGES_LABELS_MISSING where it holds none
 */
export async function readClassNames(file: ImageFile): Promise<string[]> {
  const { labels, pictures } = await readLabelFile(file);
  if (pictures === null) return labels.map((label) => cleanName(String(label)));
  const names = new Map<number, string>();
  pictures.forEach((key, k) => {
    const label = labels[k];
    if (/^\d{1,5}$/.test(key)) names.set(Number(key), cleanName(String(label)));
    else if (typeof label === 'number') names.set(label, cleanName(key));
  });
  const ordered = Array.from({ length: names.size }, (_, k) => names.get(k));
  if (names.size !== labels.length || ordered.includes(undefined))
    throw unreadable(file.path, 'its numbers do not run from 0 without a gap');
  return ordered as string[];
}

/** Finds the label of a picture by its path, else by its name, else by its name without ending. */
export function labelsByPicture({ labels, pictures }: LabelFile): (path: string) => Label | undefined {
  const found = new Map<string, Label>();
  const keysOf = (path: string): string[] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return [path, name, name.replace(/\.[^.]*$/, '')];
  };
  pictures?.forEach((picture, k) => {
    for (const key of keysOf(picture)) if (!found.has(key)) found.set(key, labels[k]);
  });
  return (path) => {
    for (const key of keysOf(path)) {
      const label = found.get(key);
      if (label !== undefined) return label;
    }
    return undefined;
  };
}

/** Where names start: a file of as many names as classes may count them from 0 or from 1. */
function firstNumber(values: readonly number[], names: readonly string[]): number | null {
  const least = values[0];
  const most = values[values.length - 1];
  if (least >= 0 && most < names.length) return 0;
  return least >= 1 && most === names.length ? 1 : null;
}

function classesOfNumbers(
  values: readonly number[],
  names: readonly string[] | null,
  notices: ReadNotice[],
): string[] {
  if (names === null) return values.map(String);
  const from = firstNumber(values, names);
  if (from === null)
    throw new LabError(
      'IMAGES_LABELS_MISMATCH',
      `The labels go from ${values[0]} to ${values[values.length - 1]}, but ${names.length} classes are named.`,
    );
  const used = new Set<string>();
  const classNames = values.map((value) => {
    const name = names[value - from];
    const own = name === '' || used.has(name) ? `${name} (${value})`.trim() : name;
    used.add(own);
    return own;
  });
  sayEmpty(
    names.filter((_, k) => !values.includes(k + from)),
    notices,
  );
  return classNames;
}

function sayEmpty(names: readonly string[], notices: ReadNotice[]): void {
  if (names.length === 0) return;
  const some = names.slice(0, 5).map((name) => `"${name}"`);
  if (names.length > some.length) some.push(`${names.length - some.length} more`);
  const text = `No picture is of ${some.join(', ')}: left out of the classes.`;
  notices.push({ code: 'classes-empty', text });
}

/** Words in natural order, or in that of the names where these name them all. */
function classesOfWords(
  words: readonly string[],
  names: readonly string[] | null,
  notices: ReadNotice[],
): string[] {
  if (names === null || !words.every((word) => names.includes(word))) return [...words].sort(compareNatural);
  const classNames = [...new Set(names)].filter((name) => words.includes(name));
  sayEmpty(
    names.filter((name) => !words.includes(name)),
    notices,
  );
  return classNames;
}

/**
 * The classes of labels. Numbers keep their order, words get the natural one; a class without a picture is left out.
 *
 * @param labels one per picture; all numbers or all texts
 * @param names names of the classes by number, or the words themselves in the order wanted; null where none are known
 * @throws LabError IMAGES_TOO_MANY_CLASSES, IMAGES_LABELS_MISMATCH where numbers and names do not go together
 */
export function classesOf(labels: ArrayLike<Label>, names: readonly string[] | null = null): Classes {
  const numberOf = new Map<Label, number>();
  const classes = new Uint16Array(labels.length);
  const keys: Label[] = [];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    let number = numberOf.get(label);
    if (number === undefined) {
      // Different texts may be one name; it is looked up once per text.
      const key = typeof label === 'string' ? cleanName(label) : label;
      number = numberOf.get(key) ?? keys.length;
      if (number === keys.length) keys.push(key);
      numberOf.set(key, number);
      if (numberOf.size <= 16 * MAX_CLASSES) numberOf.set(label, number);
      if (keys.length > MAX_CLASSES)
        throw new LabError(
          'IMAGES_TOO_MANY_CLASSES',
          `The first ${i + 1} labels are of more than ${MAX_CLASSES} classes, which is the limit.`,
        );
    }
    classes[i] = number;
  }
  const notices: ReadNotice[] = [];
  const areNumbers = keys.every((key) => typeof key === 'number');
  const order = areNumbers ? [...keys].sort((a, b) => a - b) : null;
  const words = order === null ? classesOfWords(keys.map(String), names, notices) : [];
  const classNames = order === null ? words : classesOfNumbers(order, names, notices);
  const sorted: readonly Label[] = order ?? words;
  const place = new Map(sorted.map((key, c) => [key, c]));
  const rank = Uint16Array.from(keys, (key) => place.get(order === null ? String(key) : key)!);
  for (let i = 0; i < classes.length; i++) classes[i] = rank[classes[i]];
  return { classNames, labels: classes, notices };
}
