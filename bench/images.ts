/** `bench images PATH…`: storage, speed, what comes back, and what a random sample of an archive of pictures costs. */
import { basename } from 'node:path';
import { joinPieces, memorySource } from '../src/core/archive/container.ts';
import { CODECS } from '../src/core/codecs/registry.ts';
import { IMAGE_SETTINGS, type ImageSettings } from '../src/core/images/settings.ts';
import { decodeAll, openImageArchive } from '../src/core/images/archive/read.ts';
import { encodeTable, type TableEncoder } from '../src/core/images/encodeTable.ts';
import { fidelityOf, measureError, noErrors, type Fidelity } from '../src/core/images/fidelity.ts';
import { pictureBytes, rawBytes, type ImageSet } from '../src/core/images/imageSet.ts';
import { makeImageArchive, type MadeImageArchive } from '../src/core/images/makeImageArchive.ts';
import { readImages } from '../src/readers/readImages.ts';
import type { ReadImages } from '../src/readers/imageReading.ts';
import { splitImages } from '../src/core/images/split.ts';
import { imageSetId } from '../src/core/images/statistics.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { median } from '../src/core/quantiles.ts';
import { createGenerator, permutation, splitTail, type Split } from '../src/core/random.ts';
import { fitShared, tableLists } from '../src/core/images/tableJobs.ts';
import { runImagePeers } from '../src/peers/images/runImagePeers.ts';
import { takePictures } from '../src/peers/images/spread.ts';
import { CAREFUL, QUICK } from '../src/peers/timing.ts';
import { Cores } from './imageCores.ts';
import { imageFilesAt } from './imageFiles.ts';
import { IMAGES_USAGE, readImagesOptions, type ImagesAsked } from './imageOptions.ts';
import { nodeImageLibraries } from './imagePeerLibraries.ts';
import { machineName } from './machine.ts';
import { decodeInNode } from './pictureDecoder.ts';
import { round } from './timings.ts';

const CORES = 2;
/** Pictures of the run that warms up, most warm runs, and seconds after which no further one is begun. */
const WARM_UP_PICTURES = 5_000;
const RUNS = 5;
/** Runs before those that count. */
const WARM_UPS = 4;
const BUDGET_SECONDS = 10;

/** Runs work a few times where it is quick enough. @returns median seconds and the last run's value */
async function timed<T>(work: () => Promise<T>, quick: boolean): Promise<{ seconds: number; value: T }> {
  const seconds: number[] = [];
  for (let spent = 0; ;) {
    const started = performance.now();
    const value = await work();
    const took = (performance.now() - started) / 1000;
    seconds.push(took);
    spent += took;
    if (quick || seconds.length === RUNS || spent + took > BUDGET_SECONDS)
      return { seconds: median(seconds), value };
  }
}

/** Reads the files, and takes some of the pictures where not all are wanted. */
async function readSet(asked: ImagesAsked): Promise<{ read: ReadImages; set: ImageSet; seconds: number }> {
  const started = performance.now();
  const labels = asked.labels === null ? [] : imageFilesAt([asked.labels]);
  if (asked.labels !== null && labels.length !== 1) throw new Error('--labels has to be one file.');
  const files = imageFilesAt(asked.paths).filter(({ path }) => path !== labels[0]?.path);
  const reading = { depth: asked.depth, ...(labels.length > 0 && { labels: labels[0].path }) };
  const read = await readImages([...files, ...labels], reading, decodeInNode, SILENT_PULSE);
  const seconds = (performance.now() - started) / 1000;
  for (const { text } of read.notices) console.error(text);
  if (read.skippedCount > 0) console.error(`${read.skippedCount} pictures were left out:`);
  for (const { path, what } of read.skipped.slice(0, 10)) console.error(`  ${path}: ${what}`);
  const set = asked.limit === null ? read.set : takePictures(read.set, asked.limit);
  return { read, set, seconds };
}

