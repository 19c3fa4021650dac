/** Names, as links call them, of controls that stand in other places than the settings of a station. */
import { TABLE_SETTINGS } from '../../contracts/settings.ts';

/** β, of tables and of pictures. */
export const BETA = TABLE_SETTINGS.of('beta').key ?? 'beta';
/** The seed of the sample that is drawn. */
export const SEED = TABLE_SETTINGS.of('seed').key ?? 'seed';
/** What a column of the table is used for: all four are chosen by its role. */
export const ROLE_CONTROLS = (['target', 'features', 'weight', 'drop'] as const).map(
  (name) => TABLE_SETTINGS.any(name).key ?? name,
);
