/** How values are spelt in a link: schemas from text to value, and back. */
import * as v from 'valibot';
import type { ColumnType } from '../../readers/tableReading.ts';
import { decodePercent } from './packing.ts';

export type Text<T> = v.GenericSchema<string, T>;

/** Message of an issue that is about the range and not the spelling. */
export const OUTSIDE = 'outside the range';

export function numberText(minimum: number, maximum: number): Text<number> {
  return v.pipe(
    v.string(),
    v.regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i),
    v.transform(Number),
    v.number(),
    v.minValue(minimum),
    v.maxValue(maximum),
  );
}

export function wholeText(minimum: number, maximum: number): Text<number> {
  return v.pipe(
    v.string(),
    v.regex(/^-?\d{1,15}$/),
    v.transform(Number),
    v.minValue(minimum),
    v.maxValue(maximum),
  );
}

/** Words that are allowed: a list, or what tells the list when a text is read, of plug-ins that may be added. */
export type Words<T extends string> = readonly T[] | (() => readonly T[]);

const wordsOf = <T extends string>(words: Words<T>): readonly T[] =>
  typeof words === 'function' ? words() : words;

export function oneOf<T extends string>(words: Words<T>): Text<T> {
  return v.pipe(
    v.string(),
    v.lazy(() => v.picklist(wordsOf(words))),
  );
}

/** Some of a few words, each at most once, in the order in which they are known. */
export function someOf<T extends string>(words: Words<T>): Text<T[]> {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split(',')),
    v.array(v.lazy(() => v.picklist(wordsOf(words)))),
    v.transform((chosen) => wordsOf(words).filter((word) => chosen.includes(word))),
  );
}

export const flagText: Text<boolean> = v.pipe(
  v.string(),
  v.picklist(['0', '1']),
  v.transform((text) => text === '1'),
);

export function nameText(maximum: number): Text<string> {
  return v.pipe(v.string(), v.minLength(1), v.maxLength(maximum));
}

/** `a,b%2Cc`: names are percent-encoded a second time where they hold a comma or a percent sign. */
export const namesText: Text<string[]> = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    if (dataset.value === '') return [];
    const names: string[] = [];
    for (const part of dataset.value.split(',')) {
      const name = decodePercent(part);
      if (name === null) {
        addIssue({ message: 'not percent-encoded' });
        return NEVER;
      }
      names.push(name);
    }
    return names;
  }),
  v.maxLength(4_096),
);

export function writeNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[%,]/g, (sign) => (sign === ',' ? '%2C' : '%25'))).join(',');
}

const COLUMN_TYPES: readonly string[] = ['number', 'text', 'time'] satisfies ColumnType[];

/** `zip:text,when:time`: columns as names are spelt, each with its type behind its last colon. */
export const typesText: Text<{ column: string; type: ColumnType }[]> = v.pipe(
  namesText,
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const types = new Map<string, ColumnType>();
    for (const part of dataset.value) {
      const colon = part.lastIndexOf(':');
      const type = part.slice(colon + 1);
      if (colon < 0 || !COLUMN_TYPES.includes(type)) {
        addIssue({ message: 'not a column with its type' });
        return NEVER;
      }
      types.set(part.slice(0, colon), type as ColumnType);
    }
    return [...types].map(([column, type]) => ({ column, type }));
  }),
);

export function writeTypes(types: readonly { column: string; type: ColumnType }[]): string {
  return writeNames(types.map(({ column, type }) => `${column}:${type}`));
}

/** `8,10,12..16`: whole numbers and ranges. */
export function numbersText(minimum: number, maximum: number, most: number): Text<number[]> {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}(\.\.\d{1,15})?(,\d{1,15}(\.\.\d{1,15})?)*$/),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const numbers = new Set<number>();
      for (const part of dataset.value.split(',')) {
        const [first, last = first] = part.split('..').map(Number) as [number, number?];
        if (last < first || first < minimum || last > maximum || last - first >= most) {
          addIssue({ message: OUTSIDE });
          return NEVER;
        }
        for (let number = first; number <= last; number++) numbers.add(number);
      }
      return [...numbers].sort((a, b) => a - b);
    }),
    v.maxLength(most),
  );
}

/** Ascending numbers with runs of three and more as ranges. */
export function writeNumbers(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at;
    while (end + 1 < numbers.length && numbers[end + 1] === numbers[end] + 1) end++;
    if (end - at >= 2) {
      parts.push(`${numbers[at]}..${numbers[end]}`);
      at = end + 1;
    } else parts.push(String(numbers[at++]));
  }
  return parts.join(',');
}
