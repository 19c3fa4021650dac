/**
 * A contest: contenders of the same size, fitted by one code path and judged on the same records, with the fit of all
 * records that their errors are divided by.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { Kept } from '../experiment/kept.ts';
import type { ExperimentSettings } from '../experiment/settings.ts';
import { VALIDATION_PARTS, type Judge, type Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { median } from '../quantiles.ts';
import { classFloor } from '../regression/classification.ts';
import type { Design } from '../regression/design.ts';
import { floorError } from '../regression/metrics.ts';
import { epochSeed } from '../selection/epochSeed.ts';
import type { Contender, ContenderRequest } from './contender.ts';
import { fitterOf, type Fitted, type Fitter, type Learner } from './fitters.ts';
import { CONTENDERS } from './registry.ts';

export interface ContestTask {
  /** The experiment; its `split` is the split of the contest, its β is not used. */
  settings: ExperimentSettings;
  judge: Judge;
  /** Which of the five fifths validates, 0 to 4; the first unless given. */
  fifth?: number;
  learner: Learner;
  /** Every contender is made once for each β, as large as the condensed samples of this β are on these records. */
  betas: number[];
  /**
   * Contenders by their registered names, and how often one that draws at random is drawn (others count as 1). One that
   * the target is not for is left out.
   */
  contenders: { name: string; draws: number }[];
}

/** One contender at one size. */
export interface Trial {
  contender: string;
  beta: number;
  /** Samples that it came to: those of the condensed samples, unless it cannot have as many. */
  samples: number;
  /** Error on the judging records, one per draw; Infinity where the model's numbers overflow. */
  errors: number[];
  /**
   * Median over the draws, making the samples and fitting the model. Making begins with the coded table and the design
   * matrix; what serves every size, as the order of the bits, is counted at each.
   */
  seconds: { making: number; fitting: number };
}

export interface ContestReport {
  split: number;
  judge: Judge;
  learner: Learner;
  metric: 'mse' | 'logLoss';
  /** Records that contenders are made of, and those that judge. */
  trainRows: number;
  judgeRows: number;
  /** All of these records with weight 1: the error that ratios are of, and the time of the fit. */
  full: { error: number; seconds: number };
  /** Error of always predicting the training mean, or the shares of the classes. */
  floor: number;
  /** Contender after contender, each with all of its sizes. */
  trials: Trial[];
}

/** Most draws of a contender at one size. */
const MAX_DRAWS = 1_000;

/** The fit of all records of a design, for as long as the workbench keeps the design. */
const fullFits = new WeakMap<Design, Kept<Fitted>>();

function fitFull(
  bench: Workbench,
  settings: ExperimentSettings,
  design: Design,
  learner: Learner,
  pulse: Pulse,
): Promise<Fitted> {
  const kept = fullFits.get(design) ?? new Kept<Fitted>();
  fullFits.set(design, kept);
  return kept.get(learner, async () => fitterOf(learner)(design, await bench.full(settings), pulse));
}

/**
 * Holds a contest on one split.
 *
 * @param onTrial told of every contender at every size once it is through
 * @throws CONTENDER_UNKNOWN, SETTING_OUT_OF_RANGE, CANCELLED, and what the bench's design and the fit of all records throw
 */
