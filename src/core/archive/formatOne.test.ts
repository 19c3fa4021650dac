/** An archive of format 1 as the first version wrote it: every later version has to open it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeArchive } from '../experiment/archiving.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { datasetId } from '../table/datasetId.ts';
import type { Column } from '../table/table.ts';
import { codeOf } from '../testing/codeOf.ts';
import { joinPieces, memorySource } from './container.ts';
import { decodeTable, locateRecord, openArchive, RecordReader } from './read.ts';
import type { SplitRule } from './smallSections.ts';
import { verifyArchive } from '../verify.ts';

/** What scripts/archive-fixture.ts wrote beside the archive; doubles are spelt, as JSON has neither −0 nor NaN. */
interface Expected {
  label: { datasetId: string; name: string; fileName: string; csvBytes: number };
  rule: SplitRule;
  codec: string;
  experiment: object;
  analytics: { cells: number[]; quantisers: { column: number; min: number; max: number }[] };
  samples: { rows: number; width: number; x: string[]; y: string[]; weights: string[] };
  columns: { name: string; kind: Column['kind']; time?: string; cells: (string | null)[] }[];
}

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
const FILE = new Uint8Array(fixture('format-1.dmla'));
const EXPECTED = JSON.parse(fixture('format-1.json').toString()) as Expected;

/** A cell as the doubles or strings that have to be equal by Object.is. */
function cell(column: Column, row: number): number | string | null {
  if (column.missing?.[row] === 1) return null;
  return column.kind === 'text' ? column.dictionary[column.codes[row]] : column.values[row];
}

const wanted = (column: Expected['columns'][number], row: number): number | string | null => {
  const text = column.cells[row];
  return text === null || column.kind === 'text' ? text : Number(text);
};

describe('an archive of format 1', () => {
  it('is opened with everything that it was made with', async () => {
    const archive = await openArchive(memorySource(FILE));
    expect(archive.schema).toMatchObject({ ...EXPECTED.label, rows: EXPECTED.columns[0].cells.length });
    expect(archive.codec.meta.name).toBe(EXPECTED.codec);
    expect(archive.rule).toEqual(EXPECTED.rule);
    expect(JSON.parse(archive.experiment!)).toEqual(EXPECTED.experiment);
    expect([...archive.analytics!.cells]).toEqual(EXPECTED.analytics.cells);
    expect(archive.analytics!.quantisers).toEqual(EXPECTED.analytics.quantisers);
    expect(new Set(archive.schema.columns.map(({ mapping }) => mapping.kind))).toEqual(
      new Set(['decimal', 'ratio', 'float32', 'float64', 'category']),
    );
    const { rows, width, x, y, weights } = archive.samples!;
    expect({ rows, width }).toEqual({ rows: EXPECTED.samples.rows, width: EXPECTED.samples.width });
    for (const [part, spelt] of [
      [x, EXPECTED.samples.x],
      [y, EXPECTED.samples.y],
      [weights, EXPECTED.samples.weights],
    ] as const)
      expect(part).toEqual(Float64Array.from(spelt, Number));
  });

  it('gives back every value, and the dataset with its id', async () => {
    const table = await decodeTable(await openArchive(memorySource(FILE)));
    expect(table.columns.length).toBe(EXPECTED.columns.length);
    table.columns.forEach((column, c) => {
      const expected = EXPECTED.columns[c];
      expect([column.name, column.kind, column.kind === 'number' ? column.time : undefined]).toEqual([
        expected.name,
        expected.kind,
        expected.time,
      ]);
      expect(table.rows).toBe(expected.cells.length);
      for (let row = 0; row < table.rows; row++) expect(cell(column, row)).toBe(wanted(expected, row));
    });
    expect(datasetId(table)).toBe(EXPECTED.label.datasetId);
    expect(await verifyArchive(memorySource(FILE))).toMatchObject({
      bytes: FILE.length,
      records: table.rows,
    });
  });

  it('gives back each record alone', async () => {
    const archive = await openArchive(memorySource(FILE));
    const reader = new RecordReader(archive);
    for (let row = 0; row < archive.schema.rows; row++) {
      const place = locateRecord(archive, row);
      await reader.fetch(place);
      reader.decode(place);
      EXPECTED.columns.forEach((expected, c) =>
        expect(cell(reader.columns[c], 0)).toBe(wanted(expected, row)),
      );
    }
  });

  it('is written again byte for byte', async () => {
    const table = await decodeTable(await openArchive(memorySource(FILE)));
    const settings = { ...DEFAULT_SETTINGS, ...(EXPECTED.experiment as Partial<ExperimentSettings>) };
    const { image } = await makeArchive(new Workbench(table), settings, EXPECTED.label, SILENT_PULSE);
    expect(Buffer.compare(joinPieces(image), FILE)).toBe(0);
  });

  it('is refused with any byte changed, and when it is cut off anywhere', async () => {
    for (let at = 0; at < FILE.length; at++) {
      const damaged = FILE.slice();
      // Each bit in its turn, and several at once.
      damaged[at] ^= at % 9 === 8 ? 0xff : 1 << (at % 9);
      const code = await codeOf(verifyArchive(memorySource(damaged)));
      if (code !== 'ARCHIVE_CORRUPT' && code !== 'ARCHIVE_NEWER') expect([at, code]).toEqual([at, 'refused']);
    }
    for (let length = 0; length < FILE.length; length += 3) {
      const code = await codeOf(openArchive(memorySource(FILE.subarray(0, length))));
      expect([length, code]).toEqual([length, 'ARCHIVE_CORRUPT']);
    }
  });
});