/** Encodes with these encoders, after a run on some of the pictures has warmed them up. */
async function encode(
  set: ImageSet,
  split: Split,
  asked: ImagesAsked,
  name: string,
  id: string,
  encoders: readonly TableEncoder[],
): Promise<{ seconds: number; value: MadeImageArchive }> {
  const settings = asked.settings(set.shape.channels);
  const label = { datasetId: id, name, fileName: name };
  if (!asked.quick) {
    const some = takePictures(set, WARM_UP_PICTURES);
    await makeImageArchive(some, splitImages(some, settings), settings, label, encoders, SILENT_PULSE);
  }
  return timed(() => makeImageArchive(set, split, settings, label, encoders, SILENT_PULSE), asked.quick);
}

/** Seconds to fit what all tables share, of a codec that has such a thing; encoding has them too. */
async function fitSeconds(set: ImageSet, split: Split, settings: ImageSettings): Promise<number | null> {
  if (CODECS.byName(settings.codec).fitArchive === undefined) return null;
  const started = performance.now();
  await fitShared(set, tableLists(set, split, settings), settings, SILENT_PULSE);
  return round((performance.now() - started) / 1000, 4);
}

/** Seconds to decode all pictures on several cores, each of which has opened the archive. */
async function decodeOnCores(cores: Cores, file: Uint8Array, set: ImageSet, quick: boolean): Promise<number> {
  await cores.open(file);
  // Class after class, so that each core has tables of its own.
  const records = Uint32Array.from({ length: set.records }, (_, i) => i).sort(
    (a, b) => set.labels[a] - set.labels[b] || a - b,
  );
  if (!quick) await cores.decode(records);
  return (await timed(() => cores.decode(records), quick)).seconds;
}

/** A random share of the training pictures, fetched and decoded from an archive that was just opened. */
async function sampleEpoch(
  file: Uint8Array,
  set: ImageSet,
  train: Uint32Array,
  share: number,
  quick: boolean,
) {
  const count = Math.max(1, Math.round(train.length * share));
  const draw = async (seed: number) => {
    const order = permutation(train.length, createGenerator(seed));
    const records = Uint32Array.from(order.subarray(0, count), (k) => train[k]).sort();
    const archive = await openImageArchive(memorySource(file, { isTrusted: true }));
    const started = performance.now();
    const sample = await archive.subset(records);
    return { records, sample, seconds: (performance.now() - started) / 1000 };
  };
  const runs = [await draw(1)];
  for (let seed = 2; !quick && seed <= WARM_UPS + RUNS; seed++) runs.push(await draw(seed));
  const { sample, records } = runs.at(-1)!;
  const seconds = median((quick ? runs : runs.slice(WARM_UPS)).map((run) => run.seconds));
  const bytes = count * pictureBytes(set.shape);
  return {
    epochSampleRecords: records.length,
    epochSampleSeconds: round(seconds, 4),
    epochSampleMegabytesPerSecond: round(bytes / 1e6 / seconds, 4),
    peakResidentBytes: sample.resident.total,
    resident: sample.resident,
    residentShare: round(sample.resident.total / (train.length * pictureBytes(set.shape)), 4),
    blocksRead: sample.blocksRead,
    bytesRead: sample.bytesRead,
  };
}

/** What decoding gives back, as it is printed. */
function roundTripOf(fidelity: Fidelity) {
  if (fidelity.kind === 'exact') return 'exact';
  const { psnr, maxError, exactShare } = fidelity;
  return { psnr: round(psnr, 5), maxError, exactShare: round(exactShare, 5) };
}

/** Decodes everything and compares it, pixels and labels. */
async function decode(file: Uint8Array, set: ImageSet, quick: boolean) {
  const work = async (): Promise<ImageSet> =>
    decodeAll(await openImageArchive(memorySource(file, { isTrusted: true })), SILENT_PULSE);
  // The first few runs are those of code that is still being compiled.
  for (let run = 0; !quick && run < WARM_UPS; run++) await work();
  const { seconds, value } = await timed(work, quick);
  if (
    Buffer.compare(new Uint8Array(value.labels.slice().buffer), new Uint8Array(set.labels.slice().buffer)) !==
    0
  )
    throw new Error('The decoded labels differ.');
  const sums = noErrors();
  measureError(set.pixels, value.pixels, sums);
  return { seconds, roundTrip: roundTripOf(fidelityOf(sums)) };
}

