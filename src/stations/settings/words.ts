/** Settings and their values in words. */
import { isWord, type Kind, type AnySetting } from '../../contracts/settings.ts';
import { formatCount } from '../../ui/format.ts';

/** Names of columns that a sentence quotes, and the longest of other values, in characters. */
const LONGEST = 40;

/** A value as a sentence says it; null of lists, which are only said to be others. */
export function valueWords(setting: Kind, value: unknown): string | null {
  switch (setting.kind) {
    case 'amount':
      if (isWord(setting, value)) return setting.word?.said ?? `${value as string}`;
      // Rates are given with few digits; seeds are not counts.
      return setting.whole && setting.is !== 'seed' ? formatCount(Number(value)) : String(value);
    case 'choice': {
      const choice = setting.choices.find((one) => one.value === value);
      return choice?.said ?? choice?.label ?? `${value as string}`;
    }
    case 'flag':
      return value === true ? 'on' : 'off';
    case 'plugin':
      return setting.registry.find(value as string)?.label ?? `${value as string}`;
    case 'column': {
      const name = (value as string | null) ?? 'none';
      return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
    }
    case 'columns':
      return null;
  }
}

/** A setting with its value, as a list of settings says it: "20 epochs", "without Nesterov". */
export function settingWords(setting: AnySetting, value: unknown): string {
  switch (setting.kind) {
    case 'amount':
      if (setting.said !== undefined) return setting.said(value as number);
      break;
    case 'choice': {
      const said = setting.choices.find((choice) => choice.value === value)?.said;
      if (said !== undefined) return said;
      break;
    }
    case 'flag':
      if (setting.said !== undefined) return setting.said[value === true ? 1 : 0];
  }
  return `${setting.noun} ${valueWords(setting, value) ?? 'chosen'}`;
}

/** "learning rate α 0.001, now 0.01", "other features" */
export function changeWords(setting: AnySetting, was: unknown, is: unknown): string {
  const [before, now] = [valueWords(setting, was), valueWords(setting, is)];
  return before === null || now === null ? `other ${setting.noun}` : `${setting.noun} ${before}, now ${now}`;
}
