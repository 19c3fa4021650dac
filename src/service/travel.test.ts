import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSource, type ExperimentSettings } from '../contracts/codec.ts';
import { joinPieces, layOutContainer, memorySource } from '../core/archive/container.ts';
import { openArchive } from '../core/archive/read.ts';
import { SECTION } from '../core/archive/sections.ts';
import { LabError } from '../core/errors.ts';
import { makeArchive } from '../core/experiment/archiving.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { datasetId } from '../core/table/datasetId.ts';
import { openArchiveStore, type ArchiveStore } from '../platform/archiveStore.ts';
import type { HostedService } from '../platform/codecHost.ts';
import { createCodecService } from './codecService.ts';

interface Browser {
  store: ArchiveStore;
  service: HostedService;
}

let count = 0;
const browsers: Browser[] = [];

/** A browser profile of its own: a store with nothing in it. */
async function newBrowser(): Promise<Browser> {
  const store = await openArchiveStore({ databaseName: `travel-${++count}`, locks: null });
  const service = createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) => Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${name}.`)),
    decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
  });
  const browser = { store, service };
  browsers.push(browser);
  return browser;
}

let here: Browser;
let there: Browser;
beforeEach(async () => {
  here = await newBrowser();
  there = await newBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const { store } of browsers.splice(0)) store.close();
});

const ignore = (): void => undefined;

/** Rows of every kind of column: decimals, ratios, floats, categories, text with commas and quotes, gaps. */
function csv(rows: number): string {
  const lines = ['x,rate,cut,"note, long",gappy,wild,y'];
  for (let i = 0; i < rows; i++) {
    const k = (i * 7919) % 1009;
    const note = k % 5 === 0 ? `"a ""quoted"", ${k % 3}"` : `plain ${k % 4}`;
    const rate = (1 + (k % 97)) / (1 + (k % 29));
    lines.push(
      [k / 100, rate, `c${k % 3}`, note, k % 6 === 0 ? '' : k % 50, k / 7e3, 3 * k + (k % 3)].join(),
    );
  }
  return `${lines.join('\n')}\n`;
}

const SETTINGS: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x', 'cut'], beta: 5 };
const tableSource = (rows = 60): DatasetSource => ({
  kind: 'file',
  file: new File([csv(rows)], 'some.table.csv', { lastModified: rows }),
});

const open = ({ service }: Browser, source: DatasetSource) =>
  service.openDataset({ source }, SILENT_PULSE, ignore);
const compress = ({ service }: Browser, source: DatasetSource, settings = SETTINGS) =>
  service.compress({ source, settings, store: true, kept: false }, SILENT_PULSE, ignore);
const send = ({ service }: Browser, id: string) => service.exportArchive({ id }, SILENT_PULSE, ignore);
const take = ({ service }: Browser, file: Blob, pulse: Pulse = SILENT_PULSE) =>
  service.importArchive({ file: new File([file], 'any name') }, pulse, ignore);
const verify = ({ service }: Browser, id: string) => service.verifyArchive({ id }, SILENT_PULSE, ignore);
const list = ({ service }: Browser) => service.listArchives(undefined, SILENT_PULSE, ignore);
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const blobOf = (bytes: Uint8Array) => new Blob([bytes as Uint8Array<ArrayBuffer>]);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`),
  );

async function sent(rows = 60): Promise<{ id: string; file: Blob }> {
  const { id } = await compress(here, tableSource(rows));
  return { id, file: (await send(here, id)).file };
}

