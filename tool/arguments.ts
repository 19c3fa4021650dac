/**
 * What a command line asks for. What is said of an experiment are the keys of the lab's links: `--beta 9` is `beta=9`, so
 * that names, ranges and defaults are those of the page.
 */
import { readLink, type LinkedExperiment } from '../src/contracts/link.ts';
import { encodePart } from '../src/contracts/link/packing.ts';
import { UsageError } from './errors.ts';

/** An option of a command: one with a word takes a value. */
export type OptionTable = Readonly<Record<string, 'flag' | 'value'>>;

export interface Arguments {
  files: string[];
  flags: ReadonlySet<string>;
  values: ReadonlyMap<string, string>;
  experiment: LinkedExperiment;
}

/** One-letter forms. */
const SHORT: Readonly<Record<string, string>> = { '-o': '--output', '-h': '--help' };

/** Keys of a link that say what is open or how the page is shown. */
const OF_PAGES = new Set([
  'v',
  'z',
  'data',
  'file',
  'station',
  'embed',
  'present',
  'figure',
  'theme',
  'hide',
]);

/** @throws UsageError */
export function readArguments(args: readonly string[], options: OptionTable): Arguments {
  const files: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const said: string[] = [];
  for (let k = 0; k < args.length; k++) {
    const arg = SHORT[args[k]] ?? args[k];
    if (arg === '--') {
      files.push(...args.slice(k + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      files.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    const kind = Object.hasOwn(options, name) ? options[name] : 'setting';
    if (kind === 'flag') {
      if (equals >= 0) throw new UsageError(`--${name} takes no value.`);
      flags.add(name);
      continue;
    }
    const value = equals < 0 ? args[++k] : arg.slice(equals + 1);
    if (value === undefined) throw new UsageError(`--${name} wants a value.`);
    if (kind === 'value') values.set(name, value);
    else if (OF_PAGES.has(name)) throw new UsageError(`There is no option --${name}.`);
    else said.push(`${encodePart(name)}=${encodePart(value)}`);
  }
  const { experiment, problems } = readLink(said.join('&'));
  if (problems.length > 0) {
    const words = problems.map(({ code, what }) => {
      // A key that links do not have is remarked upon there, and refused here.
      const unknown = /^The link says “(.*)”, which/.exec(what)?.[1];
      if (code === null && unknown !== undefined) return `There is no option --${unknown}.`;
      return what.replace(/^In the link, |^The link /, 'The command line ');
    });
    throw new UsageError(words.join('\n'));
  }
  return { files, flags, values, experiment };
}

/** A number in a range. @throws UsageError */
export function numberOf(
  { values }: Pick<Arguments, 'values'>,
  name: string,
  { usual, min, max, whole = false }: { usual: number; min: number; max: number; whole?: boolean },
): number {
  const text = values.get(name);
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max) || (whole && !Number.isInteger(value)))
    throw new UsageError(
      `--${name} is ${text}; it can be ${whole ? 'a whole number ' : ''}from ${min} to ${max}.`,
    );
  return value;
}
