/**
 * Reading a CSV file as a stream into typed columns, typed over the whole file, with every cell kept so that nothing is
 * lost.
 *
 * The first quarter of a megabyte says how the file is written and what its columns seem to be. Then the file is read
 * through. Columns of which a later cell says otherwise ("41.0" has been stored as 41 when "n/a" comes) are read a
 * second time, all of them together, now that it is known what they are.
 */
import { LabError } from '../../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import type { ReadingOptions, TableFile, TableNotice, TableReading } from '../tableReading.ts';
import type { ColumnReader } from './columnReader.ts';
import { findDelimiter, type Delimiter } from './dialect.ts';
import { ENCODING_NAMES, NotUtf8, type Encoding } from './encoding.ts';
import { finishColumns } from './finishColumns.ts';
import { readHead } from './head.ts';
import { NOT_UTF8, sayDoubt, unmarked } from './remarks.ts';
import { firstColumns, makePlan, type Plan } from './plan.ts';
import { RowReader, type RowCounts } from './rowReader.ts';
import { TextStream } from './textStream.ts';

/** A file that is read in one encoding, as often as needed. */
class CsvFile {
  readonly file: TableFile;
  readonly options: ReadingOptions;
  private readonly pulse: Pulse;
  encoding: Encoding | undefined;
  bytes = 0;

  constructor(file: TableFile, options: ReadingOptions, pulse: Pulse) {
    this.file = file;
    this.options = options;
    this.pulse = pulse;
    this.encoding = options.encoding;
  }

  private async beat(phase: string, stream: TextStream): Promise<void> {
    if (!this.pulse.due()) return;
    await this.pulse.beat({ phase, done: stream.bytes, total: this.file.bytes, unit: 'bytes' });
  }

  /** First reading: the plan from the first rows, then all rows. */
  async read(notices: TableNotice[]): Promise<{ plan: Plan; columns: ColumnReader[]; reading: RowCounts }> {
    const stream = new TextStream(this.file, this.encoding);
    const pieces = stream.pieces();
    try {
      const { text, rest, whole } = await readHead(pieces);
      const head = findDelimiter(text, whole, this.options.delimiter);
      const plan = makePlan(head, this.options, notices, this.file.name);
      const columns = firstColumns(plan, this.options, notices);
      const rows = new RowReader(plan, columns);
      rows.push(text);
      rows.push(rest);
      for await (const piece of pieces) {
        rows.push(piece);
        await this.beat('Reading rows', stream);
      }
      const reading = rows.finish();
      if (stream.isUnmarked) notices.push(unmarked(stream.encoding));
      notices.push(...stream.controls.notices());
      return { plan, columns, reading };
    } finally {
      this.encoding = stream.encoding;
      this.bytes = stream.bytes;
      await pieces.return(undefined);
    }
  }

  /** Another reading, by the same plan, of the columns that are not null. */
  async readAgain(plan: Plan, columns: readonly (ColumnReader | null)[]): Promise<RowCounts> {
    const stream = new TextStream(this.file, this.encoding);
    const rows = new RowReader(plan, columns);
    for await (const piece of stream.pieces()) {
      rows.push(piece);
      await this.beat('Reading some columns again', stream);
    }
    return rows.finish();
  }
}

/** How many of the last columns have neither a name nor a value, as when lines end in delimiters. */
function trailingEmpty(plan: Plan, columns: readonly ColumnReader[], rows: number): number {
  const { header } = plan.layout;
  let kept = columns.length;
  while (
    kept > 1 &&
    columns[kept - 1].missingCells === rows &&
    (header === null || header[kept - 1] === '') &&
    columns[kept - 1].asked === undefined
  )
    kept--;
  return columns.length - kept;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const DELIMITER_NAMES: Record<Delimiter, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  '::': 'double colon',
};

function describe(plan: Plan, encoding: Encoding): TableReading['dialect'] {
  return [
    { name: 'Delimiter', value: plan.width === 1 ? 'none' : DELIMITER_NAMES[plan.delimiter] },
    { name: 'Decimal sign', value: plan.decimal === ',' ? 'comma' : 'point' },
    { name: 'Header', value: plan.layout.header === null ? 'none' : 'first row' },
    { name: 'Encoding', value: ENCODING_NAMES[encoding] },
  ];
}

async function readFile(csv: CsvFile): Promise<TableReading> {
  const { file, options } = csv;
  const notices: TableNotice[] = [];
  if (csv.encoding === 'windows-1252' && options.encoding === undefined) notices.push(NOT_UTF8);
  const { plan, columns, reading } = await csv.read(notices);
  const { rows, blankRows } = reading;
  const { layout } = plan;
  if (rows === 0) throw new LabError('CSV_EMPTY', `${file.name} has a header line but no rows.`);
  if (rows === 1) throw new LabError('CSV_ONE_ROW', `${file.name} has only one row.`);
  if (columns.every((column) => column.missingCells === rows))
    throw new LabError('CSV_EMPTY', `None of the ${rows} rows of ${file.name} has a value.`);
  const dropped = trailingEmpty(plan, columns, rows);
  columns.length -= dropped;
  const {
    columns: finished,
    decisions,
    notices: ofColumns,
  } = await finishColumns({
    fileName: file.name,
    rows,
    columns,
    known: plan.evidence,
    dialect: plan,
    markers: plan.markers,
    readAgain: async (again) => (await csv.readAgain(plan, again)).rows,
  });

  const say = (code: string, text: string): number => notices.push({ code, column: null, text });
  if (layout.skipped > 0)
    say(
      'preamble',
      `${count(layout.skipped, 'line')} above the table ${layout.skipped === 1 ? 'was' : 'were'} left out.`,
    );
  if (layout.doubtful !== null) say('header-doubtful', sayDoubt(layout.header !== null));
  else if (layout.namesAreNumbers)
    say('header-numbers', 'The first row, of numbers or dates, was read as the names of the columns.');
  else if (layout.header === null && options.header === undefined)
    say('no-header', 'The first row holds values, so the columns are called column1, column2 and so on.');
  if (blankRows > 0) say('blank-rows', `${count(blankRows, 'blank row')} left out.`);
  if (dropped > 0) say('empty-columns', `${count(dropped, 'empty column')} at the right left out.`);
  if (finished.length === 1)
    say('one-column', 'The table has one column: it can be compressed, but not learned from.');
  return {
    table: { rows, columns: finished },
    notices: [...notices, ...ofColumns],
    decisions,
    bytes: csv.bytes,
    format: 'csv',
    doubtfulRow: layout.doubtful,
    dialect: describe(plan, csv.encoding ?? 'utf-8'),
  };
}

/**
 * Reads delimited text into a table. What the options leave open is found out: delimiter, encoding, header, decimal
 * sign and types.
 *
 * @param file is opened once, and again where the encoding or the type of a column turns out otherwise
 * @throws CSV_EMPTY, CSV_BINARY, CSV_NUL, FILE_PACKED, CSV_ONE_ROW, CSV_ONE_COLUMN, CSV_RAGGED, CSV_QUOTES, CSV_TYPE, CSV_TOO_WIDE,
 * CSV_TOO_LARGE, CSV_ENCODING, FILE_UNREADABLE where it changes meanwhile, and what opening it throws
 */
export async function readCsv(
  file: TableFile,
  options: ReadingOptions = {},
  pulse: Pulse = SILENT_PULSE,
): Promise<TableReading> {
  const csv = new CsvFile(file, options, pulse);
  try {
    return await readFile(csv);
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    csv.encoding = 'windows-1252';
    return readFile(csv);
  }
}
