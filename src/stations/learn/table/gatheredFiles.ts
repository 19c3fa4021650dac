/** Files that the gathering queries save, as they come back to the page. */
import { LabError } from '../../../contracts/errors.ts';
import type { Gathered } from '../../../contracts/sql.ts';
import type { Lab } from '../../lab.ts';

/** Bytes of a file that are read at most: what is larger is no result. */
const MOST_BYTES = 4_000_001;
/** Characters by which a result is known. */
const HEAD = 64;

/** @throws FILE_UNREADABLE */
export async function readResult(file: File): Promise<string> {
  try {
    return await file.slice(0, MOST_BYTES).text();
  } catch (cause) {
    throw new LabError('FILE_UNREADABLE', `${file.name} could not be read.`, { cause });
  }
}

/** The query that a file is the result of, by the names in its first line; null of any other file. */
export function queryOf(text: string): keyof Gathered | null {
  const [line] = text.slice(0, HEAD).split('\n');
  const [, third] = /^\ufeff?plan,records(?:,(\w*))?/.exec(line) ?? [null, null];
  if (third === null) return null;
  return third?.startsWith('ones_') === true ? 'ones' : 'ranges';
}

/**
 * What is gathered once some results have come: ranges make earlier counts void.
 *
 * @returns null where counts come before the ranges that they are of
 */
export function withResults(before: Gathered, texts: readonly string[]): Gathered | null {
  const found = new Map(texts.map((text) => [queryOf(text), text]));
  const ranges = found.get('ranges') ?? before.ranges;
  const ones = found.get('ones') ?? null;
  return ranges === null ? null : { ranges, ones };
}

/** What is said of a file that could not be taken. */
export function failure(thrown: unknown): Parameters<Lab['say']>[0] {
  const { code, message: what, todo } = LabError.from(thrown);
  return { tone: 'error', code, what, todo };
}
