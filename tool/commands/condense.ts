/** `dmla condense`: the weighted condensed samples of an archive's training records. */
import { basename, extname } from 'node:path';
import type { ExperimentSettings } from '../../src/contracts/codec.ts';
import { fittingSettings } from '../../src/contracts/tableFitting.ts';
import { LabError } from '../../src/core/errors.ts';
import { isImageArchive } from '../../src/core/images/archive/read.ts';
import { onlyFile, outputOf, WRITES, type Command } from '../command.ts';
import { UsageError } from '../errors.ts';
import { withArchive } from '../archiveFile.ts';
import { filesAt } from '../files.ts';
import { checkFree, writeBlob } from '../output.ts';
import { openService, untold } from '../service.ts';

interface Condensed {
  file: string;
  samples: number;
  trainRecords: number;
  target: string;
  beta: number;
}

export const condense: Command = {
  usage: 'condense X.dmla -o samples.csv [--target COLUMN] [--beta N]',
  purpose: 'Writes the condensed samples of the training records, with their weights, as .csv or .parquet.',
  details: ['What is not said is taken from the experiment that the archive carries.'],
  options: { ...WRITES, 'any-size': 'flag' },
  async run(asked, { pulse }): Promise<Condensed> {
    const output = outputOf(asked);
    const form = extname(output).toLowerCase();
    if (form !== '.csv' && form !== '.parquet')
      throw new UsageError(`Samples are written as .csv or .parquet, not as ${basename(output)}.`);
    const isForced = asked.flags.has('force');
    checkFree(output, isForced);
    const path = onlyFile(asked);
    const anySize = asked.flags.has('any-size');
    if (await withArchive(path, anySize, isImageArchive))
      throw new LabError('ARCHIVE_HOLDS_IMAGES', 'Pictures have no condensed samples; draw some by sample.');
    const [{ file }] = await filesAt([path]);
    const service = openService();
    const listing = await service.importArchive({ file, anySize }, pulse, untold);
    const source = { kind: 'archive', id: listing.id } as const;
    const summary = await service.openDataset({ source }, pulse, untold);
    const wanted: ExperimentSettings = { ...listing.settings, ...asked.experiment.settings };
    const { settings, isTargetWrong } = fittingSettings(wanted, summary);
    if (settings.target === null || isTargetWrong)
      throw new LabError(
        'TARGET_UNKNOWN',
        wanted.target === null
          ? 'The archive names no target; say it by --target.'
          : `“${wanted.target}” cannot be predicted.`,
      );
    const format = form === '.csv' ? 'csv' : 'parquet';
    const made = await service.exportSamples({ source, settings, format }, pulse, untold);
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
