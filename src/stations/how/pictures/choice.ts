/** What is walked through: a set, a class and a picture of it, and how it is divided. */
import {
  DEFAULT_IMAGE_SETTINGS,
  usualTransform,
  type ImageSettings,
  type ImageSource,
  type ImageSummary,
} from '../../../contracts/images.ts';
import type { PictureWalk, PictureWalkRequest, TinySet } from '../../../contracts/pictureWalk.ts';

/** Sets that the worker draws, or the pictures that are open. */
export type Subject = TinySet | 'open';

export const TINY_SUBJECTS: readonly { value: TinySet; label: string; channels: 1 | 3 }[] = [
  { value: 'digits', label: 'Small digits', channels: 1 },
  { value: 'suns', label: 'Small, in colour', channels: 3 },
];

/** Plateau threshold of the small sets: of their few bits, all would be tried by the usual one. */
const TINY_TAU = 4;

export type WalkChange = Partial<Pick<ImageSettings, 'transform' | 'tau' | 'objective'>>;

export interface WalkChoice {
  subject: Subject;
  label: number;
  /** Number of a picture in its class; null for the one that the worker picks. */
  picture: number | null;
  /** What is set otherwise than the pictures have it by themselves. */
  change: WalkChange;
}

export const FIRST_CHOICE: WalkChoice = { subject: 'digits', label: 0, picture: null, change: {} };

/** Pictures that are open in the lab. */
export interface OpenPictures {
  source: ImageSource;
  settings: ImageSettings;
  summary: ImageSummary;
}

/** What the worker is asked for; null where the open pictures are wanted and there are none. */
export function requestOf(
  { subject, label, picture, change }: WalkChoice,
  open: OpenPictures | null,
): PictureWalkRequest | null {
  if (subject === 'open') {
    if (open === null) return null;
    return {
      set: { kind: 'open', source: open.source },
      settings: { ...open.settings, ...change },
      label: Math.min(label, open.summary.classes.length - 1),
      picture,
    };
  }
  const channels = TINY_SUBJECTS.find(({ value }) => value === subject)?.channels ?? 1;
  return {
    set: { kind: 'tiny', name: subject },
    settings: { ...DEFAULT_IMAGE_SETTINGS, transform: usualTransform(channels), tau: TINY_TAU, ...change },
    label,
    picture,
  };
}

/** Whether a walk is of the class that is asked for, but perhaps of another picture or searched in another way. */
export function isOf(
  walk: PictureWalk,
  { set, settings, label }: PictureWalkRequest,
  open: OpenPictures | null,
): boolean {
  const isSet = set.kind === 'tiny' ? walk.tiny === set.name : walk.datasetId === open?.summary.id;
  return isSet && walk.label === label && walk.bits.transform === settings.transform;
}
