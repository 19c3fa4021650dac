/** Parquet to typed columns: column by column, chunk by chunk, page by page, never as objects of a row. */
import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet';
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { columnNames } from '../../core/table/names.ts';
import type {
  ColumnDecision,
  ReadingOptions,
  TableFile,
  TableNotice,
  TableReading,
} from '../tableReading.ts';
import { MAX_CELLS, type Column } from '../../core/table/table.ts';
import { applyChoices } from '../typedOptions.ts';
import { ColumnCells } from './cells.ts';
import { Unfit, waysOf, type Way } from './columns.ts';
import { readPages, UnsupportedCodec } from './pages.ts';
import { readPatterns, respell } from './patterns.ts';
import { checkStruct } from './thrift.ts';
import { UnsupportedEncoding } from './values.ts';

const MAX_COLUMNS = 10_000;
/** Largest chunk of a column that is held. */
const MAX_CHUNK_BYTES = 2 ** 30;

interface ParquetSource extends AsyncBuffer {
  slice(from: number, to?: number): Promise<ArrayBuffer>;
}

/** The file by byte ranges; one that cannot give them is held whole. */
async function sourceOf(file: TableFile): Promise<ParquetSource> {
  const exact = (bytes: Uint8Array): ArrayBuffer =>
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  if (file.slice !== undefined && file.bytes !== null) {
    const size = file.bytes;
    return { byteLength: size, slice: async (from, to = size) => exact(await file.slice!(from, to)) };
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await file.open()) {
    pieces.push(piece.slice());
    size += piece.length;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return { byteLength: size, slice: (from, to) => Promise.resolve(exact(whole.subarray(from, to))) };
}

/** What a thrown value means for the file: whatever is not ours is damage that the decoders ran into. */
function refusal(name: string, where: string, thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof UnsupportedCodec)
    return new LabError('PARQUET_UNSUPPORTED', `${name} is compressed with ${what}, which is not read here.`);
  if (thrown instanceof UnsupportedEncoding)
    return new LabError(
      'PARQUET_UNSUPPORTED',
      `${where} of ${name} is encoded as ${what}, which is not read here.`,
    );
  return new LabError('PARQUET_DAMAGED', `${name} is damaged: ${where} cannot be read (${what}).`, {
    cause: thrown,
  });
}

async function readMetadata(name: string, source: ParquetSource): Promise<FileMetaData> {
  try {
    // At the end stand the footer's length and the name of the format.
    const end = source.byteLength - 8;
    const length = new DataView(await source.slice(Math.max(end, 0))).getUint32(0, true);
    if (length > end) throw new RangeError(`it claims ${length} bytes`);
    const footer = await source.slice(end - length);
    checkStruct({ view: new DataView(footer), offset: 0 });
    return parquetMetadata(footer, { geoparquet: false });
  } catch (thrown) {
    throw refusal(name, 'its footer', thrown);
  }
}

/** A column that is not nested, and the place of its chunk in every row group. */
interface Leaf {
  node: SchemaTree;
  index: number;
}

/** Columns at the top, each with its place among all leaves; null where it is nested. */
function topColumns(tree: SchemaTree): { name: string; leaf: Leaf | null }[] {
  let next = 0;
  const leaves = (node: SchemaTree): number =>
    node.children.length === 0 ? 1 : node.children.reduce((sum, child) => sum + leaves(child), 0);
  return tree.children.map((node) => {
    const index = next;
    next += leaves(node);
    const flat = node.children.length === 0 && node.element.repetition_type !== 'REPEATED';
    return { name: node.element.name, leaf: flat ? { node, index } : null };
  });
}

/** Rows of the table after all sizes that the footer claims were checked against each other and the limits. */
function checkClaims(name: string, metadata: FileMetaData, columns: number): number {
  const damaged = (what: string): LabError => new LabError('PARQUET_DAMAGED', `${name} is damaged: ${what}.`);
  const rows = Number(metadata.num_rows);
  let sum = 0;
  for (const group of metadata.row_groups) sum += Number(group.num_rows);
  if (!(rows >= 0) || sum !== rows || metadata.row_groups.some((group) => group.num_rows < 0n))
    throw damaged(`its row groups have ${sum} rows where it claims ${rows}`);
  if (columns > MAX_COLUMNS) {
    throw new LabError('PARQUET_TOO_LARGE', `${name} has ${columns} columns; the limit is ${MAX_COLUMNS}.`);
  }
  if (rows * Math.max(1, columns) > MAX_CELLS) {
    throw new LabError(
      'PARQUET_TOO_LARGE',
      `${name} has ${rows} rows of ${columns} columns; the limit is ${MAX_CELLS} cells.`,
    );
  }
  return rows;
}

interface ReadColumn {
  column: Column;
  why: string;
  /** Whether it became text because no number holds its values. */
  fallback: boolean;
  /** Infinite dates and times that are missing now. */
  infinite: number;
  /** Whether dates and times stay plain numbers, because no pattern spells some of them. */
  isBeyond: boolean;
}

/** Reads the columns of one file. */
class ParquetReader {
  private done = 0;
  private readonly file: TableFile;
  private readonly source: ParquetSource;
  private readonly metadata: FileMetaData;
  private readonly rows: number;
  private readonly pulse: Pulse;

