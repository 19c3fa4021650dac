/** The report behind the bit planes of pictures: one base table, bit by bit. */
import { BIT_ROLE } from '../../contracts/codec.ts';
import type { ImageBitsReport, ImageSettings, TransformName } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { transformOf } from '../../core/images/settings.ts';
import { splitImages } from '../../core/images/split.ts';
import { meanPicture } from '../../core/images/statistics.ts';
import { TRANSFORMS } from '../../core/images/transforms/registry.ts';
import type { TransformPlan } from '../../core/images/transforms/transform.ts';
import type { Pulse } from '../../core/pulse.ts';
import type { OpenImages } from './datasets.ts';
import { recordsOf, type TableBits, type Tables } from './tables.ts';

/** Names of the channels of pixels, or of what a transform makes of them. */
export function channelNames(channels: 1 | 3, isTransformed: boolean): string[] {
  if (channels === 1) return ['grey'];
  return isTransformed ? ['Y', 'Cb', 'Cr'] : ['red', 'green', 'blue'];
}

/** Where every column is drawn. */
export function placesOf(plan: TransformPlan): ImageBitsReport['place'] {
  const { columns } = plan;
  const place = {
    channel: new Uint8Array(columns),
    y: new Uint16Array(columns),
    x: new Uint16Array(columns),
  };
  for (let column = 0; column < columns; column++) {
    const { channel, y, x } = plan.place(column);
    place.channel[column] = channel;
    place.y[column] = y;
    place.x[column] = x;
  }
  return place;
}

/** What is said of a base table besides its bits. */
type TableFacts = Pick<ImageBitsReport, 'table' | 'className' | 'tables' | 'trainRecords' | 'mean'>;

/** The bits of a base table as the page draws them. */
export function describeBits(
  shape: ImageShape,
  transform: TransformName,
  facts: TableFacts,
  { widths, ones, inBase, baseCount }: TableBits,
): Omit<ImageBitsReport, 'seconds'> {
  const plan = TRANSFORMS.byName(transform).plan(shape);
  const starts = new Uint32Array(widths.length);
  for (let column = 0, start = 0; column < widths.length; column++) {
    starts[column] = start;
    start += widths[column];
  }
  const role = new Uint8Array(ones.length);
  const counts = { constant: 0, base: 0, deviation: 0 };
  for (let position = 0; position < ones.length; position++) {
    const isConstant = ones[position] === 0 || ones[position] === facts.trainRecords;
    const name = isConstant ? 'constant' : inBase?.[position] === 1 ? 'base' : 'deviation';
    role[position] = BIT_ROLE[name];
    counts[name]++;
  }
  return {
    ...facts,
    transform,
    columns: widths.length,
    place: placesOf(plan),
    channelNames: channelNames(shape.channels, !plan.isIdentity),
    ...{ widths, starts, ones, role, counts, baseCount },
  };
}

/** @throws SETTING_OUT_OF_RANGE for a table that is not there; CANCELLED, and the codes of encoding */
export async function reportImageBits(
  images: OpenImages,
  tables: Tables,
  settings: ImageSettings,
  table: number,
  pulse: Pulse,
): Promise<ImageBitsReport> {
  const started = performance.now();
  const { set } = images;
  const count = settings.classWise ? set.classNames.length : 1;
  if (!Number.isInteger(table) || table < 0 || table >= count) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `There is no base table ${table}; they run from 0 to ${count - 1}.`,
    );
  }
  const bits = await tables.bits(images, settings, table, pulse);
  const train = recordsOf(set, splitImages(set, settings).train, settings.classWise, table);
  const facts = {
    table,
    className: settings.classWise ? set.classNames[table] : null,
    tables: count,
    trainRecords: train.length,
    mean: meanPicture(set.pixels, train, pictureBytes(set.shape)),
  };
  return {
    ...describeBits(set.shape, transformOf(settings), facts, bits),
    seconds: (performance.now() - started) / 1000,
  };
}