const megabytesPerSecond = (bytes: number, seconds: number): number => round(bytes / 1e6 / seconds, 4);

export async function benchImages(args: readonly string[]): Promise<void> {
  const asked = readImagesOptions(args);
  if (asked.help) {
    console.log(IMAGES_USAGE);
    return;
  }
  const { read, set, seconds: ingestSeconds } = await readSet(asked);
  const settings = asked.settings(set.shape.channels);
  IMAGE_SETTINGS.check(settings);
  const split =
    set.givenTest === null && !asked.makesSplit ? splitTail(set.records, 0) : splitImages(set, settings);
  const name = basename(asked.paths[0]);
  const id = imageSetId(set);
  const cores = new Cores(CORES);
  try {
    const one = await encode(set, split, asked, name, id, [encodeTable]);
    const two = await encode(set, split, asked, name, id, cores.encoders());
    const made = one.value;
    const file = joinPieces(made.image);
    if (Buffer.compare(file, joinPieces(two.value.image)) !== 0)
      throw new Error('Two cores gave other bytes than one.');
    const decodedOnOne = await decode(file, set, asked.quick);
    const decodedOnTwo = await decodeOnCores(cores, file, set, asked.quick);
    const epoch = await sampleEpoch(file, set, split.train, asked.sample, asked.quick);
    const raw = split.train.length * pictureBytes(set.shape);
    const all = rawBytes(set);
    const peers = asked.peers
      ? await runImagePeers(
          set,
          split.train,
          { settings, label: { datasetId: id, name, fileName: name }, bytes: made.bytes.train },
          SILENT_PULSE,
          () => undefined,
          nodeImageLibraries,
          {
            machine: machineName(),
            mostPictures: asked.peerPictures,
            best: asked.bestPeers,
            effort: asked.quick ? QUICK : CAREFUL,
          },
        )
      : null;
    const line = {
      file: name,
      datasetId: id,
      format: read.format,
      images: set.records,
      trainImages: split.train.length,
      testImages: split.test.length,
      split: set.givenTest !== null ? 'given' : asked.makesSplit ? 'made' : 'none',
      shape: set.shape,
      classes: set.classNames.length,
      ...{ codec: settings.codec, transform: settings.transform, representation: settings.representation },
      ...{ classWise: settings.classWise, tau: settings.tau, objective: settings.objective },
      blockBytes: settings.blockBytes,
      rawBytes: raw,
      archiveBytes: made.bytes.train,
      ratio: round(made.bytes.train / raw, 5),
      testArchiveBytes: made.bytes.test,
      equation1Ratio: made.equation1Bits === null ? null : round(made.equation1Bits / 8 / raw, 5),
      breakdown: made.breakdown.train,
      baseCount: made.tables.map(({ bases }) => bases?.baseCount ?? null),
      roundTrip: decodedOnOne.roundTrip,
      ingestSeconds: round(ingestSeconds, 4),
      fitSeconds: await fitSeconds(set, split, settings),
      encodeSeconds: { one: round(one.seconds, 4), two: round(two.seconds, 4) },
      encodeMegabytesPerSecond: {
        one: megabytesPerSecond(all, one.seconds),
        two: megabytesPerSecond(all, two.seconds),
      },
      decodeSeconds: { one: round(decodedOnOne.seconds, 4), two: round(decodedOnTwo, 4) },
      decodeMegabytesPerSecond: {
        one: megabytesPerSecond(all, decodedOnOne.seconds),
        two: megabytesPerSecond(all, decodedOnTwo),
      },
      ...epoch,
      ...(peers === null ? {} : { peers }),
    };
    console.log(asked.json ? JSON.stringify(line) : JSON.stringify(line, null, 2));
  } finally {
    await cores.end();
  }
}
