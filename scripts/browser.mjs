// Finds a Chromium for the end-to-end tests and, where there is none, tries to get one.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const BINARIES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const DOWNLOAD_LIMIT_SECONDS = 180;
const INSTALL_LIMIT_SECONDS = 600;

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name */
function onPath(name) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name + suffix))
    .find(isExecutable);
}

/**
 * The Chromium that is already here, and where it comes from.
 * @returns {{ path: string, source: string } | null}
 */
function locate() {
  for (const name of ['CHROMIUM_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH']) {
    const path = process.env[name];
    if (!path) continue;
    if (!isExecutable(path)) throw new Error(`${name} is set to ${path}, which cannot be executed.`);
    return { path, source: name };
  }
  for (const name of BINARIES) {
    const path = onPath(name);
    if (path) return { path, source: 'the system' };
  }
  const own = chromium.executablePath();
  return own && existsSync(own) ? { path: own, source: 'Playwright' } : null;
}

/** The path of a Chromium that is already here, or undefined. Installs nothing. */
export function findChromium() {
  return locate()?.path;
}

/**
 * Runs a command in a process group of its own, so that a time limit ends its children too.
 * @param {string} command
 * @param {string[]} args
 * @param {number} limitSeconds
 * @returns {Promise<boolean>} whether it ended well in time
 */
function runLimited(command, args, limitSeconds) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'ignore'],
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        DEBIAN_FRONTEND: 'noninteractive',
        // Playwright waits 30 s for each of its several attempts otherwise.
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
      },
    });
    const end = () => {
      if (child.pid === undefined) return;
      try {
        if (process.platform === 'win32') child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(end, limitSeconds * 1000);
    process.once('exit', end);
    child.once('error', () => settle(false));
    child.once('exit', (code) => settle(code === 0));
    /** @param {boolean} ok */
    function settle(ok) {
      clearTimeout(timer);
      process.off('exit', end);
      resolve(ok);
    }
  });
}

/** A Debian or a derivative, and the right to install on it. */
function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get') !== undefined;
}

async function install() {
  console.log('browser: none found, asking Playwright for its Chromium …');
  const cli = join(createRequire(import.meta.url).resolve('@playwright/test/package.json'), '../cli.js');
  if (await runLimited(process.execPath, [cli, 'install', 'chromium'], DOWNLOAD_LIMIT_SECONDS)) {
    const found = locate();
    if (found) return found;
  }
  if (!canUseApt()) return null;
  console.log('browser: that did not work, installing the chromium package with apt-get …');
  // A failed update need not matter: the package lists may be there already.
  await runLimited('apt-get', ['update'], INSTALL_LIMIT_SECONDS);
  await runLimited(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'chromium'],
    INSTALL_LIMIT_SECONDS,
  );
  return locate();
}

/** The path of a Chromium, installed first if need be; throws an Error that says what to do otherwise. */
export async function ensureChromium() {
  const found = locate() ?? (await install());
  if (!found) {
    throw new Error(
      'No Chromium was found and none could be installed. Install Chromium or Chrome with your system, ' +
        'or set CHROMIUM_PATH to one, and run this again.',
    );
  }
  console.log(`browser: ${found.path} (from ${found.source})`);
  return found.path;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureChromium().catch((error) => {
    console.error(`browser: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  });
}
