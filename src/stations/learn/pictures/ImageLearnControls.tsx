import { TRAINING_RANGES } from '../../../contracts/training.ts';
import { Button, DiceIcon, NumberField, Select } from '../../../ui/controls/index.ts';
import { usesFraction } from '../../training/plan.ts';
import { useLabParts } from '../../useLab.ts';
import { BackendControl } from './BackendControl.tsx';
import { fractionOptions } from './fractions.ts';
import { MoreSettings } from './MoreSettings.tsx';
import { NetworkControl } from './NetworkControl.tsx';
import { methodOptions, methodWords, nextSeed } from './trainingChoices.ts';

/** What the next run is: network, method, share, epochs, seed, and all that is usually left alone. */
export function ImageLearnControls() {
  const { settings, planTraining, hasRawPixels } = useLabParts((lab) => ({
    settings: lab.images.training.settings,
    planTraining: lab.planTraining,
    hasRawPixels: lab.images.source?.kind !== 'archive',
  }));
  const isFull = !usesFraction(settings.method);
  return (
    <>
      <NetworkControl />
      <Select
        label="Method"
        value={settings.method}
        options={methodOptions()}
        onChange={(method) => planTraining({ method })}
        hint={methodWords(settings.method, hasRawPixels)}
        more={
          <>
            <p>
              Random and dreaMLearning differ only in where their pixels come from. Random keeps every raw
              pixel in memory to pick from; dreaMLearning reads a share of the archive and holds little more
              than that share.
            </p>
            <p>
              The fixed methods never see anything but their first share: beside the fresh ones they show what
              the refreshing does.
            </p>
          </>
        }
      />
      <Select
        label="Share of the training pictures"
        value={String(isFull ? 1 : settings.fraction)}
        options={fractionOptions(isFull ? 1 : settings.fraction)}
        isDisabled={isFull}
        onChange={(next) => planTraining({ fraction: Number(next) })}
        hint={isFull ? 'Full training sees all of them.' : 'How many of them an epoch sees.'}
      />
      <NumberField
        label="Epochs"
        value={settings.epochs}
        min={TRAINING_RANGES.epochs.min}
        max={TRAINING_RANGES.epochs.max}
        onChange={(epochs) => planTraining({ epochs })}
        hint="Passes over the share that an epoch is given."
        more={
          <p>
            An epoch is one pass over the share that it has been given, here not over the whole set. The paper
            trains for 100 epochs on MNIST and for 200 on CIFAR; the rate falls to 0 over as many as are set.
          </p>
        }
      />
      <div className="train-seed">
        <NumberField
          label="Seed"
          value={settings.seed}
          min={TRAINING_RANGES.seed.min}
          max={TRAINING_RANGES.seed.max}
          format={{ useGrouping: false }}
          onChange={(seed) => planTraining({ seed })}
          hint="Draws the first weights, the shares and their order: the same seed, the same run."
        />
        <Button icon={<DiceIcon />} onPress={() => planTraining({ seed: nextSeed(settings.seed) })}>
          Any
        </Button>
      </div>
      <MoreSettings />
      <BackendControl />
    </>
  );
}
