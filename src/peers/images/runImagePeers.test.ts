import { beforeAll, describe, expect, it } from 'vitest';
import { nodeImageLibraries } from '../../../bench/imagePeerLibraries.ts';
import type { ImagePeerResult } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { makeImageArchive } from '../../core/images/makeImageArchive.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../core/images/settings.ts';
import { listSplit } from '../../core/images/split.ts';
import { SILENT_PULSE, type Pulse } from '../../core/pulse.ts';
import { createGenerator } from '../../core/random.ts';
import { runImagePeers, type ImagePeersOptions, type OurArchive } from './runImagePeers.ts';
import { LEAST } from '../timing.ts';

const LABEL = { datasetId: '0'.repeat(64), name: 'pictures', fileName: 'pictures' };

/** Three classes of soft slopes with noise; every fifth picture is for testing. */
function generated(channels: 1 | 3, records: number): ImageSet {
  const generator = createGenerator(5);
  const shape = { width: 8, height: 6, channels };
  const size = 48 * channels;
  const labels = Uint16Array.from({ length: records }, (_, i) => i % 3);
  const pixels = Uint8Array.from({ length: records * size }, (_, i) => {
    const label = labels[Math.floor(i / size)];
    return 30 + 60 * label + ((i % size) % 24) + ((generator.next() >>> 0) % 4);
  });
  const givenTest = Uint32Array.from({ length: Math.floor(records / 5) }, (_, k) => 5 * k);
  return { shape, records, pixels, labels, classNames: ['a', 'b', 'c'], givenTest };
}

const GREY = generated(1, 100);
const isTest = new Uint8Array(100);
for (const record of GREY.givenTest!) isTest[record] = 1;
const split = listSplit(isTest);

async function oursOf(set: ImageSet, settings: ImageSettings): Promise<OurArchive> {
  const made = await makeImageArchive(set, split, settings, LABEL, [encodeTable], SILENT_PULSE);
  return { settings, label: LABEL, bytes: made.bytes.train };
}

async function run(
  set: ImageSet,
  ours: OurArchive,
  options: Partial<ImagePeersOptions> = {},
  pulse = SILENT_PULSE,
  rows: ImagePeerResult[] = [],
) {
  return runImagePeers(set, split.train, ours, pulse, (row) => rows.push(row), nodeImageLibraries, {
    machine: 'a test',
    effort: LEAST,
    ...options,
  });
}

describe('runImagePeers', () => {
  let ours: OurArchive;

  beforeAll(async () => {
    ours = await oursOf(GREY, DEFAULT_IMAGE_SETTINGS);
  });

  it('measures the archive first, then every peer, all exact and all on the same pictures', async () => {
    const rows: ImagePeerResult[] = [];
    const report = await run(GREY, ours, {}, SILENT_PULSE, rows);
    expect(rows).toEqual(report.rows);
    expect(report).toMatchObject({ trainRecords: 80, measuredRecords: 80, rawBytes: 80 * 48 });
    expect(report.rows[0]).toMatchObject({ name: 'archive', isOurs: true, bytes: ours.bytes });
    expect(report.rows.map(({ name }) => name)).toEqual([
      'archive',
      'deflate-9',
      'png',
      'webp-lossless',
      'qoi',
      'zstd-19-dictionary',
      'gzip-9-all',
      'jxl-lossless',
    ]);
    for (const row of report.rows) {
      expect(row, row.name).toMatchObject({ fidelity: { kind: 'exact' }, note: null });
      expect(row.randomAccess).toBe(row.name !== 'gzip-9-all');
      expect(row.pictureMicroseconds).toBeGreaterThan(0);
    }
  });

  it('gives the archive its share of all training pictures where only some are measured', async () => {
    const report = await run(GREY, ours, { mostPictures: 20 });
    expect(report).toMatchObject({ trainRecords: 80, measuredRecords: 20, rawBytes: 20 * 48 });
    expect(report.rows[0].bytes).toBe(Math.round(ours.bytes / 4));
    expect(report.rows[0].note).toContain('80');
    expect(report.rows[1].note).toBeNull();
  });

  it('says what the archive of a near-lossless transform loses', async () => {
    const set = generated(3, 100);
    const settings: ImageSettings = { ...DEFAULT_IMAGE_SETTINGS, transform: 'dct' };
    const report = await run(set, await oursOf(set, settings), { mostPictures: 30 });
    expect(report.rows[0].fidelity).toMatchObject({ kind: 'near' });
    for (const { fidelity } of report.rows.slice(1)) expect(fidelity).toEqual({ kind: 'exact' });
  });

  it('ends when it is cancelled, with the rows that it told', async () => {
    const rows: ImagePeerResult[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: async () => {
        if (rows.length === 2) throw new LabError('CANCELLED', 'The work was cancelled.');
      },
    };
    await expect(run(GREY, ours, {}, pulse, rows)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(rows).toHaveLength(2);
  });
});