  constructor(file: TableFile, source: ParquetSource, metadata: FileMetaData, rows: number, pulse: Pulse) {
    this.file = file;
    this.source = source;
    this.metadata = metadata;
    this.rows = rows;
    this.pulse = pulse;
  }

  /** The bytes of a column in a row group. */
  private async chunk(name: string, group: FileMetaData['row_groups'][number], index: number) {
    const chunk = group.columns[index] as (typeof group.columns)[number] | undefined;
    const meta = chunk?.meta_data;
    if (chunk?.crypto_metadata !== undefined || (chunk !== undefined && meta === undefined))
      throw new LabError('PARQUET_UNSUPPORTED', `${this.file.name} is encrypted.`);
    if (chunk?.file_path !== undefined)
      throw new LabError('PARQUET_UNSUPPORTED', `${this.file.name} keeps its columns in other files.`);
    const from = Number(meta?.dictionary_page_offset || meta?.data_page_offset);
    const size = Number(meta?.total_compressed_size);
    if (meta === undefined || !(from >= 4 && size >= 0 && from + size <= this.source.byteLength))
      throw new LabError(
        'PARQUET_DAMAGED',
        `${this.file.name} is damaged: column ${name} lies outside of it.`,
      );
    if (size > MAX_CHUNK_BYTES)
      throw new LabError(
        'PARQUET_TOO_LARGE',
        `Column ${name} of ${this.file.name} has a chunk of ${size} bytes.`,
      );
    return { meta, bytes: new Uint8Array(await this.source.slice(from, from + size)) };
  }

  /** Reads a column one way; throws Unfit when a value does not fit it. */
  private async readWay(name: string, leaf: Leaf, way: Way): Promise<{ column: Column; infinite: number }> {
    const { element } = leaf.node;
    const cells = new ColumnCells(way, this.rows);
    for (const group of this.metadata.row_groups) {
      const rows = Number(group.num_rows);
      if (rows === 0) continue;
      const { meta, bytes } = await this.chunk(name, group, leaf.index);
      if (meta.type !== element.type)
        throw new LabError('PARQUET_DAMAGED', `${this.file.name} is damaged: column ${name} has two types.`);
      for (const page of readPages(bytes, meta, element, rows)) {
        cells.add(page);
        if (this.pulse.due())
          await this.pulse.beat({
            phase: 'Reading columns',
            done: this.done,
            total: this.source.byteLength,
            unit: 'bytes',
          });
      }
      this.done += bytes.length;
    }
    return { column: cells.finish(name), infinite: cells.infinite };
  }

  /**
   * Reads a column by the first way that holds all its values; null when there is none.
   *
   * @param wantsText whether dates and times that are infinite are to be kept, as text
   */
  async column(name: string, leaf: Leaf, wantsText: boolean): Promise<ReadColumn | null> {
    const before = this.done;
    for (const [k, way] of waysOf(leaf.node.element).entries()) {
      try {
        const { column, infinite } = await this.readWay(name, leaf, way);
        if (infinite > 0 && wantsText) {
          this.done = before;
          continue;
        }
        const isBeyond =
          way.kind === 'number' &&
          way.time !== undefined &&
          column.kind === 'number' &&
          column.time === undefined;
        return {
          column,
          why: way.why,
          fallback: k > 0 && way.kind === 'text' && !wantsText,
          infinite,
          isBeyond,
        };
      } catch (thrown) {
        if (!(thrown instanceof Unfit)) throw refusal(this.file.name, `column ${name}`, thrown);
        this.done = before;
      }
    }
    return null;
  }
}

/**
 * Names of a Parquet file's columns.
 *
 * @throws PARQUET_DAMAGED
 */
export async function parquetColumns(file: TableFile): Promise<string[]> {
  const metadata = await readMetadata(file.name, await sourceOf(file));
  try {
    return parquetSchema(metadata).children.map(({ element }) => element.name);
  } catch (thrown) {
    throw refusal(file.name, 'its schema', thrown);
  }
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
  const source = await sourceOf(file);
  const metadata = await readMetadata(file.name, source);
  let tops: ReturnType<typeof topColumns>;
  try {
    tops = topColumns(parquetSchema(metadata));
  } catch (thrown) {
    throw refusal(file.name, 'its schema', thrown);
  }
  const rows = checkClaims(file.name, metadata, tops.length);
  if (rows < 2)
    throw new LabError('CSV_ONE_ROW', `${file.name} has ${rows === 0 ? 'no rows' : 'only one row'}.`);
  const notices: TableNotice[] = [];
  const names = columnNames(
    tops.map(({ name }) => name),
    tops.length,
    notices,
  );
  const reader = new ParquetReader(file, source, metadata, rows, pulse);
  const patterns = readPatterns(metadata.key_value_metadata);
  const texts = new Set(
    (options.types ?? []).flatMap(({ column, type }) => (type === 'text' ? [column] : [])),
  );
  const columns: Column[] = [];
  const decisions: ColumnDecision[] = [];
  for (const [k, { leaf }] of tops.entries()) {
    const name = names[k];
    const read = leaf === null ? null : await reader.column(name, leaf, texts.has(name));
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
      bytes: source.byteLength,
      format: 'parquet',
      doubtfulRow: null,
      dialect: [],
    },
    options,
  );
}
