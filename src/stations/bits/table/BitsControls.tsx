import type { AnalyticsOrder, BitsReport } from '../../../contracts/codec.ts';
import { CODEC_METAS, condenserOf, hasBases } from '../../../contracts/plugins.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { Button, Notice, NumberField, Slider, usePhone } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import { withTerms } from '../../../ui/glossary/withTerms.tsx';
import { OF_TABLE } from '../../settings/homes.ts';
import { SettingControl, SettingsOn } from '../../settings/SettingControl.tsx';
import { useLab, useLabParts } from '../../useLab.ts';
import { clampBeta, largestBeta } from './analyticsOrder.ts';

/** The choices that decide which records are condensed into one sample. */
export function BitsControls({ bits }: { bits: BitsReport | null }) {
  const { isClusters, order } = useLabParts(({ settings }) => ({
    isClusters: condenserOf(settings) === 'clusters',
    order: settings.order,
  }));
  const isPhone = usePhone();
  return (
    <SettingsOn
      home={OF_TABLE}
      panel="bits"
      own={{
        condenser: <CondenserControl />,
        beta: (
          <>
            {!isPhone && <BetaSlider bits={bits} />}
            <BetaNumber bits={bits} />
          </>
        ),
        ...(isClusters
          ? {
              targetInClusters: <TargetControl />,
              ...(order !== 'random' && { seed: null }),
            }
          : { order: <OwnBases bits={bits} />, seed: null, code: null, targetInClusters: null }),
      }}
    />
  );
}

/** β as it can be chosen: which bits can split records follows from what is predicted. */
function useBeta(bits: BitsReport | null) {
  const { settings, asksTarget, change } = useLabParts((lab) => ({
    settings: lab.settings,
    asksTarget: lab.asksTarget,
    change: lab.change,
  }));
  // Until that is said nothing can be chosen.
  const shown = asksTarget ? null : bits;
  const most = shown === null ? Math.max(settings.beta, 1) : largestBeta(shown.order);
  const range = {
    value: clampBeta(settings.beta, most),
    min: Math.min(1, most),
    max: most,
    isDisabled: shown === null,
    onChange: (next: number) => change({ beta: next }),
  };
  return { settings, asksTarget, shown, range };
}

/** β, dragged, with what it comes to. */
export function BetaSlider({ bits }: { bits: BitsReport | null }) {
  const { settings, shown, range } = useBeta(bits);
  const isClusters = condenserOf(settings) === 'clusters';
  return (
    <Slider
      {...range}
      label={isClusters ? TABLE_SETTINGS.of('beta').label : 'Base bits β'}
      hint={
        isClusters
          ? withTerms(
              `More analytics bits, ${betaHint(shown, range.value, settings.order)} Training then costs more and comes closer to training on every record.`,
              { 'analytics bits': 'analyticsBit', β: 'beta' },
            )
          : `More bits, ${betaHint(shown, range.value, 'layered')}`
      }
      {...(!isClusters && {
        more: (
          <>
            <p>
              Records that agree on the first β bits that the codec would put into its base share a base. Each
              base is one condensed sample, its number of records the sample’s weight.
            </p>
            <p>
              A larger β makes more and smaller groups: training costs more and comes closer to training on
              every record.
            </p>
          </>
        ),
      })}
    />
  );
}

function BetaNumber({ bits }: { bits: BitsReport | null }) {
  const { asksTarget, shown, range } = useBeta(bits);
  return (
    <NumberField
      {...range}
      label="β as a number"
      hint={
        shown === null
          ? asksTarget
            ? 'It can be chosen once you say what should be predicted.'
            : 'How many bits split the records.'
          : range.max === 0
            ? 'No bit of a feature can split the records.'
            : `From 1 to ${formatCount(range.max)}, the bits that can split records.`
      }
    />
  );
}

const isOfBases = (condenser: string): boolean => condenser.startsWith('bases');

/** What the samples are made of; "own" says what the codec brings. */
function CondenserControl() {
  const { name, condenser, chosenKind, sharesBases } = useLabParts(({ settings }) => ({
    name: settings.codec,
    sharesBases: hasBases(settings.codec),
    chosenKind: settings.condenser,
    condenser: condenserOf(settings),
  }));
  const codec = CODEC_METAS.find(name);
  const { choices } = TABLE_SETTINGS.of('condenser');
  const chosen = (value: string | undefined) => choices.find((choice) => choice.value === value);
  const own = chosen(codec?.condenser)?.label.toLowerCase() ?? 'its own';
  return (
    <SettingControl
      home={OF_TABLE}
      name="condenser"
      hint={
        sharesBases || !isOfBases(chosenKind)
          ? chosen(condenser)?.description
          : 'This codec has no bases: records are clustered on analytics bits instead.'
      }
      options={(options) =>
        options
          .filter(({ value }) => sharesBases || !isOfBases(value) || value === chosenKind)
          .map((option) =>
            option.value === 'own' ? { ...option, description: `${codec?.label ?? name}: ${own}.` } : option,
          )
      }
    />
  );
}

/** Where the samples are the codec's bases, its search gives the order; β may follow it. */
function OwnBases({ bits }: { bits: BitsReport | null }) {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const most = bits === null ? 0 : largestBeta(bits.order);
  const beta = clampBeta(settings.beta, most);
  const ownBits = bits?.ownBits ?? null;
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

/** Of a number, whether its bits split records; of classes, whether each is clustered by itself. */
function TargetControl() {
  const isClasses = useLab(({ dataset, settings }) => {
    const target = dataset.value?.columns.find(({ name }) => name === settings.target);
    return (
      settings.model === 'logistic' || (settings.model === 'auto' && target?.targetTask === 'classification')
    );
  });
  return (
    <SettingControl
      home={OF_TABLE}
      name="targetInClusters"
      {...(isClasses && {
        label: 'Cluster each class by itself',
        hint: 'Keeps records of different classes in different samples. Small classes weigh more then: balanced accuracy rises at the cost of accuracy.',
      })}
    />
  );
}

function betaHint(bits: BitsReport | null, beta: number, order: AnalyticsOrder): string {
  const rule = 'more condensed samples';
  if (bits === null) return `${rule}.`;
  const now = formatCount(bits.condensedSamples[beta]);
  if (order === 'pool') return `${rule}: ${now} now.`;
  const further = Math.min(largestBeta(bits.order), beta + 7);
  const then = further > beta ? `, ${formatCount(bits.condensedSamples[further])} at β = ${further}` : '';
  return `${rule}: ${now} now${then}.`;
}
