/** Times of encoding, decoding and random access, and whether what comes back is what went in. */
import { joinPieces, memorySource } from '../src/core/archive/container.ts';
import {
  decodeTable,
  locateRecord,
  openArchive,
  RecordReader,
  type OpenArchive,
} from '../src/core/archive/read.ts';
import { makeArchive, type DatasetLabel, type MadeArchive } from '../src/core/experiment/archiving.ts';
import type { ExperimentSettings } from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { median } from '../src/core/quantiles.ts';
import { createGenerator, permutation } from '../src/core/random.ts';
import { dropColumns, firstDifference, type Table } from '../src/core/table/table.ts';

/** A measured number as it is printed: no more digits than mean something. */
export const round = (value: number, digits: number): number => Number(value.toPrecision(digits));

/** @returns seconds of the processor that work took, in all threads of this process, and what it gave */
export async function processorSeconds<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, value };
}

/** Cold time, then the median of five after a warm-up. */
async function time(work: () => Promise<void>, quick: boolean): Promise<{ cold: number; warm: number }> {
  const once = async (): Promise<number> => {
    const started = performance.now();
    await work();
    return (performance.now() - started) / 1000;
  };
  const cold = await once();
  if (quick) return { cold, warm: cold };
  await once();
  const seconds: number[] = [];
  for (let k = 0; k < 5; k++) seconds.push(await once());
  return { cold, warm: median(seconds) };
}

/** Microseconds to decode one random record of an archive whose blocks are in memory. */
async function randomAccess(archive: OpenArchive, reads: number): Promise<number> {
  const reader = new RecordReader(archive);
  const { rows } = archive.schema;
  const order = permutation(rows, createGenerator(1)).subarray(0, reads);
  const places = Array.from(order, (record) => locateRecord(archive, record));
  // Only so many blocks stay resident: one that has left is fetched again, and its fetching counts.
  const visit = (place: (typeof places)[number]): Promise<void> | null => {
    const group = archive[place.group];
    const block = Math.floor(place.position / group.recordsPerBlock);
    if (group.resident(block) === null) {
      return reader.fetch(place).then(() => void reader.decode(place));
    }
    reader.decode(place);
    return null;
  };
  for (const place of places) await visit(place); // warm-up
  const started = performance.now();
  for (let k = 0; k < reads; k++) {
    const pending = visit(locateRecord(archive, order[k % order.length]));
    if (pending !== null) await pending;
  }
  return ((performance.now() - started) * 1000) / reads;
}

export interface Timings {
  encodeSeconds: number;
  encodeColdSeconds: number;
  decodeSeconds: number;
  decodeColdSeconds: number;
  randomAccessMicroseconds: number;
  roundTrip: string;
}

/** @param quick times each direction once instead of five times */
export async function measure(
  table: Table,
  settings: ExperimentSettings,
  label: DatasetLabel,
  made: MadeArchive,
  quick: boolean,
): Promise<Timings> {
  const encode = await time(async () => {
    // A fresh workbench: mappings, planes, search, packing, checksums, everything from the typed columns on.
    await makeArchive(new Workbench(table), { ...settings, target: null }, label, SILENT_PULSE);
  }, quick);
  const file = joinPieces(made.image);
  let decoded: Table | null = null;
  const decode = await time(async () => {
    decoded = await decodeTable(await openArchive(memorySource(file, { isTrusted: true })));
  }, quick);
  const difference = firstDifference(dropColumns(table, settings.drop), decoded!);
  const archive = await openArchive(memorySource(file, { isTrusted: true }));
  return {
    encodeSeconds: round(encode.warm, 4),
    encodeColdSeconds: round(encode.cold, 4),
    decodeSeconds: round(decode.warm, 4),
    decodeColdSeconds: round(decode.cold, 4),
    randomAccessMicroseconds: round(await randomAccess(archive, quick ? 20_000 : 200_000), 3),
    roundTrip: difference === null ? 'exact' : `differs at ${difference}`,
  };
}
