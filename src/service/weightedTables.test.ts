import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  type DatasetSource,
  type ExperimentSettings,
  type Method,
} from '../contracts/codec.ts';
import { fittingSettings, linkedSettings, usualSettings } from '../contracts/tableFitting.ts';
import { LabError } from '../core/errors.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { openArchiveStore, type ArchiveStore } from '../platform/archiveStore.ts';
import type { HostedService } from '../platform/codecHost.ts';
import { createCodecService } from './codecService.ts';

const stores: ArchiveStore[] = [];
async function newService(): Promise<HostedService> {
  const store = await openArchiveStore({ databaseName: `weighted-${stores.length}`, locks: null });
  stores.push(store);
  return createCodecService({
    openStore: () => Promise.resolve(store),
    fetchSample: (name) => Promise.reject(new LabError('SAMPLE_UNAVAILABLE', `There is no ${name}.`)),
    decodePicture: () => Promise.reject(new LabError('PICTURE_UNSUPPORTED', 'There are no pictures here.')),
  });
}

let service: HostedService;
beforeAll(async () => {
  service = await newService();
});
afterAll(() => {
  for (const store of stores) store.close();
});

const ignore = (): void => undefined;
const ROWS = 240;

/** Numbers, words and a gap; a feature may be called as the export calls its own columns. */
function csv(feature: string): string {
  const lines = [`id,${feature},cut,gappy,y`];
  for (let i = 0; i < ROWS; i++) {
    const k = (i * 7919) % 1009;
    lines.push(`${i + 3},${k / 10},${'abc'[k % 3]},${k % 9 === 0 ? '' : k % 50},${3 * k + (k % 17) * 20}`);
  }
  return `${lines.join('\n')}\n`;
}

const fileSource = (text: Blob | string, name: string, test?: File): DatasetSource => ({
  ...{ kind: 'file', file: new File([text], name, { lastModified: 1 }) },
  ...(test === undefined ? {} : { test: { file: test } }),
});
const original = (feature = 'x'): DatasetSource => fileSource(csv(feature), `of ${feature}.csv`);
/** Without the words: of their shares one follows from the others, and what then decides is how they are scaled. */
const settingsFor = (feature = 'x'): ExperimentSettings => ({
  ...{ ...DEFAULT_SETTINGS, target: 'y', features: [feature, 'gappy'], beta: 5 },
  missing: 'fill',
});

const fit = (source: DatasetSource, settings: ExperimentSettings, method: Method) =>
  service.closedForm({ source, settings, method }, SILENT_PULSE, ignore);
const open = (source: DatasetSource) => service.openDataset({ source }, SILENT_PULSE, ignore);

/** The test error of all that a file holds, with the lab's own settings for it. */
async function errorOf(source: DatasetSource) {
  const summary = await open(source);
  const { settings } = fittingSettings(usualSettings(summary), summary);
  const { score, samples } = await fit(source, settings, 'full');
  return { summary, settings, samples, mse: score.test.mse };
}

