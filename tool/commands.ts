/** The commands of `dmla`, and what each is asked. */
import { readArguments, type OptionTable } from './arguments.ts';
import type { Command } from './command.ts';
import { compress } from './commands/compress.ts';
import { condense } from './commands/condense.ts';
import { inspect } from './commands/inspect.ts';
import { sample } from './commands/sample.ts';
import { unpack } from './commands/unpack.ts';
import { verify } from './commands/verify.ts';
import { EXIT, failureOf, UsageError } from './errors.ts';
import type { Watch } from './progress.ts';

const COMMANDS = new Map<string, Command>(
  Object.entries({ compress, inspect, verify, unpack, sample, condense }),
);

/** Options of every command. */
const COMMON = { json: 'flag', quiet: 'flag', help: 'flag' } as const satisfies OptionTable;

function help(): string {
  const lines = [...COMMANDS.values()].map(({ usage, purpose }) => `  dmla ${usage}\n      ${purpose}`);
  return [
    'dmla: archives of dreaMLearning Lab on the command line',
    ...lines,
    '  dmla help COMMAND',
    'Every command takes --json (the result as JSON), --quiet (no progress); what writes a file takes --force.',
  ].join('\n');
}

function helpOf({ usage, purpose, details = [] }: Command): string {
  return [`dmla ${usage}`, purpose, ...details].join('\n');
}

function commandOf(name: string): Command {
  const command = COMMANDS.get(name);
  if (command === undefined)
    throw new UsageError(`There is no command ${name}; there are ${[...COMMANDS.keys()].join(', ')}.`);
  return command;
}

/** Where the tool runs. */
export interface Terminal {
  /** A line of the result. */
  out(line: string): void;
  /** A line about it. */
  err(line: string): void;
  /** How far the work is; drawn where `isShown`. */
  watch(isShown: boolean): Watch;
}

async function runAsked([name = 'help', ...rest]: readonly string[], terminal: Terminal): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) {
    terminal.out(rest[0] === undefined ? help() : helpOf(commandOf(rest[0])));
    return;
  }
  const command = commandOf(name);
  const asked = readArguments(rest, { ...COMMON, ...command.options });
  if (asked.flags.has('help')) {
    terminal.out(helpOf(command));
    return;
  }
  const watch = terminal.watch(!asked.flags.has('quiet'));
  const remark = (line: string): void => {
    watch.end();
    terminal.err(line);
  };
  try {
    const result = await command.run(asked, { pulse: watch.pulse, remark });
    watch.end();
    terminal.out(asked.flags.has('json') ? JSON.stringify(result, null, 2) : command.say(result as never));
  } finally {
    watch.end();
  }
}

/** @returns the exit code */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await runAsked(args, terminal);
    return EXIT.ok;
  } catch (thrown) {
    const { exit, code, what, todo } = failureOf(thrown);
    if (args.includes('--json')) terminal.out(JSON.stringify({ error: { code, what, todo } }, null, 2));
    else terminal.err(`dmla: ${code}: ${what}\n${todo}`);
    return exit;
  }
}
