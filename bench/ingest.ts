/** `bench ingest`: speed and memory of reading a CSV file or pictures, generated or given. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGenerator } from '../src/core/random.ts';
import { readCsv } from '../src/readers/csv/readCsv.ts';
import type { Column } from '../src/core/table/table.ts';
import { writeTime } from '../src/core/table/time.ts';
import { looksLikeImages } from '../src/readers/readImages.ts';
import { fileSource } from './fileSource.ts';
import { imageFilesAt } from './imageFiles.ts';
import { compressFiles, type Compression } from './ingestCompress.ts';
import { MemoryPulse } from './ingestMemory.ts';
import { generatePictures, readPictures } from './ingestPictures.ts';
import { Options } from './options.ts';

export const INGEST_USAGE = `bench ingest [FILES] [--megabytes N | --pictures N] [--seed N] [--compress TOOL]
  [--columns] [--json]
Reads a CSV file, or pictures, and prints speed and peak memory. Without FILES it generates a CSV of N megabytes (200) in
a temporary folder, of integers, decimals, full doubles, categories, dates and times, and removes it afterwards; with
--pictures a Parquet of N pictures of 28 × 28 as PNGs, as dataset hubs have them. --columns lists what every column of a
table was read as. --compress has the same files compressed by a packed tool (npm run pack: package/dmla.mjs), and prints
processor time and peak memory of its whole process.`;

const FLAGS = new Set(['columns', 'json', 'help']);

const CATEGORIES = Array.from({ length: 40 }, (_, k) => `district ${k + 1}`);
const GRADES = ['Fair', 'Good', 'Very Good', 'Premium', 'Ideal'];
const WRITE_BYTES = 1 << 20;

/** Writes rows of every usual kind of column until the file has a size. */
function generate(path: string, bytes: number, seed: number): void {
  const generator = createGenerator(seed);
  const draw = (n: number): number => (generator.next() >>> 0) % n;
  const unit = (): number => (generator.next() >>> 0) / 2 ** 32;
  const file = openSync(path, 'w');
  let written = 0;
  let text = 'id,count,price,share,reading,rate,grade,district,day,logged,stock,gap\n';
  for (let id = 1; written + text.length < bytes; id++) {
    const reading = unit() * 200 - 100 + unit() / 1e6;
    const row = [
      id,
      draw(1000),
      (draw(10_000_000) / 100).toFixed(2),
      (draw(100_001) / 1e5).toFixed(5),
      reading,
      (1 + draw(5000)) / (1 + draw(700)),
      GRADES[draw(GRADES.length)],
      CATEGORIES[draw(CATEGORIES.length)],
      writeTime(10_000 + draw(10_000), 'YYYY-MM-DD'),
      writeTime(1_500_000_000 + id * 7, 'YYYY-MM-DD hh:mm:ss'),
      draw(2_000_000) - 1_000_000,
      draw(5) === 0 ? '' : draw(100),
    ];
    text += `${row.join(',')}\n`;
    if (text.length >= WRITE_BYTES) {
      written += writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}

/** What the typed columns take; strings of a dictionary with two bytes a character. */
function typedBytes(columns: readonly Column[]): number {
  let bytes = 0;
  for (const column of columns) {
    bytes += column.missing?.byteLength ?? 0;
    if (column.kind === 'number') bytes += column.values.byteLength;
    else bytes += column.codes.byteLength + column.dictionary.reduce((sum, text) => sum + 2 * text.length, 0);
  }
  return bytes;
}

const mebibytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));

/** Bytes of a file, or of all files of a folder. */
function sizeOf(path: string): number {
  return imageFilesAt([path]).reduce((sum, file) => sum + file.bytes, 0);
}