describe('an archive in another browser', () => {
  it('is the file that the store holds, under a name of its dataset and codec', async () => {
    const { id } = await compress(here, tableSource());
    const { name, file } = await send(here, id);
    expect(name).toBe('some-table-entrogede.dmla');
    const source = await here.store.reader(id);
    expect(await bytesOf(file)).toEqual(await source.read(0, source.size));
    expect((await openArchive(memorySource(await bytesOf(file)))).schema.name).toBe('some.table.csv');
  });

  it('is listed, opened and read as where it was made', async () => {
    const { id, file } = await sent();
    const listing = await take(there, file);
    const [original] = await list(here);
    expect(listing).toEqual({ ...original, kept: true, createdAt: listing.createdAt });
    expect(await list(there)).toEqual([listing]);
    const before = await open(here, tableSource());
    const after = await open(there, { kind: 'archive', id });
    expect([after.id, after.preview]).toEqual([before.id, before.preview]);
    for (const record of [0, 17, 59]) {
      const ask = { archiveId: id, record };
      const shown = await there.service.inspect(ask, SILENT_PULSE, ignore);
      expect(shown.cells).toEqual((await here.service.inspect(ask, SILENT_PULSE, ignore)).cells);
    }
  });

  it('is made again to the same bytes, and stays kept', async () => {
    const { id, file } = await sent();
    await take(there, file);
    expect((await compress(there, { kind: 'archive', id })).id).toBe(id);
    expect(await bytesOf((await send(there, id)).file)).toEqual(await bytesOf(file));
    expect(await list(there)).toMatchObject([{ id, kept: true }]);
  });

  it('is not written twice', async () => {
    const { id, file } = await sent();
    const first = await take(there, file);
    await there.store.keep(id, false);
    const write = vi.spyOn(there.store, 'write');
    expect(await take(there, file)).toEqual(first);
    expect(write).not.toHaveBeenCalled();
    expect(await list(there)).toEqual([first]);
  });

  it('mends the one that is here and damaged', async () => {
    const { id, file } = await sent();
    await take(there, file);
    const db = await openDB(`travel-${count}`);
    const keys = (await db.getAllKeys('chunks')) as [string, string][];
    const block = keys.find(([, name]) => name.split('-')[0] === '8')!;
    const bytes = new Uint8Array((await db.get('chunks', block)) as ArrayBuffer);
    bytes[5] ^= 16;
    await db.put('chunks', bytes.buffer, block);
    db.close();
    expect(await codeOf(verify(there, id))).toBe('ARCHIVE_CORRUPT');
    await take(there, file);
    expect(await codeOf(verify(there, id))).toBe('done');
  });

  it('that differs in β alone is the same archive, with what the file brings', async () => {
    const { id, file } = await sent();
    await take(there, file);
    await compress(there, { kind: 'archive', id }, { ...SETTINGS, beta: 3 });
    expect((await list(there))[0].settings.beta).toBe(3);
    await take(there, file);
    expect(await list(there)).toMatchObject([{ id, settings: { beta: 5 } }]);
  });

  it('without some of its columns is a dataset of its own, and made again here as itself', async () => {
    const { id } = await compress(here, tableSource(), { ...SETTINGS, drop: ['wild', 'note, long'] });
    const listing = await take(there, (await send(here, id)).file);
    expect(listing).toMatchObject({ columns: 5, settings: { drop: [] } });
    const again = await compress(there, { kind: 'archive', id: listing.id }, listing.settings);
    expect(again.id).toBe(listing.id);
  });

  it('leaves the archives of other datasets and the kept ones alone', async () => {
    const { file } = await sent();
    const other = await compress(there, tableSource(40));
    const kept = await compress(there, tableSource(60), { ...SETTINGS, split: 9 });
    await there.store.keep(kept.id, true);
    const listing = await take(there, file);
    expect((await list(there)).map(({ id }) => id).sort()).toEqual([other.id, kept.id, listing.id].sort());
  });
});

describe('what an archive says about its experiment', () => {
  /** An archive of a small table with this text in place of its settings. */
  async function withExperiment(text: string): Promise<{ file: Blob; dataset: string }> {
    const values = Float64Array.from({ length: 30 }, (_, i) => i % 7);
    const table = {
      rows: 30,
      columns: ['a', 'b'].map((name, c) => ({
        kind: 'number' as const,
        name,
        values: values.map((value, i) => value + c * (i % 5)),
        missing: null,
      })),
    };
    const dataset = datasetId(table);
    const label = { datasetId: dataset, name: 'small', fileName: 'small.csv', csvBytes: 0 };
    const settings = { ...DEFAULT_SETTINGS, split: 3, testFraction: 0.3, codec: 'greedygd' };
    const { image } = await makeArchive(new Workbench(table), settings, label, SILENT_PULSE);
    // Written anew with another text in the experiment section, checksums and all.
    const file = joinPieces(image);
    const sections = image.sections.map((section) => ({
      ...section,
      blocks:
        section.type === SECTION.experiment
          ? [new TextEncoder().encode(text)]
          : section.blocks.map(({ offset, length }) => file.subarray(offset, offset + length)),
    }));
    return { file: blobOf(joinPieces(layOutContainer(sections))), dataset };
  }

  it.each([
    ['nothing', ''],
    ['no JSON', '{"beta":'],
    ['no object', '[1,2]'],
    ['null', 'null'],
    ['a prototype', '{"__proto__":{"target":"a","beta":3},"constructor":{"prototype":{"beta":1}}}'],
    ['values out of range', '{"beta":-4,"tau":1e99,"iterations":1.5,"learningRate":"fast","order":"odd"}'],
    ['columns that it does not have', '{"target":"nothing","features":["gone"],"drop":["a"]}'],
    ['another split and codec', '{"split":77,"testFraction":0.11,"codec":"entrogede"}'],
  ])('falls back to the defaults where it is %s', async (_what, text) => {
    const { file, dataset } = await withExperiment(text);
    const listing = await take(there, file);
    expect(listing.datasetId).toBe(dataset);
    // How its records were divided and coded does not stand in the text alone.
    const own = { split: 3, testFraction: 0.3, codec: 'greedygd' };
    expect(listing.settings).toEqual({ ...DEFAULT_SETTINGS, ...own });
    expect(({} as Record<string, unknown>).beta).toBeUndefined();
  });

  it('is used where it can be', async () => {
    const { file } = await withExperiment(
      '{"target":"b","features":["a","gone"],"beta":2,"order":"pool","future":1}',
    );
    expect((await take(there, file)).settings).toMatchObject({
      target: 'b',
      features: ['a'],
      beta: 2,
      order: 'pool',
    });
  });
});

