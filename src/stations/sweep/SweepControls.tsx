import { useState } from 'react';
import { SETTING_RANGES, SWEEP_LIMITS } from '../../contracts/link.ts';
import { Button, Disclosure, Notice, NumberField, PlayIcon, ProgressLine } from '../../ui/controls/index.ts';
import { formatCount, formatPlural, formatSeconds } from '../../ui/format.ts';
import type { Lab } from '../lab.ts';
import { useLab, useLabParts } from '../useLab.ts';
import { RangeField } from './RangeField.tsx';
import { estimateSeconds } from './summary.ts';

/** Most splits that are asked for by number alone. */
const MOST_SPLITS = 20;
/** Upper end of β while the bits have not been counted. */
const UNKNOWN_MOST = 64;

/** What the sweep is over. */
export function SweepControls() {
  const { plan, running, planSweep } = useLabParts((lab) => ({
    plan: lab.sweep.plan,
    running: lab.sweep.status === 'running',
    planSweep: lab.planSweep,
  }));
  const most = useLab(mostBits);
  return (
    <>
      <RangeField
        label="Values of β"
        hint="A list or a range: 5, 8, 13 or 8..20 or 8..20 step 4."
        values={plan.betas}
        limits={{ name: 'β', min: 1, max: most, count: SWEEP_LIMITS.betas }}
        isDisabled={running}
        onChange={(betas) => planSweep({ betas })}
      />
      <SplitsField isDisabled={running} />
    </>
  );
}

/** Starts the sweep, shows how far it is, and says what it does. */
export function SweepRun() {
  const { sweep, runSweep, cancelSweep, ready } = useLabParts((lab) => ({
    sweep: lab.sweep,
    runSweep: lab.runSweep,
    cancelSweep: lab.cancelSweep,
    ready: lab.dataset.value !== null && lab.settings.target !== null,
  }));
  const most = useLab(mostBits);
  const estimate = useLab(estimateOf);
  const { plan, status } = sweep;
  const running = status === 'running';
  const runs = plan.splits.length * (plan.betas.length + 1);
  const tooLarge = plan.betas.some((beta) => beta > most);
  return (
    <>
      <div className="field sweep-run">
        {running ? (
          <ProgressLine progress={sweep.progress} label="Sweeping" onCancel={cancelSweep} />
        ) : (
          <Button
            variant="primary"
            icon={<PlayIcon />}
            isDisabled={!ready || tooLarge || plan.betas.length === 0 || plan.splits.length === 0}
            onPress={() => void runSweep()}
          >
            Run {formatPlural(runs, 'training')}
          </Button>
        )}
        <p className="field-hint">
          {formatCount(plan.betas.length)} β and full training on {formatPlural(plan.splits.length, 'split')}.{' '}
          {estimate === null
            ? 'The time can be estimated once full gradient descent has run in Learn.'
            : `About ${formatSeconds(estimate)} in this browser.`}
        </p>
      </div>
      <div className="field">
        <Notice>
          <p>
            A sweep runs in memory: it writes no archives, and its results go when the page is closed. Export
            them.
          </p>
        </Notice>
        <Disclosure about="what runs">
          <p>
            For every split the records are divided anew into training and test records. Full training runs
            once per split; every β then condenses the same training records and trains on the means, by
            gradient descent and in closed form.
          </p>
          <p>
            A ratio is taken within a split, condensed ÷ full, and then averaged over the splits; error bars
            are one standard deviation.
          </p>
          <p>
            Runs go side by side on the processor’s cores. Their times compare with each other; a single run
            in Learn may be faster.
          </p>
        </Disclosure>
      </div>
    </>
  );
}

/** How many splits, or, behind the disclosure, which ones. */
function SplitsField({ isDisabled }: { isDisabled: boolean }) {
  const { splits, planSweep } = useLabParts((lab) => ({
    splits: lab.sweep.plan.splits,
    planSweep: lab.planSweep,
  }));
  const [named, setNamed] = useState(() => splits.some((split, k) => split !== k + 1));
  return (
    <div className="field sweep-splits">
      {named ? (
        <RangeField
          label="Splits by seed"
          hint="Each seed divides the records in its own way: 1..5 or 3, 7."
          values={splits}
          limits={{ name: 'a split', ...SETTING_RANGES.split, count: SWEEP_LIMITS.splits }}
          isDisabled={isDisabled}
          onChange={(next) => planSweep({ splits: next })}
        />
      ) : (
        <NumberField
          label="Number of splits"
          value={splits.length}
          min={1}
          max={MOST_SPLITS}
          isDisabled={isDisabled}
          hint="Each divides the records anew; more splits make the error bars trustworthy."
          onChange={(count) => planSweep({ splits: Array.from({ length: count }, (_, k) => k + 1) })}
        />
      )}
      <Button variant="quiet" isDisabled={isDisabled} onPress={() => setNamed(!named)}>
        {named ? 'Only their number' : 'Name the splits by seed'}
      </Button>
    </div>
  );
}

/** The largest β that the bits allow. */
function mostBits({ bits }: Lab): number {
  return Math.min(bits.value?.order.length ?? UNKNOWN_MOST, SETTING_RANGES.beta.max);
}

/** Seconds that the planned sweep may take, from the last full descent, or null. */
function estimateOf({ learn, bits, archive, sweep, settings }: Lab): number | null {
  const full = learn.full.descent.value;
  if (full === null || bits.value === null || full.iteration === 0) return null;
  const iterations = full.stop === 'running' ? settings.iterations : full.iteration;
  return estimateSeconds({
    betas: sweep.plan.betas,
    splits: sweep.plan.splits.length,
    fullSeconds: (full.seconds / full.iteration) * iterations,
    encodeSeconds: archive.value?.encodeSeconds ?? 0,
    trainRows: bits.value.trainRows,
    condensedSamples: bits.value.condensedSamples,
  });
}
