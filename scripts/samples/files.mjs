// What every sample has in common: it is written whole or not at all, and known by its SHA-256.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param {string} path from the project's root */
export const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} path */
export function readOrNull(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** @param {string} path */
export function sizeOrNull(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

/**
 * Writes beside the place and then moves there, so that an interruption leaves nothing half-written.
 *
 * @param {string} path
 * @param {Uint8Array | string} bytes
 */
export function writeWhole(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  writeFileSync(partial, bytes);
  renameSync(partial, path);
}

/**
 * Bytes of a file that has to be a certain one.
 *
 * @param {string} path
 * @param {string} expected SHA-256
 * @param {string} advice what to do when it is missing or another
 */
export function readKnown(path, expected, advice) {
  const bytes = readOrNull(path);
  if (bytes === null) throw new Error(`${path} is missing. ${advice}`);
  requireHash(bytes, expected, path, advice);
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @param {string} expected SHA-256
 * @param {string} what the bytes are
 * @param {string} advice what to do when they are others
 */
export function requireHash(bytes, expected, what, advice) {
  const found = sha256(bytes);
  if (found === expected) return;
  throw new Error(
    `${what} is not the file that this project was written for (SHA-256 ${found}, expected ${expected}). ${advice}`,
  );
}

/**
 * @param {string} to from the project's root
 * @param {Uint8Array} bytes
 */
export function reportWritten(to, bytes) {
  console.log(`samples: wrote ${to} (${bytes.length.toLocaleString('en')} bytes)`);
}
