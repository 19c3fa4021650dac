import { SETTING_RANGES } from '../../../contracts/link.ts';
import { NumberField, Slider } from '../../../ui/controls/index.ts';
import { formatCount, formatPercent } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { classShares } from './balance.ts';

/** What is decided about the pictures before they are compressed: the split, where they do not bring their own. */
export function ImageControls() {
  const { dataset, settings, change } = useLabParts((lab) => ({
    dataset: lab.images.dataset.value,
    settings: lab.images.settings,
    change: lab.changeImages,
  }));
  if (dataset === null) return null;
  const shares = classShares(dataset, settings);
  const test = shares.reduce((sum, share) => sum + share.test, 0);
  if (dataset.split === 'given') {
    return (
      <div className="field">
        <p className="field-label">Training and test</p>
        <p className="field-hint">
          The dataset brings its own split: {formatCount(dataset.records - test)} training and{' '}
          {formatCount(test)} test pictures. It can be read without it under “How they were read”.
        </p>
      </div>
    );
  }
  return (
    <>
      <Slider
        label="Test share"
        value={Math.round(settings.testFraction * 100)}
        min={SETTING_RANGES.testFraction.min * 100}
        max={SETTING_RANGES.testFraction.max * 100}
        step={5}
        format={(value) => formatPercent(value / 100, 0)}
        onChange={(value) => change({ testFraction: value / 100 })}
        hint={`${formatCount(test)} of ${formatCount(dataset.records)} pictures are kept for testing, the same share of every class.`}
      />
      <NumberField
        label="Split seed"
        value={settings.split}
        min={SETTING_RANGES.split.min}
        max={SETTING_RANGES.split.max}
        step={1}
        format={{ useGrouping: false }}
        onChange={(split) => change({ split })}
        hint="Which pictures are test pictures; the same seed picks the same ones."
      />
    </>
  );
}
