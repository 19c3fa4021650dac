/** The base tables of an archive of pictures: which pictures each has, and what it is encoded from. */
import { CODECS } from '../codecs/registry.ts';
import type { Pulse } from '../pulse.ts';
import type { Split } from '../random.ts';
import { trainingGroup, type TableJob } from './encodeTable.ts';
import { gatherPixels, pictureBytes, type ImageSet } from './imageSet.ts';
import { transformOf, type ImageSettings } from './settings.ts';
import { recordsByClass } from './split.ts';
import { TRANSFORMS } from './transforms/registry.ts';

/** Numbers of the pictures of every table, each list in original order. */
export function tableLists(
  { labels, classNames }: ImageSet,
  split: Split,
  { classWise }: Pick<ImageSettings, 'classWise'>,
): Split[] {
  if (!classWise || classNames.length === 1) return [split];
  const part = (list: Uint32Array): Uint32Array[] => {
    const own = Uint16Array.from(list, (record) => labels[record]);
    const { starts, order } = recordsByClass(own, classNames.length, list.length);
    return classNames.map((_, c) => order.subarray(starts[c], starts[c + 1]).map((k) => list[k]));
  };
  const train = part(split.train);
  const test = part(split.test);
  return train.map((list, t) => ({ train: list, test: test[t] }));
}

/**
 * What one table is encoded from, but for what all tables share.
 *
 * @param mayShare whether the pixels may be a part of the set's own, which must not be handed over
 */
export function tableJob(
  set: ImageSet,
  { train, test }: Split,
  table: number,
  settings: ImageSettings,
  mayShare: boolean,
): Omit<TableJob, 'shared'> {
  const { shape, pixels } = set;
  const size = pictureBytes(shape);
  const gathered = (list: Uint32Array): Uint8Array => {
    const last = list.length - 1;
    if (mayShare && list.length > 0 && list[last] - list[0] === last) {
      return pixels.subarray(list[0] * size, (list[last] + 1) * size);
    }
    return gatherPixels(set, list);
  };
  return { shape, settings, table, train: gathered(train), test: gathered(test) };
}

/** What all tables of an archive share: null of a codec that has no such thing. */
export async function fitShared(
  set: ImageSet,
  lists: readonly Split[],
  settings: ImageSettings,
  pulse: Pulse,
): Promise<Uint8Array | null> {
  const codec = CODECS.byName(settings.codec);
  if (codec.fitArchive === undefined) return null;
  const { isIdentity } = TRANSFORMS.byName(transformOf(settings)).plan(set.shape);
  return codec.fitArchive(
    {
      of: 'pictures',
      picture: isIdentity ? set.shape : null,
      tables: lists.length,
      group(table) {
        const training = { train: lists[table].train, test: new Uint32Array(0) };
        return trainingGroup({ ...tableJob(set, training, table, settings, true), shared: null }, pulse);
      },
    },
    { ...settings, shared: null },
    pulse,
  );
}
