import { useState } from 'react';
import { TRAINING_GRID_LIMITS } from '../../../contracts/link.ts';
import { METHOD_METAS } from '../../../contracts/methods.ts';
import { TRAINING_SETTINGS, usesFraction, widthOf } from '../../../contracts/training.ts';
import { Button, CheckboxGroup, NumberField } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { networkWords, otherSettings, settingWords } from '../../training/words.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { RangeField } from '../RangeField.tsx';
import { FractionsField } from './FractionsField.tsx';
import { usePlannedNetwork } from './usePlannedNetwork.ts';

const methodOptions = () =>
  METHOD_METAS.all.map(({ name, label, sweepSentence }) => ({
    ...{ value: name, label, description: sweepSentence },
  }));

/** Most seeds that are asked for by number alone. */
const MOST_SEEDS = 20;

/** What is trained: shares × methods × seeds, and with which network. */
export function TrainingSweepControls() {
  const { plan, isBusy, planTrainingSweep } = useLabParts((lab) => ({
    plan: lab.images.training.plan,
    isBusy: lab.images.training.queue.some((id) => lab.images.training.ofSweep.includes(id)),
    planTrainingSweep: lab.planTrainingSweep,
  }));
  const isFullAlone = !plan.methods.some(usesFraction);
  return (
    <>
      <FractionsField
        values={plan.fractions}
        isDisabled={isBusy || isFullAlone}
        onChange={(fractions) => planTrainingSweep({ fractions })}
      />
      <CheckboxGroup
        label="Methods"
        value={plan.methods}
        options={methodOptions()}
        isDisabled={isBusy}
        onChange={(chosen) =>
          planTrainingSweep({ methods: METHOD_METAS.names.filter((method) => chosen.includes(method)) })
        }
        hint="Which pictures an epoch sees, and where their pixels come from."
      />
      <SeedsField isDisabled={isBusy} />
      <NetworkFacts />
    </>
  );
}

/** How many seeds, or, behind the button, which ones. */
function SeedsField({ isDisabled }: { isDisabled: boolean }) {
  const { seeds, planTrainingSweep } = useLabParts((lab) => ({
    seeds: lab.images.training.plan.seeds,
    planTrainingSweep: lab.planTrainingSweep,
  }));
  const [named, setNamed] = useState(() => seeds.some((seed, k) => seed !== k + 1));
  const { min, max } = TRAINING_SETTINGS.of('seed');
  return (
    <div className="field sweep-splits">
      {named ? (
        <RangeField
          label="Seeds"
          hint="Each gives other weights, samples and orders: 1..3 or 3, 7."
          values={seeds}
          limits={{ name: 'a seed', min, max, count: TRAINING_GRID_LIMITS.seeds, whole: true }}
          isDisabled={isDisabled}
          onChange={(next) => planTrainingSweep({ seeds: next })}
        />
      ) : (
        <NumberField
          label="Number of seeds"
          value={seeds.length}
          min={1}
          max={MOST_SEEDS}
          isDisabled={isDisabled}
          hint="Each gives other weights and samples; three and more make the error bars trustworthy."
          onChange={(count) =>
            planTrainingSweep({ seeds: Array.from({ length: Math.round(count) }, (_, k) => k + 1) })
          }
        />
      )}
      <Button variant="quiet" isDisabled={isDisabled} onPress={() => setNamed(!named)}>
        {named ? 'Only their number' : 'Name the seeds'}
      </Button>
    </div>
  );
}

/** The network and the other settings, which are Learn's. */
function NetworkFacts() {
  const settings = useLab((lab) => lab.images.training.settings);
  const methods = useLab((lab) => lab.images.training.plan.methods);
  const goTo = useLab((lab) => lab.goTo);
  const { plan } = usePlannedNetwork();
  const parameters = plan === null ? '' : `, ${formatPlural(plan.parameters, 'parameter')}`;
  return (
    <div className="field training-network">
      <span className="field-label">Network</span>
      <p>
        {networkWords(settings.network, widthOf(settings))}
        {parameters}
      </p>
      <p className="field-hint">
        {otherSettings()
          .filter((name) =>
            methods.some((method) => TRAINING_SETTINGS.decides(name, { ...settings, method })),
          )
          .map((name) => settingWords(name, settings))
          .join(', ')}
        .
      </p>
      <div className="sweep-splits">
        <Button variant="quiet" onPress={() => goTo('learn')}>
          Change them in Learn
        </Button>
      </div>
    </div>
  );
}