async function readTable(path: string, withColumns: boolean, memory: MemoryPulse) {
  const { table, notices, decisions } = await readCsv(fileSource(path), {}, memory);
  return {
    rows: table.rows,
    columns: table.columns.length,
    typedBytes: typedBytes(table.columns),
    notices: notices.map(({ column, text }) => `${column ?? 'table'}: ${text}`),
    ...(withColumns ? { decisions } : {}),
  };
}

/** What compressing took, as printed. */
function compressionLine({ archiveBytes, peak, cpuSeconds }: Compression, typed: number) {
  return {
    archiveBytes,
    cpuSeconds: Number(cpuSeconds.toFixed(2)),
    peakMebibytes: mebibytes(peak),
    peakOverTyped: Number((peak / typed).toFixed(2)),
  };
}

/** Does work once and looks at its time and memory. */
async function watched<T>(work: (memory: MemoryPulse) => Promise<T>) {
  const memory = new MemoryPulse();
  memory.due();
  const before = { rss: process.memoryUsage.rss(), buffers: memory.buffers, heap: memory.heap };
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work(memory);
  const seconds = (performance.now() - started) / 1000;
  // Of all threads; on a machine with other work it says more than the clock.
  const { user, system } = process.cpuUsage(cpu);
  memory.due();
  return {
    value,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    memory: {
      // The highest mark of the whole process, so that nothing between two looks is missed.
      peak: process.resourceUsage().maxRSS * 1024 - before.rss,
      buffers: memory.buffers - before.buffers,
      heap: memory.heap - before.heap,
    },
  };
}

export async function benchIngest(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(INGEST_USAGE);
    return;
  }
  const megabytes = options.number('megabytes', 200);
  const pictures = options.number('pictures', 0);
  const seed = options.number('seed', 1);
  const pretty = !options.flag('json');
  const withColumns = options.flag('columns');
  const tool = options.text('compress');
  options.end();
  const given = options.rest;
  const folder = mkdtempSync(join(tmpdir(), 'ingest-'));
  const isGenerated = given.length === 0;
  try {
    const paths = given;
    if (isGenerated) {
      const path = join(folder, pictures > 0 ? 'train-00000-of-00001.parquet' : 'generated.csv');
      if (pictures > 0) await generatePictures(path, pictures, seed);
      else generate(path, megabytes * 1e6, seed);
      paths.push(path);
    }
    const arePictures = (await looksLikeImages(imageFilesAt(paths))) === 'images';
    if (!arePictures && paths.length > 1) throw new Error('Of tables one is read at a time.');
    const bytes = paths.reduce((sum, path) => sum + sizeOf(path), 0);
    type Read = Awaited<ReturnType<typeof readPictures> | ReturnType<typeof readTable>>;
    const read = (pulse: MemoryPulse): Promise<Read> =>
      arePictures ? readPictures(paths, pulse) : readTable(paths[0], withColumns, pulse);
    const { seconds, cpuSeconds, value, memory } = await watched(read);
    const { typedBytes: typed, ...facts } = value;
    const line = {
      file: isGenerated ? 'generated' : paths.join(' '),
      bytes,
      ...facts,
      seconds: Number(seconds.toFixed(2)),
      ...('pictures' in value && {
        picturesPerSecond: Math.round(value.pictures / seconds),
        picturesPerCpuSecond: Math.round(value.pictures / cpuSeconds),
      }),
      megabytesPerSecond: Number((bytes / 1e6 / seconds).toFixed(1)),
      cpuSeconds: Number(cpuSeconds.toFixed(2)),
      megabytesPerCpuSecond: Number((bytes / 1e6 / cpuSeconds).toFixed(1)),
      typedMebibytes: mebibytes(typed),
      peakExtraMebibytes: mebibytes(memory.peak),
      peakOverTyped: Number((memory.peak / typed).toFixed(2)),
      buffersMebibytes: mebibytes(memory.buffers),
      heapMebibytes: mebibytes(memory.heap),
      ...(tool === null
        ? {}
        : { compress: compressionLine(await compressFiles(tool, paths, folder), typed) }),
    };
    console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
