import { useState } from 'react';
import { SWEEP_LIMITS, type SweepAxis } from '../../../contracts/link.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { Button, NumberField } from '../../../ui/controls/index.ts';
import { useLabParts } from '../../useLab.ts';
import { AxisControl } from './AxisControl.tsx';
import { RangeField } from '../RangeField.tsx';
import { planWords } from './words.ts';

/** Most splits that are asked for by number alone. */
const MOST_SPLITS = 20;

/** What the sweep is over; while one runs, its plan in words, until someone wants to change it. */
export function SweepControls() {
  const { running, ran } = useLabParts(({ sweep }) => ({
    running: sweep.status === 'running',
    ran: sweep.ran,
  }));
  /** The sweep during which the form was asked for. */
  const [openFor, setOpenFor] = useState<typeof ran>(null);
  if (!running || ran === null) return <PlanForm />;
  if (openFor?.settings !== ran.settings) {
    return (
      <div className="field sweep-folded">
        <p>Runs over {planWords(ran.plan)}.</p>
        <Button variant="quiet" onPress={() => setOpenFor(ran)}>
          Change
        </Button>
      </div>
    );
  }
  return (
    <>
      <p className="field-hint">What is changed here holds for the next sweep.</p>
      <PlanForm />
    </>
  );
}

function PlanForm() {
  const { axes, planSweep } = useLabParts((lab) => ({
    axes: lab.sweep.plan.axes,
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
        onChange={(axis) => change([axis, second])}
      />
      <AxisControl
        label="And over"
        hint="A second setting: a line of its own for each value."
        axis={second}
        other={first.name}
        most={SWEEP_LIMITS.series}
        isOptional
        onChange={(axis) => change([first, axis])}
      />
      {axes.every(({ name }) => name !== 'split') && <SplitsField />}
    </>
  );
}

/** How many splits, or, behind the disclosure, which ones. */
function SplitsField() {
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
          onChange={(next) => planSweep({ splits: next })}
        />
      ) : (
        <NumberField
          label="Number of splits"
          value={splits.length}
          min={1}
          max={MOST_SPLITS}
          hint={
            isGiven
              ? 'The dataset brings its own test records: every split is the same, and one is enough.'
              : 'Each divides the records anew; more splits make the error bars trustworthy.'
          }
          onChange={(count) => planSweep({ splits: Array.from({ length: count }, (_, k) => k + 1) })}
        />
      )}
      <Button variant="quiet" onPress={() => setNamed(!named)}>
        {named ? 'Only their number' : 'Choose the splits by seed'}
      </Button>
    </div>
  );
}
