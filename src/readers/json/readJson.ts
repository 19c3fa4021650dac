/**
 * JSON records as a table: JSON Lines, or one list of objects. The columns are all keys that any record has, in the
 * order in which they are first seen; what a cell is shows over the whole file, by the rules of CSV's cells.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ColumnReader } from '../csv/columnReader.ts';
import { ENCODING_NAMES, NotUtf8, type Encoding } from '../csv/encoding.ts';
import { finishColumns } from '../csv/finishColumns.ts';
import { NOT_UTF8, unmarked } from '../csv/remarks.ts';
import { TextStream } from '../csv/textStream.ts';
import type { ReadingOptions, TableFile, TableNotice, TableReading } from '../tableReading.ts';
import { JSON_DIALECT, JsonColumns } from './jsonColumns.ts';
import { KeyTree, nameOfKey } from './keyTree.ts';
import { RecordParser } from './recordParser.ts';
import { RecordSplitter } from './recordSplitter.ts';

/** Reads all records into columns. */
async function readRecords(
  stream: TextStream,
  file: TableFile,
  tree: KeyTree,
  columns: JsonColumns,
  pulse: Pulse,
): Promise<RecordSplitter> {
  const splitter = new RecordSplitter(file.name);
  const parser = new RecordParser(tree, columns, file.name);
  const taker = {
    take(bytes: Uint8Array, from: number, to: number, line: number) {
      parser.parse(bytes, from, to, line);
      columns.endRecord();
    },
  };
  for await (const piece of stream.pieces()) {
    splitter.push(piece, taker);
    if (pulse.due())
      await pulse.beat({ phase: 'Reading records', done: stream.bytes, total: file.bytes, unit: 'bytes' });
  }
  splitter.finish();
  return splitter;
}

/** The decimal sign of JSON cannot be chosen: numbers can. */
function inJson(notice: TableNotice): TableNotice {
  if (notice.code !== 'ambiguous-separator' && notice.code !== 'decimal-comma') return notice;
  const text = notice.text.replace('Choose the decimal sign to have numbers', 'Choose numbers as its type');
  return { ...notice, text };
}

async function readAs(
  file: TableFile,
  options: ReadingOptions,
  encoding: Encoding | undefined,
  pulse: Pulse,
): Promise<TableReading> {
  const stream = new TextStream(file, encoding);
  const tree = new KeyTree(file.name);
  const first = new JsonColumns(options, file.name);
  const { isList } = await readRecords(stream, file, tree, first, pulse);
  const { rows } = first;
  const leaves = tree.leaves();
  if (rows === 0 || leaves.length === 0)
    throw new LabError('CSV_EMPTY', `${file.name} has no record${rows === 0 ? '' : ' with a key'}.`);
  if (rows === 1) throw new LabError('CSV_ONE_ROW', `${file.name} has only one record.`);
  const columns = first.finish(leaves);
  if (columns.every((column) => column.missingCells === rows))
    throw new LabError('CSV_EMPTY', `None of the ${rows} records of ${file.name} has a value.`);
  const readAgain = async (again: readonly (ColumnReader | null)[]): Promise<number> => {
    const second = JsonColumns.again(first, leaves, again);
    await readRecords(new TextStream(file, stream.encoding), file, tree, second, pulse);
    second.finish(leaves);
    return second.rows;
  };
  const finished = await finishColumns({
    fileName: file.name,
    rows,
    columns,
    known: columns.map(({ evidence }) => evidence),
    dialect: JSON_DIALECT,
    markers: first.markers,
    readAgain,
  });
  const notices: TableNotice[] =
    encoding === 'windows-1252' && options.encoding === undefined ? [NOT_UTF8] : [];
  if (stream.isUnmarked) notices.push(unmarked(stream.encoding));
  notices.push(...stream.controls.notices(), ...first.notices());
  if (columns.length === 1)
    notices.push({
      code: 'one-column',
      column: null,
      text: 'The table has one column: it can be compressed, but not learned from.',
    });
  return {
    table: { rows, columns: finished.columns },
    notices: [...notices, ...finished.notices.map(inJson)],
    decisions: finished.decisions,
    bytes: stream.bytes,
    format: 'json',
    doubtfulRow: null,
    dialect: [
      { name: 'Records', value: isList ? 'a list' : 'one behind the other' },
      { name: 'Encoding', value: ENCODING_NAMES[stream.encoding] },
    ],
  };
}

/**
 * Reads JSON Lines or a list of objects into a table.
 *
 * @param file is opened once, and again where the encoding or the type of a column turns out otherwise
 * @throws JSON_MALFORMED, naming the line; JSON_TOO_LARGE; CSV_EMPTY, CSV_ONE_ROW, CSV_TYPE, CSV_BINARY, CSV_ENCODING,
 * CSV_NUL, FILE_UNREADABLE where it changes meanwhile
 */
export async function readJson(
  file: TableFile,
  options: ReadingOptions,
  pulse: Pulse,
): Promise<TableReading> {
  try {
    return await readAs(file, options, options.encoding, pulse);
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    return readAs(file, options, 'windows-1252', pulse);
  }
}

/** The names of the columns that the start of a file has, as far as that can be read. */
export function jsonColumns(head: Uint8Array): string[] {
  const tree = new KeyTree('');
  const splitter = new RecordSplitter('');
  const parser = new RecordParser(tree, { cell: () => undefined }, '');
  try {
    splitter.push(head, { take: (bytes, from, to, line) => parser.parse(bytes, from, to, line) });
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
  }
  return tree.leaves().map(nameOfKey);
}