describe('what is no whole archive is refused, and nothing is stored', () => {
  /** Chunks and manifests in the store. */
  async function isEmpty(): Promise<boolean> {
    return (await list(there)).length === 0 && (await there.store.sweepOrphans()) === 0;
  }

  it('with any single byte changed', async () => {
    const { file } = await sent(12);
    const bytes = await bytesOf(file);
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << (at % 8);
      const code = await codeOf(take(there, blobOf(damaged)));
      expect(['ARCHIVE_CORRUPT', 'ARCHIVE_NEWER', 'CODEC_UNKNOWN'], `byte ${at}: ${code}`).toContain(code);
    }
    expect(await isEmpty()).toBe(true);
    expect(await codeOf(take(there, file))).toBe('done');
  });

  it('cut off anywhere, or with more behind it', async () => {
    const { file } = await sent(12);
    for (let end = 0; end < file.size; end++)
      expect(await codeOf(take(there, file.slice(0, end))), `cut at ${end}`).toBe('ARCHIVE_CORRUPT');
    expect(await codeOf(take(there, new Blob([file, '\0'])))).toBe('ARCHIVE_CORRUPT');
    expect(await codeOf(take(there, new Blob(['\0', file])))).toBe('ARCHIVE_CORRUPT');
    expect(await isEmpty()).toBe(true);
  });

  it('when it cannot be read, and when taking it in is cancelled', async () => {
    const { file } = await sent(400);
    const gone = new File([file], 'gone.dmla');
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob;
    const taking = there.service.importArchive({ file: gone }, SILENT_PULSE, ignore);
    expect(await codeOf(taking)).toBe('FILE_UNREADABLE');

    let beats = 0;
    let last = Infinity;
    const counting: Pulse = {
      due: () => true,
      beat: () =>
        ++beats >= last ? Promise.reject(new LabError('CANCELLED', 'Cancelled.')) : Promise.resolve(),
    };
    const other = await newBrowser();
    await take(other, file, counting);
    for (const at of [1, Math.ceil(beats / 2), beats]) {
      last = at;
      beats = 0;
      expect(await codeOf(take(there, file, counting))).toBe('CANCELLED');
    }
    expect(await isEmpty()).toBe(true);
  });
});

describe('a check', () => {
  it('counts what it looked at', async () => {
    const { id, file } = await sent();
    expect(await verify(here, id)).toMatchObject({ bytes: file.size, records: 60 });
    expect(await codeOf(verify(here, 'nothing'))).toBe('ARCHIVE_NOT_FOUND');
  });

  it('finds a byte that has changed in the store', async () => {
    const { id } = await sent();
    const reader = here.store.reader.bind(here.store);
    vi.spyOn(here.store, 'reader').mockImplementation(async (name) => {
      const source = await reader(name);
      return {
        ...source,
        size: source.size,
        read: async (offset, length) => {
          const bytes = await source.read(offset, length);
          if (offset <= 300 && 300 < offset + length) bytes[300 - offset] ^= 4;
          return bytes;
        },
      };
    });
    expect(await codeOf(verify(here, id))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('the table of an archive', () => {
  it('as CSV is the same dataset again', async () => {
    const { id } = await compress(here, tableSource());
    const { name, file } = await here.service.exportTable({ id, format: 'csv' }, SILENT_PULSE, ignore);
    expect(name).toBe('some-table.csv');
    const again = await open(there, { kind: 'file', file: new File([file], name) });
    expect(again.id).toBe((await open(here, tableSource())).id);
  });

  it('as Parquet is a Parquet file', async () => {
    const { id } = await compress(here, tableSource());
    const made = await here.service.exportTable({ id, format: 'parquet' }, SILENT_PULSE, ignore);
    expect(made.name).toBe('some-table.parquet');
    const text = new TextDecoder('latin1').decode(await made.file.arrayBuffer());
    expect([text.slice(0, 4), text.slice(-4)]).toEqual(['PAR1', 'PAR1']);
  });
});

describe('the condensed samples as CSV', () => {
  it('have a line per sample, in the data’s own units, and weights that add up to the training records', async () => {
    const source = tableSource(200);
    const request = { source, settings: { ...SETTINGS, features: ['x', 'cut'], beta: 6 } };
    const asked = { ...request, format: 'csv' as const };
    const { name, file } = await here.service.exportSamples(asked, SILENT_PULSE, ignore);
    const [header, ...lines] = (await file.text()).trimEnd().split('\n');
    expect(name).toBe(`some-table-condensed-${lines.length}.csv`);
    const names = header.split(',');
    expect([names[0], names[1], names.at(-2), names.at(-1)]).toEqual(['part', 'x', 'y', 'weight']);
    const { condensedSamples } = await here.service.analyse(request, SILENT_PULSE, ignore);
    expect(lines.length).toBe(condensedSamples[6]);
    const rows = lines.map((line) => line.split(',').map(Number));
    const weight = (row: number[]) => row[row.length - 1];
    expect(rows.reduce((sum, row) => sum + weight(row), 0)).toBe(160);
    const mean = rows.reduce((sum, row) => sum + row[1] * weight(row), 0) / 160;
    expect(mean).toBeGreaterThan(0);
    expect(mean).toBeLessThan(10.09);
  });
});
