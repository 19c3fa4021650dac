import { expect, it } from 'vitest';
import { engineFile, sourceOf } from './sql.ts';

it('names what an engine can read of a file: itself, or the table that is saved of it', () => {
  for (const name of ['a.csv', 'b.tsv.gz', 'c.parquet', 'd.data', 'e']) expect(engineFile(name)).toBe(name);
  for (const name of ['t.dmla', 't.xlsx', 't.jsonl', 't.ndjson.gz', 't.zip', 't.svm'])
    expect(sourceOf(engineFile(name), 'csv'), name).toEqual({ kind: 'parquet', path: 't.parquet' });
});
