import 'fake-indexeddb/auto';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BIT_ROLE,
  DEFAULT_SETTINGS,
  type DatasetSource,
  type DescentState,
  type ExperimentSettings,
  type ReadingOptions,
  type SweepPart,
} from '../contracts/codec.ts';
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { createGenerator } from '../core/random.ts';
import { openArchiveStore, type ArchiveStore } from '../platform/archiveStore.ts';
import type { HostedService } from '../platform/codecHost.ts';
import { createCodecService } from './codecService.ts';

let store: ArchiveStore;
let service: HostedService;
let count = 0;
/** Files that the fake gallery serves. */
const gallery = new Map<string, string>();

const environment = () => ({
  openStore: () => Promise.resolve(store),
  fetchSample: (fileName: string) => {
    const text = gallery.get(fileName);
    if (text === undefined)
      return Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${fileName}.`));
    return Promise.resolve({ bytes: text.length, stream: () => Promise.resolve(new Blob([text]).stream()) });
  },
  decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
});

beforeEach(async () => {
  store = await openArchiveStore({ databaseName: `service-${++count}`, locks: null });
  service = createCodecService(environment());
  gallery.clear();
});
afterEach(() => store.close());

/** 120 rows of every kind of column; y depends on x and on the category. */
function csv(rows = 120): string {
  const generator = createGenerator(5);
  const draw = (n: number): number => (generator.next() >>> 0) % n;
  const lines = ['x,rate,cut,zip,gappy,wild,y'];
  for (let i = 0; i < rows; i++) {
    const x = draw(400) / 100;
    const cut = draw(3);
    const rate = (1 + draw(99)) / (1 + draw(30));
    const wild = i === 3 ? '1e-310' : i === 4 ? '-0' : String(draw(1000) / 7e3);
    const y = (3 * x + cut + draw(100) / 100).toFixed(2);
    lines.push([x, rate, `c${cut}`, `0${1000 + draw(9)}`, draw(7) === 0 ? '' : draw(50), wild, y].join(','));
  }
  return lines.join('\n');
}

const fileSource = (text = csv(), name = 'table.csv'): DatasetSource => ({
  kind: 'file',
  file: new File([text], name, { lastModified: 1 }),
});

const SETTINGS: ExperimentSettings = {
  ...DEFAULT_SETTINGS,
  target: 'y',
  features: ['x', 'rate', 'cut'],
  beta: 6,
};
const ignore = (): void => undefined;

const open = (source: DatasetSource) => service.openDataset({ source }, SILENT_PULSE, ignore);
const compress = (source: DatasetSource, settings = SETTINGS, keep = true) =>
  service.compress({ source, settings, store: keep, kept: false }, SILENT_PULSE, ignore);
const inspect = (archiveId: string, record: number | null) =>
  service.inspect({ archiveId, record }, SILENT_PULSE, ignore);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : `uncoded: ${String(thrown)}`),
  );

/** A pulse that is always due, and cancels at a beat. */
function cancelAt(beat: number): Pulse {
  let beats = 0;
  return {
    due: () => true,
    beat: async () => {
      await Promise.resolve();
      if (++beats >= beat) throw new LabError('CANCELLED', 'The work was cancelled.');
    },
  };
}

describe('a dataset', () => {
  it('keeps with its archives how its file was read, for a link that asks for the file', async () => {
    const reading: ReadingOptions = { missing: ['7'], types: [{ column: 'zip', type: 'text' }] };
    const source: DatasetSource = { ...(fileSource() as DatasetSource & { kind: 'file' }), reading };
    const { id } = await compress(source);
    const listed = async () =>
      (await service.listArchives(undefined, SILENT_PULSE, ignore)).find((one) => one.id === id);
    expect((await listed())?.reading).toEqual(reading);
    // Made again from the archive alone, as after a reload.
    await open(fileSource('a,b\n1,2\n3,4\n5,6\n', 'other.csv'));
    await compress({ kind: 'archive', id }, { ...SETTINGS, beta: 5 });
    expect((await listed())?.reading).toEqual(reading);
  });

  it('has the test records that it was given, in its archive and from there on', async () => {
    const lines = csv().split('\n');
    const part = (from: number, to: number): File =>
      new File([[lines[0], ...lines.slice(from, to)].join('\n')], `${from}.csv`, { lastModified: 1 });
    const source: DatasetSource = { kind: 'file', file: part(1, 101), test: { file: part(101, 121) } };
    const whole = await open(fileSource());
    const summary = await open(source);
    expect(summary).toMatchObject({ id: whole.id, fileName: '1.csv', rows: 120, testRows: 20 });
    const given = await compress(source);
    expect([given.trainRows, given.testRows]).toEqual([100, 20]);
    // The same table with a split that is drawn has an archive of its own.
    const drawn: DatasetSource = { ...source, reading: { testRows: 0 } };
    expect(await open(drawn)).not.toHaveProperty('testRows');
    expect((await compress(drawn)).id).not.toBe(given.id);
    await compress(source);
    const groups = [];
    for (const record of [0, 99, 100, 119]) groups.push((await inspect(given.id, record)).group);
    expect(groups).toEqual(['train', 'train', 'test', 'test']);
    const listed = await service.listArchives(undefined, SILENT_PULSE, ignore);
    expect(listed.find(({ id }) => id === given.id)?.reading).toEqual({ testRows: 20 });
    await open(fileSource('a,b\n1,2\n3,4\n5,6\n', 'other.csv'));
    expect(await open({ kind: 'archive', id: given.id })).toMatchObject({ id: whole.id, testRows: 20 });
    const again = await compress({ kind: 'archive', id: given.id });
    expect([again.id, again.testRows]).toEqual([given.id, 20]);
    // A link asks for the whole table and says how many of its last records are for the test.
    const linked: DatasetSource = { ...fileSource(), reading: { testRows: 20 } } as DatasetSource;
    expect(await open(linked)).toMatchObject({ id: whole.id, testRows: 20 });
  });

  it('opens from a table in a zip that holds several', async () => {
    const zip = zipSync({ 'in/a.csv': strToU8(csv()), 'in/b.csv': strToU8('a,b\n1,2\n3,4\n') });
    const file = new File([new Uint8Array(zip)], 'data.zip', { lastModified: 1 });
    expect(await open({ kind: 'file', file, inside: 'in/b.csv' })).toMatchObject({
      fileName: 'data.zip/in/b.csv',
      rows: 2,
      notices: [],
    });
    expect((await open({ kind: 'file', file, inside: 'in/a.csv' })).rows).toBe(120);
    expect(await codeOf(open({ kind: 'file', file }))).toBe('FILES_SEVERAL');
  });

  it('opens from a file with what the page shows of it', async () => {
    const summary = await open(fileSource());
    expect(summary).toMatchObject({
      name: 'table.csv',
      rows: 120,
      sampleId: null,
      csvBytes: csv().length,
      suggestedTarget: 'y',
    });
    expect(summary.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['x', 'number'],
      ['rate', 'number'],
      ['cut', 'category'],
      ['zip', 'category'],
      ['gappy', 'number'],
      ['wild', 'number'],
      ['y', 'number'],
    ]);
    expect(summary.notices.map(({ code, column }) => [code, column])).toEqual([['leading-zeros', 'zip']]);
    expect(summary.preview.length).toBe(100);
    expect(summary.preview[0].length).toBe(7);
    expect(summary.preview[4][5]).toBe('-0');
  });

  it('tells what its columns were read as, and what each would be as a target', async () => {
    const text =
      'day;price;sold;kind;word;flat\n' +
      Array.from(
        { length: 70 },
        (_, i) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')};${i},5;${i % 2};k${i % 3};w${i};7`,
      ).join('\n');
    const { columns, decisions, dialect, format } = await open(fileSource(text, 'told.csv'));
    expect(columns.map(({ kind, time, targetTask }) => [kind, time, targetTask])).toEqual([
      ['time', 'YYYY-MM-DD', 'regression'],
      ['number', null, 'regression'],
      ['number', null, 'classification'],
      ['category', null, 'classification'],
      ['text', null, null],
      ['number', null, null],
    ]);
    expect(decisions.map(({ column, type, chosen }) => [column, type, chosen])).toEqual([
      ['day', 'time', false],
      ['price', 'number', false],
      ['sold', 'number', false],
      ['kind', 'text', false],
      ['word', 'text', false],
      ['flat', 'number', false],
    ]);
    for (const { why } of decisions) expect(why).not.toBe('');
    expect(dialect.map(({ value }) => value)).toEqual(expect.arrayContaining(['semicolon', 'comma']));
    expect(format).toBe('csv');
  });

  it('is read again where someone says otherwise, and each reading is a source of its own', async () => {
    const source = fileSource('a,b\n1,-200\n2,5\n3,7\n', 'again.csv') as DatasetSource & { kind: 'file' };
    const found = await open(source);
    const reading = { missing: ['-200'], types: [{ column: 'a', type: 'text' as const }] };
    const told = await open({ ...source, reading });
    expect(told.id).not.toBe(found.id);
    expect(told.columns.map(({ kind, missing }) => [kind, missing])).toEqual([
      ['category', 0],
      ['number', 1],
    ]);
    expect(told.decisions[0]).toMatchObject({ type: 'text', chosen: true });
    expect((await open(source)).id).toBe(found.id);
    expect(await codeOf(open({ ...source, reading: { types: [{ column: 'b', type: 'time' }] } }))).toBe(
      'CSV_TYPE',
    );
    expect((await open(source)).id).toBe(found.id);
    const { id } = await compress({ ...source, reading }, { ...DEFAULT_SETTINGS, target: null });
    expect((await open({ kind: 'archive', id })).id).toBe(told.id);
  });

  it('shows the first columns of a wide one, and long texts cut', async () => {
    const names = Array.from({ length: 90 }, (_, c) => `c${c}`);
    const rows = [0, 1, 2].map((r) => names.map((_, c) => (c === 1 ? 'x'.repeat(5_000) + r : r)).join(','));
    const { columns, preview } = await open(fileSource([names.join(','), ...rows].join('\n'), 'wide.csv'));
    expect(columns.length).toBe(90);
    expect(preview.map((row) => row.length)).toEqual([60, 60, 60]);
    expect(preview[0][1]).toMatch(/^x{300}…$/);
    expect(columns[1].top[0].value.length).toBeLessThan(400);
  });

  it('opens from gzip and LIBSVM text', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i % 2 ? '+1' : '-1'} 1:${i} 3:0.5`).join('\n');
    const svm = await open(fileSource(`${lines}\n`, 'two.libsvm'));
    expect(svm).toMatchObject({ format: 'libsvm', rows: 20, suggestedTarget: 'label' });
    const packed = new Blob([csv()]).stream().pipeThrough(new CompressionStream('gzip'));
    const file = new File([await new Response(packed).arrayBuffer()], 'table.csv.gz');
    const plain = await open(fileSource());
    expect(await open({ kind: 'file', file })).toMatchObject({ id: plain.id, csvBytes: csv().length });
  });

  it('has histograms that count every present value, in the narrowest and the widest range too', async () => {
    const text =
      'tiny,least,huge,same,y\n0,0,-1.7e308,5,1\n1e-310,5e-324,1.7e308,5,2\n5e-311,0,0,5,3\n,0,inf,5,4\n';
    const { columns } = await open(fileSource(text));
    const shown = columns.map(({ name, histogram }) => [
      name,
      histogram.length,
      histogram.reduce((a, b) => a + b, 0),
    ]);
    expect(shown).toEqual([
      ['tiny', 24, 3],
      ['least', 24, 4],
      ['huge', 24, 3],
      ['same', 24, 4],
      ['y', 24, 4],
    ]);
    const tiny = columns[0].histogram;
    expect([tiny[0], tiny[12], tiny[23]]).toEqual([1, 1, 1]);
  });

  it('opens from the gallery, which names its target', async () => {
    gallery.set('diamonds.csv', 'price,x,y\n1,2,3\n2,3,5\n4,5,4\n');
    const source = { kind: 'sample', id: 'diamonds' } as const;
    expect(await open(source)).toMatchObject({
      name: 'Diamonds',
      sampleId: 'diamonds',
      suggestedTarget: 'price',
    });
    expect(await codeOf(open({ kind: 'sample', id: 'nothing' }))).toBe('SAMPLE_UNAVAILABLE');
    // Not in the way of the next.
    expect((await open(source)).rows).toBe(3);
  });

  it('that cannot be read is refused by a code, and the next one opens', async () => {
    expect(await codeOf(open(fileSource('a,b\n1\n')))).toBe('CSV_RAGGED');
    expect(await codeOf(open({ kind: 'archive', id: 'none' }))).toBe('ARCHIVE_NOT_FOUND');
    const gone = new File(['a,b\n1,2\n3,4\n'], 'gone.csv');
    gone.stream = () =>
      new Blob([]).stream().pipeThrough(
        new TransformStream({
          flush: () => {
            throw new Error('gone');
          },
        }),
      );
    expect(await codeOf(open({ kind: 'file', file: gone }))).toBe('FILE_UNREADABLE');
    expect((await open(fileSource())).rows).toBe(120);
  });

  it('stays open when another call was cancelled while opening it', async () => {
    const source = fileSource();
    const first = service.openDataset({ source }, cancelAt(1), ignore);
    const second = open(source);
    expect(await codeOf(first)).toBe('CANCELLED');
    expect((await second).rows).toBe(120);
  });

  it('opens for its own caller although another was cancelled, also when a third opened something else', async () => {
    const source = fileSource();
    const first = service.openDataset({ source }, cancelAt(1), ignore);
    const second = open(source);
    const third = open(fileSource('a,b\n1,2\n3,4\n', 'other.csv'));
    expect(await codeOf(first)).toBe('CANCELLED');
    expect((await second).rows).toBe(120);
    expect((await third).rows).toBe(2);
  });
});

describe('an archive', () => {
  it('is stored, listed, and opens as the table it was made from', async () => {
    const summary = await open(fileSource());
    const report = await compress(fileSource());
    expect(report).toMatchObject({
      stored: true,
      storeError: null,
      roundTrip: 'exact',
      trainRows: 96,
      testRows: 24,
    });
    const [listing, ...others] = await service.listArchives(undefined, SILENT_PULSE, ignore);
    expect(others).toEqual([]);
    expect(listing).toMatchObject({
      id: report.id,
      datasetId: summary.id,
      rows: 120,
      columns: 7,
      settings: SETTINGS,
    });
    expect(listing.bytes).toBe(report.bytes.train + report.bytes.test);

    expect(await open({ kind: 'archive', id: report.id })).toBe(summary);
    service = createCodecService(environment());
    const again = await open({ kind: 'archive', id: report.id });
    // The story of its reading is the file's alone.
    const asRead = { notices: [], decisions: [], dialect: [], seconds: 0 };
    expect({ ...again, ...asRead }).toEqual({ ...summary, ...asRead, format: 'archive' });
    expect(again).toMatchObject({ notices: [], decisions: [], dialect: [] });
    // And gives the same archive.
    expect((await compress({ kind: 'archive', id: report.id })).id).toBe(report.id);
  });

  it('that was replaced opens from another one of the same dataset', async () => {
    const { id: datasetId } = await open(fileSource());
    const { id } = await compress(fileSource());
    await compress(fileSource(), { ...SETTINGS, split: 9 });
    await open(fileSource(csv(60), 'other.csv')); // So that the archive is no longer the open dataset.
    expect(await codeOf(open({ kind: 'archive', id }))).toBe('ARCHIVE_NOT_FOUND');
    expect(await codeOf(open({ kind: 'archive', id, datasetId: 'another' }))).toBe('ARCHIVE_NOT_FOUND');
    expect((await open({ kind: 'archive', id, datasetId })).id).toBe(datasetId);
  });

  it('without some columns opens as the table that it holds', async () => {
    const report = await compress(fileSource(), { ...SETTINGS, drop: ['zip', 'wild'] });
    expect(report.columns).toBe(5);
    const again = await open({ kind: 'archive', id: report.id });
    expect(again.columns.map(({ name }) => name)).toEqual(['x', 'rate', 'cut', 'gappy', 'y']);
  });

  it('shows every record as it stands in the table', async () => {
    const { preview } = await open(fileSource());
    const { id } = await compress(fileSource());
    const positions = { train: new Set<number>(), test: new Set<number>() };
    for (let record = 0; record < 100; record++) {
      const shown = await inspect(id, record);
      expect(shown.cells.map(({ value }) => value)).toEqual(preview[record]);
      expect(shown.cells.map(({ column }) => column)).toEqual([
        'x',
        'rate',
        'cut',
        'zip',
        'gappy',
        'wild',
        'y',
      ]);
      for (const { fields } of shown.cells) {
        for (const { bits, role } of fields) {
          expect(bits).toMatch(/^[01]*$/);
          expect(role.length).toBe(bits.length);
        }
      }
      expect(shown.cells[1].fields.map(({ label }) => label)).toEqual(['p', 'q']);
      expect(shown.base?.sharedBy).toBeGreaterThan(0);
      positions[shown.group].add(shown.position);
    }
    expect(positions.train.size + positions.test.size).toBe(100);
  });

  it('gives every bit of a record the role that it has in the bit report', async () => {
    // Codes 0 and 64 alone: the five bits between them are constant.
    const withConstants = csv()
      .split('\n')
      .map((line, row) => `${line},${row === 0 ? 'far' : row % 3 === 0 ? 64 : 0}`);
    const source = fileSource(withConstants.join('\n'), 'constants.csv');
    const { role } = await service.analyse({ source, settings: SETTINGS }, SILENT_PULSE, ignore);
    const { id, recordBits } = await compress(source);
    for (const record of [0, 1, 2, 3, 4, 50, 119]) {
      const { cells } = await inspect(id, record);
      const shown = cells.flatMap(({ fields }) => fields.flatMap((field) => [...field.role]));
      expect(shown).toEqual([...role.subarray(0, recordBits)]);
    }
    expect(role).toContain(BIT_ROLE.constant);
  });

  it('fetches one block for a record, however many the others lie in', async () => {
    const { id, bytes } = await compress(fileSource(csv(14_000)));
    expect(bytes.train).toBeGreaterThan(2 * 65_536);
    const first = await inspect(id, 7);
    expect(first.blocksRead).toBe(1);
    expect((await inspect(id, 7)).blocksRead).toBe(0);
  });

  it('counts who shares a base as grouping by the base bits does', async () => {
    const { id } = await compress(fileSource());
    const groups = new Map<string, number>();
    const shown = [];
    for (let record = 0; record < 120; record++) {
      const one = await inspect(id, record);
      const bits = one.cells.flatMap(({ fields }) =>
        fields.map((f) => [...f.bits].filter((_, b) => f.role[b] !== 2).join('')),
      );
      const key = one.group + bits.join('|');
      groups.set(key, (groups.get(key) ?? 0) + 1);
      shown.push({ key, sharedBy: one.base?.sharedBy });
    }
    for (const { key, sharedBy } of shown) expect(sharedBy).toBe(groups.get(key));
    const most = Math.max(
      ...[...groups].filter(([key]) => key.startsWith('train')).map(([, count]) => count),
    );
    expect(most).toBeGreaterThan(1);
    expect(await inspect(id, null)).toMatchObject({ group: 'train', base: { sharedBy: most } });
  });

  it('begins with a record whose base many share, and reads its block alone', async () => {
    const { id } = await compress(fileSource(csv(14_000)));
    const { index, blocksRead, base } = await inspect(id, null);
    expect(blocksRead).toBe(1);
    expect(base?.sharedBy).toBeGreaterThan(1);
    expect((await inspect(id, index)).base).toEqual(base);
  });

  it('with a new β is the same archive with other analytics, and is read so', async () => {
    const first = await compress(fileSource());
    await inspect(first.id, 0);
    const second = await compress(fileSource(), { ...SETTINGS, beta: 9, samples: 'stored' });
    expect(second.id).toBe(first.id);
    expect((await inspect(first.id, 5)).index).toBe(5);
    expect((await open({ kind: 'archive', id: first.id })).rows).toBe(120);
    expect(await service.listArchives(undefined, SILENT_PULSE, ignore)).toHaveLength(1);
  });

  it('that is not there, or has no such record, is refused by a code', async () => {
    const { id } = await compress(fileSource());
    expect(await codeOf(inspect('nothing', 0))).toBe('ARCHIVE_NOT_FOUND');
    for (const record of [-1, 120, 0.5])
      expect(await codeOf(inspect(id, record))).toBe('RECORD_OUT_OF_RANGE');
    await service.deleteArchives({ ids: [id] }, SILENT_PULSE, ignore);
    expect(await codeOf(inspect(id, 0))).toBe('ARCHIVE_NOT_FOUND');
    expect(await codeOf(service.keepArchive({ id, kept: true }, SILENT_PULSE, ignore))).toBe(
      'ARCHIVE_NOT_FOUND',
    );
  });

  it('is made all the same where nothing can be stored, and says why it is not', async () => {
    let tries = 0;
    service = createCodecService({
      ...environment(),
      openStore: () => {
        tries++;
        return Promise.reject(new LabError('STORAGE_UNAVAILABLE', 'No store here.'));
      },
    });
    const report = await compress(fileSource());
    expect(report).toMatchObject({
      stored: false,
      storeError: { code: 'STORAGE_UNAVAILABLE' },
      roundTrip: 'exact',
    });
    expect(await service.listArchives(undefined, SILENT_PULSE, ignore)).toEqual([]);
    expect(tries).toBeGreaterThan(1);
    expect((await compress(fileSource(), SETTINGS, false)).storeError).toBeNull();
  });

  it('is not written when it was cancelled, and can be made afterwards', async () => {
    const source = fileSource();
    await open(source);
    for (const beat of [1, 5, 30]) {
      const work = service.compress(
        { source, settings: { ...SETTINGS, split: beat }, store: true, kept: false },
        cancelAt(beat),
        ignore,
      );
      expect(await codeOf(work)).toBe('CANCELLED');
    }
    expect(await service.listArchives(undefined, SILENT_PULSE, ignore)).toEqual([]);
    expect((await compress(source)).stored).toBe(true);
  });
});

describe('a table that cannot be learned from', () => {
  const never = fileSource(
    'a,b,y\n' +
      Array.from({ length: 40 }, (_, i) => (i % 2 ? `,${i},${i % 7}` : `${i},,${i % 7}`)).join('\n'),
  );
  const alone = fileSource('t,y\n' + Array.from({ length: 90 }, (_, i) => `word${i},${i % 5}`).join('\n'));

  it.each([
    ['no record is complete', never, 'ROWS_TOO_FEW'],
    ['there is no feature', alone, 'FEATURES_NONE'],
  ])('because %s is compressed all the same, and training says why not', async (_why, source, code) => {
    const settings = { ...DEFAULT_SETTINGS, target: 'y', samples: 'stored' as const };
    expect((await compress(source, settings)).roundTrip).toBe('exact');
    const bits = await service.analyse({ source, settings }, SILENT_PULSE, ignore);
    expect(bits.counts.deviation + bits.counts.base + bits.counts.constant).toBeGreaterThan(0);
    await expect(
      service.closedForm({ source, settings, method: 'condensed' }, SILENT_PULSE, ignore),
    ).rejects.toMatchObject({ code });
  });

  it('because its numbers overflow says so instead of giving no number', async () => {
    const source = fileSource(
      'x,y\n' + Array.from({ length: 40 }, (_, i) => `${i + 1}.5e306,${i % 7}`).join('\n'),
    );
    await expect(
      service.closedForm(
        { source, settings: { ...DEFAULT_SETTINGS, target: 'y' }, method: 'full' },
        SILENT_PULSE,
        ignore,
      ),
    ).rejects.toMatchObject({ code: 'MODEL_OVERFLOW' });
  });
});

describe('bad settings', () => {
  it('are refused by a code in every call', async () => {
    const source = fileSource();
    const cases: [Partial<ExperimentSettings>, string][] = [
      [{ target: 'nobody' }, 'TARGET_UNKNOWN'],
      [{ features: ['nobody'] }, 'COLUMN_UNKNOWN'],
      [{ beta: 0 }, 'SETTING_OUT_OF_RANGE'],
      [{ testFraction: 0.9 }, 'SETTING_OUT_OF_RANGE'],
      [{ learningRate: NaN }, 'SETTING_OUT_OF_RANGE'],
    ];
    for (const [change, code] of cases) {
      const settings = { ...SETTINGS, ...change };
      const calls = [
        service.analyse({ source, settings }, SILENT_PULSE, ignore),
        compress(source, settings, false),
        service.closedForm({ source, settings, method: 'full' }, SILENT_PULSE, ignore),
        service.descend(
          { source, settings, method: 'condensed', from: null, budget: 1 },
          SILENT_PULSE,
          ignore,
        ),
        service.sweepCell({ source, settings, method: 'condensed', part: 'exact' }, SILENT_PULSE, ignore),
      ];
      expect([change, ...(await Promise.all(calls.map(codeOf)))]).toEqual([change, ...calls.map(() => code)]);
    }
    const featureless = { ...SETTINGS, features: [] };
    expect(
      await codeOf(
        service.sweepCell(
          { source, settings: featureless, method: 'condensed', part: 'exact' },
          SILENT_PULSE,
          ignore,
        ),
      ),
    ).toBe('FEATURES_NONE');
    expect(await codeOf(compress(source, { ...SETTINGS, codec: 'zip' }, false))).toBe('CODEC_UNKNOWN');
    expect(
      await codeOf(
        service.closedForm(
          { source, settings: { ...SETTINGS, target: null }, method: 'full' },
          SILENT_PULSE,
          ignore,
        ),
      ),
    ).toBe('TARGET_UNKNOWN');
    expect((await compress(source, { ...SETTINGS, target: null }, false)).roundTrip).toBe('exact');
  });
});

describe('the bit report', () => {
  it('has one cell for every bit of every row, and agrees with the archive', async () => {
    const source = fileSource();
    const report = await service.analyse({ source, settings: SETTINGS }, SILENT_PULSE, ignore);
    const archive = await compress(source, SETTINGS, false);
    const cells = report.rows.reduce((sum, row) => sum + row.bits, 0);
    expect([report.ones.length, report.entropy.length, report.role.length]).toEqual([cells, cells, cells]);
    const starts = report.rows.map(({ start, bits }) => ({ start, bits })).sort((a, b) => a.start - b.start);
    let next = 0;
    for (const { start, bits } of starts) {
      expect(start).toBe(next);
      next += bits;
    }
    const stored = report.rows
      .filter(({ kind }) => kind === 'stored')
      .reduce((sum, row) => sum + row.bits, 0);
    expect(stored).toBe(archive.recordBits);
    expect(report.counts.constant).toBe(archive.bases?.constantBits);
    expect(report.counts.constant + report.counts.base).toBe(archive.bases?.baseBits);
    expect(report.counts.deviation).toBe(archive.bases?.deviationBits);
    expect(report.trainRows).toBe(archive.trainRows);
    expect(report.condensedSamples.length).toBe(report.order.length + 1);
    expect(report.rows.map(({ label }) => label)).toContain('rate ≈');
    expect(report.rows.find(({ label }) => label === 'y')!.use).toBe('target');
  });
});

describe('a descent', () => {
  const source = fileSource();
  const descend = (
    from: DescentState | null,
    pulse: Pulse,
    method: 'full' | 'condensed' = 'condensed',
    budget = Infinity,
  ) =>
    service.descend(
      { source, settings: { ...SETTINGS, learningRate: 0.01, iterations: 1500 }, method, from, budget },
      pulse,
      ignore,
    );
  const timeless = ({ seconds: _, ...state }: DescentState): unknown => state;

  it('that was paused anywhere goes on to the same end, curve and all', async () => {
    for (const method of ['full', 'condensed'] as const) {
      const whole = await descend(null, SILENT_PULSE, method);
      expect(whole.stop).not.toBe('running');
      for (const beats of [[1], [2, 3], [137], [300, 40, 1]]) {
        let state: DescentState | null = null;
        for (const beat of beats) state = structuredClone(await descend(state, cancelAt(beat), method));
        expect(state!.stop).toBe('running');
        expect(state!.iteration).toBeGreaterThan(0);
        state = await descend(state, SILENT_PULSE, method);
        expect(timeless(state)).toEqual(timeless(whole));
      }
    }
  });

  it('does just the iterations that it is given', async () => {
    let state = await descend(null, SILENT_PULSE, 'condensed', 1);
    expect(state).toMatchObject({ iteration: 1, stop: 'running', lossAt: [0] });
    state = await descend(state, SILENT_PULSE, 'condensed', 99);
    expect(state).toMatchObject({ iteration: 100, touched: 100 * state.samples });
    state = await descend(state, SILENT_PULSE, 'condensed', 0);
    expect(state.iteration).toBe(100);
  });

  it('keeps a loss curve of at most some hundred points that starts at 0 and rises never', async () => {
    const { lossAt, losses, iteration } = await descend(null, SILENT_PULSE, 'full');
    expect(lossAt[0]).toBe(0);
    expect(lossAt.length).toBe(losses.length);
    expect(lossAt.length).toBeLessThanOrEqual(401);
    for (let k = 1; k < lossAt.length; k++) {
      expect(lossAt[k]).toBeGreaterThan(lossAt[k - 1]);
      expect(losses[k]).toBeLessThanOrEqual(losses[k - 1]);
    }
    expect(lossAt.at(-1)).toBeLessThan(iteration);
  });

  it('keeps its test error at few points, the last at its end or a little before', async () => {
    const { testCurve, iteration, score } = await descend(null, SILENT_PULSE, 'full');
    const { at, errors, records, of } = testCurve!;
    expect(records).toBe(of);
    expect(at.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(at.length).toBeLessThan(200);
    expect(at.at(-1)).toBeGreaterThan(iteration / 1.04);
    expect(errors).toHaveLength(at.length);
    expect(errors.at(-1)! / score.test.mse!).toBeCloseTo(1, 1);
    const reached = await descend(null, SILENT_PULSE, 'full', 40);
    expect(reached.testCurve!.at.at(-1)).toBe(40);
    expect(reached.testCurve!.errors.at(-1)).toBe(reached.score.test.mse);
  });

  it('of another design is not gone on with', async () => {
    const state = await descend(null, SILENT_PULSE, 'full', 5);
    const other = service.descend(
      { source, settings: { ...SETTINGS, features: ['x'] }, method: 'full', from: state, budget: 5 },
      SILENT_PULSE,
      ignore,
    );
    expect(await codeOf(other)).toBe('INTERNAL');
  });
});

describe('records with missing cells', () => {
  it('are counted as what is done with them: without a target there is nothing to fill for', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${i % 5 === 0 ? '' : i % 17},${i % 8 === 0 ? '' : i % 13}`,
    );
    const source = fileSource(`x,y\n${rows.join('\n')}`);
    const counts = async (missing: ExperimentSettings['missing']) => {
      const settings: ExperimentSettings = { ...SETTINGS, features: null, missing };
      const { samples, leftOut, filled } = await service.closedForm(
        { source, settings, method: 'full' },
        SILENT_PULSE,
        ignore,
      );
      return { samples, leftOut, filled };
    };
    const out = await counts('leave-out');
    const fill = await counts('fill');
    expect(out.filled).toBe(0);
    // Four fifths of the 195 records that have a value at all.
    expect(out.samples + out.leftOut).toBe(156);
    expect(fill.samples + fill.leftOut).toBe(156);
    expect(fill.leftOut).toBeGreaterThan(0);
    expect(fill.leftOut + fill.filled).toBe(out.leftOut);
  });
});

