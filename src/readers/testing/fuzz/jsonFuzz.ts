/** JSON records that nearly follow the rules: keys that come and go, odd values, escapes, lists, lines that break. */
import { gzipSync } from 'fflate';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { readTable } from '../../readTable.ts';
import { fileOf } from '../files.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

const KEYS = ['a', 'b', 'a.b', '', '__proto__', 'constructor', '\u00e9', '\\u0061', '\\n', 'long key'];
const VALUES = [
  ...['1', '-0', '2.50', '1e999', '12345678901234567890', '"7"', '"007"', '"1,5"', '"2020-01-01"', '"08:15"'],
  ...['null', 'true', 'NaN', 'Infinity', '""', '" "', '"NA"', '"red"', '[]', '[1,[2,{"x":"\\t"}]]', '{}'],
  ...['"\\ud83d\\ude00"', '"\\u0000"'],
];
const ODD = [
  '01',
  '+1',
  '.5',
  "'x'",
  '"\\ud800"',
  '"\\x"',
  'undefined',
  '',
  '[1,]',
  '"',
  '{"a":1}}',
  '\u0001',
];

function makeObject(random: Chance, odd: number, depth: number): string {
  const space = random.one(['', '', ' ', '\t']);
  const members = random.some(0, 5, () => {
    const key = random.one(KEYS);
    const value =
      depth < 10 && random.is(0.15)
        ? makeObject(random, odd, depth + 1)
        : random.is(odd)
          ? random.one(ODD)
          : random.one(VALUES);
    return `"${key}"${space}:${space}${value}`;
  });
  // A key that stands twice is refused: most records have each once.
  const distinct = random.is(0.97)
    ? [...new Map(members.map((member) => [/^"[^"]*"/.exec(member)![0], member])).values()]
    : members;
  return `{${space}${distinct.join(random.is(0.99) ? ',' : '')}${space}}`;
}

export const JSON_FUZZ: FuzzGenerator = {
  name: 'json',
  make(random) {
    const odd = random.one([0, 0, 0, 0.02, 0.2]);
    const records = random.some(0, 12, () => makeObject(random, odd, 0));
    const end = random.one(['\n', '\n', '\r\n', '\r', ' ', '']);
    const text = random.is(0.3) ? `[${records.join(`,${end}`)}]` : records.join(end) + random.one(['', end]);
    const bytes = new TextEncoder().encode(random.is(0.1) ? `\ufeff${text}` : text);
    const file = random.is(0.25) ? damage(random, bytes) : bytes;
    return random.is(0.1) ? gzipSync(file) : file;
  },
  async read(bytes) {
    await readTable(fileOf(bytes, 'x.jsonl', 7), {}, SILENT_PULSE);
  },
};
