/** The build that is to be driven: made anew where the sources are younger. Nothing of it goes to the standard output. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a build is made of. */
const SOURCES = [
  'index.html',
  'package.json',
  'vite.config.ts',
  'scripts/content-security.ts',
  'src',
  'workers',
  'public',
];

/** What changes nothing of what is driven: tests, and the results that this command writes. */
const NOT_DRIVEN = /\.test\.tsx?$|public[\\/]paper[\\/]results\.json/;

/** When the youngest file at or below a path was changed that a build is made of, in milliseconds. */
function youngest(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return NOT_DRIVEN.test(path) ? 0 : found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, youngest(join(path, name))), 0);
}

/** Whether a build, by its page, is there and younger than all that it is made of. */
export function isFresh(page: string, sources: readonly string[]): boolean {
  return existsSync(page) && statSync(page).mtimeMs >= Math.max(...sources.map(youngest));
}

/** Runs a script of the project; what it prints goes to the standard error. @throws Error when it fails */
export function runScript(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`node ${args.join(' ')} failed.`));
    });
  });
}

/** Makes the samples that are missing, and builds where dist/ is missing or older than its sources. */
export async function ensureBuild(say: (text: string) => void): Promise<void> {
  await runScript(['scripts/samples.mjs']);
  const sources = SOURCES.map((path) => join(ROOT, path));
  if (isFresh(join(ROOT, 'dist/index.html'), sources)) return;
  say('building …');
  await runScript(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
}
