/** A codec and a transform that are in the registries alone, through everything that the codec worker does. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSource, type ExperimentSettings } from '../contracts/codec.ts';
import { joinPieces, memorySource } from '../core/archive/container.ts';
import { decodeTable, locateRecord, openArchive, RecordReader } from '../core/archive/read.ts';
import { makeArchive } from '../core/experiment/archiving.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { decodeAll, openImageArchive } from '../core/images/archive/read.ts';
import { REPRESENTATION_METAS } from '../core/images/representations/registry.ts';
import { madeFrom } from '../core/images/testing/imageArchives.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { datasetId } from '../core/table/datasetId.ts';
import { cellText, firstDifference } from '../core/table/table.ts';
import { codeOf } from '../core/testing/codeOf.ts';
import {
  COLUMN_KINDS,
  numberColumn,
  randomTable,
  tableOf,
  textColumn,
} from '../core/testing/randomTables.ts';
import { addToyCodec } from '../core/testing/toyCodec.ts';
import { addToyPlugins, toyTransformMeta } from '../core/testing/toyPlugins.ts';
import { verifyArchive } from '../core/verify.ts';
import {
  closeBrowsers,
  colourSet,
  compress,
  greySet,
  ignore,
  inspect,
  list,
  newBrowser,
  openTable,
  sample,
  send,
  settingsWith,
  take,
  verify,
  type Browser,
} from './images/testing/browsers.ts';
import { sourceOf } from './images/testing/pictureSources.ts';

let remove = (): void => undefined;
let here: Browser;
beforeEach(async () => {
  const removers = [addToyCodec(), addToyPlugins()];
  remove = () => removers.forEach((one) => one());
  here = await newBrowser();
});
afterEach(() => {
  remove();
  closeBrowsers();
});

const toy = (change: Partial<ExperimentSettings> = {}): ExperimentSettings => ({
  ...DEFAULT_SETTINGS,
  codec: 'toy',
  target: 'y',
  beta: 3,
  ...change,
});

const label = (table: Parameters<typeof datasetId>[0]) => ({
  ...{ datasetId: datasetId(table), name: 'Table', fileName: 'table.csv', csvBytes: 0 },
});

describe('a codec without bases', () => {
  it('keeps tables: all of them, each record, and nothing that is damaged', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const columns = COLUMN_KINDS.map((kind, k) => ({ kind, missing: (k + seed) % 2 === 0 }));
      const table = randomTable({ seed, rows: 12 * seed, columns });
      const made = await makeArchive(
        new Workbench(table),
        toy({ target: null, split: seed }),
        label(table),
        SILENT_PULSE,
      );
      expect(made.bases).toBeNull();
      const file = joinPieces(made.image);
      expect(made.bytes.train + made.bytes.test).toBe(file.length);
      const archive = await openArchive(memorySource(file));
      expect(archive).toMatchObject({ codec: { meta: { name: 'toy' } }, inBase: null });
      expect(firstDifference(table, await decodeTable(archive))).toBeNull();
      const reader = new RecordReader(archive);
      for (let record = 0; record < table.rows; record++) {
        const place = locateRecord(archive, record);
        await reader.fetch(place);
        reader.decode(place);
        const { block, at } = await reader.blockOf(place);
        expect(block.bytesOf(at)).toBeGreaterThan(0);
        reader.columns.forEach((column, c) =>
          expect(cellText(column, 0)).toBe(cellText(table.columns[c], record)),
        );
      }
      expect(await verifyArchive(memorySource(file))).toMatchObject({ records: table.rows });
      const damaged = file.slice();
      damaged[file.length >> 1] ^= 4;
      expect(await codeOf(verifyArchive(memorySource(damaged)))).not.toBe('taken');
    }
  });

  it('is told by name where it is not known', async () => {
    const table = tableOf(numberColumn('y', [1, 2, 3, 4]), textColumn('k', ['a', 'b', 'a', 'b']));
    const made = await makeArchive(new Workbench(table), toy(), label(table), SILENT_PULSE);
    remove();
    expect(await codeOf(openArchive(memorySource(joinPieces(made.image))))).toBe('CODEC_UNKNOWN');
  });

  it('goes with every transform and representation, class by class and for all', async () => {
    const set = colourSet();
    for (const transform of ['none', 'dct', toyTransformMeta.name]) {
      for (const classWise of [true, false]) {
        const made = await madeFrom(set, { codec: 'toy', transform, classWise, blockBytes: 600 });
        expect(made.equation1Bits).toBeNull();
        const archive = await openImageArchive(made.source);
        const decoded = await decodeAll(archive);
        if (transform !== 'dct') expect(decoded.pixels).toEqual(set.pixels);
        expect(decoded.labels).toEqual(set.labels);
        const one = await archive.inspect(7);
        expect(one.base).toBeNull();
        expect([...one.pixels]).toEqual([...decoded.pixels.subarray(7 * 144, 8 * 144)]);
        expect(one.bytesTouched).toBeGreaterThan(0);
        expect((await archive.sharing(7, 5)).count).toBe(1);
        expect(await verifyArchive(made.source)).toMatchObject({ records: set.records });
      }
    }
  });

  it('is searched, shown, stored, inspected and swept over by the service: tables', async () => {
    const text = ['x,k,y', ...Array.from({ length: 80 }, (_, i) => `${i},c${i % 3},${2 * i}`)].join('\n');
    const source: DatasetSource = { kind: 'file', file: new File([text], 't.csv', { lastModified: 1 }) };
    const { service } = here;
    await openTable(here, source);
    const bits = await service.analyse({ source, settings: toy() }, SILENT_PULSE, ignore);
    expect(bits).toMatchObject({ condenser: 'clusters', ownBits: null, counts: { base: 0 } });
    // Another codec's own way to condense is none that it has.
    const own = toy({ condenser: 'bases-mean' });
    expect((await service.analyse({ source, settings: own }, SILENT_PULSE, ignore)).condenser).toBe(
      'clusters',
    );
    const report = await service.compress(
      { source, settings: toy(), store: true, kept: true },
      SILENT_PULSE,
      ignore,
    );
    expect(report).toMatchObject({ stored: true, roundTrip: 'exact', bases: null });
    const seen = await service.inspect({ archiveId: report.id, record: 5 }, SILENT_PULSE, ignore);
    expect(seen).toMatchObject({ index: 5, base: null });
    const cell = await service.sweepCell(
      { source, settings: toy(), method: 'condensed', part: 'descent' },
      SILENT_PULSE,
      ignore,
    );
    expect(cell.bytes).toBeGreaterThan(0);
    expect(await list(here)).toMatchObject([{ id: report.id, codec: 'toy' }]);
    const { file } = await send(here, report.id);
    expect(await take(await newBrowser(), file)).toMatchObject({ codec: 'toy', rows: 80 });
  });

  it.each([['none'], [toyTransformMeta.name]])(
    'is shown, stored, sampled and swept over by the service: pictures, %s',
    async (transform) => {
      const set = greySet();
      const source = sourceOf(set);
      const settings = settingsWith({ codec: 'toy', transform, representation: 'offset' });
      const { service } = here;
      const bits = await service.analyseImages({ source, settings, table: 1 }, SILENT_PULSE, ignore);
      expect(bits).toMatchObject({ transform, baseCount: null, counts: { base: 0 } });
      const report = await compress(here, source, settings);
      expect(report).toMatchObject({ stored: true, equation1Bits: null, fidelity: { kind: 'exact' } });
      expect(report.tables.map(({ bases }) => bases)).toEqual([null, null, null]);
      expect((await inspect(here, report.id, 3, source)).base).toBeNull();
      const drawn = await sample(here, report.id, 0.5);
      expect(drawn.records).toBeGreaterThan(10);
      const cell = await service.imageSweepCell({ source, settings, limit: 40 }, SILENT_PULSE, ignore);
      expect(cell).toMatchObject({ baseCount: null, equation1Bits: null, records: 40 });
      expect(await verify(here, report.id)).toMatchObject({ records: set.records });
      // Of the archive alone, as after a reload.
      const again = await compress(here, { kind: 'archive', id: report.id }, settings);
      expect(again).toMatchObject({ id: report.id, bytes: report.bytes, equation1Bits: null });
      const { file } = await send(here, report.id);
      expect(await take(await newBrowser(), file)).toMatchObject({ codec: 'toy' });
    },
  );
});

describe('a transform', () => {
  it('goes with every codec and representation', async () => {
    const set = greySet();
    for (const representation of REPRESENTATION_METAS.names) {
      const made = await madeFrom(set, {
        codec: 'greedygd',
        transform: toyTransformMeta.name,
        representation,
        blockBytes: 500,
      });
      expect(made.fidelity).toEqual({ kind: 'exact' });
      const archive = await openImageArchive(made.source);
      expect(archive.schema).toMatchObject({ transform: toyTransformMeta.name, representation });
      expect((await decodeAll(archive)).pixels).toEqual(set.pixels);
    }
  });

  it('is told by its number where it is not known', async () => {
    const { source } = await madeFrom(greySet(), { transform: toyTransformMeta.name });
    remove();
    expect(await codeOf(openImageArchive(source))).toBe('TRANSFORM_UNKNOWN');
  });
});