describe('condensed samples that come back', () => {
  it.each(['csv', 'parquet'] as const)(
    'as %s give the error that they gave where they were made',
    async (format) => {
      const request = { source: original(), settings: settingsFor(), format, withTest: true };
      const { name, file } = await service.exportSamples(request, SILENT_PULSE, ignore);
      expect(name).toMatch(new RegExp(`^of-x-condensed-\\d+-and-test\\.${format}$`));
      const wanted = await fit(original(), settingsFor(), 'condensed');
      const { summary, settings, samples, mse } = await errorOf(fileSource(file, name));
      expect(summary).toMatchObject({ weight: 'weight', testRows: ROWS / 5, suggestedTarget: 'y' });
      expect(settings).toMatchObject({ target: 'y', weight: 'weight' });
      expect(samples).toBe(wanted.samples);
      expect(mse! / wanted.score.test.mse!).toBeCloseTo(1, 9);
      const { targets, notices } = summary;
      expect(targets.map(({ column }) => column)).not.toContain('weight');
      expect(notices).toContainEqual(expect.objectContaining({ code: 'weight' }));
    },
  );

  it('give it beside a file of the test records, too', async () => {
    const settings: ExperimentSettings = { ...settingsFor(), features: ['x', 'cut'], missing: 'leave-out' };
    const source = original();
    const made = await service.exportSamples({ source, settings, format: 'csv' }, SILENT_PULSE, ignore);
    const predicted = await service.exportPredictions({ source, settings }, SILENT_PULSE, ignore);
    const tested = (await predicted.file.text()).trimEnd().split('\n').slice(1);
    const lines = csv('x').split('\n');
    const records = tested.map((line) => lines[Number(line.split(',')[0]) + 1]);
    const test = new File([[lines[0], ...records, ''].join('\n')], 'test.csv');
    const wanted = await fit(source, settings, 'condensed');
    const { summary, mse } = await errorOf(fileSource(made.file, made.name, test));
    expect(summary).toMatchObject({ weight: 'weight', testRows: ROWS / 5 });
    expect(mse! / wanted.score.test.mse!).toBeCloseTo(1, 6);
  });

  it.each(['part', 'Part', 'weight', 'Weight'])(
    'have no two columns of one name with a feature %s',
    async (feature) => {
      const request = { source: original(feature), settings: settingsFor(feature), withTest: true };
      const { name, file } = await service.exportSamples({ ...request, format: 'csv' }, SILENT_PULSE, ignore);
      const header = (await file.text()).split('\n')[0].split(',');
      expect(new Set(header.map((one) => one.toLowerCase())).size).toBe(header.length);
      const outline = await service.outlineSamples(request, SILENT_PULSE, ignore);
      expect([outline.part.column, ...outline.features, ...outline.targets, outline.weight]).toEqual(header);
      const wanted = await fit(original(feature), settingsFor(feature), 'condensed');
      const { summary, mse } = await errorOf(fileSource(file, name));
      expect(summary.weight).toBe(outline.weight);
      expect(mse! / wanted.score.test.mse!).toBeCloseTo(1, 9);
    },
  );
});

describe('condensed samples of classes that come back', () => {
  it.each([2, 3])('give the log loss that they gave where they were made, of %i', async (classes) => {
    const lines = csv('x').trimEnd().split('\n');
    const kinds = lines.map((line, k) =>
      k === 0
        ? 'kind'
        : ['no', 'yes', 'or'][
            (Math.floor(Number(line.split(',')[1]) / 40) + (k % 5 === 0 ? 1 : 0)) % classes
          ],
    );
    const source = fileSource(lines.map((line, k) => `${line},${kinds[k]}`).join('\n'), `${classes}.csv`);
    const settings: ExperimentSettings = { ...settingsFor(), target: 'kind', beta: 6 };
    const request = { source, settings, format: 'csv' as const, withTest: true };
    const { name, file } = await service.exportSamples(request, SILENT_PULSE, ignore);
    const wanted = await fit(source, settings, 'condensed');
    const again = fileSource(file, name);
    const summary = await open(again);
    expect(summary).toMatchObject({ weight: 'weight', testRows: ROWS / 5, suggestedTarget: 'kind' });
    const { score, samples } = await fit(again, usualSettings(summary), 'full');
    expect(samples).toBeGreaterThan(wanted.samples);
    expect(score.test.logLoss! / wanted.score.test.logLoss!).toBeCloseTo(1, 5);
    expect(score.test.accuracy).toBe(wanted.score.test.accuracy);
  });
});

