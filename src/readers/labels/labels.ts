/** Labels, the names that they may have, and the classes that they make. */
import { LabError } from '../../core/errors.ts';
import { MAX_CLASSES } from '../../core/images/imageSet.ts';
import type { ReadNotice } from '../imageReading.ts';
import { compareNatural } from './naturalOrder.ts';

/** A class as a file names it. */
export type Label = number | string;

/** Classes in their order, and the class of every picture. */
export interface Classes {
  classNames: string[];
  labels: Uint16Array;
  notices: ReadNotice[];
}

/** Most characters of a name. */
const MAX_NAME_LENGTH = 120;

// oxlint-disable-next-line no-control-regex -- they are what is taken out
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Untrusted text as a name to show: without control characters, without white space around it, not too long. */
export function cleanName(text: string): string {
  const clean = text.slice(0, 4096).replace(UNPRINTABLE, '').trim().toWellFormed();
  if (clean.length <= MAX_NAME_LENGTH) return clean;
  return `${clean.slice(0, MAX_NAME_LENGTH - 1).toWellFormed()}…`;
}

/** Whether a file may hold labels or names of classes, by its name. */
export function mayHoldLabels(path: string): boolean {
  return /\.(?:txt|csv|tsv|tab|jsonl?|labels|names)$/i.test(path);
}

/** Whether a file's name says that it names the classes: "names.txt", "batches.meta.txt", "fine_label_names.txt". */
export function namesClasses(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^coarse/i.test(name) || !mayHoldLabels(name)) return false;
  return /names\.|^(?:classes|categories|batches\.meta)\.|[-_ ](?:names|classes)\./i.test(name);
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
