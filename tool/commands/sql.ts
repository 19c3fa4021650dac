/** `dmla sql`: the experiment of an archive as SQL, for an engine that has all the records. */
import { engineFile, SQL_ENGINES, sourceOf, type DialectName } from '../../src/contracts/sql.ts';
import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openExperiment } from '../experiment.ts';
import { untold } from '../service.ts';

/** What can be asked for, and the script that answers. */
const QUERIES = {
  condense: 'condense',
  misfits: 'misfits',
  sums: 'sums',
  'sums-per-cluster': 'sumsPerCluster',
  ranges: 'ranges',
  ones: 'ones',
} as const;

interface Written {
  dialect: DialectName;
  query: string;
  sql: string;
}

function oneOf<T extends string>({ values }: Arguments, name: string, choices: readonly T[]): T {
  const said = values.get(name) ?? choices[0];
  const found = choices.find((choice) => choice === said);
  if (found === undefined) throw new UsageError(`--${name} is ${said}; it can be ${choices.join(', ')}.`);
  return found;
}

export const sql: Command = {
  usage: 'sql X.dmla [--dialect duckdb|spark] [--from PATH|TABLE] [--query NAME]',
  purpose: 'Prints the SQL that condenses all records where they are.',
  details: [
    `--query is ${Object.keys(QUERIES).join(', ')}. --part says that a column "part" tells training from test records.`,
    'Target, features and β are those of the archive’s experiment, or what --target, --features and --beta say.',
  ],
  options: { dialect: 'value', from: 'value', query: 'value', part: 'flag', 'any-size': 'flag' },
  async run(asked, { pulse }): Promise<Written> {
    const dialect = oneOf(
      asked,
      'dialect',
      SQL_ENGINES.map(({ value }) => value),
    );
    const query = oneOf(asked, 'query', Object.keys(QUERIES) as (keyof typeof QUERIES)[]);
    const { service, source, summary, settings } = await openExperiment(asked, pulse);
    const from = sourceOf(asked.values.get('from') ?? engineFile(summary.fileName), 'table');
    const hasPart = asked.flags.has('part');
    const gathered = { ranges: null, ones: null };
    const { scripts } = await service.writeSql(
      { source, settings, dialect, from, hasPart, gathered },
      pulse,
      untold,
    );
    const text = scripts[QUERIES[query]];
    if (text === null) throw new UsageError('Sums are of least squares only; this target names classes.');
    return { dialect, query, sql: text };
  },
  say: ({ sql: text }: Written) => text,
};
