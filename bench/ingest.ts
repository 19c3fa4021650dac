/** `bench ingest`: speed and memory of reading a CSV file, generated or given. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pulse } from '../src/core/pulse.ts';
import { createGenerator } from '../src/core/random.ts';
import { readCsv } from '../src/readers/csv/readCsv.ts';
import type { Column } from '../src/core/table/table.ts';
import { writeTime } from '../src/core/table/time.ts';
import { fileSource } from './fileSource.ts';
import { Options } from './options.ts';

export const INGEST_USAGE = `bench ingest [FILE] [--megabytes N] [--seed N] [--columns] [--json]
Reads a CSV file and prints speed and peak memory. Without FILE it generates one of N megabytes (200) in a temporary
folder, of integers, decimals, full doubles, categories, dates and times, and removes it afterwards. --columns lists
what every column was read as.`;

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

/** Looks at the memory of array buffers and heap with every piece of the file. */
class MemoryPulse implements Pulse {
  buffers = 0;
  heap = 0;

  due(): boolean {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    this.buffers = Math.max(this.buffers, arrayBuffers);
    this.heap = Math.max(this.heap, heapUsed);
    return false;
  }

  beat(): Promise<void> {
    return Promise.resolve();
  }
}

const mebibytes = (bytes: number): number => Number((bytes / 2 ** 20).toFixed(1));

export async function benchIngest(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(INGEST_USAGE);
    return;
  }
  const megabytes = options.number('megabytes', 200);
  const seed = options.number('seed', 1);
  const pretty = !options.flag('json');
  const withColumns = options.flag('columns');
  options.end();
  const [given] = options.rest as (string | undefined)[];
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'ingest-')) : null;
  try {
    const path = given ?? join(folder!, 'generated.csv');
    if (given === undefined) generate(path, megabytes * 1e6, seed);
    const memory = new MemoryPulse();
    memory.due();
    const before = { rss: process.memoryUsage.rss(), buffers: memory.buffers, heap: memory.heap };
    const cpu = process.cpuUsage();
    const started = performance.now();
    const { table, bytes, notices, decisions } = await readCsv(fileSource(path), {}, memory);
    const seconds = (performance.now() - started) / 1000;
    // Of all threads; on a machine with other work it says more than the clock.
    const { user, system } = process.cpuUsage(cpu);
    memory.due();
    const typed = typedBytes(table.columns);
    // The highest mark of the whole process, so that nothing between two looks is missed.
    const peak = process.resourceUsage().maxRSS * 1024 - before.rss;
    const line = {
      file: given ?? 'generated',
      bytes,
      rows: table.rows,
      columns: table.columns.length,
      seconds: Number(seconds.toFixed(2)),
      megabytesPerSecond: Number((bytes / 1e6 / seconds).toFixed(1)),
      cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
      megabytesPerCpuSecond: Number((bytes / (user + system)).toFixed(1)),
      typedMebibytes: mebibytes(typed),
      peakExtraMebibytes: mebibytes(peak),
      peakOverTyped: Number((peak / typed).toFixed(2)),
      buffersMebibytes: mebibytes(memory.buffers - before.buffers),
      heapMebibytes: mebibytes(memory.heap - before.heap),
      notices: notices.map(({ column, text }) => `${column ?? 'table'}: ${text}`),
      ...(withColumns ? { decisions } : {}),
    };
    console.log(pretty ? JSON.stringify(line, null, 2) : JSON.stringify(line));
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true });
  }
}
