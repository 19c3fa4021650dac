/** The experiment that an archive of a table carries, with what the command line says otherwise. */
import type { DatasetSource, DatasetSummary, ExperimentSettings } from '../src/contracts/codec.ts';
import { fittingSettings } from '../src/contracts/tableFitting.ts';
import { LabError } from '../src/core/errors.ts';
import { isImageArchive } from '../src/core/images/archive/read.ts';
import type { Pulse } from '../src/core/pulse.ts';
import type { HostedService } from '../src/platform/codecHost.ts';
import { withArchive } from './archiveFile.ts';
import type { Arguments } from './arguments.ts';
import { onlyFile } from './command.ts';
import { filesAt } from './files.ts';
import { openService, untold } from './service.ts';

export interface Experiment {
  service: HostedService;
  source: DatasetSource;
  summary: DatasetSummary;
  settings: ExperimentSettings & { target: string };
}

/** @throws ARCHIVE_HOLDS_IMAGES, TARGET_UNKNOWN, COLUMN_UNKNOWN, and what taking an archive in throws */
export async function openExperiment(asked: Arguments, pulse: Pulse): Promise<Experiment> {
  const path = onlyFile(asked);
  const anySize = asked.flags.has('any-size');
  if (await withArchive(path, anySize, isImageArchive))
    throw new LabError('ARCHIVE_HOLDS_IMAGES', 'Pictures have no condensed samples; draw some by sample.');
  const [{ file }] = await filesAt([path]);
  const { service } = openService();
  const listing = await service.importArchive({ file, anySize }, pulse, untold);
  const source = { kind: 'archive', id: listing.id } as const;
  const summary = await service.openDataset({ source }, pulse, untold);
  const wanted: ExperimentSettings = { ...listing.settings, ...asked.experiment.settings };
  const { settings, unknown, isTargetWrong } = fittingSettings(wanted, summary);
  const { target } = settings;
  if (target === null || isTargetWrong)
    throw new LabError(
      'TARGET_UNKNOWN',
      wanted.target === null
        ? 'The archive names no target; say it by --target.'
        : `“${wanted.target}” cannot be predicted.`,
    );
  if (unknown.length > 0)
    throw new LabError('COLUMN_UNKNOWN', `The table has no feature called ${unknown.join(', ')}.`);
  return { service, source, summary, settings: { ...settings, target } };
}
