/** What archives of pictures are called in the store, and the settings that an archive brings along. */
import * as v from 'valibot';
import { DEPTH_FACTS, IMAGE_READING } from '../../contracts/imageReading.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type DepthFacts,
  type ImageReading,
  type ImageSettings,
} from '../../contracts/images.ts';
import { IMAGE_SETTINGS, settingsSchema } from '../../contracts/settings.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import { effortOf, representationOf, transformOf } from '../../core/images/settings.ts';
import { hashText } from '../../core/table/datasetId.ts';

/**
 * An archive's id: a hash of what decides its records' bytes, so that making the same archive again finds it. The
 * dataset's id stands for pixels, labels and class names.
 *
 * @param isGiven whether the pictures bring their own split: then the settings' split decides nothing
 * @param unproven what makes an archive that came as a file one of its own, beside the one that is made here
 */
export function imageArchiveId(
  datasetId: string,
  s: ImageSettings,
  isGiven: boolean,
  unproven: readonly string[] = [],
): string {
  const split = isGiven ? 'given' : [s.split, s.testFraction];
  const key = [
    datasetId,
    'images',
    s.codec,
    transformOf(s),
    representationOf(s),
    s.classWise,
    s.tau,
    s.objective,
  ];
  const effort = effortOf(s) === 'smallest' ? ['smallest'] : [];
  return hashText(JSON.stringify([...key, s.blockBytes, split, ...effort, ...unproven])).slice(0, 32);
}

/** What tells an archive that holds pictures only nearly, and came as a file, from one that was made from them here. */
export function claimKey(claims: string | null): string[] {
  return claims === null ? [] : ['claims', claims];
}

/** What cannot be used has its default: nothing in the archive depends on it. */
const SCHEMA = settingsSchema(IMAGE_SETTINGS, 'replace');

/** What an archive says of how it was made; nothing where that is no JSON. */
function experimentOf({ experiment }: ImageArchive): unknown {
  try {
    return JSON.parse(experiment ?? '{}');
  } catch {
    return {};
  }
}

/** The settings to open an archive with: its experiment as far as it can be used, and what it says of itself. */
export function imageSettingsOf(archive: ImageArchive): ImageSettings {
  const parsed = v.safeParse(SCHEMA, experimentOf(archive));
  const { transform, representation, classWise } = archive.schema;
  return {
    ...DEFAULT_IMAGE_SETTINGS,
    ...(parsed.success ? parsed.output : {}),
    codec: archive.codec.meta.name,
    transform,
    representation,
    classWise,
  };
}

/** How pictures were read, as their archive keeps it beside its settings. */
export interface RecordedReading {
  reading: ImageReading;
  depth: DepthFacts | null;
}

const RECORDED = v.object({
  reading: v.fallback(v.optional(IMAGE_READING), undefined),
  depth: v.fallback(v.optional(DEPTH_FACTS), undefined),
});

/** What an archive says of how its pictures were read. */
export function recordedReadingOf(archive: ImageArchive): RecordedReading {
  const parsed = v.safeParse(RECORDED, experimentOf(archive));
  const { reading = {}, depth = null } = parsed.success ? parsed.output : {};
  return { reading: tidyReading(reading), depth };
}

/** What is said of a reading and nothing else, in one order: equal readings are equal bytes. */
function tidyReading(reading: ImageReading): ImageReading {
  const said = Object.entries(reading).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What an archive is to say of how its pictures were read; nothing where there is nothing to be said. */
export function readingToRecord({ reading, depth }: RecordedReading): Partial<RecordedReading> | undefined {
  const said = tidyReading(reading);
  const isSaid = Object.keys(said).length > 0;
  if (!isSaid && depth === null) return undefined;
  return { ...(isSaid && { reading: said }), ...(depth !== null && { depth }) };
}
