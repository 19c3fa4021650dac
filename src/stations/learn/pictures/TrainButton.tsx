import { Button, PlayIcon } from '../../../ui/controls/index.ts';
import { named } from '../../namedButtons.ts';
import { readsArchive } from '../../training/plan.ts';
import { lackOfRoom } from '../../training/room.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { epochWords } from './trainingChoices.ts';
import { runTitle } from './runWords.ts';
import { useEpoch, usePlannedNetwork } from './useTraining.ts';

/** Makes a run of the settings and plays it. */
export function TrainButton() {
  const { settings, startTraining, isBusy, hasArchive } = useLabParts(({ images, startTraining }) => ({
    settings: images.training.settings,
    startTraining,
    isBusy: images.training.active !== null,
    hasArchive: images.archive.value?.stored === true && !images.archive.stale,
  }));
  const { trainRecords, canTrain } = useEpoch();
  const parameters = usePlannedNetwork()?.plan?.parameters ?? 0;
  const lack = useLab(({ storage }) => lackOfRoom(storage, parameters));
  const needsArchive = readsArchive(settings.method) && !hasArchive;
  return (
    <div className="field train-field">
      <Button
        variant="primary"
        icon={<PlayIcon />}
        isDisabled={!canTrain}
        {...named('train')}
        onPress={() => startTraining()}
      >
        Train
      </Button>
      <p className="field-hint">
        <b>{runTitle(settings)}</b>
        {isBusy && ', after the runs already waiting. '}
        {!isBusy && '. '}
        {trainRecords !== null && epochWords(settings, trainRecords)}
        {canTrain && needsArchive && ' The archive is made first.'}
      </p>
      {canTrain && lack !== null && (
        <p className="field-hint train-lack">
          {lack} This training could not be resumed once the page is closed or reloaded.
        </p>
      )}
    </div>
  );
}
