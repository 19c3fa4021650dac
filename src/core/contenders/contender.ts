/**
 * What a contender is: whatever may stand in for all training records as a few weighted ones. A record of what it is
 * called and how it is shown, and what makes its samples. A new one is one file and a line in each list of the registry.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import type { ExperimentSettings } from '../experiment/settings.ts';
import type { Workbench } from '../experiment/workbench.ts';
import type { Pulse } from '../pulse.ts';
import type { PluginMeta } from '../registry.ts';
import type { Design } from '../regression/design.ts';
import type { TargetTask } from '../regression/targets.ts';
import type { MethodLook } from '../selection/method.ts';

export interface ContenderMeta extends PluginMeta {
  /** Whether chance decides: the samples depend on a seed, and several draws say more than one. */
  isDrawn: boolean;
  /** Whether making the samples takes far longer than fitting a model to them. */
  isCostly: boolean;
  /** What targets it can be made for. */
  tasks: readonly TargetTask[];
  look: MethodLook;
}

export interface ContenderRequest {
  bench: Workbench;
  settings: ExperimentSettings;
  /** The bench's design for these settings; the arrays are lent and are not changed. */
  design: Design;
  /** Samples wanted, m: as many as the condensed samples of β. */
  samples: number;
  beta: number;
  /** Of what is drawn; an unsigned 32-bit integer. Of one seed, a smaller sample lies within a larger one where it can. */
  seed: number;
  pulse: Pulse;
}

/** The contract of a contender. */
export interface Contender {
  meta: ContenderMeta;
  /**
   * What is worked out once, for samples of any number: then `make` takes the time of one number alone.
   *
   * @returns seconds that it took when it was made, which may be before
   */
  prepare?(request: ContenderRequest): Promise<number>;
  /** At most `samples` samples in design coordinates; their weights sum to the number of records of the design. */
  make(request: ContenderRequest): Promise<WeightedSamples>;
}
