/** The calls about pictures of a codec client for tests. */
import type { CodecClient } from '../../contracts/calls.ts';
import { LabError } from '../../contracts/errors.ts';
import {
  condensedImages,
  imageArchiveOf,
  imageBits,
  imageInspectionOf,
  imageSampleOf,
  imageSourceKey,
  noPictures,
} from './fakePictures.ts';
import type { Answer } from './fakeAnswers.ts';
import type { FakeLab } from './fakeLab.ts';
import { listingOf } from './fakeTables.ts';
import { fakeServing } from './fakeTraining.ts';

export function pictureCalls(fake: FakeLab, answer: Answer) {
  let archiveCount = 0;
  return {
    serveSubsets: fakeServing(fake.training, fake.calls),
    openImages: ({ source }, options) =>
      answer(
        'openImages',
        () => {
          const summary = fake.pictures.get(imageSourceKey(source));
          if (summary === undefined) throw new LabError('IMAGES_NONE', 'There are no pictures in it.');
          return summary;
        },
        options,
      ),
    pictures: (_request, options) => answer('pictures', noPictures, options),
    analyseImages: ({ table }, options) =>
      answer(`analyseImages ${table}`, () => ({ ...imageBits, table }), options),
    compressImages: ({ source, settings }, options) =>
      answer(
        'compressImages',
        () => {
          const report = imageArchiveOf(`pictures-${++archiveCount}`, fake.encodeSeconds);
          const summary = fake.pictures.get(imageSourceKey(source));
          if (summary !== undefined) {
            fake.pictures.set(`archive:${report.id}`, summary);
            fake.stored.push(
              listingOf(report.id, {
                datasetId: summary.id,
                images: {
                  width: 2,
                  height: 2,
                  channels: 1,
                  classes: 2,
                  trainRecords: 8,
                  fidelity: { kind: 'exact' },
                  settings,
                },
              }),
            );
          }
          return report;
        },
        options,
      ),
    helpEncode: (_request, options) => answer('helpEncode', () => null, options),
    sampleImages: ({ fraction, seed }, options) =>
      answer(`sampleImages ${fraction} ${seed}`, () => imageSampleOf(fraction, seed), options),
    inspectImage: ({ record }, options) =>
      answer(`inspectImage ${record}`, () => imageInspectionOf(record ?? 0), options),
    condenseImages: ({ settings }, options) =>
      answer(`condenseImages ${settings.beta}`, () => ({ ...condensedImages, beta: settings.beta }), options),
    imageSweepCell: ({ settings, limit }, options) =>
      answer(
        `imageSweepCell ${settings.transform} ${settings.tau}`,
        () => ({
          settings,
          records: limit,
          rawBytes: 4 * limit,
          bytes: 2 * limit,
          equation1Bits: 17 * limit,
          baseCount: 2,
          fidelity: { kind: 'exact' },
          encodeSeconds: 0.1,
          decodeSeconds: 0.1,
        }),
        options,
      ),
    imagePeers: (_request, onPeer, options) =>
      answer(
        'imagePeers',
        () => {
          const row = {
            name: 'png',
            label: 'PNG',
            sentence: '',
            isOurs: false,
            randomAccess: true,
            bytes: 10,
            ratio: 0.5,
            encodeMegabytesPerSecond: 1,
            decodeMegabytesPerSecond: 1,
            pictureMicroseconds: 1,
            fidelity: { kind: 'exact' as const },
            note: null,
          };
          onPeer(row);
          return {
            rows: [row],
            trainRecords: 8,
            measuredRecords: 8,
            rawBytes: 32,
            seconds: 0.1,
            machine: '',
          };
        },
        options,
      ),
    exportImages: (_request, options) =>
      answer('exportImages', () => ({ name: 'pictures.zip', file: new Blob() }), options),
    exportRandomSample: ({ fraction, seed, format }, options) =>
      answer(
        `exportRandomSample ${fraction} ${seed} ${format}`,
        () => ({ name: `sample.${format}`, file: new Blob() }),
        options,
      ),
  } satisfies Partial<CodecClient>;
}
