/** Files of labels beside pictures in parts and folders: tables, lists and JSON, in several encodings. */
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { readImages } from '../../readImages.ts';
import { imageFile } from '../imageFiles.ts';
import { decodeNothing, plainPng } from '../pictureFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

const PICTURES = [
  'train/cat/0.png',
  'train/cat/1.png',
  'train/dog/0.png',
  'test/cat/0.png',
  'test/dog/7.png',
];
const FILES = [
  'labels.csv',
  'train.csv',
  'test/metadata.csv',
  'train/cat/labels.txt',
  'all.json',
  'notes.jsonl',
];
const HEADERS = ['file', 'image_id', 'label', 'class', 'note', 'cat', 'dog', ''];
const WORDS = [
  'a',
  'b',
  '7',
  '0',
  '1',
  '1.0',
  '',
  'nan',
  'Bäume',
  'great dane',
  '"',
  'x,y',
  'x\ny',
  '\r',
  '[',
  '\0',
];

function nameOf(random: Chance): string {
  const path = random.one(PICTURES);
  const parts = path.split('/').slice(random.whole(0, 2));
  const prefix = random.one(['', '', '', './', 'C:\\data\\', '/home/me/', '../', 'other/']);
  const name = `${prefix}${parts.join(random.is(0.2) ? '\\' : '/')}`;
  return random.is(0.3) ? name.replace('.png', random.one(['', '.jpg', '.PNG'])) : name;
}

function cellOf(random: Chance, text: string): string {
  if (random.is(0.1)) return text;
  return /[",;\n\r]/.test(text) || random.is(0.2) ? `"${text.replaceAll('"', '""')}"` : text;
}

function makeTable(random: Chance): string {
  const delimiter = random.one([',', ',', ';', '\t', '|', ' ']);
  const kinds = random.some(1, 4, () => random.one(['name', 'flag', 'word'] as const));
  const rows = random.some(0, 12, () =>
    kinds.map((kind) => {
      if (kind === 'name') return nameOf(random);
      return kind === 'flag' ? random.one(['0', '1', 'True', 'False', '']) : random.one(WORDS);
    }),
  );
  if (random.is(0.7)) rows.unshift(kinds.map((kind) => (kind === 'name' ? 'file' : random.one(HEADERS))));
  if (random.is(0.1)) rows.push([random.one(WORDS)]);
  const lines = rows.map((row) => row.map((text) => cellOf(random, text)).join(delimiter));
  return lines.join(random.one(['\n', '\r\n', '\r']));
}

function makeJson(random: Chance): string {
  const label = (): unknown => random.one<unknown>(['a', 'b', 1, true, null, 1.5, ['a'], {}]);
  const records = random.some(0, 8, () => ({ [random.one(HEADERS)]: nameOf(random), label: label() }));
  return random.one([
    () => JSON.stringify(records),
    () => records.map((record) => JSON.stringify(record)).join('\n'),
    () => JSON.stringify(Object.fromEntries(PICTURES.map((path) => [path, label()]))),
    () => JSON.stringify(random.some(0, 6, label)),
  ])();
}

function encoded(random: Chance, text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
  return random.one([
    () => new TextEncoder().encode(text),
    () => Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    () => new Uint8Array(units.buffer),
  ])();
}

/** The first byte says what the file is called, and how the pictures are to be read. */
export const LABEL_FUZZ: FuzzGenerator = {
  name: 'labels',
  make(random) {
    const text = encoded(random, random.is(0.8) ? makeTable(random) : makeJson(random));
    const content = random.is(0.3) ? damage(random, text) : text;
    return Uint8Array.of(random.whole(0, 255), ...content);
  },
  async read(bytes) {
    const choice = bytes.length === 0 ? 0 : bytes[0];
    const pictures = PICTURES.map((path, k) => imageFile(path, plainPng(2, 2, [k])));
    const labels = imageFile(FILES[choice % FILES.length], bytes.subarray(1));
    const reading = choice < 128 ? { classesFrom: 'labels' as const } : {};
    await readImages([...pictures, labels], reading, decodeNothing, SILENT_PULSE);
  },
};
