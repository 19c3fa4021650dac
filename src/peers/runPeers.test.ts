import { describe, expect, it, vi } from 'vitest';
import { nodeLibraries } from '../../bench/peerLibraries.ts';
import type { PeerResult } from '../contracts/peers.ts';
import { LabError } from '../core/errors.ts';
import { makeArchive } from '../core/experiment/archiving.ts';
import { DEFAULT_SETTINGS } from '../core/experiment/settings.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { cellText, firstDifference, type Table } from '../core/table/table.ts';
import { numberColumn, randomTable, tableOf, textColumn } from '../core/testing/randomTables.ts';
import { gatherRows } from './gatherRows.ts';
import type { PeerLibraries } from './libraries.ts';
import type { Peer } from './peer.ts';
import { measurePeer } from './measure.ts';
import { CAREFUL, LEAST } from './timing.ts';
import { runPeers, type PeersOptions } from './runPeers.ts';

const LABEL = { datasetId: '0'.repeat(64), name: 'table', fileName: 'table.csv', csvBytes: 0 };
const SETTINGS = { ...DEFAULT_SETTINGS, target: 'number' };

const TABLE: Table = tableOf(
  numberColumn(
    'number',
    Array.from({ length: 200 }, (_, i) => ((i * 37) % 101) / 10),
  ),
  numberColumn(
    'other',
    Array.from({ length: 200 }, (_, i) => (i % 9 === 0 ? null : i % 50)),
  ),
  textColumn(
    'text',
    Array.from({ length: 200 }, (_, i) => ['red', 'green', 'blue'][i % 3]),
  ),
);

function run(
  options: Partial<PeersOptions> = {},
  pulse: Pulse = SILENT_PULSE,
  rows: PeerResult[] = [],
  table = TABLE,
) {
  return runPeers(
    new Workbench(table),
    SETTINGS,
    LABEL,
    { libraries: nodeLibraries, machine: 'a test', effort: LEAST, ...options },
    pulse,
    (row) => rows.push(row),
  );
}