describe('a sweep cell', () => {
  it('gives what the separate calls give', async () => {
    const source = fileSource();
    for (const [method, beta, split] of [
      ['condensed', 4, 1],
      ['condensed', 9, 3],
      ['full', 6, 2],
    ] as const) {
      const settings = { ...SETTINGS, split, beta, learningRate: 0.05, iterations: 400 };
      const part = (of: SweepPart) =>
        service.sweepCell({ source, settings, method, part: of }, SILENT_PULSE, ignore);
      const [exact, cell] = [await part('exact'), await part('descent')];
      const closed = await service.closedForm({ source, settings, method }, SILENT_PULSE, ignore);
      const descent = await service.descend(
        { source, settings, method, from: null, budget: Infinity },
        SILENT_PULSE,
        ignore,
      );
      const archive = await compress(source, settings, false);
      const stored = await compress(source, { ...settings, samples: 'stored' }, false);
      expect(cell).toMatchObject({
        method,
        beta,
        split,
        samples: closed.samples,
        trainRows: 96,
        task: 'regression',
        exact: null,
        gd: { test: descent.score.test, iterations: descent.iteration, stop: descent.stop },
        floor: closed.score.floor,
        bytes: archive.bytes.train,
        bytesStored: method === 'full' ? archive.bytes.train : stored.bytes.train,
        rawFloat64Bytes: archive.rawFloat64Bytes.train,
      });
      expect(exact).toEqual({
        ...cell,
        gd: null,
        exact: { test: closed.score.test, seconds: expect.any(Number) },
        ...{ bytes: null, bytesStored: null, encodeSeconds: null },
      });
      // As many columns as coefficients without the bias, the target, and the weight.
      if (method === 'condensed') expect(cell.sampleBytes).toBe(8 * closed.samples * (closed.width + 1));
    }
    expect(await service.listArchives(undefined, SILENT_PULSE, ignore)).toEqual([]);
  });

  it('ends at the next beat when it is cancelled', async () => {
    const work = service.sweepCell(
      { source: fileSource(), settings: SETTINGS, method: 'condensed', part: 'descent' },
      cancelAt(1),
      ignore,
    );
    expect(await codeOf(work)).toBe('CANCELLED');
  });
});

