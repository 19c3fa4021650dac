/** The small sections of an archive: split, time patterns, base mask, analytics, stored samples. */
import { ByteReader, ByteWriter } from '../bits/bytes.ts';
import { crc32c } from '../bits/crc32c.ts';
import type { WeightedSamples } from '../condense/clusters.ts';
import type { Quantiser } from '../condense/quantiser.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { splitRecordsInSteps, splitTail, type Split } from '../random.ts';
import { isTimePattern } from '../table/time.ts';

/** How records were divided; the lists themselves follow from it. */
export type SplitRule =
  | { kind: 'random'; seed: number; testFraction: number }
  | { kind: 'tail'; testRows: number };

/** Numbers of the rules: splitRecords and splitTail of random.ts. */
const RANDOM_SPLIT = 1;
const TAIL_SPLIT = 2;

function splitChecksum(split: Split): number {
  return crc32c(new Uint8Array(split.test.buffer, split.test.byteOffset, split.test.byteLength));
}

export function encodeSplit(rule: SplitRule, split: Split): Uint8Array {
  const writer = new ByteWriter();
  if (rule.kind === 'random') writer.uint8(RANDOM_SPLIT).uint32(rule.seed).float64(rule.testFraction);
  else writer.uint8(TAIL_SPLIT).uint32(rule.testRows);
  return writer.uint32(splitChecksum(split)).finish();
}

function readRule(reader: ByteReader, rows: number): SplitRule {
  const kind = reader.uint8();
  if (kind === RANDOM_SPLIT) {
    const seed = reader.uint32();
    const testFraction = reader.float64();
    if (testFraction >= 0 && testFraction <= 1) return { kind: 'random', seed, testFraction };
  } else if (kind === TAIL_SPLIT) {
    const testRows = reader.uint32();
    if (testRows <= rows) return { kind: 'tail', testRows };
  }
  throw reader.corrupt('has no known rule');
}

/** @throws ARCHIVE_CORRUPT also when this version would divide the records differently */
export async function decodeSplit(
  bytes: Uint8Array,
  rows: number,
  pulse: Pulse = SILENT_PULSE,
): Promise<{ rule: SplitRule; split: Split }> {
  const reader = new ByteReader(bytes, 'the split');
  const rule = readRule(reader, rows);
  const checksum = reader.uint32();
  reader.end();
  const split =
    rule.kind === 'random'
      ? await splitRecordsInSteps(rows, rule.testFraction, rule.seed, pulse)
      : splitTail(rows, rule.testRows);
  if (splitChecksum(split) !== checksum)
    throw reader.corrupt('gives other records than it did when it was written');
  return { rule, split };
}

/** Patterns of the columns of dates and times, by column; null when there is none. */
export function encodeTimes(columns: readonly { time?: string }[]): Uint8Array | null {
  const timed = columns.flatMap(({ time }, index) => (time === undefined ? [] : [{ time, index }]));
  if (timed.length === 0) return null;
  const writer = new ByteWriter().varint(timed.length);
  for (const { time, index } of timed) writer.varint(index).string(time);
  return writer.finish();
}

/**
 * @param columns whether each column holds numbers: only those have a pattern
 * @returns pattern by column
 * @throws ARCHIVE_CORRUPT
 */
export function decodeTimes(bytes: Uint8Array, columns: readonly boolean[]): Map<number, string> {
  const reader = new ByteReader(bytes, 'the list of time patterns');
  const times = new Map<number, string>();
  for (let k = reader.count(2); k > 0; k--) {
    const index = reader.varint();
    const pattern = reader.string();
    if (!columns[index] || times.has(index) || !isTimePattern(pattern))
      throw reader.corrupt(`gives column ${index} a pattern that it cannot have`);
    times.set(index, pattern);
  }
  reader.end();
  return times;
}

/** Analytics positions: cells of the stored record (below recordBits), then of the quantisers in order. */
export interface Analytics {
  cells: Uint32Array;
  quantisers: Quantiser[];
}

export function encodeAnalytics({ cells, quantisers }: Analytics): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(quantisers.length);
  for (const { column, min, max } of quantisers) writer.varint(column).float64(min).float64(max);
  writer.varint(cells.length);
  for (const cell of cells) writer.varint(cell);
  return writer.finish();
}

/** @throws ARCHIVE_CORRUPT */
export function decodeAnalytics(bytes: Uint8Array): Analytics {
  const reader = new ByteReader(bytes, 'the analytics positions');
  const quantisers: Quantiser[] = [];
  for (let k = reader.count(17); k > 0; k--) {
    quantisers.push({ column: reader.varint(), min: reader.float64(), max: reader.float64() });
  }
  const cells = new Uint32Array(reader.count(1));
  for (let k = 0; k < cells.length; k++) cells[k] = reader.varint();
  reader.end();
  return { cells, quantisers };
}

/** Stored condensed samples: m, width, then x, y and weights as float64; the columns of y follow from the size. */
export function encodeSamples({ rows, width, x, y, weights }: WeightedSamples): Uint8Array {
  const writer = new ByteWriter().varint(rows).varint(width);
  for (const part of [x, y, weights])
    writer.bytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return writer.finish();
}

/** @throws ARCHIVE_CORRUPT */
export function decodeSamples(bytes: Uint8Array): WeightedSamples {
  const reader = new ByteReader(bytes, 'the condensed samples');
  const rows = reader.varint();
  const width = reader.varint();
  const outputs = rows === 0 ? 1 : reader.left / 8 / rows - width - 1;
  if (!Number.isInteger(outputs) || outputs < 1 || rows * (width + outputs + 1) * 8 !== reader.left) {
    throw reader.corrupt('has not the size it claims');
  }
  const numbers = (count: number): Float64Array => {
    const values = new Float64Array(count);
    new Uint8Array(values.buffer).set(reader.bytes(count * 8));
    return values;
  };
  const x = numbers(rows * width);
  const y = numbers(rows * outputs);
  return { rows, width, x, outputs, y, weights: numbers(rows) };
}
