import type { TrainingRun } from '../../../contracts/training.ts';
import { Stat, Stats } from '../../../ui/controls/index.ts';
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatPlural,
  formatSeconds,
  formatValue,
} from '../../../ui/format.ts';
import { fidelityWords } from '../../../ui/pictures/words.ts';
import { latestTest } from '../../training/leading.ts';
import { secondsPerEpoch } from '../../training/results.ts';
import { BACKEND_LABELS } from './trainingChoices.ts';
import { accuracyWords } from './runWords.ts';

/** The headline numbers of a run that has begun. */
export function RunStats({ run }: { run: TrainingRun }) {
  const { facts, bytes, epochs, backend } = run;
  const test = latestTest(run);
  const perEpoch = secondsPerEpoch(run);
  const last = epochs.at(-1);
  return (
    <Stats isWide>
      <Stat
        label="Test accuracy"
        value={test === null ? '–' : accuracyWords(test.accuracy)}
        note={
          test === null
            ? 'not evaluated yet'
            : `after epoch ${formatCount(test.epoch)}, test loss ${formatValue(test.loss, 3)}${
                facts === null ? '' : `, ${formatPlural(facts.testRecords, 'test picture')}`
              }`
        }
      />
      <Stat
        label="Training accuracy"
        value={last === undefined ? '–' : accuracyWords(last.trainAccuracy)}
        note={
          last === undefined ? undefined : `in epoch ${formatCount(last.epoch)}, as the pictures were seen`
        }
      />
      <Stat
        label="Time of an epoch"
        value={perEpoch === null ? '–' : formatSeconds(perEpoch)}
        note="fetching and training, without evaluation"
      />
      {facts !== null && (
        <>
          <Stat
            label="Training data in memory"
            value={formatPercent(bytes.total / facts.rawBytes)}
            tone="analytics"
            note={`${formatBytes(bytes.total)} at most, of the raw set’s ${formatBytes(facts.rawBytes)}`}
          />
          <Stat
            label="Different pictures read"
            value={formatPercent(run.distinctRecords / facts.trainRecords)}
            note={`${formatCount(run.distinctRecords)} of ${formatPlural(facts.trainRecords, 'training picture')}`}
          />
          <Stat
            label="Archive"
            value={facts.storageRatio === null ? '–' : formatPercent(facts.storageRatio)}
            note={
              facts.storageRatio === null
                ? 'none takes part'
                : `of the raw training pixels${facts.fidelity === null ? '' : `; ${fidelityWords(facts.fidelity)}`}`
            }
          />
        </>
      )}
      <Stat
        label="On the device"
        value={formatBytes(run.tensorBytes)}
        note={`of tensors at most, ${formatCount(run.tensors)} alive between epochs; test pictures ${formatBytes(run.testBytes)}`}
      />
      {backend !== null && (
        <Stat
          label="Backend"
          value={<span className="run-backend">{BACKEND_LABELS[backend.name]}</span>}
          note={`${backend.device}${backend.forced ? ', asked for' : ''}; ${formatPlural(run.parameters, 'parameter')}`}
        />
      )}
    </Stats>
  );
}
