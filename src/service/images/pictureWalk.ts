/** The step-through of one class of pictures: those that are open, or ones that are drawn here. */
import type { ImageSettings, ImageSource, Pictures } from '../../contracts/images.ts';
import type { PictureWalk, PictureWalkRequest, WalkedSet } from '../../contracts/pictureWalk.ts';
import { LabError } from '../../core/errors.ts';
import { gatherPixels, pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';
import { representationOf } from '../../core/images/settings.ts';
import { splitImages } from '../../core/images/split.ts';
import { meanPicture } from '../../core/images/statistics.ts';
import { TRANSFORMS } from '../../core/images/transforms/registry.ts';
import { frequenciesBeside, meanMagnitudes, pictureFrequencies } from '../../core/images/walk/frequencies.ts';
import {
  picturesToWalk,
  takeApart,
  walkClass,
  type WalkedClass,
} from '../../core/images/walk/pictureWalk.ts';
import { tinyPictures } from '../../core/images/walk/tinyPictures.ts';
import type { Pulse } from '../../core/pulse.ts';
import { channelNames, describeBits, placesOf } from './bitsReport.ts';
import type { OpenImages } from './datasets.ts';
import { sizeOf } from './pictures.ts';
import { recordsOf } from './tables.ts';

/** The first pictures of the class that are shown. */
const SHOWN = 40;

/** A class that is ready to have its pictures taken apart. Nothing else of its set is kept. */
interface Ready {
  /** Of a dataset that is open, else null. */
  datasetId: string | null;
  label: number;
  classNames: string[];
  /** Training pictures of the class, whether or not they are looked at. */
  ofClass: number;
  walked: WalkedClass;
  mean: Uint8Array;
  meanMagnitude: Float32Array;
}

type OpenPictures = (source: ImageSource, pulse: Pulse) => Promise<OpenImages>;

/** Walks through classes; the class walked last is kept, so that its pictures are taken apart at once. */
export class PictureWalks {
  private readonly open: OpenPictures;
  private last: { key: string; ready: Ready } | null = null;

  constructor(open: OpenPictures) {
    this.open = open;
  }

  /**
   * @throws SETTING_OUT_OF_RANGE for a class that is not there, RECORD_OUT_OF_RANGE, IMAGES_TOO_LARGE, IMAGES_TOO_FEW;
   *   CANCELLED, and what opening the pictures throws
   */
  async walk(
    { set: from, settings, label, picture }: PictureWalkRequest,
    pulse: Pulse,
  ): Promise<PictureWalk> {
    const { set, name, datasetId, train } = await this.picturesOf(from, settings, pulse);
    const { transform, tau, objective } = settings;
    const key = JSON.stringify([name, label, transform, representationOf(settings), tau, objective]);
    if (this.last?.key !== key) this.last = null;
    const ready = this.last?.ready ?? {
      datasetId,
      ...(await prepare(set, train, settings, label, pulse)),
    };
    this.last = { key, ready };
    return show(ready, from, settings, picture, pulse);
  }

  /** A set under a name that no other set or split has, with the numbers of its training pictures. */
  private async picturesOf(
    from: WalkedSet,
    settings: ImageSettings,
    pulse: Pulse,
  ): Promise<{ set: ImageSet; name: string; datasetId: string | null; train: Uint32Array }> {
    if (from.kind === 'tiny') {
      const set = tinyPictures(from.name);
      return { set, name: from.name, datasetId: null, train: firstNumbers(set.records) };
    }
    const { set, summary, key } = await this.open(from.source, pulse);
    const split = set.givenTest === null ? [settings.split, settings.testFraction] : [];
    return {
      set,
      name: [key, ...split].join(' '),
      datasetId: summary.id,
      train: splitImages(set, settings).train,
    };
  }
}

async function prepare(
  set: ImageSet,
  train: Uint32Array,
  settings: ImageSettings,
  label: number,
  pulse: Pulse,
): Promise<Omit<Ready, 'datasetId'>> {
  const { shape, classNames } = set;
  if (!Number.isInteger(label) || label < 0 || label >= classNames.length) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `There is no class ${label}; classes run from 0 to ${classNames.length - 1}.`,
    );
  }
  const className = classNames[label];
  const records = recordsOf(set, train, true, label);
  const pixels = gatherPixels(set, records.subarray(0, picturesToWalk(shape, className, records.length)));
  const count = pixels.length / pictureBytes(shape);
  return {
    ...{ label, classNames, ofClass: records.length },
    walked: await walkClass({ shape, className, pixels }, settings, pulse),
    mean: meanPicture(pixels, count, pictureBytes(shape)),
    meanMagnitude: await meanMagnitudes(pixels, shape, frequenciesBeside(settings.transform), pulse),
  };
}

/** What crosses to the page: arrays that are kept here are copied, since the answer is handed over. */
async function show(
  { datasetId, label, classNames, ofClass, walked, mean, meanMagnitude }: Ready,
  from: WalkedSet,
  settings: ImageSettings,
  picture: number | null,
  pulse: Pulse,
): Promise<PictureWalk> {
  const { shape, inBase, baseCount, search } = walked;
  const { records } = search;
  const taken = await takeApart(walked, picture, pulse);
  const { transform } = settings;
  const beside = frequenciesBeside(transform);
  const facts = {
    table: label,
    className: classNames[label],
    tables: classNames.length,
    trainRecords: records,
    mean: mean.slice(),
  };
  const bits = { widths: walked.widths.slice(), ones: walked.ones.slice(), inBase, baseCount };
  return {
    tiny: from.kind === 'tiny' ? from.name : null,
    ...{ datasetId, label, classNames, ofClass },
    representation: representationOf(settings),
    bits: { ...describeBits(shape, transform, facts, bits), seconds: 0 },
    search: {
      ...search,
      addedAt: search.addedAt.slice(),
      baseBits: search.baseBits.slice(),
      baseCounts: search.baseCounts.slice(),
      idBits: search.idBits.slice(),
      trueBits: search.trueBits.slice(),
      equation1Bits: search.equation1Bits.slice(),
    },
    pictures: cut(walked, label, firstNumbers(Math.min(SHOWN, records))),
    picture: { ...taken, shared: cut(walked, label, taken.base.sharing) },
    frequencies: {
      ...pictureFrequencies(taken.pixels, shape, beside),
      transform: beside,
      channelNames: channelNames(shape.channels, true),
      place: placesOf(TRANSFORMS.byName(beside).plan(shape)),
      meanMagnitude: meanMagnitude.slice(),
    },
    rawBytes: records * pictureBytes(shape),
    fileBytes: walked.fileBytes,
  };
}

/** Pictures of the class by their numbers in it. */
function cut(walked: WalkedClass, label: number, numbers: Uint32Array): Pictures {
  return {
    ...sizeOf(walked.shape),
    records: numbers,
    labels: new Uint16Array(numbers.length).fill(label),
    pixels: gatherPixels(walked, numbers),
  };
}

function firstNumbers(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => i);
}
