/** Memory and time of `dmla compress`, in a process of its own: nothing of the bench is counted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

/** Runs in the tool's process before the tool, and says at its end what it took; only a process itself can tell. */
const REPORTER = `data:text/javascript,${encodeURIComponent(`
import { writeSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024, cpuSeconds: (user + system) / 1e6 }));
});`)}`;

export interface Compression {
  archiveBytes: number;
  /** Most resident bytes of the whole process, what Node takes for itself included. */
  peak: number;
  /** Of all its threads. */
  cpuSeconds: number;
}

/**
 * Compresses files by a packed tool.
 *
 * @param tool its path: package/dmla.mjs
 * @param folder where the archive is written
 * @throws Error with what the tool said where it fails
 */
export async function compressFiles(
  tool: string,
  files: readonly string[],
  folder: string,
): Promise<Compression> {
  const archive = join(folder, 'compressed.dmla');
  const child = spawn(process.execPath, ['--import', REPORTER, tool, 'compress', ...files, '-o', archive], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [said, report, [code]] = await Promise.all([
    text(child.stderr!),
    text(child.stdio[3] as Readable),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`${tool} failed: ${said.trim()}`);
  const { peak, cpuSeconds } = JSON.parse(report) as Pick<Compression, 'peak' | 'cpuSeconds'>;
  return { archiveBytes: statSync(archive).size, peak, cpuSeconds };
}
