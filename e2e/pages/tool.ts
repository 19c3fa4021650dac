/** The command line tool as somebody has it who installed its package. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

export interface InstalledTool {
  /** An empty folder to work in. */
  folder: string;
  /** @returns what a command gives, as JSON */
  dmla(...line: string[]): Promise<Record<string, unknown>>;
  remove(): Promise<void>;
}

/** Makes the package, and installs it into an empty folder without a network. */
export async function installTool(): Promise<InstalledTool> {
  const place = await mkdtemp(join(tmpdir(), 'dmla-package-'));
  const folder = join(place, 'work');
  await mkdir(folder);
  const npm = (line: string[], cwd: string) => run('npm', line, { cwd, shell: process.platform === 'win32' });
  await run(process.execPath, ['scripts/pack.mjs', '--out', join(place, 'package')], { cwd: ROOT });
  await npm(['pack', '--silent', '--pack-destination', place], join(place, 'package'));
  const tarball = (await readdir(place)).find((name) => name.endsWith('.tgz'))!;
  await npm(
    ['install', '--offline', '--no-audit', '--no-fund', '--prefix', place, join(place, tarball)],
    place,
  );
  return {
    folder,
    async dmla(...line) {
      const bin = join(place, 'node_modules', '.bin', 'dmla');
      const { stdout } = await run(bin, [...line, '--json'], {
        cwd: folder,
        shell: process.platform === 'win32',
      });
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    remove: () => rm(place, { recursive: true }),
  };
}
