/** The worker's calls for pictures: each as `(request, pulse)`, over the core and the store. */
import type { ImageSettings, ImageSource } from '../../contracts/images.ts';
import { CODECS } from '../../core/codecs/registry.ts';
import { LabError } from '../../core/errors.ts';
import { encodeTable } from '../../core/images/encodeTable.ts';
import { IMAGE_SETTINGS } from '../../core/images/settings.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { ArchiveStore } from '../../platform/archiveStore.ts';
import type { HostedService } from '../../platform/codecHost.ts';
import type { CodecServiceEnvironment } from '../environment.ts';
import type { OpenSlot } from '../openSlot.ts';
import { claimKey, imageArchiveId } from './archiveId.ts';
import { reportImageBits } from './bitsReport.ts';
import { compressImages } from './compress.ts';
import { condenseImages } from './condensed.ts';
import { ImageDatasets, type OpenImages } from './datasets.ts';
import { exportImages, exportRandomSample } from './exports.ts';
import { helpEncode, helperBehind } from './helpers.ts';
import { inspectImage } from './inspection.ts';
import { imagePeers } from './peers.ts';
import { picturesOfClass } from './pictures.ts';
import { PictureWalks } from './pictureWalk.ts';
import { archiveSource, rawSource } from './subsetSource.ts';
import { sampleImages } from './sampling.ts';
import { serveSubsets } from './serveSubsets.ts';
import { Shelf } from './shelf.ts';
import { storedReport } from './storedReport.ts';
import { imageSweepCell } from './sweepCell.ts';
import { Tables } from './tables.ts';

/** @throws SETTING_OUT_OF_RANGE, TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN, CODEC_UNKNOWN */
function check(settings: ImageSettings): void {
  IMAGE_SETTINGS.check(settings);
  CODECS.byName(settings.codec);
}

/** @param slot holds what is open, a table or pictures */
export function createImageCalls(
  environment: CodecServiceEnvironment,
  store: () => Promise<ArchiveStore>,
  slot: OpenSlot,
) {
  const datasets = new ImageDatasets(environment, store, slot);
  const tables = new Tables();
  const shelf = new Shelf(store);
  const walks = new PictureWalks((source, pulse) => datasets.open(source, pulse));

  /** The pictures as they were read, if that is what the archive was made from. */
  async function originalOf(source: ImageSource | null, datasetId: string, pulse: Pulse) {
    if (source === null || source.kind === 'archive') return null;
    const { set, summary } = await datasets.open(source, pulse);
    return summary.id === datasetId ? set : null;
  }

  /**
   * Pictures that an archive gave back only nearly are not encoded once more with the same settings, which would lose
   * more of them: their archive is there.
   */
  async function archiveOf(
    { set, summary, origin }: OpenImages,
    settings: ImageSettings,
    kept: boolean,
    pulse: Pulse,
  ) {
    if (origin === null || !summary.isNear) return null;
    const { archiveId, datasetId, claims, decodeSeconds } = origin;
    const isGiven = set.givenTest !== null;
    if (imageArchiveId(datasetId, settings, isGiven, claimKey(claims)) !== archiveId) return null;
    try {
      const shelved = await shelf.open(archiveId, pulse);
      if (kept) await (await store()).keep(archiveId, true);
      return await storedReport(shelved, settings, decodeSeconds);
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code === 'ARCHIVE_NOT_FOUND') return null;
      throw thrown;
    }
  }

  return {
    openImages: async ({ source }, pulse) => (await datasets.open(source, pulse)).summary,
    pictures: async ({ source, label, from, count }, pulse) =>
      picturesOfClass((await datasets.open(source, pulse)).set, label, from, count),
    analyseImages: async ({ source, settings, table }, pulse) => {
      check(settings);
      return reportImageBits(await datasets.open(source, pulse), tables, settings, table, pulse);
    },
    compressImages: async ({ source, settings, store: keep, kept, helpers: ports }, pulse) => {
      const helpers = ports.map(helperBehind);
      try {
        check(settings);
        const images = await datasets.open(source, pulse);
        const present = await archiveOf(images, settings, keep && kept, pulse);
        if (present !== null) return present;
        const encoders = [encodeTable, ...helpers.map(({ encode }) => encode)].map((encode) =>
          tables.remembering(images, settings, encode),
        );
        const report = await compressImages(images, settings, encoders, store, { store: keep, kept }, pulse);
        if (report.stored && report.fidelity.kind === 'exact') datasets.isStoredAs(images, report.id);
        return report;
      } finally {
        for (const helper of helpers) helper.end();
      }
    },
    helpEncode: ({ port }, pulse) => helpEncode(port, pulse),
    sampleImages: async ({ archiveId, fraction, seed }, pulse) =>
      sampleImages(await shelf.open(archiveId, pulse), { fraction, seed }, pulse),
    serveSubsets: ({ served, port }, pulse) => {
      // An archive opened for this one port: nobody else's reading lets go of its base tables.
      const open = async (beating: Pulse) => {
        if (served.kind === 'archive')
          return archiveSource(await new Shelf(store).open(served.archiveId, beating));
        check(served.settings);
        return rawSource(await datasets.open(served.source, beating), served.settings, beating);
      };
      return serveSubsets(open, port, pulse);
    },
    inspectImage: async ({ archiveId, record, source }, pulse) => {
      const shelved = await shelf.open(archiveId, pulse);
      const original = await originalOf(source, shelved.datasetId, pulse);
      return inspectImage(shelved, record, original, pulse);
    },
    condenseImages: async ({ source, settings }, pulse) => {
      check(settings);
      return condenseImages(await datasets.open(source, pulse), settings, pulse);
    },
    pictureWalk: async (request, pulse) => {
      check(request.settings);
      return walks.walk(request, pulse);
    },
    imageSweepCell: async ({ source, settings, limit }, pulse) => {
      check(settings);
      return imageSweepCell(await datasets.open(source, pulse), settings, limit, pulse);
    },
    imagePeers: async ({ source, settings }, pulse, onPeer) => {
      check(settings);
      return imagePeers(await datasets.open(source, pulse), settings, store, pulse, onPeer);
    },
    exportImages: async ({ id, format }, pulse) =>
      exportImages(await (await store()).reader(id, { cacheBytes: 0 }), format, pulse),
    exportRandomSample: async ({ archiveId, fraction, seed, format }, pulse) => {
      const { archive } = await shelf.open(archiveId, pulse);
      return exportRandomSample(archive, { fraction, seed }, format, pulse);
    },
  } satisfies Partial<HostedService>;
}
