/**
 * What can be opened of files that were given together and hold no pictures: tables, each a file of its own or in a
 * zip or tar, and which two of them are training and test records.
 */
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { filesInside, isContainer, tablesAmong } from './containers.ts';
import { readCsv } from './csv/readCsv.ts';
import type { ImageFile } from './imageReading.ts';
import { cleanName } from './labels/labels.ts';
import { nameFacts } from './labels/pairing.ts';
import { looksLikeJson } from './json/looksLikeJson.ts';
import { jsonColumns } from './json/readJson.ts';
import { looksLikeLibsvm } from './libsvm/looksLikeLibsvm.ts';
import { canTest } from './parts/testRecords.ts';
import { FORMAT_BYTES, openSource, tableFileOf } from './source.ts';
import { isWorkbook } from './workbook/isWorkbook.ts';
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
  /** What keeps tables that are called training and test records from being opened together; null where nothing does. */
  contradiction: string | null;
}

/** Most tables of which columns are told. */
const MOST_COMPARED = 16;
/** Larger workbooks are not read to learn their columns: they have no start that could be read alone. */
const MOST_WORKBOOK_BYTES = 4 * 1024 * 1024;
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
    const source = await openSource(file, FORMAT_BYTES);
    const { head } = source;
    if (String.fromCharCode(...head.subarray(0, 4)) === 'PAR1') {
      if (source.bytes === null) return null;
      const { parquetColumns } = await import('./parquet/read.ts');
      return await parquetColumns(tableFileOf(file));
    }
    if (await isWorkbook(file, head)) {
      if (file.bytes > MOST_WORKBOOK_BYTES) return null;
      const { readWorkbook } = await import('./workbook/readWorkbook.ts');
      return (await readWorkbook(file, {}, SILENT_PULSE)).table.columns.map(({ name }) => name);
    }
    if (looksLikeJson(head, source.path)) return jsonColumns(head);
    if (looksLikeLibsvm(new TextDecoder().decode(head))) return SPARSE;
    const rows = wholeRows(head, head.length < FORMAT_BYTES);
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

/** How two tables that should have the same columns differ, in words. */
function difference(
  tables: readonly FoundTable[],
  columns: readonly (readonly string[] | null)[],
  train: number,
  test: number,
): string {
  const [first, second] = [train, test].map((table) => cleanName(tables[table].path));
  const [ours, theirs] = [columns[train], columns[test]];
  const called = `${first} and ${second} are called training and test records`;
  if (ours === null || theirs === null) return `${called}, but the columns of one of them cannot be read.`;
  const only = (some: readonly string[], others: readonly string[]): string[] =>
    some.filter((name) => !others.includes(name)).map((name) => `“${cleanName(name)}”`);
  const [more, fewer] = [only(ours, theirs), only(theirs, ours)];
  const said = (names: readonly string[], path: string): string[] =>
    names.length === 0
      ? []
      : [`only ${path} has ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`];
  const parts = [...said(more, first), ...said(fewer, second)];
  return `${called}, but do not have the same columns${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`;
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
): Pick<Openings, 'pair' | 'contradiction'> {
  const none = { pair: null, contradiction: null };
  const parts = tables.map(({ path }) => nameFacts(path).part);
  const numbers = (part: (typeof parts)[number]): number[] =>
    parts.flatMap((own, number) => (own === part ? [number] : []));
  const single = (found: readonly number[]): number | null => (found.length === 1 ? found[0] : null);
  const samples = besidesSamples(columns);
  if (samples !== null) return { pair: samples, contradiction: null };
  const test = single(numbers('test')) ?? single(numbers('validation'));
  const train = single(numbers('train')) ?? (tables.length === 2 && test !== null ? 1 - test : null);
  if (train !== null && test !== null && train !== test)
    return isSame(columns[train], columns[test])
      ? { pair: { train, test, isNamed: true }, contradiction: null }
      : { pair: null, contradiction: difference(tables, columns, train, test) };
  if (tables.length !== 2 || !isSame(columns[0], columns[1])) return none;
  const larger = tables[1].bytes > tables[0].bytes ? 1 : 0;
  return { pair: { train: larger, test: 1 - larger, isNamed: false }, contradiction: null };
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
    if (!(await isContainer(source)) || (await isWorkbook(file, source.head))) {
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
  const columns: (readonly string[] | null)[] = tables.map(() => null);
  if (tables.length > 1) {
    // Those that are called training or test records before the others.
    const isNamed = (table: number): boolean => nameFacts(tables[table].path).part !== null;
    const numbers = [...tables.keys()];
    const order = [...numbers.filter(isNamed), ...numbers.filter((table) => !isNamed(table))];
    for (const table of order.slice(0, MOST_COMPARED)) columns[table] = await columnsOf(found[table].content);
  }
  return { tables, ...pairOf(tables, columns) };
}
