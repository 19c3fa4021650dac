// Chromium without a window of its own, for the end-to-end tests: the same engine, and a fifth less of the processor. On
// Debian the package of the version that is installed is unpacked into .cache/, which changes nothing of the system;
// where that cannot be had, the tests take the Chromium that there is.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CACHE = fileURLToPath(new URL('../.cache/', import.meta.url));
const PACKAGE = 'chromium-headless-shell';
/** Where the packages have their files, and both their data. */
const FOLDER = '/usr/lib/chromium';
const LIMIT_SECONDS = 90;

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args, cwd = CACHE) {
  return execFileSync(command, args, {
    cwd,
    timeout: LIMIT_SECONDS * 1000,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString();
}

/** The version of Debian's Chromium, or null where there is another one or none. */
function version() {
  if (process.platform !== 'linux' || !existsSync(FOLDER)) return null;
  try {
    return run('dpkg-query', ['-W', '-f=${Version}', 'chromium']).trim() || null;
  } catch {
    return null;
  }
}

/** @param {string} of */
const shellFolder = (of) => join(CACHE, `${PACKAGE}-${of.replace(/[^\w.+~-]/g, '_')}`);
/** @param {string} folder */
const binaryIn = (folder) => join(folder, FOLDER, PACKAGE);

/** The shell that was unpacked for the Chromium that is installed, or null. */
export function locateShell() {
  const present = version();
  if (present === null) return null;
  const path = binaryIn(shellFolder(present));
  return existsSync(path) ? path : null;
}

/** Gets the package and unpacks it. Returns where it is, or null with a line that says why not. */
export function fetchShell() {
  const there = locateShell();
  if (there !== null) return there;
  const wanted = version();
  if (wanted === null) return null;
  mkdirSync(CACHE, { recursive: true });
  const folder = join(CACHE, `${PACKAGE}-${process.pid}`);
  const lists = join(folder, 'lists');
  try {
    mkdirSync(join(lists, 'partial'), { recursive: true });
    const download = (/** @type {string[]} */ options) =>
      run('apt-get', [...options, 'download', `${PACKAGE}=${wanted}`], folder);
    try {
      download([]);
    } catch {
      // Without lists of packages, or with old ones: it reads lists of its own.
      const own = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${folder}`];
      run('apt-get', [...own, 'update'], folder);
      download(own);
    }
    const [file] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
    run('dpkg-deb', ['-x', file, folder], folder);
    // Data that it shares with the Chromium that is installed.
    const beside = join(folder, FOLDER);
    for (const name of readdirSync(FOLDER)) {
      if (!existsSync(join(beside, name))) symlinkSync(join(FOLDER, name), join(beside, name));
    }
    run(binaryIn(folder), ['--version'], folder);
    rmSync(join(folder, file));
    rmSync(lists, { recursive: true });
    renameSync(folder, shellFolder(wanted));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`browser: no ${PACKAGE} (${error instanceof Error ? error.message.split('\n')[0] : error})`);
  }
  return locateShell();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const shell = fetchShell();
  if (shell !== null) console.log(`browser: ${shell}`);
}
