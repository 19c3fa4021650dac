/** Options of the command that are settings of a training: they follow from the table of those, both ways. */
import type { Options } from '../../bench/options.ts';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { TRAINING_SETTINGS, type TrainingSettings } from '../../src/contracts/training.ts';
import { isAllowed, rangeWords, type Amount, type AnySetting, type Kind } from '../../src/core/settings.ts';

type Name = keyof TrainingSettings;

/** Settings that are sides of a grid, or said by it. */
const OF_GRID: readonly Name[] = ['method', 'fraction', 'seed'];

interface SettingOption {
  name: Name;
  setting: AnySetting<TrainingSettings>;
  option: string;
}

/** Every setting with its option: its key in links, without the prefix that tells it from a table's there. */
function settingOptions(): SettingOption[] {
  return TRAINING_SETTINGS.all.flatMap(([name, setting]) =>
    OF_GRID.includes(name) ? [] : [{ name, setting, option: optionOf(name, setting) }],
  );
}

/** A flag is given where it is not as usual: "no-nesterov". */
function optionOf(name: Name, { key, ...setting }: AnySetting<TrainingSettings>): string {
  const option = name === 'network' ? 'model' : (key ?? name).replace(/^net-/, '');
  return setting.kind === 'flag' && setting.default ? `no-${option}` : option;
}

/** Options that stand without a value. */
export function settingFlags(): string[] {
  return settingOptions().flatMap(({ setting, option }) => (setting.kind === 'flag' ? [option] : []));
}

/** The settings that are given, each checked. @throws Error with a sentence on the first that is wrong */
export function readSettings(options: Options): Partial<TrainingSettings> {
  const given: Partial<TrainingSettings> = {};
  for (const { name, setting, option } of settingOptions()) {
    const value = valueOf(options, option, setting);
    if (value !== null) Object.assign(given, { [name]: value });
  }
  return given;
}

/** The value that an option gives to a setting, or null where it is not given. */
function valueOf(options: Options, option: string, setting: Kind): unknown {
  const text = options.text(option);
  if (text === null) return null;
  switch (setting.kind) {
    case 'amount': {
      const offered = setting.offered?.map(({ value }) => value);
      if (offered !== undefined) return among(option, [text], offered)[0];
      return inRange(option, options.number(option, 0), setting);
    }
    case 'choice':
      return among(
        option,
        [text],
        setting.choices.map(({ value }) => value),
      )[0];
    case 'plugin':
      return among(option, [text], setting.registry.names)[0];
    case 'flag':
      return !setting.default;
    default:
      return null;
  }
}

/** The arguments that give these settings. */
export function settingArguments(settings: Partial<TrainingSettings>): string[] {
  return settingOptions().flatMap(({ name, setting, option }) => {
    const value = settings[name];
    if (value === undefined) return [];
    if (setting.kind === 'flag') return value === setting.default ? [] : [`--${option}`];
    return [`--${option}`, String(value)];
  });
}

/** Lines of the usage on the options that only some methods have. */
export function methodOptionLines(): string {
  const lines = settingOptions().flatMap(({ name, setting, option }) => {
    if (!setting.panels.includes('method')) return [];
    const methods = METHOD_METAS.all.filter(({ options }) => options.some((one) => one === name));
    if (methods.length === 0) return [];
    const of = methods.map((method) => method.name).join(', ');
    const { head, about } = wordsOf(setting, option);
    return [`  ${head.padEnd(COLUMN)}${about} (${of})`];
  });
  return lines.join('\n');
}

/** Where the sentences of the usage begin. */
const COLUMN = 24;

function wordsOf(setting: AnySetting<TrainingSettings>, option: string): { head: string; about: string } {
  switch (setting.kind) {
    case 'flag':
      return { head: `--${option}`, about: setting.said?.[Number(!setting.default)] ?? setting.noun };
    case 'choice': {
      const values = setting.choices.map(({ value }) => value).join(', ');
      return { head: `--${option} NAME`, about: `${values}: ${setting.noun}, by default ${setting.default}` };
    }
    default: {
      const head = `--${option} ${setting.kind === 'amount' && !setting.whole ? 'X' : 'N'}`;
      return { head, about: `${setting.noun}, by default ${String(setting.default)}` };
    }
  }
}

function inRange(option: string, value: number, setting: Amount): number {
  if (isAllowed(setting, value)) return value;
  throw new Error(`--${option} is ${String(value)}; it has to be ${rangeWords(setting)}.`);
}

/** @throws Error where one of the values is none of the choices */
function among<T extends string | number>(
  option: string,
  values: readonly string[],
  choices: readonly T[],
): T[] {
  return values.map((text) => {
    const found = choices.find((choice) => String(choice) === text);
    if (found === undefined) throw new Error(`--${option} has “${text}”; there is ${choices.join(', ')}.`);
    return found;
  });
}

/** "0.01,0.1" as shares; null where they are not given. */
export function readFractions(options: Options): number[] | null {
  const texts = options.names('fractions');
  if (texts === null) return null;
  return texts.map((text) => {
    const value = Number(text);
    if (text === '' || Number.isNaN(value)) throw new Error(`--fractions has “${text}”, which is no number.`);
    return inRange('fractions', value, TRAINING_SETTINGS.of('fraction'));
  });
}

export function readSeeds(options: Options, usual: number[]): number[] {
  const seeds = options.wholes('seeds', usual);
  for (const seed of seeds) inRange('seeds', seed, TRAINING_SETTINGS.of('seed'));
  return seeds;
}

/** In the order in which methods are offered, each once; null where they are not given. */
export function readMethods(options: Options): string[] | null {
  const names = options.names('methods');
  if (names === null) return null;
  const methods = among('methods', names, METHOD_METAS.names);
  return METHOD_METAS.names.filter((one) => methods.includes(one));
}

/** Ascending, each once, and not more than a grid of trainings takes. */
export function side(option: string, values: readonly number[], most: number): number[] {
  const ascending = [...new Set(values)].sort((a, b) => a - b);
  if (ascending.length > most)
    throw new Error(`--${option} has ${ascending.length} values; at most ${most} are taken.`);
  return ascending;
}