export async function runContest(
  bench: Workbench,
  { settings, judge, fifth = 0, learner, betas, contenders }: ContestTask,
  pulse: Pulse = SILENT_PULSE,
  onTrial: (trial: Trial) => void = () => undefined,
): Promise<ContestReport> {
  for (const { name, draws } of contenders) checkWhole(`draws of ${name}`, draws, 1, MAX_DRAWS);
  checkWhole('validation fifth', fifth, 0, VALIDATION_PARTS - 1);
  const ground = judge === 'test' ? bench : bench.validation(fifth);
  const fit = fitterOf(learner);
  const design = await ground.design(settings);
  const { train, test, task } = design;
  const full = await fitFull(ground, settings, design, learner, pulse);
  const sizes: { beta: number; samples: number }[] = [];
  for (const beta of betas) {
    sizes.push({ beta, samples: await sizeOf(ground, { ...settings, beta }, pulse) });
  }
  const entered = contenders
    .map(({ name, draws }) => ({ contender: CONTENDERS.byName(name), draws }))
    .filter(({ contender }) => contender.meta.tasks.includes(task));
  const trials: Trial[] = [];
  for (const { contender, draws } of entered) {
    for (const size of sizes) {
      const request = { bench: ground, settings, design, ...size, pulse };
      const trial = await hold(contender, contender.meta.isDrawn ? draws : 1, request, fit);
      trials.push(trial);
      onTrial(trial);
      if (pulse.due()) {
        const total = entered.length * sizes.length;
        await pulse.beat({ phase: 'Contest', done: trials.length, total, unit: 'trials' });
      }
    }
  }
  return {
    split: settings.split,
    judge,
    learner,
    metric: task === 'regression' ? 'mse' : 'logLoss',
    trainRows: train.rows,
    judgeRows: test.rows,
    full,
    floor: task === 'regression' ? floorError(train, test) : (classFloor(train, test).logLoss ?? NaN),
    trials,
  };
}

/**
 * One draw of a contender, as large as the condensed samples of the settings' β: the very samples of a contest on the
 * test records.
 *
 * @param draw its number, from 0
 * @throws CONTENDER_UNKNOWN, and what the bench's design throws
 */
export async function drawOf(
  bench: Workbench,
  settings: ExperimentSettings,
  { contender, draw }: { contender: string; draw: number },
  pulse: Pulse = SILENT_PULSE,
): Promise<WeightedSamples> {
  const { beta } = settings;
  const design = await bench.design(settings);
  const samples = await sizeOf(bench, settings, pulse);
  const seed = drawSeed(settings, draw);
  return CONTENDERS.byName(contender).make({ bench, settings, design, beta, samples, seed, pulse });
}

/** Number of condensed samples of the settings' β. */
async function sizeOf(bench: Workbench, settings: ExperimentSettings, pulse: Pulse): Promise<number> {
  const counts = await bench.condensedCounts(settings, pulse);
  return counts[Math.min(Math.max(0, settings.beta), counts.length - 1)];
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new LabError(
    'SETTING_OUT_OF_RANGE',
    `${what}: ${value}; it has to be a whole number from ${least} to ${most}.`,
  );
}

/** Makes, fits and judges one contender at one size, draw by draw. */
async function hold(
  contender: Contender,
  draws: number,
  request: Omit<ContenderRequest, 'seed'>,
  fit: Fitter,
): Promise<Trial> {
  const { settings, design, beta, pulse } = request;
  const errors: number[] = [];
  const making: number[] = [];
  const fitting: number[] = [];
  let most = 0;
  for (let draw = 0; draw < draws; draw++) {
    const one = { ...request, seed: drawSeed(settings, draw) };
    const before = (await contender.prepare?.(one)) ?? 0;
    const started = performance.now();
    const samples = await contender.make(one);
    making.push(before + (performance.now() - started) / 1000);
    most = Math.max(most, samples.rows);
    const { error, seconds } = await fitOrFail(fit, design, samples, pulse);
    errors.push(error);
    fitting.push(seconds);
    if (pulse.due())
      await pulse.beat({ phase: contender.meta.label, done: draw + 1, total: draws, unit: 'draws' });
  }
  return {
    contender: contender.meta.name,
    beta,
    samples: most,
    errors,
    seconds: { making: median(making), fitting: median(fitting) },
  };
}

/** A model of few samples may overflow where that of all records does not: it has failed, and the others go on. */
async function fitOrFail(
  fit: Fitter,
  design: Design,
  samples: WeightedSamples,
  pulse: Pulse,
): Promise<Fitted> {
  const started = performance.now();
  try {
    return await fit(design, samples, pulse);
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== 'MODEL_OVERFLOW') throw thrown;
    return { error: Infinity, seconds: (performance.now() - started) / 1000 };
  }
}

/** Every split has streams of its own, and every draw in it: the same for all contenders and sizes. */
export function drawSeed({ seed, split }: ExperimentSettings, draw: number): number {
  return epochSeed(epochSeed(seed, 'subset', split), 'subset', draw);
}
