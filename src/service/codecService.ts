/** What the codec worker does: each call as `(request, pulse)`, over the core and the store. */
import type { HostedService } from '../platform/codecHost.ts';
import { verifyArchive } from '../core/verify.ts';
import { LabError } from '../core/errors.ts';
import { once } from '../core/once.ts';
import { examine } from '../core/experiment/examination.ts';
import { scatterCloud } from '../core/experiment/scatterCloud.ts';
import { TABLE_SETTINGS } from '../core/experiment/settings.ts';
import { timeTraining } from '../core/experiment/timing.ts';
import { Archives } from './archives.ts';
import { reportBits } from './bitsReport.ts';
import { contest } from './contest.ts';
import { Datasets } from './datasets.ts';
import type { CodecServiceEnvironment } from './environment.ts';
import { exportTable } from './exports.ts';
import { coefficients, predictions } from './fitted.ts';
import { exportCoefficients, exportPredictions } from './fittedFiles.ts';
import { landscape } from './landscape.ts';
import { closedForm, runDescent, sweepCell } from './learning.ts';
import { createImageCalls } from './images/imageCalls.ts';
import { OpenSlot } from './openSlot.ts';
import { peers } from './peers.ts';
import { sampleTable } from './sampleTable.ts';
import { exportSamples, outlineSamples } from './samplesFile.ts';
import { placedSamples, predictionLines } from './scatter.ts';
import { writeSql } from './sqlScripts.ts';
import { exportArchive, importArchive } from './travel.ts';
import { walkThrough } from './walk.ts';

export function createCodecService(environment: CodecServiceEnvironment): HostedService {
  // A store that another tab blocked may be free next time.
  const store = once(() => environment.openStore());
  const slot = new OpenSlot();
  const datasets = new Datasets(environment, store, slot);
  const archives = new Archives(store);

  return {
    openDataset: async ({ source }, pulse) => (await datasets.open(source, pulse)).summary,
    sampleTable: ({ file, reading }, pulse) => sampleTable(file, reading, pulse),
    analyse: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return reportBits((await datasets.open(source, pulse)).workbench, settings, pulse);
    },
    compress: async ({ source, settings, store: keep, kept }, pulse) => {
      TABLE_SETTINGS.check(settings);
      const dataset = await datasets.open(source, pulse);
      const report = await archives.compress(dataset, settings, { store: keep, kept }, pulse);
      if (report.stored && settings.drop.length === 0) datasets.isStoredAs(dataset, report.id);
      return report;
    },
    examine: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return examine((await datasets.open(source, pulse)).workbench, settings, pulse);
    },
    closedForm: async ({ source, settings, method }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return closedForm(await datasets.open(source, pulse), settings, method, pulse);
    },
    descend: async (request, pulse, onState) => {
      TABLE_SETTINGS.check(request.settings);
      return runDescent(await datasets.open(request.source, pulse), request, pulse, onState);
    },
    coefficients: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return coefficients((await datasets.open(source, pulse)).workbench, settings, pulse);
    },
    predictions: async ({ source, settings, method, most }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return predictions((await datasets.open(source, pulse)).workbench, settings, { method, most }, pulse);
    },
    scatterCloud: async ({ source, settings, choice }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return scatterCloud((await datasets.open(source, pulse)).workbench, settings, choice, pulse);
    },
    scatterSamples: async (request, pulse) => {
      TABLE_SETTINGS.check(request.settings);
      return placedSamples((await datasets.open(request.source, pulse)).workbench, request);
    },
    scatterLines: async (request, pulse) => {
      TABLE_SETTINGS.check(request.settings);
      return predictionLines((await datasets.open(request.source, pulse)).workbench, request, pulse);
    },
    timings: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return timeTraining((await datasets.open(source, pulse)).workbench, settings, pulse);
    },
    landscape: async (request, pulse, onDrawn) => {
      TABLE_SETTINGS.check(request.settings);
      return landscape((await datasets.open(request.source, pulse)).workbench, request, pulse, onDrawn);
    },
    contest: async (request, pulse, onTrial) => {
      TABLE_SETTINGS.check(request.settings);
      return contest(await datasets.open(request.source, pulse), request, pulse, onTrial);
    },
    sweepCell: async (request, pulse) => {
      TABLE_SETTINGS.check(request.settings);
      return sweepCell(await datasets.open(request.source, pulse), request, pulse);
    },
    peers: async ({ source, settings }, pulse, onPeer) => {
      TABLE_SETTINGS.check(settings);
      return peers(await datasets.open(source, pulse), settings, pulse, onPeer);
    },
    walk: async (request, pulse) => {
      TABLE_SETTINGS.check(request.settings);
      return walkThrough(request, datasets, pulse);
    },
    inspect: ({ archiveId, record }, pulse) => archives.inspect(archiveId, record, pulse),
    listArchives: async () => {
      try {
        return await archives.list();
      } catch (thrown) {
        // No store is an empty store here; writing to it says why it is not there.
        if (thrown instanceof LabError && thrown.code === 'STORAGE_UNAVAILABLE') return [];
        throw thrown;
      }
    },
    keepArchive: async ({ id, kept }) => {
      await (await store()).keep(id, kept);
      return null;
    },
    deleteArchives: async ({ ids }) => {
      await (await store()).delete(ids);
      return null;
    },
    exportArchive: async ({ id }, pulse) => exportArchive(await store(), id, pulse),
    importArchive: async ({ file, anySize }, pulse) =>
      importArchive(await store(), file, anySize === true, pulse),
    verifyArchive: async ({ id }, pulse) => verifyArchive(await (await store()).reader(id), pulse),
    exportTable: async ({ id, format, withPart = false }, pulse) =>
      exportTable(await (await store()).reader(id), { format, withPart }, pulse),
    exportSamples: async ({ source, settings, format, withTest = false }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return exportSamples(await datasets.open(source, pulse), settings, { format, withTest }, pulse);
    },
    writeSql: async (request, pulse) => {
      TABLE_SETTINGS.check(request.settings);
      return writeSql(await datasets.open(request.source, pulse), request);
    },
    outlineSamples: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return outlineSamples(await datasets.open(source, pulse), settings);
    },
    exportCoefficients: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return exportCoefficients(await datasets.open(source, pulse), settings, pulse);
    },
    exportPredictions: async ({ source, settings }, pulse) => {
      TABLE_SETTINGS.check(settings);
      return exportPredictions(await datasets.open(source, pulse), settings, pulse);
    },
    ...createImageCalls(environment, store, slot),
  };
}
