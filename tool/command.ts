/** What a command is. */
import type { Pulse } from '../src/core/pulse.ts';
import type { Arguments, OptionTable } from './arguments.ts';
import { UsageError } from './errors.ts';

/** Where a command runs. */
export interface Surroundings {
  pulse: Pulse;
  /** A remark, on the error output. */
  remark: (line: string) => void;
}

export interface Command {
  /** "compress FILES -o X.dmla": how it is called. */
  usage: string;
  /** One line on what it does. */
  purpose: string;
  /** What can be said besides. */
  details?: readonly string[];
  options: OptionTable;
  /** @returns what --json prints */
  run(asked: Arguments, surroundings: Surroundings): Promise<object>;
  /** The result in words, where it is not printed as JSON. */
  say(result: never): string;
}

/** The one file that a command is about. @throws UsageError */
export function onlyFile({ files }: Arguments, what = 'archive'): string {
  if (files.length !== 1) throw new UsageError(`Name one ${what}; there are ${files.length}.`);
  return files[0];
}

/** Where the result is to be written. @throws UsageError */
export function outputOf({ values }: Arguments): string {
  const path = values.get('output');
  if (path === undefined || path === '') throw new UsageError('Say where to write to: -o FILE.');
  return path;
}

export const WRITES = { output: 'value', force: 'flag' } as const satisfies OptionTable;
