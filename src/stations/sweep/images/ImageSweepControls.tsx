import { REPRESENTATION_CHOICES, TRANSFORM_CHOICES } from '../../../contracts/imageChoices.ts';
import { SETTING_RANGES } from '../../../contracts/link.ts';
import { CheckboxGroup, NumberField } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { RangeField } from '../RangeField.tsx';
import { MOST_TAUS } from '../../../contracts/imageSweep.ts';

const TRANSFORMS = TRANSFORM_CHOICES.map(({ name, label, isLossless }) => ({
  value: name,
  label,
  description: isLossless ? 'Lossless.' : 'Near-lossless: pixels may come back a few levels off.',
}));
const REPRESENTATIONS = REPRESENTATION_CHOICES.map(({ name, label }) => ({ value: name, label }));
const TABLES = [
  { value: 'class', label: 'A base table for every class' },
  { value: 'all', label: 'One table for all' },
];

/** What the sweep compares. */
export function ImageSweepControls() {
  const { plan, running, planImageSweep, trainRecords } = useLabParts((lab) => ({
    plan: lab.images.sweep.plan,
    running: lab.images.sweep.status === 'running',
    planImageSweep: lab.planImageSweep,
    trainRecords: lab.images.dataset.value?.classes.reduce((sum, { train }) => sum + train, 0) ?? null,
  }));
  // Pixels alone have no sign to write.
  const isPlain = plan.transforms.every((name) => name === 'none');
  const most = trainRecords ?? plan.limit;
  return (
    <>
      <CheckboxGroup
        label="Transforms"
        value={plan.transforms}
        options={TRANSFORMS}
        isDisabled={running}
        onChange={(chosen) =>
          planImageSweep({
            transforms: TRANSFORM_CHOICES.map(({ name }) => name).filter((name) => chosen.includes(name)),
          })
        }
        hint="What the codec sees: pixels or frequencies."
      />
      <CheckboxGroup
        label="Signed values as bits"
        value={plan.representations}
        options={REPRESENTATIONS}
        isDisabled={running || isPlain}
        onChange={(chosen) =>
          planImageSweep({
            representations: REPRESENTATION_CHOICES.map(({ name }) => name).filter((name) =>
              chosen.includes(name),
            ),
          })
        }
        hint="For frequencies; pixels as they are need none and are measured once."
      />
      <RangeField
        label="Plateau threshold τ"
        hint="Steps of the base search without a gain before it stops: 4, 16, 64."
        values={plan.taus}
        limits={{ name: 'τ', ...SETTING_RANGES.tau, count: MOST_TAUS }}
        isDisabled={running}
        onChange={(taus) => planImageSweep({ taus })}
      />
      <CheckboxGroup
        label="Base tables"
        value={plan.classWise.map((classWise) => (classWise ? 'class' : 'all'))}
        options={TABLES}
        isDisabled={running}
        onChange={(chosen) =>
          planImageSweep({ classWise: [true, false].filter((is) => chosen.includes(is ? 'class' : 'all')) })
        }
        hint="Whether pictures share bases within their class or with all others."
      />
      <NumberField
        label="Training pictures measured"
        value={Math.min(plan.limit, most)}
        min={1}
        max={most}
        isDisabled={running}
        onChange={(limit) => planImageSweep({ limit })}
        hint={
          trainRecords === null || plan.limit >= trainRecords
            ? 'All of them. Fewer are faster, and share less.'
            : `The first of every class, of ${formatPlural(trainRecords, 'picture')}. More pictures share more: storage falls with their number; ${formatCount(trainRecords)} gives the archive’s own size.`
        }
      />
    </>
  );
}
