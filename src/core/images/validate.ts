/** Ranges of the settings for pictures: the page's controls, the service, the store and the bench refuse the same. */
import { LabError } from '../errors.ts';
import { SETTING_RANGES } from '../experiment/validate.ts';
import { REPRESENTATION_METAS } from './representations/registry.ts';
import type { ImageSettings } from './settings.ts';
import { TRANSFORM_METAS } from './transforms/registry.ts';

/** Inclusive ranges of the numeric settings. */
export const IMAGE_SETTING_RANGES = {
  tau: SETTING_RANGES.tau,
  blockBytes: { min: 512, max: 1 << 22, whole: true },
  beta: SETTING_RANGES.beta,
  split: SETTING_RANGES.split,
  testFraction: SETTING_RANGES.testFraction,
  seed: SETTING_RANGES.seed,
} as const;

const OBJECTIVES: readonly unknown[] = ['true', 'equation1'] satisfies ImageSettings['objective'][];

/** A value as it stands in a sentence; what is no number or text is only named by its kind. */
function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value;
}

/**
 * Checks every setting; the codec's name is looked at where the codec is.
 *
 * @param settings as they came, from a link or another worker: nothing of them is taken on trust
 * @throws SETTING_OUT_OF_RANGE, TRANSFORM_UNKNOWN, REPRESENTATION_UNKNOWN
 */
export function checkImageSettings(settings: ImageSettings): void {
  for (const [name, { min, max, whole }] of Object.entries(IMAGE_SETTING_RANGES)) {
    const value: unknown = settings[name as keyof typeof IMAGE_SETTING_RANGES];
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (!fits || (whole && !Number.isInteger(value))) {
      throw new LabError(
        'SETTING_OUT_OF_RANGE',
        `${name} is ${shown(value)}; it has to be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`,
      );
    }
  }
  const { codec, transform, representation, classWise, objective } = settings as Record<
    keyof ImageSettings,
    unknown
  >;
  if (typeof codec !== 'string' || typeof classWise !== 'boolean' || !OBJECTIVES.includes(objective)) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `codec is ${shown(codec)}, classWise is ${shown(classWise)} and objective is ${shown(objective)}; ` +
        'they have to be a name, true or false, and "true" or "equation1".',
    );
  }
  if (!TRANSFORM_METAS.has(transform)) {
    throw new LabError(
      'TRANSFORM_UNKNOWN',
      `There is no transform ${shown(transform)}; there is ${TRANSFORM_METAS.names.join(', ')}.`,
    );
  }
  if (!REPRESENTATION_METAS.has(representation)) {
    throw new LabError(
      'REPRESENTATION_UNKNOWN',
      `There is no representation ${shown(representation)}; there is ${REPRESENTATION_METAS.names.join(', ')}.`,
    );
  }
}
