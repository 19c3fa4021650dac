/** Tables as text: quotes, delimiters, encodings, control characters, headers in doubt, LIBSVM; alone and in containers. */
import { gzipSync, zipSync } from 'fflate';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { findOpenings } from '../../openings.ts';
import { readTable } from '../../readTable.ts';
import { fileOf } from '../files.ts';
import { imageFile } from '../imageFiles.ts';
import { tarBytes } from '../tarFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

type Cell = (random: Chance, row: number) => string;

/** What columns hold: each is mostly of one kind. */
const COLUMNS: readonly Cell[] = [
  (random) => String(random.whole(-50, 50)),
  (random) => (random.whole(-9_999, 9_999) / 100).toFixed(random.whole(0, 3)),
  (_, row) => String(2_000 + row),
  (random) => `2020-0${random.whole(1, 9)}-1${random.whole(0, 9)}`,
  (random) => `${random.whole(0, 25)}:${random.whole(10, 70)}`,
  (random) => random.one(['red', 'green', 'Bäume', 'great dane', '=1+1']),
  (random) => random.one(['1.234,5', '1,234.5', '1/2', '007', '1e400', '9007199254740993']),
  (random) => random.some(0, 30, () => random.whole(0, 255)).join(' '),
];
const ODD = [
  '',
  'NA',
  'None',
  'n/a',
  '#N/A',
  '<NA>',
  '-nan',
  '1.#QNAN',
  '-',
  'inf',
  '__proto__',
  'x,y',
  'x\ny',
  '"',
  '""',
  '\v',
  '\u001b[0m',
  '\u001a',
  '\0',
];
const HEADERS = ['id', 'label', 'pixels', 'Usage', 'emotion', '1990', '2020-01-01', '', 'id', 'weight'];

function quoted(random: Chance, text: string): string {
  if (random.is(0.03)) return text;
  return /[",;\t|:\n\r]/.test(text) || random.is(0.1) ? `"${text.replaceAll('"', '""')}"` : text;
}

function makeDelimited(random: Chance): string {
  const delimiter = random.one([',', ',', ';', '\t', '|', '::', ' ']);
  const columns = random.some(1, 6, () => random.one(COLUMNS));
  const odd = random.one([0, 0, 0.05, 0.3]);
  const rows = Array.from({ length: random.whole(0, 25) }, (_, row) =>
    columns.map((cell) => (random.is(odd) ? random.one(ODD) : cell(random, row))),
  );
  if (random.is(0.7)) rows.unshift(columns.map((_, c) => (random.is(0.5) ? `c${c}` : random.one(HEADERS))));
  if (random.is(0.05)) rows.push(rows[0] ?? ['']);
  const lines = rows.map((row) => row.map((text) => quoted(random, text)).join(delimiter));
  if (random.is(0.1)) lines.unshift('A title', '');
  if (random.is(0.03)) lines.push(random.one(ODD));
  return lines.join(random.one(['\n', '\n', '\r\n', '\r'])) + random.one(['', '\n', '\u001a', '\0\0']);
}

function makeSparse(random: Chance): string {
  const lines = random.some(0, 15, () => {
    const labels = random.is(0.1)
      ? []
      : random.some(1, random.is(0.1) ? 3 : 1, () => random.one(['1', '-1', '+1', '2.5', 'x', '1.#QNAN']));
    let index = 0;
    const pairs = random.some(0, 6, () => {
      index += random.is(0.03) ? random.whole(-3, 3_000_000) : random.whole(1, 9);
      return `${index}:${random.one(['1', '0.5', '-3e4', 'nan', '', '10:30'])}`;
    });
    return [labels.join(','), ...pairs].join(' ');
  });
  return lines.join(random.one(['\n', '\r\n', '\r']));
}

/** Text in an encoding that tables may have, marked or not. */
function encoded(random: Chance, text: string): Uint8Array {
  const marked = random.is(0.5) ? `\ufeff${text}` : text;
  const units = Uint16Array.from(marked, (_, k) => marked.charCodeAt(k));
  return random.one([
    () => new TextEncoder().encode(text),
    () => new TextEncoder().encode(marked),
    () => Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    () => new Uint8Array(units.buffer),
    () => new Uint8Array(units.map((unit) => (unit >> 8) | (unit << 8)).buffer),
  ])();
}

function makeTable(random: Chance): Uint8Array {
  const bytes = encoded(random, random.is(0.8) ? makeDelimited(random) : makeSparse(random));
  return random.is(0.25) ? damage(random, bytes) : bytes;
}

export const TABLE_FUZZ: FuzzGenerator = {
  name: 'table',
  make: makeTable,
  async read(bytes) {
    // Pieces so small that quotes, line breaks and characters lie across them.
    await readTable(fileOf(bytes, 'x.csv', 61), {}, SILENT_PULSE);
  },
};

const PATHS = ['train.csv', 'test.csv', 'data/a.tsv', 'b.txt', 'readme.md', 'c.svm', 'deep/er/d.csv'];

export const CONTAINER_FUZZ: FuzzGenerator = {
  name: 'tables-inside',
  make(random) {
    const files: Record<string, Uint8Array> = {};
    for (let left = random.whole(0, 4); left > 0; left--) files[random.one(PATHS)] = makeTable(random);
    const bytes = random.one([
      () => zipSync(files),
      () => tarBytes(files),
      () => gzipSync(tarBytes(files)),
      () => gzipSync(makeTable(random)),
    ])();
    return random.is(0.4) ? damage(random, bytes) : bytes;
  },
  async read(bytes) {
    const file = imageFile('x', bytes);
    const { tables } = await findOpenings([
      file,
      imageFile('y.csv', new TextEncoder().encode('a,b\n1,2\n3,4\n')),
    ]);
    if (tables.length > 5) throw new Error(`${tables.length} tables were found.`);
    await readTable(fileOf(bytes, 'x', 997, true), {}, SILENT_PULSE);
  },
};
