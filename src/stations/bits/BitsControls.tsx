import type { AnalyticsCode, AnalyticsOrder, BitsReport } from '../../contracts/codec.ts';
import { SETTING_RANGES } from '../../contracts/link.ts';
import { NumberField, RadioGroup, Select, Slider, Switch } from '../../ui/controls/index.ts';
import { formatCount } from '../../ui/format.ts';
import { useLabParts } from '../useLab.ts';
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

/** The choices that decide which records are condensed into one sample. */
export function BitsControls({ bits }: { bits: BitsReport | null }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const most = bits === null ? Math.max(settings.beta, 1) : largestBeta(bits.order);
  const beta = clampBeta(settings.beta, most);
  const order = ORDERS.find((option) => option.value === settings.order);
  return (
    <>
      <Slider
        label="Analytics bits β"
        value={beta}
        min={Math.min(1, most)}
        max={most}
        isDisabled={bits === null}
        onChange={(next) => change({ beta: next })}
        hint={betaHint(bits, beta, settings.order)}
        more={
          <>
            <p>
              Records that agree on the first β bits of the order form a cluster. The cluster’s mean is one
              condensed sample, its number of records the sample’s weight, so the weights add up to the
              training records.
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
        label="Target in the clusters"
        value={settings.targetInClusters}
        onChange={(next) => change({ targetInClusters: next })}
        hint="Lets the target’s bits split records too; off by default, because it usually raises the test error."
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
