/** `dmla`: archives on the command line, by the code that the page runs. */
import { readArguments, type OptionTable } from './arguments.ts';
import type { Command } from './command.ts';
import { compress } from './commands/compress.ts';
import { condense } from './commands/condense.ts';
import { inspect } from './commands/inspect.ts';
import { sample } from './commands/sample.ts';
import { unpack } from './commands/unpack.ts';
import { verify } from './commands/verify.ts';
import { EXIT, failureOf, UsageError } from './errors.ts';
import { dropUnfinished } from './output.ts';
import { createWatch } from './progress.ts';

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

async function run([name = 'help', ...rest]: readonly string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) {
    console.log(rest[0] === undefined ? help() : helpOf(commandOf(rest[0])));
    return;
  }
  const command = commandOf(name);
  const asked = readArguments(rest, { ...COMMON, ...command.options });
  if (asked.flags.has('help')) {
    console.log(helpOf(command));
    return;
  }
  const watch = createWatch(process.stderr, process.stderr.isTTY && !asked.flags.has('quiet'));
  // The first ends the work at its next beat; a second one ends the process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      watch.cancel();
      process.once(signal, () => void dropUnfinished().finally(() => process.exit(EXIT.cancelled)));
    });
  try {
    const result = await command.run(asked, {
      pulse: watch.pulse,
      print: (line) => console.log(line),
      remark(line) {
        watch.end();
        console.error(line);
      },
    });
    watch.end();
    console.log(asked.flags.has('json') ? JSON.stringify(result, null, 2) : command.say(result as never));
  } finally {
    watch.end();
  }
}

const args = process.argv.slice(2);
run(args).catch((thrown: unknown) => {
  const { exit, code, what, todo } = failureOf(thrown);
  if (args.includes('--json')) console.log(JSON.stringify({ error: { code, what, todo } }, null, 2));
  else console.error(`dmla: ${code}: ${what}\n${todo}`);
  process.exitCode = exit;
});
