import { memo, type RefObject } from 'react';
import type { TrainingRun } from '../../../contracts/training.ts';
import { download } from '../../../platform/download.ts';
import { Button, DownloadIcon } from '../../../ui/controls/index.ts';
import { fileStem } from '../../fileStem.ts';
import { useLab } from '../../useLab.ts';
import { epochsCsv, runJson } from './runFiles.ts';
import { runTitle } from './runWords.ts';

interface RunActionsProps {
  id: string;
  /** The run as it stands when it is saved: it may change many times before. */
  run: RefObject<TrainingRun | null>;
  canSave: boolean;
  hasLog: boolean;
}

/** Saves the network of a run, and its log. */
export const RunActions = memo(function RunActions({ id, run, canSave, hasLog }: RunActionsProps) {
  const exportModel = useLab((lab) => lab.exportModel);
  const save = (kind: 'json' | 'csv'): void => {
    const { current } = run;
    if (current === null) return;
    const file = `${fileStem(current.datasetName)}-${fileStem(runTitle(current.settings))}.${kind}`;
    if (kind === 'json') download(file, runJson(current, __APP_VERSION__), 'application/json');
    else download(file, epochsCsv(current), 'text/csv');
  };
  return (
    <>
      <Button icon={<DownloadIcon />} isDisabled={!canSave} onPress={() => void exportModel(id)}>
        Save the network
      </Button>
      <Button icon={<DownloadIcon />} isDisabled={!hasLog} onPress={() => save('json')}>
        Log as JSON
      </Button>
      <Button icon={<DownloadIcon />} isDisabled={!hasLog} onPress={() => save('csv')}>
        Epochs as CSV
      </Button>
    </>
  );
});
