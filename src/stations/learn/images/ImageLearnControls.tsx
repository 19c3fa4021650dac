import { SETTING_RANGES } from '../../../contracts/link.ts';
import { Button, DiceIcon, NumberField, Select, Slider } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { useLabParts } from '../../useLab.ts';
import { fractionOptions } from './fractions.ts';

/** Draws the next sample. */
export function DrawButton() {
  const { drawSample, isReady, isRunning } = useLabParts((lab) => ({
    drawSample: lab.drawSample,
    isReady: lab.images.archive.value?.stored === true,
    isRunning: lab.images.sample.status === 'running',
  }));
  return (
    <div className="field learn-image-draw">
      <Button
        variant="primary"
        icon={<DiceIcon />}
        isDisabled={!isReady || isRunning}
        onPress={() => void drawSample()}
      >
        Draw a fresh sample
      </Button>
      <p className="field-hint">Another seed every time, as training does in every epoch.</p>
    </div>
  );
}

/** What is drawn, and how the means beside it are made. */
export function ImageLearnControls() {
  const { settings, fraction, drawSample, change, condensed } = useLabParts((lab) => ({
    settings: lab.images.settings,
    fraction: lab.images.fraction,
    drawSample: lab.drawSample,
    change: lab.changeImages,
    condensed: lab.images.condensed.value,
  }));
  const most = Math.max(1, condensed?.maxBeta ?? settings.beta);
  const beta = Math.min(settings.beta, most);
  return (
    <>
      <Select
        label="Share of the training pictures"
        value={String(fraction)}
        options={fractionOptions(fraction)}
        onChange={(next) => void drawSample({ fraction: Number(next) })}
        hint="How much of the archive one epoch would see."
        more={
          <p>
            Every picture has the same chance, whatever its class. The sample is decoded from its own blocks
            alone; the rest of the archive stays on the disk.
          </p>
        }
      />
      <NumberField
        label="Seed of the sample"
        value={settings.seed}
        min={SETTING_RANGES.seed.min}
        max={SETTING_RANGES.seed.max}
        format={{ useGrouping: false }}
        onChange={(seed) => void drawSample({ seed })}
        hint="The same seed always draws the same pictures."
      />
      <Slider
        label="Analytics bits β"
        value={beta}
        min={1}
        max={most}
        isDisabled={condensed === null}
        onChange={(next) => change({ beta: next })}
        hint={
          condensed === null
            ? 'How many bits split every class into clusters, of which the means are shown.'
            : `More bits, more means: ${formatPlural(condensed.samples, 'condensed picture')} at β = ${formatCount(condensed.beta)}.`
        }
        more={
          <p>
            The first bit of every pixel comes before the second of any, the most random first. Pictures of a
            class that agree on the first β bits form a cluster.
          </p>
        }
      />
    </>
  );
}
