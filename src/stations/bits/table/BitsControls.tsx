import type {
  AnalyticsCode,
  AnalyticsOrder,
  BitsReport,
  Condenser,
  ExperimentSettings,
} from '../../../contracts/codec.ts';
import { CODEC_METAS, condenserOf } from '../../../contracts/plugins.ts';
import { SETTING_RANGES } from '../../../contracts/link.ts';
import {
  Button,
  Notice,
  NumberField,
  RadioGroup,
  Select,
  Slider,
  Switch,
} from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { clampBeta, largestBeta } from './analyticsOrder.ts';

const ORDERS: readonly { value: AnalyticsOrder; label: string; description: string }[] = [
  {
    value: 'layered',
    label: 'MSBs first, then entropy',
    description: 'Every column’s first bit, then every second bit, each layer by falling entropy.',
  },
  {
    value: 'pool',
    label: 'Pool of MSBs, by entropy',
    description: 'As many leading bits of every column as β asks for, sorted by entropy alone.',
  },
  {
    value: 'descending',
    label: 'Highest entropy first',
    description: 'The most random bits split first, wherever they stand: low bits that say little.',
  },
  {
    value: 'ascending',
    label: 'Lowest entropy first',
    description: 'The steadiest bits split first, so few records are told apart.',
  },
  {
    value: 'random',
    label: 'Random bits',
    description: 'Any bits, by the seed below: what chance alone does.',
  },
];

const CODES: readonly { value: AnalyticsCode; label: string; description: string }[] = [
  {
    value: 'mixed',
    label: 'Stored code, else quantised',
    description: 'Decimal columns use the bits of the archive; ratios and floats a 16-bit copy (≈).',
  },
  {
    value: 'linear',
    label: 'Quantised for every feature',
    description: 'All features are cut into equal steps of their range first.',
  },
];

type Made = Exclude<Condenser, 'own'>;

const CONDENSERS: readonly { value: Made; label: string; description: string }[] = [
  {
    value: 'clusters',
    label: 'Clusters on analytics bits',
    description: 'Records that agree on the first β bits of the order below, as their mean: EntroGeDe.',
  },
  {
    value: 'bases-zero',
    label: 'Bases, deviations zero',
    description: 'The codec’s bases with every deviation bit read as zero: GreedyGD.',
  },
  {
    value: 'bases-mean',
    label: 'Bases, mean deviation',
    description: 'The records of each base as their mean.',
  },
];

/** The choices that decide which records are condensed into one sample. */
export function BitsControls({ bits }: { bits: BitsReport | null }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const most = bits === null ? Math.max(settings.beta, 1) : largestBeta(bits.order);
  const beta = clampBeta(settings.beta, most);
  const condenser = condenserOf(settings);
  const isClusters = condenser === 'clusters';
  return (
    <>
      <CondenserField settings={settings} condenser={condenser} change={change} />
      <Slider
        label={isClusters ? 'Analytics bits β' : 'Base bits β'}
        value={beta}
        min={Math.min(1, most)}
        max={most}
        isDisabled={bits === null}
        onChange={(next) => change({ beta: next })}
        hint={betaHint(bits, beta, isClusters ? settings.order : 'layered')}
        more={
          <>
            <p>
              {isClusters
                ? 'Records that agree on the first β bits of the order form a cluster. The cluster’s mean is one condensed sample, its number of records the sample’s weight, so the weights add up to the training records.'
                : 'Records that agree on the first β bits that the codec would put into its base share a base. Each base is one condensed sample, its number of records the sample’s weight.'}
            </p>
            <p>
              A larger β makes more and smaller clusters: training costs more and comes closer to training on
              every record.
            </p>
          </>
        }
      />
      <NumberField
        label="β as a number"
        value={beta}
        min={Math.min(1, most)}
        max={most}
        isDisabled={bits === null}
        hint={
          bits === null
            ? 'How many bits split the records.'
            : `From 1 to ${formatCount(most)}, the bits that can split records.`
        }
        onChange={(next) => change({ beta: next })}
      />
      {isClusters ? (
        <OrderFields settings={settings} change={change} />
      ) : (
        <OwnBases ownBits={bits?.ownBits ?? null} most={most} beta={beta} change={change} />
      )}
    </>
  );
}

