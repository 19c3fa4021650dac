import { describe, expect, it } from 'vitest';
import { makeArchive } from './experiment/archiving.ts';
import { DEFAULT_SETTINGS } from './experiment/settings.ts';
import { Workbench } from './experiment/workbench.ts';
import { SILENT_PULSE } from './pulse.ts';
import { datasetId } from './table/datasetId.ts';
import type { NumberColumn } from './table/table.ts';
import { codeOf } from './testing/codeOf.ts';
import { numberColumn, tableOf, textColumn } from './testing/randomTables.ts';
import { joinPieces, layOutContainer, memorySource } from './archive/container.ts';
import { decodeTable, locateRecord, openArchive, RecordReader } from './archive/read.ts';
import { SECTION } from './archive/sections.ts';
import { verifyArchive } from './verify.ts';
import { storedSections } from './testing/storedSections.ts';

const TABLE = tableOf(
  { ...numberColumn('day', [0, 18_262, null, -1, 7, 8]), time: 'YYYY-MM-DD' },
  numberColumn('x', [1.5, 2, 3, 4, 5, 6]),
  textColumn('t', ['a', 'b', null, 'a', 'a', 'b']),
  { ...numberColumn('clock', [0, 1, 2, 3, 4, 5]), time: 'hh:mm' },
);

async function made(table = TABLE, id = datasetId(table)) {
  const label = { datasetId: id, name: '', fileName: '', csvBytes: 0 };
  return (await makeArchive(new Workbench(table), { ...DEFAULT_SETTINGS }, label, SILENT_PULSE)).image;
}

describe('verifyArchive', () => {
  it('counts what it has checked', async () => {
    const image = await made();
    const found = await verifyArchive(memorySource(joinPieces(image)));
    expect(found).toMatchObject({
      sections: image.sections.length,
      blocks: image.sections.reduce((sum, { blocks }) => sum + blocks.length, 0),
      bytes: image.bytes,
      records: 6,
      columns: 4,
      datasetId: datasetId(TABLE),
      claims: null,
    });
    expect(found.seconds).toBeGreaterThan(0);
  });

  it('reports progress, and ends when it is cancelled', async () => {
    const source = memorySource(joinPieces(await made()));
    const phases = new Set<string>();
    await verifyArchive(source, {
      due: () => true,
      beat: ({ phase }) => Promise.resolve(void phases.add(phase)),
    });
    expect([...phases]).toEqual([
      'Checking checksums',
      'Dividing the records',
      'Decoding records',
      'Naming the table by its content',
    ]);
    const stopped = verifyArchive(source, { due: () => true, beat: () => Promise.reject(new Error('stop')) });
    await expect(stopped).rejects.toThrow('stop');
  });

  it('refuses every changed byte, and a table that is not the dataset it names', async () => {
    const file = joinPieces(await made());
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at] ^= 1 << (at % 8);
      const code = await codeOf(verifyArchive(memorySource(damaged)));
      if (code !== 'ARCHIVE_CORRUPT' && code !== 'ARCHIVE_NEWER') expect([at, code]).toEqual([at, 'refused']);
    }
    const other = joinPieces(await made(TABLE, '0'.repeat(64)));
    expect(await codeOf(verifyArchive(memorySource(other)))).toBe('ARCHIVE_CORRUPT');
  });

  it('checks sections that it does not know', async () => {
    const image = await made();
    const sections = storedSections(image);
    const unknown = { type: 60_000, codec: 0, group: 0, required: false, blocks: [Uint8Array.of(1, 2, 3)] };
    const laidOut = layOutContainer([...sections, unknown]);
    const bytes = joinPieces(laidOut);
    expect((await verifyArchive(memorySource(bytes))).sections).toBe(sections.length + 1);
    bytes[laidOut.sections[sections.length].blocks[0].offset] ^= 1;
    // Opening would skip it: only a verification notices.
    expect(await codeOf(openArchive(memorySource(bytes)))).toBe('taken');
    expect(await codeOf(verifyArchive(memorySource(bytes)))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('time patterns in an archive', () => {
  const times = (columns: readonly unknown[]): unknown[] =>
    columns.map((column) => (column as NumberColumn).time);
  const PATTERNS = ['YYYY-MM-DD', undefined, undefined, 'hh:mm'];

  it('come back with the table and with every record alone', async () => {
    const archive = await openArchive(memorySource(joinPieces(await made())));
    const table = await decodeTable(archive);
    expect(times(table.columns)).toEqual(PATTERNS);
    const reader = new RecordReader(archive);
    const place = locateRecord(archive, 1);
    await reader.fetch(place);
    reader.decode(place);
    expect(times(reader.columns)).toEqual(PATTERNS);
    expect((reader.columns[0] as NumberColumn).values[0]).toBe(18_262);
  });

  it('take a section only when there are some, and part two datasets', async () => {
    const plain = tableOf(
      ...TABLE.columns.map((column) => ({ ...column, ...(column.kind === 'number' && { time: undefined }) })),
    );
    const types = async (table: typeof TABLE): Promise<number[]> =>
      (await made(table)).sections.map(({ type }) => type);
    expect(await types(TABLE)).toContain(SECTION.times);
    expect(await types(plain)).not.toContain(SECTION.times);
    expect(datasetId(plain)).not.toBe(datasetId(TABLE));
  });
});