describe('runPeers', () => {
  it('measures the archive first, then every peer, all exact and all on the same records', async () => {
    const rows: PeerResult[] = [];
    const report = await run({}, SILENT_PULSE, rows);
    expect(rows).toEqual(report.rows);
    expect(report.rows[0]).toMatchObject({ name: 'archive', isOurs: true, randomAccess: true });
    expect(report.rows.filter(({ isOurs }) => isOurs)).toHaveLength(1);
    expect(report).toMatchObject({ trainRows: 160, measuredRows: 160, columns: 3, rawFloat64Bytes: 3840 });
    for (const row of report.rows) {
      expect(row).toMatchObject({ exact: true, note: null });
      expect(row.ratio).toBe(row.bytes! / 3840);
      for (const figure of [
        row.encodeMegabytesPerSecond,
        row.decodeMegabytesPerSecond,
        row.recordMicroseconds,
      ])
        expect(figure).toBeGreaterThan(0);
    }
  });

  it('gives the archive the bytes that the experiment’s training part has', async () => {
    const { bytes } = await makeArchive(new Workbench(TABLE), SETTINGS, LABEL, SILENT_PULSE);
    const report = await run();
    expect(report.rows[0].bytes).toBe(bytes.train);
  });

  it('measures the first records only where all would be too many, and says so', async () => {
    const report = await run({ mostRawBytes: 50 * 3 * 8 });
    expect(report).toMatchObject({ trainRows: 160, measuredRows: 50, rawFloat64Bytes: 1200 });
    for (const row of report.rows) expect(row).toMatchObject({ exact: true, ratio: row.bytes! / 1200 });
  });

  it('says of a table that text cannot hold where it differs', async () => {
    const odd = tableOf(
      numberColumn(
        'number',
        Array.from({ length: 20 }, (_, i) => (i === 3 ? NaN : i)),
      ),
      textColumn(
        'text',
        Array.from({ length: 20 }, (_, i) => ['red', 'green'][i % 2]),
      ),
    );
    const bench = new Workbench(odd);
    const options = { libraries: nodeLibraries, machine: 'a test', effort: LEAST };
    const { rows } = await runPeers(
      bench,
      { ...SETTINGS, testFraction: 0 },
      LABEL,
      options,
      SILENT_PULSE,
      () => undefined,
    );
    const verdict = Object.fromEntries(rows.map(({ name, exact, note }) => [name, { exact, note }]));
    expect(verdict['gzip-6-csv']).toEqual({
      exact: false,
      note: 'the decoded table differs: column 0, row 3',
    });
    expect(verdict.archive).toEqual({ exact: true, note: null });
    expect(verdict['zstd-19-columns']).toEqual({ exact: true, note: null });
  });

  it('goes on without a peer that cannot be loaded', async () => {
    const broken: PeerLibraries = {
      ...nodeLibraries,
      brotli: () => Promise.reject(new Error('the module is not there')),
    };
    const { rows } = await run({ libraries: broken });
    expect(rows.at(-1)).toMatchObject({
      name: 'brotli-11-csv',
      bytes: null,
      exact: null,
      note: 'not measured: the module is not there',
    });
    expect(rows.filter(({ exact }) => exact === true)).toHaveLength(rows.length - 1);
  });

  it('ends when it is cancelled, with the rows that it told', async () => {
    const rows: PeerResult[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: async () => {
        if (rows.length === 2) throw new LabError('CANCELLED', 'The work was cancelled.');
      },
    };
    await expect(run({}, pulse, rows)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(rows).toHaveLength(2);
  });
});

describe('measurePeer', () => {
  const peer = (work: number, clock: { now: number }): Peer => ({
    name: 'made up',
    label: 'made up',
    sentence: '',
    isOurs: false,
    randomAccess: true,
    table: TABLE,
    prepare: async () => async (pulse) => {
      clock.now += work;
      await pulse.beat({ phase: '', done: 0, total: null, unit: '' });
      return {
        file: new Uint8Array(10),
        bytes: 10,
        decode: async () => {
          clock.now += 2 * work;
          return TABLE;
        },
        open: async () => ({
          fetch: () => {
            clock.now += work / 100;
            return [];
          },
        }),
      };
    },
  });

  it('takes the time of the work and not that of the pauses', async () => {
    const clock = { now: 0 };
    const spy = vi.spyOn(performance, 'now').mockImplementation(() => clock.now);
    try {
      const pulse: Pulse = {
        due: () => false,
        beat: async () => {
          clock.now += 10_000;
        },
      };
      const result = await measurePeer(peer(100, clock), 4800, { done: 0, total: 1 }, CAREFUL, pulse);
      // 200 × 3 × 8 bytes in 0.1 s, in 0.2 s, and a record in a millisecond.
      expect(result.encodeMegabytesPerSecond).toBeCloseTo(0.048, 6);
      expect(result.decodeMegabytesPerSecond).toBeCloseTo(0.024, 6);
      expect(result.recordMicroseconds).toBeCloseTo(1000, 3);
      expect(result).toMatchObject({ bytes: 10, ratio: 10 / 4800, exact: true });
    } finally {
      spy.mockRestore();
    }
  });
});

describe('gatherRows', () => {
  it('takes the records in order, with the words that they use', () => {
    const table = randomTable({
      seed: 11,
      rows: 50,
      columns: [
        { kind: 'text', missing: true },
        { kind: 'special', missing: true },
        { kind: 'category', missing: false },
      ],
    });
    const rows = Uint32Array.of(3, 4, 9, 20, 49);
    const some = gatherRows(table, rows);
    expect(some.rows).toBe(5);
    some.columns.forEach((column, c) => {
      rows.forEach((row, k) => expect(cellText(column, k)).toBe(cellText(table.columns[c], row)));
      if (column.kind === 'text')
        expect(new Set(column.codes.filter((_, k) => column.missing?.[k] !== 1)).size).toBe(
          column.dictionary.length,
        );
    });
    const all = gatherRows(
      table,
      Uint32Array.from({ length: 50 }, (_, i) => i),
    );
    expect(firstDifference(table, all)).toBeNull();
  });

  it('has no flags where nothing is missing', () => {
    const table = tableOf(numberColumn('a', [1, null, 3]));
    expect(gatherRows(table, Uint32Array.of(0, 2)).columns[0].missing).toBeNull();
  });
});
