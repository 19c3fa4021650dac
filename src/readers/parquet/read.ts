/** Parquet to typed columns: column by column, chunk by chunk, page by page, never as objects of a row. */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { columnNames } from '../../core/table/names.ts';
import type { Column } from '../../core/table/table.ts';
import type {
  ColumnDecision,
  ReadingOptions,
  TableFile,
  TableNotice,
  TableReading,
} from '../tableReading.ts';
import { applyChoices } from '../typedOptions.ts';
import { openParquet } from './file.ts';
import { readPatterns, respell } from './patterns.ts';

/**
 * Names of a Parquet file's columns.
 *
 * @throws PARQUET_DAMAGED
 */
export async function parquetColumns(file: TableFile): Promise<string[]> {
  return (await openParquet(file)).columns.map(({ name }) => name);
}

/**
 * Reads a Parquet file: integers, floats, decimals, booleans, strings, dates and times; null is missing. Integers and
 * decimals with more digits than a double holds become text, booleans a category. Nested columns are left out with a
 * notice.
 *
 * @throws PARQUET_DAMAGED, PARQUET_UNSUPPORTED, PARQUET_TOO_LARGE, CSV_ONE_ROW
 */
export async function readParquet(
  file: TableFile,
  options: ReadingOptions,
  pulse: Pulse,
): Promise<TableReading> {
  const parquet = await openParquet(file);
  const { columns: tops } = parquet;
  const rows = parquet.checkRows();
  if (rows < 2)
    throw new LabError('CSV_ONE_ROW', `${file.name} has ${rows === 0 ? 'no rows' : 'only one row'}.`);
  const notices: TableNotice[] = [];
  const names = columnNames(
    tops.map(({ name }) => name),
    tops.length,
    notices,
  );
  const patterns = readPatterns(parquet.metadata.key_value_metadata);
  const texts = new Set(
    (options.types ?? []).flatMap(({ column, type }) => (type === 'text' ? [column] : [])),
  );
  const columns: Column[] = [];
  const decisions: ColumnDecision[] = [];
  for (const [k, { leaf }] of tops.entries()) {
    const name = names[k];
    const read = leaf === null ? null : await parquet.column(name, leaf, texts.has(name), pulse);
    if (read === null) {
      const text =
        leaf === null
          ? 'Left out: its cells are lists or records.'
          : 'Left out: its cells are no numbers, times or text.';
      notices.push({ code: 'left-out', column: name, text });
      continue;
    }
    const pattern = patterns.get(tops[k].name);
    const column = pattern === undefined ? read.column : respell(read.column, pattern);
    columns.push(column);
    if (read.fallback)
      notices.push({ code: 'long-digits', column: name, text: `Kept as text: ${read.why}.` });
    if (read.infinite > 0)
      notices.push({
        code: 'infinite-times',
        column: name,
        text: `${read.infinite === 1 ? '1 cell is' : `${read.infinite} cells are`} infinite, and read as missing. As text the column keeps what they say.`,
      });
    if (read.isBeyond)
      notices.push({
        code: 'times-beyond',
        column: name,
        text: 'Kept as plain numbers: some of its dates lie outside of the years 1 to 9999, or its times outside of a day.',
      });
    decisions.push({
      column: name,
      type: column.kind === 'text' ? 'text' : column.time === undefined ? 'number' : 'time',
      chosen: false,
      why: read.why,
    });
  }
  if (columns.length === 0)
    throw new LabError('PARQUET_UNSUPPORTED', `${file.name} has no column of numbers, times or text.`);
  return applyChoices(
    {
      table: { rows, columns },
      notices,
      decisions,
      bytes: parquet.bytes,
      format: 'parquet',
      doubtfulRow: null,
      dialect: [],
    },
    options,
  );
}
