/** Settings of an experiment on pictures: those to open with, and what links say of them. */
import { DEFAULT_IMAGE_SETTINGS, usualTransform, type ImageSettings, type ImageSummary } from './images.ts';
import { emptyExperiment, type LinkedExperiment } from './link.ts';
import { IMAGE_SETTINGS, TABLE_SETTINGS } from './settings.ts';

/** The settings that pictures open with: the usual ones for their channels, and what was chosen before. */
export function openingSettings(
  { channels }: Pick<ImageSummary, 'channels'>,
  chosen: Partial<ImageSettings>,
): ImageSettings {
  return IMAGE_SETTINGS.tidy({
    ...DEFAULT_IMAGE_SETTINGS,
    transform: usualTransform(channels),
    ...chosen,
  });
}

/** Whether links say a setting of pictures with the key of a table's. */
function isShared(
  name: keyof ImageSettings,
): name is keyof ImageSettings & keyof LinkedExperiment['settings'] {
  return TABLE_SETTINGS.all.some(([, { key }]) => key === IMAGE_SETTINGS.of(name).key);
}

/** What a link says of the settings of pictures. */
export function linkedImageSettings({
  settings,
  images,
}: Pick<LinkedExperiment, 'settings' | 'images'>): Partial<ImageSettings> {
  const said: Partial<ImageSettings> = { ...images.settings };
  for (const name of IMAGE_SETTINGS.names) {
    if (isShared(name) && settings[name] !== undefined) Object.assign(said, { [name]: settings[name] });
  }
  return said;
}

/** The same settings as a link says them. */
export function settingsForLink(settings: ImageSettings): Pick<LinkedExperiment, 'settings' | 'images'> {
  const { settings: shared, images } = emptyExperiment();
  for (const name of IMAGE_SETTINGS.names) {
    Object.assign(isShared(name) ? shared : images.settings, { [name]: settings[name] });
  }
  return { settings: shared, images };
}
