/** The properties of a link that are settings: what their tables say of them is all that a link needs to know. */
import * as v from 'valibot';
import { isSame, rangeWords, type AnySetting, type Kind, type SettingsTable } from '../../core/settings.ts';
import type { LinkedExperiment } from './experiment.ts';
import { property, type Property } from './property.ts';
import {
  flagText,
  namesText,
  nameText,
  numberText,
  oneOf,
  wholeText,
  writeNames,
  type Text,
} from './texts.ts';

/** Longest name of a column. */
const LONGEST_NAME = 4_096;

/**
 * The settings of a table that have a key, as links say them: those that it has when they are asked for.
 *
 * @param place where a link holds them
 * @param isUsual whether a value is left out; one that always stands in links is not asked about
 */
export function settingProperties<S extends object, Part extends string>(
  table: SettingsTable<S, Part>,
  place: (experiment: LinkedExperiment) => Partial<S>,
  isUsual: (value: unknown, setting: Kind) => boolean,
): () => Property[] {
  const made = new WeakMap<Kind, Property>();

  function propertyOf(name: keyof S, key: string, setting: AnySetting<S, Part>): Property {
    const { isAlwaysLinked = false } = setting;
    return property<unknown>(
      key,
      () => allowedWords(setting),
      settingText(setting),
      (experiment, value) => {
        Object.assign(place(experiment), { [name]: value });
      },
      (experiment) => {
        const value: unknown = place(experiment)[name];
        if (value === undefined || (!isAlwaysLinked && isUsual(value, setting))) return null;
        return written(setting, value);
      },
      setting.kind === 'columns',
    );
  }

  return () =>
    table.all.flatMap(([name, setting]) => {
      if (setting.key === null) return [];
      const known = made.get(setting) ?? propertyOf(name, setting.key, setting);
      made.set(setting, known);
      return known;
    });
}

/** A value that is its default says nothing. */
export function isDefault(value: unknown, setting: Kind): boolean {
  return isSame(value, setting.default);
}

function words(setting: AnySetting | Kind): string[] {
  switch (setting.kind) {
    case 'choice':
      return setting.choices.map(({ value }) => value);
    case 'plugin':
      return setting.registry.names;
    case 'amount':
      return (setting.offered ?? []).map(({ value }) => String(value));
    case 'flag':
      return [...(setting.spelt ?? [])];
    default:
      return [];
  }
}

/** What is allowed, in words, as it is now: plug-ins may have been added. */
function allowedWords(setting: Kind): string {
  const chosen = words(setting);
  if (chosen.length > 0) return `one of ${chosen.join(', ')}`;
  switch (setting.kind) {
    case 'amount':
      return rangeWords(setting);
    case 'flag':
      return '0 or 1';
    case 'column':
      return 'a column name';
    default:
      return 'column names separated by commas';
  }
}

/** How a setting is spelt in a link. */
function settingText(setting: Kind): Text<unknown> {
  switch (setting.kind) {
    case 'amount': {
      if (setting.offered !== undefined) return v.pipe(oneOf(words(setting)), v.transform(Number));
      const { min, max, word } = setting;
      const number = setting.whole ? wholeText(min, max) : numberText(min, max);
      return word === undefined ? number : v.union([oneOf([word.value]), number]);
    }
    case 'flag': {
      const { spelt } = setting;
      if (spelt === undefined) return flagText;
      return v.pipe(
        oneOf(spelt),
        v.transform((word) => word === spelt[1]),
      );
    }
    case 'column':
      return nameText(LONGEST_NAME);
    case 'columns':
      return namesText;
    default:
      return oneOf(() => words(setting));
  }
}

function written(setting: Kind, value: unknown): string | null {
  if (value === null) return null;
  if (setting.kind === 'flag') return (setting.spelt ?? ['0', '1'])[Number(value)];
  return setting.kind === 'columns' ? writeNames(value as string[]) : `${value as string}`;
}
