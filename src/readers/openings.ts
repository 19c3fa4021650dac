/**
 * What can be opened of files that were given together and hold no pictures: tables, each a file of its own or in a
 * zip or tar, and which two of them are training and test records.
 */
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { filesInside, isContainer, tablesAmong } from './containers.ts';
import { readCsv } from './csv/readCsv.ts';
import type { ImageFile } from './imageReading.ts';
import { nameFacts } from './labels/pairing.ts';
import { looksLikeLibsvm } from './libsvm/looksLikeLibsvm.ts';
import { canTest } from './parts/testRecords.ts';
import { openSource, tableFileOf } from './source.ts';
import { isHousekeeping } from './zip/names.ts';

/** A table among what was given. */
export interface FoundTable {
  /** Number of the file among those given. */
  file: number;
  /** Its path in that zip or tar; null where the file itself is the table, or a zip or tar of no other. */
  inside: string | null;
  /** Where it lies, to be shown: untrusted text. */
  path: string;
  bytes: number;
}

/** Numbers of two tables with the same columns. */
export interface TablePair {
  train: number;
  test: number;
  /** Whether their names say which is which. */
  isNamed: boolean;
}

export interface Openings {
  tables: FoundTable[];
  pair: TablePair | null;
}

/** Bytes from which columns are told, and most tables of which they are. */
const HEAD_BYTES = 65_536;
const MOST_COMPARED = 16;
/** Most tables that are found. */
const MOST_TABLES = 1000;

/** LIBSVM text names no columns: two such files always go together. */
const SPARSE = ['(label, index:value)'];

/** Rows that are there as a whole. */
function wholeRows(head: Uint8Array, isWhole: boolean): Uint8Array {
  if (isWhole) return head;
  const end = Math.max(head.lastIndexOf(10), head.lastIndexOf(13));
  return end < 0 ? head : head.subarray(0, end + 1);
}

/** Names of a table's columns by its start; null where it cannot be read. */
async function columnsOf(file: ImageFile): Promise<readonly string[] | null> {
  try {
    const source = await openSource(file, HEAD_BYTES);
    const { head } = source;
    if (String.fromCharCode(...head.subarray(0, 4)) === 'PAR1') {
      if (source.bytes === null) return null;
      const { parquetColumns } = await import('./parquet/read.ts');
      return await parquetColumns(tableFileOf(file));
    }
    if (looksLikeLibsvm(new TextDecoder().decode(head))) return SPARSE;
    const rows = wholeRows(head, head.length < HEAD_BYTES);
    const open = async (): Promise<AsyncIterable<Uint8Array>> =>
      (async function* () {
        yield await Promise.resolve(rows);
      })();
    const { table } = await readCsv({ name: source.path, bytes: rows.length, open });
    return table.columns.map(({ name }) => name);
  } catch (thrown) {
    if (thrown instanceof LabError) return null;
    throw thrown;
  }
}

function isSame(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a !== null && b !== null && a.length === b.length && a.every((name) => b.includes(name));
}

/** Of two tables the condensed samples, and the records to test on: their columns say it. */
function besidesSamples(columns: readonly (readonly string[] | null)[]): TablePair | null {
  const [a, b] = columns;
  if (columns.length !== 2 || a === null || b === null || isSame(a, b)) return null;
  if (canTest(a, b)) return { train: 0, test: 1, isNamed: true };
  return canTest(b, a) ? { train: 1, test: 0, isNamed: true } : null;
}

/** The two tables that are training and test records by their columns, and by their names where these say so. */
function pairOf(
  tables: readonly FoundTable[],
  columns: readonly (readonly string[] | null)[],
): TablePair | null {
  const parts = tables.map(({ path }) => nameFacts(path).part);
  const numbers = (part: (typeof parts)[number]): number[] =>
    parts.flatMap((own, number) => (own === part ? [number] : []));
  const single = (found: readonly number[]): number | null => (found.length === 1 ? found[0] : null);
  const samples = besidesSamples(columns);
  if (samples !== null) return samples;
  const test = single(numbers('test')) ?? single(numbers('validation'));
  const train = single(numbers('train')) ?? (tables.length === 2 && test !== null ? 1 - test : null);
  if (train !== null && test !== null && train !== test)
    return isSame(columns[train], columns[test]) ? { train, test, isNamed: true } : null;
  if (tables.length !== 2 || !isSame(columns[0], columns[1])) return null;
  const larger = tables[1].bytes > tables[0].bytes ? 1 : 0;
  return { train: larger, test: 1 - larger, isNamed: false };
}

/**
 * The tables among files, and in zips and tars among them.
 *
 * @throws LabError those of the zips and tars, and what slicing throws
 */
export async function findOpenings(
  given: readonly ImageFile[],
  pulse: Pulse = SILENT_PULSE,
): Promise<Openings> {
  const found: { table: FoundTable; content: ImageFile }[] = [];
  const add = (table: FoundTable, content: ImageFile): void => {
    if (found.length < MOST_TABLES) found.push({ table, content });
  };
  const plain: ImageFile[] = [];
  const numberOf = new Map<ImageFile, number>();
  for (const [number, file] of given.entries()) {
    if (isHousekeeping(file.path)) continue;
    numberOf.set(file, number);
    if (!/\.(?:zip|tar|tgz|gz)$/i.test(file.path) && given.length > MOST_TABLES) {
      plain.push(file);
      continue;
    }
    const source = await openSource(file);
    if (!(await isContainer(source))) {
      plain.push(file);
      continue;
    }
    const tables = await tablesAmong(await filesInside(source, pulse));
    for (const content of tables) {
      const inside = tables.length === 1 ? null : content.path;
      add({ file: number, inside, path: `${file.path}/${content.path}`, bytes: content.bytes }, content);
    }
  }
  for (const file of await tablesAmong(plain))
    add({ file: numberOf.get(file)!, inside: null, path: file.path, bytes: file.bytes }, file);
  const tables = found.map(({ table }) => table);
  const columns: (readonly string[] | null)[] = [];
  if (tables.length > 1)
    for (const { content } of found.slice(0, MOST_COMPARED)) columns.push(await columnsOf(content));
  return { tables, pair: pairOf(tables, columns) };
}
