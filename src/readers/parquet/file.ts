/** A Parquet file by its parts: footer, columns that are not lists, their chunks; each size checked before it is believed. */
import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet';
import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { MAX_CELLS, type Column } from '../../core/table/table.ts';
import type { TableFile } from '../tableReading.ts';
import { ColumnCells } from './cells.ts';
import { Unfit, waysOf, type Way } from './columns.ts';
import { readPages, UnsupportedCodec } from './pages.ts';
import { checkStruct } from './thrift.ts';
import { UnsupportedEncoding, type Value, type Values } from './values.ts';

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

/** Values of which a row has one or none, and the place of their chunk in every row group. */
export interface Leaf {
  node: SchemaTree;
  index: number;
  /** The level of definition at which there is a value: how many of it and what it lies in may be missing. */
  levels: number;
}

/** A column at the top. */
export interface TopColumn {
  name: string;
  /** Null where it is nested. */
  leaf: Leaf | null;
  /** The fields of a record by their names, those aside that are nested themselves; empty of any other column. */
  fields: ReadonlyMap<string, Leaf>;
}

/** The name in an element, which the decoder takes as whatever type the file gives it. */
function nameOf({ element: { name } }: SchemaTree): string {
  if (typeof name !== 'string') throw new RangeError('a column without a name');
  return name;
}