describe('a contest', () => {
  it('tells every trial, judges full as the exact call does, and ends when it is cancelled', async () => {
    const source = fileSource();
    const request = {
      ...({ source, settings: SETTINGS, judge: 'test', learner: 'regression' } as const),
      betas: [3, 6],
      contenders: ['full', 'condensed', 'random'].map((name) => ({ name, draws: 3 })),
    };
    const told: string[] = [];
    const report = await service.contest(request, SILENT_PULSE, ({ contender, beta }) =>
      told.push(`${contender} ${beta}`),
    );
    expect(told).toEqual(['full 3', 'full 6', 'condensed 3', 'condensed 6', 'random 3', 'random 6']);
    for (const [method, error] of [
      ['full', report.full.error],
      ['condensed', report.trials[3].errors[0]],
    ] as const) {
      const exact = await service.closedForm({ source, settings: SETTINGS, method }, SILENT_PULSE, ignore);
      expect(error).toBe(exact.score.test.mse);
    }
    for (const judge of ['test', 'validation'] as const)
      expect(await codeOf(service.contest({ ...request, judge }, cancelAt(2), ignore))).toBe('CANCELLED');
    expect(await service.contest(request, SILENT_PULSE, ignore)).toMatchObject({
      full: { error: report.full.error },
    });
  });
});