interface FieldsProps {
  settings: ExperimentSettings;
  change: (settings: Partial<ExperimentSettings>) => void;
}

function CondenserField({ settings, condenser, change }: FieldsProps & { condenser: Made }) {
  const made = CONDENSERS.find(({ value }) => value === condenser);
  const codec = CODEC_METAS.find(settings.codec);
  const own = CONDENSERS.find(({ value }) => value === codec?.condenser);
  return (
    <Select
      label="Condensed samples"
      value={settings.condenser}
      options={[
        {
          value: 'own',
          label: 'As the codec has it',
          description: `${codec?.label ?? settings.codec}: ${own?.label.toLowerCase() ?? 'its own'}.`,
        },
        ...CONDENSERS,
      ]}
      onChange={(next) => change({ condenser: next })}
      hint={made?.description}
    />
  );
}

/** Where the samples are the codec's bases, its search gives the order; β may follow it. */
function OwnBases({
  ownBits,
  most,
  beta,
  change,
}: {
  ownBits: number | null;
  most: number;
  beta: number;
  change: FieldsProps['change'];
}) {
  return (
    <div className="field">
      <Notice>
        <p>
          The codec’s search gives the order of these bits, whichever columns they belong to, so that order
          and code cannot be chosen; β counts base bits here.
        </p>
        {ownBits !== null && ownBits >= 1 && ownBits <= most && (
          <p>
            <Button isDisabled={beta === ownBits} onPress={() => change({ beta: ownBits })}>
              Use the archive’s own bases (β = {formatCount(ownBits)})
            </Button>
          </p>
        )}
      </Notice>
    </div>
  );
}

/** The order of the analytics bits and where they are read from: for clusters only. */
function OrderFields({ settings, change }: FieldsProps) {
  const order = ORDERS.find((option) => option.value === settings.order);
  const isClasses = useLab(({ dataset }) => {
    const target = dataset.value?.columns.find(({ name }) => name === settings.target);
    return (
      settings.model === 'logistic' || (settings.model === 'auto' && target?.targetTask === 'classification')
    );
  });
  return (
    <>
      <Select
        label="Order of analytics bits"
        value={settings.order}
        options={ORDERS}
        onChange={(next) => change({ order: next })}
        hint={order?.description}
        more={
          <>
            <p>
              <strong>MSBs first, then entropy</strong> halves the range of every feature before it halves any
              again; that is the order of EntroGeDe.
            </p>
            <p>The others are for comparison: they show what the order itself is worth.</p>
          </>
        }
      />
      {settings.order === 'random' && (
        <NumberField
          label="Seed of the random order"
          value={settings.seed}
          min={0}
          max={SETTING_RANGES.seed.max}
          format={{ useGrouping: false }}
          hint="The same seed always gives the same order."
          onChange={(next) => change({ seed: next })}
        />
      )}
      <RadioGroup
        label="Where bits are read from"
        value={settings.code}
        options={CODES}
        onChange={(next) => change({ code: next })}
        hint="An analytics bit should halve its column’s range."
        more={
          <p>
            The first bits of a floating-point number are its exponent: they separate orders of magnitude, not
            halves of the range. Such columns cluster on a 16-bit linear copy, drawn as a row of its own and
            marked ≈.
          </p>
        }
      />
      <Switch
        label={isClasses ? 'Cluster each class by itself' : 'Target in the clusters'}
        value={settings.targetInClusters}
        onChange={(next) => change({ targetInClusters: next })}
        hint={
          isClasses
            ? 'Keeps records of different classes in different samples. Small classes weigh more then: balanced accuracy rises at the cost of accuracy.'
            : 'Lets the target’s bits split records too; off by default, because it usually raises the test error.'
        }
      />
    </>
  );
}

function betaHint(bits: BitsReport | null, beta: number, order: AnalyticsOrder): string {
  const rule = 'More bits, more condensed samples';
  if (bits === null) return `${rule}.`;
  const now = formatCount(bits.condensedSamples[beta]);
  if (order === 'pool') return `${rule}: ${now} now.`;
  const further = Math.min(largestBeta(bits.order), beta + 7);
  const then = further > beta ? `, ${formatCount(bits.condensedSamples[further])} at β = ${further}` : '';
  return `${rule}: ${now} now${then}.`;
}
