import type { CondensedImages } from '../../../contracts/images.ts';
import { IMAGE_SETTINGS } from '../../../contracts/settings.ts';
import { Button, DiceIcon, NumberField, Slider } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import { BETA, SEED } from '../../settings/controls.ts';
import { Governed } from '../../settings/Governed.tsx';
import { useLabParts } from '../../useLab.ts';

const SETTING = IMAGE_SETTINGS.of('seed');

/** Draws the sample that is shown: the next one, or that of a seed. */
export function RandomSampleControls() {
  const { drawSample, seed, isReady, isRunning } = useLabParts((lab) => ({
    drawSample: lab.drawSample,
    seed: lab.images.settings.seed,
    isReady: lab.images.archive.value?.stored === true,
    isRunning: lab.images.sample.status === 'running',
  }));
  return (
    <Governed control={SEED}>
      <div className="sample-controls">
        <Button icon={<DiceIcon />} isDisabled={!isReady || isRunning} onPress={() => void drawSample()}>
          Draw a fresh sample
        </Button>
        <NumberField
          label={SETTING.label}
          value={seed}
          min={SETTING.min}
          max={SETTING.max}
          format={{ useGrouping: false }}
          onChange={(next) => void drawSample({ seed: next })}
          hint="Another seed with every draw; the same seed always draws the same pictures."
        />
      </div>
    </Governed>
  );
}

/** How many clusters the condensed pictures are the means of. */
export function CondensedControls({ condensed }: { condensed: CondensedImages }) {
  const { beta, change } = useLabParts((lab) => ({
    beta: lab.images.settings.beta,
    change: lab.changeImages,
  }));
  const most = Math.max(1, condensed.maxBeta);
  return (
    <Governed control={BETA}>
      <div className="sample-beta">
        <Slider
          label={IMAGE_SETTINGS.of('beta').label}
          value={Math.min(beta, most)}
          min={1}
          max={most}
          onChange={(next) => change({ beta: next })}
          hint={`More bits, more means: ${formatPlural(condensed.samples, 'condensed picture')} at β = ${formatCount(condensed.beta)}.`}
          more={
            <p>
              The top bit of every pixel comes before the next of any, those of the highest entropy first.
              Pictures of a class that agree on the first β bits form a cluster.
            </p>
          }
        />
      </div>
    </Governed>
  );
}
