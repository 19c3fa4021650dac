/** `dmla condense`: the weighted condensed samples of an archive's training records. */
import { basename, extname } from 'node:path';
import { outputOf, WRITES, type Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { openExperiment } from '../experiment.ts';
import { checkFree, writeBlob } from '../output.ts';
import { untold } from '../service.ts';

interface Condensed {
  file: string;
  samples: number;
  trainRecords: number;
  target: string;
  beta: number;
}

export const condense: Command = {
  usage: 'condense X.dmla -o samples.csv [--with-test] [--target COLUMN] [--beta N]',
  purpose: 'Writes the condensed samples of the training records, with their weights, as .csv or .parquet.',
  details: [
    'What is not said is taken from the experiment that the archive carries.',
    '--with-test writes the test records behind the samples; a column “part” says which is which.',
  ],
  options: { ...WRITES, 'any-size': 'flag', 'with-test': 'flag' },
  async run(asked, { pulse }): Promise<Condensed> {
    const output = outputOf(asked);
    const form = extname(output).toLowerCase();
    if (form !== '.csv' && form !== '.parquet')
      throw new UsageError(`Samples are written as .csv or .parquet, not as ${basename(output)}.`);
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    const { service, source, settings, summary } = await openExperiment(asked, pulse);
    const withTest = asked.flags.has('with-test');
    const format = form === '.csv' ? 'csv' : 'parquet';
    const made = await service.exportSamples({ source, settings, format, withTest }, pulse, untold);
    const { rows } = await service.outlineSamples({ source, settings }, pulse, untold);
    await writeBlob(output, made.file, isForced);
    return {
      file: output,
      samples: rows,
      trainRecords: summary.rows,
      target: settings.target,
      beta: settings.beta,
    };
  },
  say: ({ file, samples, target, beta }: Condensed) =>
    `${file}: ${samples.toLocaleString('en')} weighted samples for ${target}, β = ${beta}.`,
};
