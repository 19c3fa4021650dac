import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { PAPER_TABLES } from '../../src/stations/training/paper/tables.ts';
import { tableMarkdown } from './markdown.ts';
import { readTable } from './table.ts';
import { recordedResult } from './testing.ts';

describe('a table for the documents', () => {
  const plan = readTable(['4', '--markdown']);
  const known = METHOD_METAS.names.filter((name) =>
    PAPER_TABLES[3].rows.some(({ method }) => method === name),
  );

  it('has the paper’s numbers where nothing is measured, of the methods that it has', () => {
    const lines = tableMarkdown(plan, []).split('\n');
    expect(lines.filter((line) => line.startsWith('| '))).toHaveLength(2 + 1 + 3 * (known.length - 1));
    expect(lines).toContain('| Random | 1\u202f% | 98.0 ± 0.44 / – | 21 ± 0.3 / – | – |');
    expect(lines.at(-1)).toBe('Ours: LeNet5, 100 epochs, batches of 128; nothing is measured yet.');
  });

  it('has means over the seeds, where they were measured, and the commands', () => {
    const text = tableMarkdown(plan, [
      recordedResult({ accuracy: 0.98 }),
      recordedResult({ accuracy: 0.982, seed: 2, machine: 'another' }),
      recordedResult({ method: 'random-fixed', accuracy: 0.92 }),
      // Another run.
      recordedResult({ accuracy: 0.1, seed: 3, epochs: 2 }),
      recordedResult({ accuracy: 0.1, seed: 4, settings: { batch: 16 } }),
    ]);
    expect(text).toContain('| Random | 1\u202f% | 98.0 ± 0.44 / 98.1 ± 0.14 | 21 ± 0.3 / 20 ± 0.0 | 2 |');
    expect(text).toContain('| Random, fixed | 1\u202f% | – / 92.0 | – / 20 | 1 |');
    expect(text).toContain('batches of 128; 2 cores (wasm); another (wasm); 2026-11-29.');
    expect(text).toContain(
      '\n    npm run -s reproduce -- mnist --methods random --fractions 0.01 --seeds 1..2 --model lenet5 --epochs 100 ' +
        '--evaluate-every 10 --backend wasm\n',
    );
  });

  it('can be of runs with other settings', () => {
    const other = readTable(['4', '--markdown', '--epochs', '2', '--methods', 'random']);
    expect(tableMarkdown(other, [recordedResult({ accuracy: 0.5, epochs: 2 })])).toContain('/ 50.0 |');
    expect(tableMarkdown(other, [recordedResult({ accuracy: 0.5 })])).not.toContain('50.0');
  });
});
