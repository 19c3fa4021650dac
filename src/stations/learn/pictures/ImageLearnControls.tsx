import { TRAINING_SETTINGS, usesFraction } from '../../../contracts/training.ts';
import { Button, DiceIcon, Select } from '../../../ui/controls/index.ts';
import { OF_TRAINING } from '../../settings/homes.ts';
import { SettingControl, SettingsOn } from '../../settings/SettingControl.tsx';
import { useLabParts } from '../../useLab.ts';
import { BackendControl } from './BackendControl.tsx';
import { fractionOptions } from './fractions.ts';
import { MethodOptions } from './MethodOptions.tsx';
import { MoreSettings } from './MoreSettings.tsx';
import { NetworkControl, WidthControl } from './NetworkControl.tsx';
import { hasWidth, methodWords, nextSeed } from './trainingChoices.ts';

/** What the next run is: network, method, share, epochs, seed, and all that is usually left alone. */
export function ImageLearnControls() {
  const { network, method, hasRawPixels } = useLabParts((lab) => ({
    network: lab.images.training.settings.network,
    method: lab.images.training.settings.method,
    hasRawPixels: lab.images.source?.kind !== 'archive',
  }));
  return (
    <>
      <SettingsOn
        home={OF_TRAINING}
        panel="learn"
        own={{
          network: <NetworkControl />,
          width: hasWidth(network) ? <WidthControl /> : null,
          method: (
            <>
              <SettingControl home={OF_TRAINING} name="method" hint={methodWords(method, hasRawPixels)} />
              <MethodOptions key={method} method={method} />
            </>
          ),
          fraction: <FractionControl />,
          seed: <SeedControl />,
        }}
      />
      <MoreSettings />
      <BackendControl />
    </>
  );
}

/** The share of an epoch: of a method that sees every picture it is all of them. */
function FractionControl() {
  const { method, fraction, planTraining } = useLabParts((lab) => ({
    method: lab.images.training.settings.method,
    fraction: lab.images.training.settings.fraction,
    planTraining: lab.planTraining,
  }));
  const isFull = !usesFraction(method);
  const shown = isFull ? 1 : fraction;
  return (
    <Select
      label={TRAINING_SETTINGS.of('fraction').label}
      value={String(shown)}
      options={fractionOptions(shown)}
      isDisabled={isFull}
      onChange={(next) => planTraining({ fraction: Number(next) })}
      hint={isFull ? 'Full training sees all of them.' : 'How many of them an epoch sees.'}
    />
  );
}

function SeedControl() {
  const { seed, planTraining } = useLabParts((lab) => ({
    seed: lab.images.training.settings.seed,
    planTraining: lab.planTraining,
  }));
  return (
    <div className="train-seed">
      <SettingControl home={OF_TRAINING} name="seed" />
      <Button icon={<DiceIcon />} onPress={() => planTraining({ seed: nextSeed(seed) })}>
        Any
      </Button>
    </div>
  );
}
