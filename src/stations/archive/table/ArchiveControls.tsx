import { CODEC_METAS } from '../../../contracts/plugins.ts';
import type { Objective, SampleStorage } from '../../../contracts/codec.ts';
import { Select, Slider, Switch, type Option } from '../../../ui/controls/index.ts';
import { formatCount } from '../../../ui/format.ts';
import { pluginOptions } from '../../pluginOptions.ts';
import { useLabParts } from '../../useLab.ts';

const OBJECTIVES: readonly Option<Objective>[] = [
  { value: 'true', label: 'True size', description: 'The bytes of the file, constant bits stored once.' },
  { value: 'equation1', label: 'Equation 1', description: 'The paper’s S, constant bits in every base.' },
];

const STORAGES: readonly Option<SampleStorage>[] = [
  {
    value: 'on-demand',
    label: 'On demand',
    description: 'Only the positions are stored; one pass regenerates them.',
  },
  {
    value: 'stored',
    label: 'Stored',
    description: 'As float64 with their weights, charged at their true size.',
  },
];

/** τ on the slider; a link may bring a larger one. */
const MOST_TAU = 256;

export function ArchiveControls() {
  const { settings, change } = useLabParts((lab) => ({ settings: lab.settings, change: lab.change }));
  const codec = CODEC_METAS.find(settings.codec);
  return (
    <>
      <Select
        label="Codec"
        value={settings.codec}
        options={pluginOptions(CODEC_METAS)}
        onChange={(name) => change({ codec: name })}
        hint={codec?.sentence}
        more={
          <p>
            All of them divide every record’s bits between bases, which records share, and deviations, which
            they keep; they differ in how they choose the bits of the base. Every one is lossless, and any
            record can be read alone.
          </p>
        }
      />
      <Slider
        label="Plateau threshold τ"
        value={Math.min(settings.tau, MOST_TAU)}
        min={1}
        max={MOST_TAU}
        tone="base"
        format={() => formatCount(settings.tau)}
        onChange={(tau) => change({ tau })}
        hint="How many bits in a row may fail to help before the search for the base stops."
        more={
          <p>
            Bits are added to the base one at a time, the most predictable first, and the size is counted
            exactly after each. A larger τ looks further beyond a bump; past the plateau every record gets a
            base of its own and nothing is shared any more.
          </p>
        }
      />
      <Select
        label="Minimise"
        value={settings.objective}
        options={OBJECTIVES}
        onChange={(objective) => change({ objective })}
        hint="What the search for the base makes as small as it can."
      />
      <Switch
        label="Ratios as p / q"
        value={settings.ratio}
        onChange={(ratio) => change({ ratio })}
        hint="Columns of exact ratios, such as means of counts, are stored as two small integers."
        more={
          <p>
            A mean like 3.7142857142857144 is 26 ⁄ 7 and nothing more. Where every value of a column is such a
            ratio, and the division gives back the identical double, p and q need far fewer bits than the 64
            of a float.
          </p>
        }
      />
      <Select
        label="Condensed samples in the archive"
        value={settings.samples}
        options={STORAGES}
        onChange={(samples) => change({ samples })}
        hint="Whether the archive carries them or the recipe for them."
      />
    </>
  );
}
