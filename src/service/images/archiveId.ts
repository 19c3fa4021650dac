/** What archives of pictures are called in the store, and the settings that an archive brings along. */
import * as v from 'valibot';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../contracts/images.ts';
import type { ImageArchive } from '../../core/images/archive/read.ts';
import { representationOf } from '../../core/images/settings.ts';
import { IMAGE_SETTING_RANGES } from '../../core/images/validate.ts';
import { hashText } from '../../core/table/datasetId.ts';

/**
 * An archive's id: a hash of what decides its records' bytes, so that making the same archive again finds it.
 *
 * @param isGiven whether the pictures bring their own split: then the settings' split decides nothing
 */
export function imageArchiveId(datasetId: string, s: ImageSettings, isGiven: boolean): string {
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
  return hashText(JSON.stringify([...key, s.blockBytes, split])).slice(0, 32);
}

type Amount = keyof typeof IMAGE_SETTING_RANGES;

/** A number in its range, or its default: nothing in the archive depends on it. */
function amount(name: Amount): v.GenericSchema<unknown, number> {
  const { min, max, whole } = IMAGE_SETTING_RANGES[name];
  const number = v.pipe(v.number(), v.minValue(min), v.maxValue(max));
  return v.fallback(whole ? v.pipe(number, v.integer()) : number, DEFAULT_IMAGE_SETTINGS[name]);
}

/** The part of an archive's settings that only its experiment section tells: material from outside. */
const EXPERIMENT = v.object({
  tau: amount('tau'),
  blockBytes: amount('blockBytes'),
  beta: amount('beta'),
  split: amount('split'),
  testFraction: amount('testFraction'),
  seed: amount('seed'),
  objective: v.fallback(v.picklist(['true', 'equation1'] as const), DEFAULT_IMAGE_SETTINGS.objective),
});

/** The settings to open an archive with: its experiment as far as it can be used, and what it says of itself. */
export function imageSettingsOf(archive: ImageArchive): ImageSettings {
  let experiment: unknown;
  try {
    experiment = JSON.parse(archive.experiment ?? '{}');
  } catch {
    experiment = {};
  }
  const parsed = v.safeParse(EXPERIMENT, experiment);
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
