/** What archives of pictures are called in the store, and the settings that an archive brings along. */
import * as v from 'valibot';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../contracts/images.ts';
import { IMAGE_SETTINGS, settingsSchema } from '../../contracts/settings.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import { representationOf } from '../../core/images/settings.ts';
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
    s.transform,
    representationOf(s),
    s.classWise,
    s.tau,
    s.objective,
  ];
  return hashText(JSON.stringify([...key, s.blockBytes, split, ...unproven])).slice(0, 32);
}

/** What tells an archive that holds pictures only nearly, and came as a file, from one that was made from them here. */
export function claimKey(claims: string | null): string[] {
  return claims === null ? [] : ['claims', claims];
}

/** What cannot be used has its default: nothing in the archive depends on it. */
const SCHEMA = settingsSchema(IMAGE_SETTINGS, 'replace');

/** The settings to open an archive with: its experiment as far as it can be used, and what it says of itself. */
export function imageSettingsOf(archive: ImageArchive): ImageSettings {
  let experiment: unknown;
  try {
    experiment = JSON.parse(archive.experiment ?? '{}');
  } catch {
    experiment = {};
  }
  const parsed = v.safeParse(SCHEMA, experiment);
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