describe('a table with weights', () => {
  it('is archived with them, opened elsewhere, and made again to the same bytes', async () => {
    const made = await service.exportSamples(
      { source: original(), settings: settingsFor(), format: 'csv', withTest: true },
      SILENT_PULSE,
      ignore,
    );
    const source = fileSource(made.file, made.name);
    const { settings, mse } = await errorOf(source);
    const request = {
      source,
      settings: { ...settings, samples: 'stored' as const },
      store: true,
      kept: false,
    };
    const { id } = await service.compress(request, SILENT_PULSE, ignore);
    const { file } = await service.exportArchive({ id }, SILENT_PULSE, ignore);
    const there = await newService();
    const listing = await there.importArchive({ file: new File([file], 'a') }, SILENT_PULSE, ignore);
    expect(listing.settings.weight).toBe('weight');
    const stored: DatasetSource = { kind: 'archive', id: listing.id };
    const asked = { source: stored, settings: listing.settings };
    const { score } = await there.closedForm({ ...asked, method: 'full' }, SILENT_PULSE, ignore);
    expect(score.test.mse).toBe(mse);
    await there.compress({ ...asked, store: true, kept: false }, SILENT_PULSE, ignore);
    const again = await there.exportArchive({ id }, SILENT_PULSE, ignore);
    expect(new Uint8Array(await again.file.arrayBuffer())).toEqual(new Uint8Array(await file.arrayBuffer()));
  });

  it('keeps none that a link does not name, or that the table does not have', async () => {
    const made = await service.exportSamples(
      { source: original(), settings: settingsFor(), format: 'csv' },
      SILENT_PULSE,
      ignore,
    );
    const summary = await open(fileSource(made.file, made.name));
    expect(usualSettings(summary).weight).toBe('weight');
    expect(linkedSettings({ target: 'y' }, summary, null).weight).toBeNull();
    const asked = { ...usualSettings(summary), weight: 'nobody' };
    expect(fittingSettings(asked, summary)).toMatchObject({
      unknown: ['nobody'],
      settings: { weight: null },
    });
    const twice = { ...usualSettings(summary), target: 'y', weight: 'y' };
    expect(fittingSettings(twice, summary).settings).toMatchObject({ target: 'y', weight: null });
  });

  it('has no SQL: its records stand for others already', async () => {
    const made = await service.exportSamples(
      { source: original(), settings: settingsFor(), format: 'csv', withTest: true },
      SILENT_PULSE,
      ignore,
    );
    const source = fileSource(made.file, made.name);
    const { settings } = await errorOf(source);
    const choice = { dialect: 'duckdb', from: { kind: 'csv', path: 'a.csv' }, hasPart: false } as const;
    const gathered = { ranges: null, ones: null };
    const written = service.writeSql({ source, settings, ...choice, gathered }, SILENT_PULSE, ignore);
    await expect(written).rejects.toMatchObject({ code: 'SQL_WEIGHTS' });
  });
});

describe('the split of an archive', () => {
  it.each(['csv', 'parquet'] as const)('travels with its table as %s', async (format) => {
    const source = original();
    const { id } = await service.compress(
      { source, settings: settingsFor(), store: true, kept: false },
      SILENT_PULSE,
      ignore,
    );
    const made = await service.exportTable({ id, format, withPart: true }, SILENT_PULSE, ignore);
    const again = fileSource(made.file, made.name);
    const summary = await open(again);
    expect(summary).toMatchObject({ rows: ROWS, testRows: ROWS / 5 });
    expect(summary.weight).toBeUndefined();
    expect(summary.columns.map(({ name }) => name)).toEqual(['id', 'x', 'cut', 'gappy', 'y']);
    const wanted = await fit(source, settingsFor(), 'full');
    const { score } = await fit(again, settingsFor(), 'full');
    expect(score.test.mse! / wanted.score.test.mse!).toBeCloseTo(1, 9);
  });

  it('does not where the table has a column “part”', async () => {
    const request = { source: original('part'), settings: settingsFor('part'), store: true, kept: false };
    const { id } = await service.compress(request, SILENT_PULSE, ignore);
    const made = service.exportTable({ id, format: 'csv', withPart: true }, SILENT_PULSE, ignore);
    await expect(made).rejects.toMatchObject({ code: 'PART_TAKEN' });
  });
});
