/** Workbooks by their parts: sheets whose XML, shared texts, styles and lists are odd, missing or damaged. */
import { zipSync } from 'fflate';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { readTable } from '../../readTable.ts';
import { fileOf } from '../files.ts';
import { letters, workbookParts } from '../workbookFiles.ts';
import { damage, type Chance, type FuzzGenerator } from './generator.ts';

const TYPES = ['', '', '', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="d"', ' t="inlineStr"', ' t="?"'];
const VALUES = [
  '1',
  '0',
  '2.5',
  '-1E-7',
  '43831',
  '43831.25',
  '60',
  '#N/A',
  'red',
  'a,"b"',
  '',
  '1e999',
  '99999999999',
];
const STYLES = ['', '', '', ' s="1"', ' s="2"', ' s="3"', ' s="99"', ' s="x"'];

function makeRows(random: Chance): string {
  const width = random.whole(1, 5);
  let row = 0;
  return random
    .some(0, 12, () => {
      row += random.is(0.01) ? random.whole(-2, 2_000_000) : random.whole(1, random.is(0.1) ? 4 : 1);
      const cells = Array.from({ length: width }, (_, c) => {
        if (random.is(0.1)) return '';
        const column = random.is(0.01) ? random.whole(0, 20_000) : c;
        const place = random.is(0.1) ? '' : ` r="${letters(column)}${row}"`;
        const value = random.one(VALUES);
        const type = random.one(TYPES);
        const inside = type.includes('inline') ? `<is><t>${value}</t></is>` : `<v>${value}</v>`;
        return `<c${place}${random.one(STYLES)}${type}>${random.is(0.1) ? '<f>A1</f>' : ''}${inside}</c>`;
      });
      return `<row${random.is(0.1) ? '' : ` r="${row}"`}>${cells.join('')}</row>`;
    })
    .join('');
}

export const WORKBOOK_FUZZ: FuzzGenerator = {
  name: 'workbook',
  make(random) {
    const sheets = random.some(1, 3, () => ({
      name: random.one(['A', 'B', '__proto__', 'x & y', '']),
      rows: makeRows(random),
      ...(random.is(0.2) ? { state: random.one(['hidden', 'veryHidden', '?']) } : {}),
    }));
    const parts = workbookParts(sheets, {
      shared: random.some(0, 3, () => random.one(['<t>one</t>', '<r><t>two</t></r>', '<t/>', 'x'])),
      is1904: random.is(0.2),
    });
    const paths = Object.keys(parts);
    if (random.is(0.1)) delete parts[random.one(paths)];
    const some = random.one(paths);
    if (random.is(0.3) && Object.hasOwn(parts, some)) parts[some] = damage(random, parts[some]);
    const bytes = zipSync(parts, { level: random.one([0, 6]) });
    return random.is(0.15) ? damage(random, bytes) : bytes;
  },
  async read(bytes) {
    await readTable(fileOf(bytes, 'x.xlsx', 997, true), {}, SILENT_PULSE);
  },
};
