import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../core/pulse.ts';
import { Reservoir } from '../core/random.ts';
import { estimateTable, refuseTooLarge, sampleRows } from './sampleRows.ts';
import type { TableFile } from './tableReading.ts';
import { fileOf, textFile } from './testing/files.ts';

const decoder = new TextDecoder();
const wanted = { wanted: 20, seed: 1, hasHeader: true };

describe('a sample of records', () => {
  it('is as likely to have any of them', () => {
    const counts = new Uint32Array(10);
    for (let seed = 0; seed < 3000; seed++) {
      const reservoir = new Reservoir(3, seed);
      const kept: number[] = [];
      for (let k = 0; k < 10; k++) {
        const place = reservoir.place();
        if (place >= 0) kept[place] = k;
      }
      expect(new Set(kept).size).toBe(3);
      for (const k of kept) counts[k]++;
    }
    // 900 are expected of each, with a standard deviation of 25.
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1000);
  });

  it('is drawn from JSON of any form as from lines, and the spelling is kept', async () => {
    const records = Array.from({ length: 300 }, (_, k) => `{"id":${k},"text":"a,\\"\\n","n":1.50}`);
    const forms: [string, Uint8Array][] = [
      ['x.jsonl', new TextEncoder().encode(records.join('\n'))],
      ['x.json', new TextEncoder().encode(`\ufeff[${records.join(',\n')}]`)],
      ['x.jsonl.gz', gzipSync(new TextEncoder().encode(records.join('\r\n')))],
    ];
    const drawn = await Promise.all(
      forms.map(([name, bytes]) => sampleRows(fileOf(bytes, name, 50), wanted, SILENT_PULSE)),
    );
    for (const one of drawn) {
      expect(one).toMatchObject({ name: 'x.jsonl', seen: 300, taken: 20 });
      expect(decoder.decode(one.bytes)).toBe(decoder.decode(drawn[0].bytes));
    }
    const lines = decoder.decode(drawn[0].bytes).trimEnd().split('\n');
    expect(lines).toHaveLength(20);
    expect(lines.every((line) => records.includes(line))).toBe(true);
    const whole = await sampleRows(textFile('a,b\n1,2\n3,4', 'x.csv'), wanted, SILENT_PULSE);
    expect([decoder.decode(whole.bytes), whole.seen]).toEqual(['a,b\n1,2\n3,4\n', 2]);
  });
});

describe('the size of a table', () => {
  const large = (text: string, bytes: number, name = 'x.csv'): TableFile => ({
    ...textFile(text, name),
    bytes,
  });

  it('is told from its start, and what is far too large is refused', async () => {
    const csv = 'a,b,c\n' + '1,2,3\n'.repeat(99);
    expect(await estimateTable(large(csv, 600))).toEqual({ columns: 3, records: 100 });
    const json = '{"a":1,"b":2}\n'.repeat(50);
    expect(await estimateTable(large(json, 1400, 'x.jsonl'))).toEqual({ columns: 2, records: 100 });
    for (const text of ['PAR1 and\nmore\n', 'PK\u0003\u0004\n\n', 'one line', ''])
      expect([text, await estimateTable(large(text, 1e15))]).toEqual([text, null]);
    await refuseTooLarge(large(csv, 1e9));
    await expect(refuseTooLarge(large(csv, 1e10))).rejects.toMatchObject({
      code: 'CSV_TOO_LARGE',
      message: 'x.csv has about 5,000,000,000 cells; 268,435,456 are read at most.',
    });
  });
});