/** Columns at the top, each with its place among all leaves. */
function topColumns(tree: SchemaTree): TopColumn[] {
  let next = 0;
  const leavesOf = (node: SchemaTree): number =>
    node.children.length === 0 ? 1 : node.children.reduce((sum, child) => sum + leavesOf(child), 0);
  const isPlain = ({ children, element }: SchemaTree): boolean =>
    children.length === 0 && element.repetition_type !== 'REPEATED';
  const levelOf = ({ element }: SchemaTree): number => Number(element.repetition_type !== 'REQUIRED');
  return tree.children.map((node) => {
    const { repetition_type } = node.element;
    const name = nameOf(node);
    if (node.children.length === 0) {
      const index = next++;
      const leaf = isPlain(node) ? { node, index, levels: levelOf(node) } : null;
      return { name, leaf, fields: new Map<string, Leaf>() };
    }
    const fields = new Map<string, Leaf>();
    for (const child of node.children) {
      if (repetition_type !== 'REPEATED' && isPlain(child))
        fields.set(nameOf(child), { node: child, index: next, levels: levelOf(node) + levelOf(child) });
      next += leavesOf(child);
    }
    return { name, leaf: null, fields };
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

/** An open Parquet file. */
export class ParquetFile {
  /** Its name, to be shown. */
  readonly name: string;
  readonly bytes: number;
  readonly metadata: FileMetaData;
  readonly columns: readonly TopColumn[];
  private done = 0;
  private readonly source: ParquetSource;

  constructor(name: string, source: ParquetSource, metadata: FileMetaData, columns: readonly TopColumn[]) {
    this.name = name;
    this.bytes = source.byteLength;
    this.source = source;
    this.metadata = metadata;
    this.columns = columns;
  }

  /**
   * Rows of the file, after all sizes that the footer claims were checked against each other and the limits.
   *
   * @throws LabError PARQUET_DAMAGED, PARQUET_TOO_LARGE
   */
  checkRows(): number {
    return checkClaims(this.name, this.metadata, this.columns.length);
  }

  /** The bytes of a column in a row group. */
  private async chunk(name: string, group: FileMetaData['row_groups'][number], index: number) {
    const chunk = group.columns[index] as (typeof group.columns)[number] | undefined;
    const meta = chunk?.meta_data;
    if (chunk?.crypto_metadata !== undefined || (chunk !== undefined && meta === undefined))
      throw new LabError('PARQUET_UNSUPPORTED', `${this.name} is encrypted.`);
    if (chunk?.file_path !== undefined)
      throw new LabError('PARQUET_UNSUPPORTED', `${this.name} keeps its columns in other files.`);
    const from = Number(meta?.dictionary_page_offset || meta?.data_page_offset);
    const size = Number(meta?.total_compressed_size);
    if (meta === undefined || !(from >= 4 && size >= 0 && from + size <= this.source.byteLength))
      throw new LabError('PARQUET_DAMAGED', `${this.name} is damaged: column ${name} lies outside of it.`);
    if (size > MAX_CHUNK_BYTES)
      throw new LabError('PARQUET_TOO_LARGE', `Column ${name} of ${this.name} has a chunk of ${size} bytes.`);
    return { meta, bytes: new Uint8Array(await this.source.slice(from, from + size)) };
  }

  /** The pages of a column in a row group. */
  private async *pages(name: string, leaf: Leaf, group: FileMetaData['row_groups'][number]) {
    const rows = Number(group.num_rows);
    if (rows === 0) return;
    const { element } = leaf.node;
    const { meta, bytes } = await this.chunk(name, group, leaf.index);
    if (meta.type !== element.type)
      throw new LabError('PARQUET_DAMAGED', `${this.name} is damaged: column ${name} has two types.`);
    yield* readPages(bytes, meta, element, rows, leaf.levels);
    this.done += bytes.length;
  }

  /** Reads a column one way; throws Unfit when a value does not fit it. */
  private async readWay(
    name: string,
    leaf: Leaf,
    way: Way,
    pulse: Pulse,
  ): Promise<{ column: Column; infinite: number }> {
    const cells = new ColumnCells(way, Number(this.metadata.num_rows));
    for (const group of this.metadata.row_groups)
      for await (const page of this.pages(name, leaf, group)) {
        cells.add(page);
        if (pulse.due())
          await pulse.beat({ phase: 'Reading columns', done: this.done, total: this.bytes, unit: 'bytes' });
      }
    return { column: cells.finish(name), infinite: cells.infinite };
  }

  /**
   * Reads a column by the first way that holds all its values; null when there is none.
   *
   * @param wantsText whether dates and times that are infinite are to be kept, as text
   * @throws LabError PARQUET_DAMAGED, PARQUET_UNSUPPORTED, PARQUET_TOO_LARGE
   */
  async column(name: string, leaf: Leaf, wantsText: boolean, pulse: Pulse): Promise<ReadColumn | null> {
    const before = this.done;
    for (const [k, way] of waysOf(leaf.node.element).entries()) {
      try {
        const { column, infinite } = await this.readWay(name, leaf, way, pulse);
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
        if (!(thrown instanceof Unfit)) throw refusal(this.name, `column ${name}`, thrown);
        this.done = before;
      }
    }
    return null;
  }

  /**
   * Gives the bytes of every row of a row group, one after the other; null where there are none. They are part of the
   * group's page: what is kept has to be copied.
   *
   * @param group number of the row group
   * @param take a promise that it returns is waited for
   * @throws LabError PARQUET_DAMAGED, PARQUET_UNSUPPORTED, PARQUET_TOO_LARGE, and what `take` throws
   */
  async eachBytes(
    name: string,
    leaf: Leaf,
    group: number,
    take: (row: number, bytes: Uint8Array | null) => void | Promise<void>,
  ): Promise<void> {
    let dictionary: Uint8Array[] = [];
    let row = 0;
    const pages = this.pages(name, leaf, this.metadata.row_groups[group]);
    const where = `column ${name}`;
    for (;;) {
      const next = await pages.next().catch((thrown: unknown) => {
        throw refusal(this.name, where, thrown);
      });
      if (next.done === true) return;
      const { kind, count, present, values } = next.value;
      const found = valuesOf(values, this.name, where);
      if (kind === 'dictionary') {
        dictionary = [...found] as Uint8Array[];
        continue;
      }
      for (let k = 0; k < count; k++, row++) {
        const value = present !== null && present[k] === 0 ? null : found.next().value;
        const bytes = typeof value === 'number' ? dictionary[value] : ((value ?? null) as Uint8Array | null);
        const waiting = take(row, bytes);
        // Awaiting what is no promise would cost a turn of the event loop per row.
        if (waiting !== undefined) await waiting;
      }
    }
  }
}

/** The values of a page one by one. @throws LabError what they are refused for */
function* valuesOf(pieces: Iterable<Values>, name: string, where: string): Generator<Value, undefined> {
  const all = pieces[Symbol.iterator]();
  for (;;) {
    let piece: IteratorResult<Values>;
    try {
      piece = all.next();
    } catch (thrown) {
      throw refusal(name, where, thrown);
    }
    if (piece.done === true) return undefined;
    for (let k = 0; k < piece.value.length; k++) yield piece.value[k];
  }
}

/**
 * Opens a Parquet file: its footer is read, and nothing of its columns.
 *
 * @throws LabError PARQUET_DAMAGED
 */
export async function openParquet(file: TableFile): Promise<ParquetFile> {
  const source = await sourceOf(file);
  const metadata = await readMetadata(file.name, source);
  try {
    return new ParquetFile(file.name, source, metadata, topColumns(parquetSchema(metadata)));
  } catch (thrown) {
    throw refusal(file.name, 'its schema', thrown);
  }
}
