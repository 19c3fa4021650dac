/** Settings of an experiment on pictures: made to fit, taken from a link, and told apart by what they change. */
import {
  BLOCK_BYTES_CHOICES,
  DEFAULT_IMAGE_SETTINGS,
  usualTransform,
  type ImageSettings,
  type ImageSummary,
} from '../../contracts/images.ts';
import { SETTING_RANGES, type LinkedExperiment } from '../../contracts/link.ts';
import { representationOf } from '../../contracts/plugins.ts';

/** Fields that a link spells as a table's settings do. */
const SHARED = ['codec', 'tau', 'objective', 'beta', 'split', 'testFraction', 'seed'] as const;

/** Numbers inside their ranges, and a block size that is offered. */
export function tidyImageSettings(settings: ImageSettings): ImageSettings {
  const tidied = { ...settings };
  for (const name of ['tau', 'beta', 'split', 'testFraction', 'seed'] as const) {
    const { min, max, whole } = SETTING_RANGES[name];
    const value = Number.isFinite(tidied[name]) ? tidied[name] : DEFAULT_IMAGE_SETTINGS[name];
    tidied[name] = Math.min(max, Math.max(min, whole ? Math.round(value) : value));
  }
  const isOffered = BLOCK_BYTES_CHOICES.some((bytes) => bytes === tidied.blockBytes);
  if (!isOffered) tidied.blockBytes = DEFAULT_IMAGE_SETTINGS.blockBytes;
  return tidied;
}

/** The settings that pictures open with: the usual ones for their channels, and what was chosen before. */
export function openingSettings(
  { channels }: Pick<ImageSummary, 'channels'>,
  chosen: Partial<ImageSettings>,
): ImageSettings {
  return tidyImageSettings({
    ...DEFAULT_IMAGE_SETTINGS,
    transform: usualTransform(channels),
    ...chosen,
  });
}

/** What a link says of the settings of pictures. */
export function linkedImageSettings({ settings, images }: LinkedExperiment): Partial<ImageSettings> {
  const shared: Partial<Record<(typeof SHARED)[number], unknown>> = {};
  for (const name of SHARED) if (settings[name] !== undefined) shared[name] = settings[name];
  return { ...(shared as Partial<ImageSettings>), ...images.settings };
}

/** The same settings as a link spells them. */
export function settingsForLink(settings: ImageSettings): Pick<LinkedExperiment, 'settings' | 'images'> {
  const shared: LinkedExperiment['settings'] = {};
  for (const name of SHARED) Object.assign(shared, { [name]: settings[name] });
  const { transform, representation, classWise, blockBytes } = settings;
  return {
    settings: shared,
    images: {
      settings: { transform, representation, classWise, blockBytes },
      reading: {},
      fraction: null,
      training: {},
      backend: null,
      grid: {},
      sweep: {},
    },
  };
}

/** What is computed of pictures. */
export const IMAGE_PARTS = ['bits', 'archive', 'sample', 'condensed', 'peers', 'sweep'] as const;
export type ImagePart = (typeof IMAGE_PARTS)[number];

const ENCODING: readonly ImagePart[] = ['bits', 'archive', 'sample', 'peers', 'sweep'];

const DEPENDENTS: Record<keyof ImageSettings, readonly ImagePart[]> = {
  codec: ENCODING,
  transform: ENCODING,
  representation: ENCODING,
  classWise: ENCODING,
  tau: ENCODING,
  objective: ENCODING,
  split: IMAGE_PARTS,
  testFraction: IMAGE_PARTS,
  blockBytes: ['archive', 'sample', 'peers'],
  beta: ['condensed'],
  // The next sample is drawn with it; the one that is shown names its own.
  seed: [],
};

/** The parts that are out of date after a change. */
export function outdatedImageParts(before: ImageSettings, after: ImageSettings): Set<ImagePart> {
  const outdated = new Set<ImagePart>();
  for (const [field, parts] of Object.entries(DEPENDENTS) as [keyof ImageSettings, readonly ImagePart[]][]) {
    if (before[field] === after[field]) continue;
    // Where neither transform needs a representation, it decides nothing.
    if (field === 'representation' && representationOf(before) === null && representationOf(after) === null)
      continue;
    for (const part of parts) outdated.add(part);
  }
  return outdated;
}
