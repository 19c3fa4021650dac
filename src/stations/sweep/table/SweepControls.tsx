import { useState } from 'react';
import { SWEEP_LIMITS, type SweepAxis } from '../../../contracts/link.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { Button, NumberField } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { AxisControl } from './AxisControl.tsx';
import { RangeField } from '../RangeField.tsx';

/** Most splits that are asked for by number alone. */
const MOST_SPLITS = 20;

/** What the sweep is over. */
export function SweepControls() {
  const { axes, running, planSweep } = useLabParts((lab) => ({
    axes: lab.sweep.plan.axes,
    running: lab.sweep.status === 'running',
    planSweep: lab.planSweep,
  }));
  const [first, second = null] = axes;
  const change = (next: (SweepAxis | null)[]): void =>
    planSweep({ axes: next.filter((axis): axis is SweepAxis => axis !== null) });
  return (
    <>
      <AxisControl
        label="Sweep over"
        hint="What is drawn from left to right."
        axis={first}
        other={second?.name ?? null}
        most={SWEEP_LIMITS.values}
        isDisabled={running}
        onChange={(axis) => change([axis, second])}
      />
      <AxisControl
        label="And over"
        hint="A second setting: a line of its own for each value."
        axis={second}
        other={first.name}
        most={SWEEP_LIMITS.series}
        isOptional
        isDisabled={running}
        onChange={(axis) => change([first, axis])}
      />
      {axes.every(({ name }) => name !== 'split') && <SplitsField isDisabled={running} />}
    </>
  );
}

/** How many splits, or, behind the disclosure, which ones. */
function SplitsField({ isDisabled }: { isDisabled: boolean }) {
  const { splits, isGiven, planSweep } = useLabParts((lab) => ({
    splits: lab.sweep.plan.splits,
    isGiven: lab.dataset.value?.testRows !== undefined,
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
          limits={{ name: 'a split', ...TABLE_SETTINGS.of('split'), count: SWEEP_LIMITS.splits }}
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
          hint={
            isGiven
              ? 'The dataset brings its own test records: every split is the same, and one is enough.'
              : 'Each divides the records anew; more splits make the error bars trustworthy.'
          }
          onChange={(count) => planSweep({ splits: Array.from({ length: count }, (_, k) => k + 1) })}
        />
      )}
      <Button variant="quiet" isDisabled={isDisabled} onPress={() => setNamed(!named)}>
        {named ? 'Only their number' : 'Name the splits by seed'}
      </Button>
    </div>
  );
}
