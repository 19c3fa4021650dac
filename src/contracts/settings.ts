/** The tables of settings as the page and the workers see them, and the check on settings that come from outside. */
import * as v from 'valibot';
import { isAllowed, isWord, type Kind, type SettingsTable } from '../core/settings.ts';

export { TABLE_PARTS, TABLE_SETTINGS, type TablePart } from '../core/experiment/settings.ts';
export { IMAGE_SETTINGS, type ImagePart } from '../core/images/settings.ts';
export {
  isAllowed,
  isSame,
  isWord,
  tidyAmount,
  type Amount,
  type AnySetting,
  type Kind,
  type Panel,
  type SettingsTable,
} from '../core/settings.ts';
export { TRAINING_SETTINGS } from './trainingSettings.ts';

/** What a setting's value has to be. */
function valueSchema(setting: Kind): v.GenericSchema<unknown> {
  switch (setting.kind) {
    case 'amount':
      return v.custom((value) => isAllowed(setting, value) || isWord(setting, value));
    case 'choice':
      return v.picklist(setting.choices.map(({ value }) => value));
    case 'flag':
      return v.boolean();
    case 'plugin':
      return setting.isRefusedLater ? v.string() : v.custom((name) => setting.registry.has(name));
    case 'column':
      return v.nullable(v.string());
    case 'columns': {
      const names = v.array(v.string());
      return setting.default === null ? v.nullable(names) : names;
    }
  }
}

/**
 * Settings that were written down, by an earlier version perhaps: one that is missing has its default, and what is no
 * setting is left out.
 *
 * @param wrong whether one that is not what it has to be refuses all of them, or has its default like a missing one
 */
export function settingsSchema<S extends object, Part extends string>(
  table: SettingsTable<S, Part>,
  wrong: 'refuse' | 'replace',
): v.GenericSchema<unknown, S> {
  return v.lazy(() => {
    const fields = table.all.map(([name, setting]) => {
      const value = valueSchema(setting);
      return [
        name,
        wrong === 'replace' ? v.fallback(value, setting.default) : v.optional(value, setting.default),
      ];
    });
    return v.object(Object.fromEntries(fields) as v.ObjectEntries);
  }) as v.GenericSchema as v.GenericSchema<unknown, S>;
}
