import { MOST_TAUS } from '../../../contracts/imageSweep.ts';
import {
  CODEC_METAS,
  hasBases,
  NEAR_LOSSLESS,
  REPRESENTATION_METAS,
  TRANSFORM_METAS,
} from '../../../contracts/plugins.ts';
import { IMAGE_SETTINGS } from '../../../contracts/settings.ts';
import { CheckboxGroup, NumberField } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { RangeField } from '../RangeField.tsx';

const TABLES = [
  { value: 'class', label: 'A base table for every class' },
  { value: 'all', label: 'One table for all' },
];

/** What the sweep compares. */
export function ImageSweepControls() {
  const { plan, codec, running, planImageSweep, trainRecords } = useLabParts((lab) => ({
    codec: lab.images.settings.codec,
    plan: lab.images.sweep.plan,
    running: lab.images.sweep.status === 'running',
    planImageSweep: lab.planImageSweep,
    trainRecords: lab.images.dataset.value?.classes.reduce((sum, { train }) => sum + train, 0) ?? null,
  }));
  // Pixels alone have no sign to write.
  const isPlain = plan.transforms.every((name) => TRANSFORM_METAS.find(name)?.usesRepresentation === false);
  const most = trainRecords ?? plan.limit;
  return (
    <>
      <CheckboxGroup
        label="Transforms"
        value={plan.transforms}
        options={TRANSFORM_METAS.all.map(({ name, label, isLossless }) => ({
          value: name,
          label,
          description: isLossless ? 'Lossless.' : NEAR_LOSSLESS,
        }))}
        isDisabled={running}
        onChange={(chosen) =>
          planImageSweep({
            transforms: TRANSFORM_METAS.names.filter((name) => chosen.includes(name)),
          })
        }
        hint={
          CODEC_METAS.find(codec)?.takesPixels === true
            ? 'Without effect: the codec takes pixels as they are, and is measured once.'
            : 'What the codec sees: pixels or frequencies.'
        }
      />
      <CheckboxGroup
        label="Signed values as bits"
        value={plan.representations}
        options={REPRESENTATION_METAS.all.map(({ name, label }) => ({ value: name, label }))}
        isDisabled={running || isPlain}
        onChange={(chosen) =>
          planImageSweep({
            representations: REPRESENTATION_METAS.names.filter((name) => chosen.includes(name)),
          })
        }
        hint="For frequencies; pixels as they are need none and are measured once."
      />
      <RangeField
        label="Plateau threshold τ"
        hint={
          hasBases(codec)
            ? 'Steps of the base search without a gain before it stops: 4, 16, 64.'
            : 'Without effect: the codec has no bases to search for, and is measured once.'
        }
        values={plan.taus}
        limits={{ name: 'τ', ...IMAGE_SETTINGS.of('tau'), count: MOST_TAUS }}
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
        hint={
          hasBases(codec)
            ? 'Whether pictures share bases within their class or with all others.'
            : 'The codec has no bases: pictures are only kept class by class, or together.'
        }
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
