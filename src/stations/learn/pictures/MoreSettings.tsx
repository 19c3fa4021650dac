import { TRAINING_RANGES, type TrainingSettings } from '../../../contracts/training.ts';
import { Disclosure, NumberField, Select, Switch, type Option } from '../../../ui/controls/index.ts';
import { usesFraction } from '../../training/plan.ts';
import { useLabParts } from '../../useLab.ts';

const BATCHES = [16, 32, 64, 128, 256, 512];
const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const MOMENTA = [0, 0.5, 0.8, 0.9, 0.95, 0.99];
const WEIGHT_DECAYS = [0, 1e-5, 1e-4, 5e-4, 1e-3, 5e-3];

const DECAYS: readonly Option<TrainingSettings['decay']>[] = [
  { value: 'cosine', label: 'Half a cosine', description: 'Slowly at both ends, to 0 at the last epoch.' },
  { value: 'none', label: 'None', description: 'The same rate in every epoch.' },
];
const AUGMENTATIONS: readonly Option<TrainingSettings['augment']>[] = [
  { value: 'none', label: 'None', description: 'Pictures as they are: right for digits.' },
  {
    value: 'crop-flip',
    label: 'Crops and flips',
    description: 'Shifted by up to 4 pixels, and half of them mirrored: usual for photographs.',
  },
];
const SAMPLINGS: readonly Option<TrainingSettings['sampling']>[] = [
  { value: 'uniform', label: 'Uniform', description: 'Every picture has the same chance.' },
  { value: 'stratified', label: 'Class by class', description: 'The same share of every class.' },
];

/** The usual numbers and the present one, which a link may have brought. */
function numbersWith(usual: readonly number[], present: number): Option[] {
  return [...new Set([...usual, present])]
    .sort((a, b) => a - b)
    .map((value) => ({ value: String(value), label: String(value) }));
}

/** What the paper fixes and most people leave alone. */
export function MoreSettings() {
  return (
    <div className="field">
      <Disclosure title="More settings" isLate>
        <MoreFields />
      </Disclosure>
    </div>
  );
}

function MoreFields() {
  const { settings, planTraining } = useLabParts((lab) => ({
    settings: lab.images.training.settings,
    planTraining: lab.planTraining,
  }));
  return (
    <div className="train-more">
      <Select
        label="Batch"
        value={String(settings.batch)}
        options={numbersWith(BATCHES, settings.batch)}
        onChange={(next) => planTraining({ batch: Number(next) })}
        hint="Pictures that each step looks at together."
        more={
          <p>
            The last step of an epoch is filled up with pictures that count nothing, so that every step has
            the same shape.
          </p>
        }
      />
      <Select
        label="Learning rate"
        value={String(settings.rate)}
        options={numbersWith(RATES, settings.rate)}
        onChange={(next) => planTraining({ rate: Number(next) })}
        hint="How far the first epoch’s steps go along the gradient."
        more={
          <p>
            Too large a rate makes the loss grow without bound: the run then stops, says so, and keeps its
            last checkpoint.
          </p>
        }
      />
      <Select
        label="Decay of the rate"
        value={settings.decay}
        options={DECAYS}
        onChange={(decay) => planTraining({ decay })}
        hint="How the rate falls from epoch to epoch."
      />
      <Select
        label="Momentum"
        value={String(settings.momentum)}
        options={numbersWith(MOMENTA, settings.momentum)}
        onChange={(next) => planTraining({ momentum: Number(next) })}
        hint="How much of a step’s direction the next one keeps."
      />
      <Switch
        label="Nesterov momentum"
        value={settings.nesterov}
        isDisabled={settings.momentum === 0}
        onChange={(nesterov) => planTraining({ nesterov })}
        hint="Steps look ahead along the direction that they keep."
      />
      <Select
        label="Weight decay"
        value={String(settings.weightDecay)}
        options={numbersWith(WEIGHT_DECAYS, settings.weightDecay)}
        onChange={(next) => planTraining({ weightDecay: Number(next) })}
        hint="How strongly weights are pulled towards 0."
      />
      <Select
        label="Augmentation"
        value={settings.augment}
        options={AUGMENTATIONS}
        onChange={(augment) => planTraining({ augment })}
        hint="What happens to a picture before it is learnt from."
      />
      <Select
        label="Drawing"
        value={settings.sampling}
        options={SAMPLINGS}
        isDisabled={!usesFraction(settings.method)}
        onChange={(sampling) => planTraining({ sampling })}
        hint="How an epoch’s share is drawn."
      />
      <NumberField
        label="Evaluate every … epochs"
        value={settings.evaluateEvery}
        min={TRAINING_RANGES.evaluateEvery.min}
        max={TRAINING_RANGES.evaluateEvery.max}
        onChange={(evaluateEvery) => planTraining({ evaluateEvery })}
        hint="How often the test pictures are looked at; the last epoch always is."
      />
      <Switch
        label="Fetch ahead"
        value={settings.prefetch}
        onChange={(prefetch) => planTraining({ prefetch })}
        hint="The next epoch’s pictures are fetched while this one trains: faster, and twice the pixels in memory."
      />
    </div>
  );
}
