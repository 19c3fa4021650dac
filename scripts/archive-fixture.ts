// Makes the archive of the current format that later versions have to open:
//
//     npx tsx scripts/archive-fixture.ts && npm run format:write
//
// writes src/core/archive/fixtures/format-1.dmla and beside it what it holds, as JSON. Files that are there already are
// left alone: a fixture is made once, by the version that introduced its format, and stays as it is.
import { existsSync, writeFileSync } from 'node:fs';
import { joinPieces, memorySource } from '../src/core/archive/container.ts';
import { openArchive } from '../src/core/archive/read.ts';
import { makeArchive } from '../src/core/experiment/archiving.ts';
import { DEFAULT_SETTINGS } from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { datasetId } from '../src/core/table/datasetId.ts';
import type { Column, Table } from '../src/core/table/table.ts';
import { numberColumn, tableOf, textColumn } from '../src/core/testing/randomTables.ts';

const NAME = 'format-1';
const ROWS = 48;

const cells = <T>(make: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => make(i));
/** Every seventh cell or so is missing. */
const some = <T>(make: (i: number) => T): (T | null)[] => cells((i) => (i % 7 === 3 ? null : make(i)));
const pick = <T>(from: readonly T[], i: number): T => from[(i * 7 + Math.floor(i / 3)) % from.length];

/** Every mapping with and without missing cells, and what is hard to keep: −0, NaN, lone surrogates, wide integers. */
function makeTable(): Table {
  return tableOf(
    numberColumn(
      'price',
      cells((i) => ((i * 37) % 100) + i / 100),
    ),
    numberColumn(
      'integer',
      some((i) => i * i - 500),
    ),
    numberColumn(
      'wide',
      cells((i) => 2 ** 33 * i + 5),
    ),
    numberColumn(
      'widest',
      some((i) => (i % 2 === 0 ? -(2 ** 52) + i : 2 ** 52 - i)),
    ),
    numberColumn(
      'constant',
      cells(() => -2.5),
    ),
    numberColumn(
      'empty',
      cells(() => null),
    ),
    numberColumn(
      'ratio',
      cells((i) => (3 * i + 1) / (7 + (i % 5))),
    ),
    numberColumn(
      'ratio with gaps',
      some((i) => (i - 20) / 3),
    ),
    numberColumn(
      'float32',
      cells((i) => pick([Math.fround(Math.sqrt(i)), -0, Infinity, NaN, 0], i)),
    ),
    numberColumn(
      'float32 with gaps',
      some((i) => Math.fround(Math.exp(i / 3))),
    ),
    numberColumn(
      'float64',
      cells((i) => pick([Math.sqrt(i + 0.5), -Math.PI, 5e-324, 1.7976931348623157e308], i)),
    ),
    numberColumn(
      'float64 with gaps',
      some((i) => pick([Math.log(i + 2), -0, NaN, -Infinity], i)),
    ),
    textColumn(
      'category',
      cells((i) => pick(['a', 'b', 'c'], i)),
    ),
    textColumn(
      'text with gaps',
      some((i) => pick(['', ' ', 'ä', '💎', '\ud800', '__proto__', '"x"', 'NA'], i)),
    ),
    {
      ...numberColumn(
        'day',
        some((i) => 18_000 + 11 * i),
      ),
      time: 'YYYY-MM-DD',
    },
    {
      ...numberColumn(
        'logged',
        cells((i) => 1_600_000_000_000 + 1500 * i),
      ),
      time: 'YYYY-MM-DDThh:mm:ss.fff+02:00',
    },
  );
}

const spell = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** A column as JSON, every double spelt so that it reads back as the same. */
function describe(column: Column) {
  const gone = (i: number): boolean => column.missing?.[i] === 1;
  if (column.kind === 'text') {
    const texts = Array.from(column.codes, (code, i) => (gone(i) ? null : column.dictionary[code]));
    return { name: column.name, kind: column.kind, cells: texts };
  }
  const { name, kind, time } = column;
  return {
    name,
    kind,
    time,
    cells: Array.from(column.values, (value, i) => (gone(i) ? null : spell(value))),
  };
}

const folder = new URL('../src/core/archive/fixtures/', import.meta.url);
const files = [new URL(`${NAME}.dmla`, folder), new URL(`${NAME}.json`, folder)];
if (files.some((file) => existsSync(file))) {
  console.error(`${NAME} is there already, and stays as it is.`);
  process.exitCode = 1;
} else {
  const table = makeTable();
  const id = datasetId(table);
  const settings = {
    ...DEFAULT_SETTINGS,
    target: 'price',
    features: ['integer', 'wide', 'ratio', 'category'],
    split: 7,
    testFraction: 0.25,
    beta: 5,
    samples: 'stored' as const,
  };
  const label = { datasetId: id, name: 'Fixture of format 1', fileName: 'fixture.csv', csvBytes: 4321 };
  const made = await makeArchive(new Workbench(table), settings, label, SILENT_PULSE);
  const archive = joinPieces(made.image);
  const { samples, analytics } = await openArchive(memorySource(archive));
  const expected = {
    label,
    rule: { kind: 'random', seed: settings.split, testFraction: settings.testFraction },
    codec: settings.codec,
    experiment: settings,
    analytics: { cells: [...analytics!.cells], quantisers: analytics!.quantisers },
    samples: {
      rows: samples!.rows,
      width: samples!.width,
      x: Array.from(samples!.x, spell),
      y: Array.from(samples!.y, spell),
      weights: Array.from(samples!.weights, spell),
    },
    columns: table.columns.map(describe),
  };
  writeFileSync(files[0], archive);
  writeFileSync(files[1], `${JSON.stringify(expected, null, 1)}\n`);
  console.log(`${archive.length} bytes, ${table.columns.length} columns, ${samples!.rows} condensed samples`);
}
