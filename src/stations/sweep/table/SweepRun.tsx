import { CODEC_METAS } from '../../../contracts/plugins.ts';
import { useMemo } from 'react';
import type {
  ArchiveReport,
  BitsReport,
  DescentState,
  ExperimentSettings,
} from '../../../contracts/codec.ts';
import { SWEEP_LIMITS, type SweepPlan } from '../../../contracts/link.ts';
import { Disclosure, Notice } from '../../../ui/controls/index.ts';
import { formatCount, formatPlural, formatRoughly } from '../../../ui/format.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { SweepTransport } from '../SweepTransport.tsx';
import { mostBits } from './AxisControl.tsx';
import { countRuns, isSamePlan, isWhole, plannedRuns } from './plan.ts';
import { planWords } from './words.ts';
import { estimateSeconds } from './summary.ts';

/** Starts the sweep, pauses and resumes it, shows how far it is, and says what it does. */
export function SweepRun() {
  return (
    <>
      <div className="field sweep-run">
        <Transport />
        <PlanWords />
      </div>
      <div className="field sweep-notes">
        <Mixed />
        <Notice>
          <p>
            A sweep runs in memory and writes no archives. Its results stay with this dataset in this browser
            until the next sweep of it, or until you clear them.
          </p>
        </Notice>
        <WhatRuns />
      </div>
    </>
  );
}

function Transport() {
  const { sweep, runSweep, pauseSweep, resumeSweep, cancelSweep, clearSweep, ready } = useLabParts((lab) => ({
    sweep: lab.sweep,
    runSweep: lab.runSweep,
    pauseSweep: lab.pauseSweep,
    resumeSweep: lab.resumeSweep,
    cancelSweep: lab.cancelSweep,
    clearSweep: lab.clearSweep,
    ready: lab.dataset.value !== null && lab.settings.target !== null,
  }));
  const most = useLab(mostBits);
  const { plan, ran } = sweep;
  const done = [...sweep.full, ...sweep.runs].filter(isWhole).length;
  const total = totalOf(plan);
  const isTooLarge = plan.axes.some(
    ({ name, values }) => name === 'beta' && values.some((beta) => Number(beta) > most),
  );
  return (
    <SweepTransport
      sweep={sweep}
      verb="Run"
      participle="run"
      word="training"
      planned={total}
      done={done}
      left={ran === null ? 0 : totalOf(ran.plan) - done}
      isReady={ready}
      canRun={ready && !isTooLarge && total > 0 && total <= SWEEP_LIMITS.runs}
      isProgressElsewhere
      isOtherPlan={ran !== null && !isSamePlan(plan, ran.plan)}
      onRun={runSweep}
      onPause={pauseSweep}
      onResume={resumeSweep}
      onCancel={cancelSweep}
      onClear={clearSweep}
    />
  );
}

function totalOf(plan: SweepPlan): number {
  const { full, condensed } = countRuns(plan);
  return full + condensed;
}

/** What the plan comes to, in trainings and in time. */
function PlanWords() {
  const subject = useLabParts((lab) => ({
    plan: lab.sweep.plan,
    settings: lab.settings,
    full: lab.learn.full.descent.value,
    bits: lab.bits.value,
    archive: lab.archive.value,
  }));
  const estimate = useMemo(() => estimateOf(subject), [subject]);
  const { plan } = subject;
  const { full, condensed } = countRuns(plan);
  return (
    <p className="field-hint">
      {planWords(plan)}: {formatCount(condensed)} condensed and {formatPlural(full, 'full training')}.{' '}
      {full + condensed > SWEEP_LIMITS.runs
        ? `That is more than the ${formatCount(SWEEP_LIMITS.runs)} trainings of one sweep: take fewer values or splits.`
        : estimate === null
          ? 'The time can be estimated once full gradient descent has run in Learn.'
          : `It takes ${formatRoughly(estimate)} in this browser.`}
    </p>
  );
}

/** β counts other bits where samples are a codec's own bases: a sweep over both compares them at unequal sizes. */
function Mixed() {
  const mixed = useLab(({ sweep, settings }) => {
    const codecs = sweep.plan.axes.find(({ name }) => name === 'codec')?.values ?? [];
    if (settings.condenser !== 'own' || codecs.length < 2) return '';
    return CODEC_METAS.all
      .filter(({ name, condenser }) => codecs.includes(name) && condenser !== 'clusters')
      .map(({ label }) => label)
      .join(', ');
  });
  if (mixed === '') return null;
  return (
    <Notice tone="warning">
      <p>
        {mixed} brings its own condensed samples, and β then counts the bits of its bases, not analytics bits:
        compare the codecs against the number of condensed samples, or choose “Clusters” in Bits for both.
      </p>
    </Notice>
  );
}

function WhatRuns() {
  return (
    <Disclosure about="what runs">
      <p>
        For every split the records are divided anew into training and test records. Full training runs once
        per split, and once for every learning rate; every point then condenses the same training records and
        trains on the means, by gradient descent and exactly.
      </p>
      <p>
        A ratio is taken within a split, condensed ÷ full, and then averaged over the splits; error bars are
        one standard deviation.
      </p>
      <p>
        Runs go side by side on the processor’s cores. Their times compare with each other; a single run in
        Learn may be faster. Pausing drops the runs under way; they begin again when the sweep is resumed.
      </p>
    </Disclosure>
  );
}

interface EstimateSubject {
  plan: SweepPlan;
  settings: ExperimentSettings;
  full: DescentState | null;
  bits: BitsReport | null;
  archive: ArchiveReport | null;
}

/** Seconds that the planned sweep may take, from the last full descent, or null. */
function estimateOf({ plan, settings, full, bits, archive }: EstimateSubject): number | null {
  const counts = countRuns(plan);
  if (full === null || bits === null || full.iteration === 0) return null;
  if (counts.full + counts.condensed > SWEEP_LIMITS.runs) return null;
  const iterations = full.stop === 'running' ? settings.iterations : full.iteration;
  const condensed = plannedRuns(plan, settings).filter(({ method }) => method === 'condensed');
  const encodings = new Set(
    condensed.map(({ settings: at }) => [at.split, at.codec, at.tau, at.ratio].join()),
  );
  return estimateSeconds({
    full: counts.full,
    fullSeconds: (full.seconds / full.iteration) * iterations,
    betas: condensed.map(({ settings: at }) => at.beta),
    encodings: encodings.size,
    encodeSeconds: archive?.encodeSeconds ?? 0,
    trainRows: bits.trainRows,
    condensedSamples: bits.condensedSamples,
  });
}
